static int conditions(struct inode *inode, gfp_t gfp, unsigned int flags)
{
	struct page *page = get_page(inode);
	int err;

	if (IS_ERR(page) || !inode->i_mapping)
		return PTR_ERR(page);
	if (unlikely((err = lock(inode)) < 0))
		return err;
	if (!(gfp & __GFP_FS) && (flags & FLAG_A) == FLAG_A)
		one();
	if (flags == FLAG_B || err != -EAGAIN)
		two();
	if (trylock(inode) == 0)
		three();
	if (!(a(), b()) ? c() : !d())
		four();
	if (IS_ENABLED(CONFIG_X) && WARN_ON(!page))
		five();
	if (0)
		never();
	while (1) {
		if (err >= 1)
			break;
	}
	BUG_ON(!inode);
	return err ? err : finish(inode);
}

static int error_or_zero(struct inode *inode)
{
	struct page *page = (struct page *)get_page(inode);
	int err = PTR_ERR_OR_ZERO(page);

	if (err)
		return err;
	(*inode).i_count = (&other)->count;
	(*inode).i_op = (&other)->ops;
	return PTR_ERR_OR_ZERO(find(inode));
}
