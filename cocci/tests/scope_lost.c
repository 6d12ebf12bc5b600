void thread(void)
{
	memalloc_nofs_save();
	alloc(0);
}

int overwritten(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	if (x->retry)
		flags = memalloc_nofs_save();
	alloc(x);
	memalloc_nofs_restore(flags);
	return 0;
}
