int unsaved(struct x *x)
{
	unsigned int flags;

	if (x->fs)
		flags = memalloc_nofs_save();
	alloc(x);
	memalloc_nofs_restore(flags);
	return 0;
}

int twice(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	if (alloc(x)) {
		memalloc_nofs_restore(flags);
		goto out;
	}
	x->n++;
out:
	memalloc_nofs_restore(flags);
	return 0;
}

int mixed(struct x *x)
{
	unsigned int flags;

	flags = memalloc_noio_save();
	alloc(x);
	memalloc_nofs_restore(flags);
	return 0;
}
