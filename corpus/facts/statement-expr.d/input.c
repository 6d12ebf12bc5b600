static int expressions(struct inode *inode)
{
	int a = ({ int r = before(inode); if (r) after(inode); r; });
	void *p = ({ kmalloc(1, GFP_NOFS); });

	take(({ inner(); &inode->lock; }), a);
	return ({ final(p); });
}
