static const struct my_ops ops[] = {
	[KIND_A] = {
		.name = "a",
		.file = { .open = open_a, .release = &release_a },
		.sub.deep.fn = (void *)deep_a,
	},
	{ "b", open_b, .gfp = GFP_NOFS | __GFP_ZERO },
	MAKE_ENTRY("c", open_c, S_IRUGO),
};
static int (*pointer)(int) = start;
static struct item *first = &items[0], *second;
static const struct name_table table[] = {
	{ GFP_NOFS, "GFP_NOFS" },
	{ (unsigned long)__GFP_FS, "FS" },
};

static void literal(struct inode *inode)
{
	struct ctx ctx = { .actor = my_actor, .gfp_mask = GFP_NOIO };
	int array[2] = { one(), two() };

	use(&(struct req){ .end = my_end, .ctx = &ctx });
	inode->ops = (struct my_ops){ .open = late };
}
