static int arms(struct inode *inode)
{
#ifdef CONFIG_A
	if (locked(inode)) {
#else
	if (unlocked(inode) && ready(inode)) {
#endif
		inside(inode);
	}
#ifdef CONFIG_B
	if (maybe(inode)) {
#endif
		always(inode);
#ifdef CONFIG_B
	}
#endif
	return 0;
}

static void after(void)
{
	fine();
}
