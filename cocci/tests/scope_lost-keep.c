int used(struct x *x)
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	alloc(x);
	memalloc_nofs_restore(flags);
	flags = memalloc_noio_save();
	alloc(x);
	memalloc_noio_restore(flags);
	return 0;
}

void kept(struct handle *handle)
{
	handle->flags = memalloc_nofs_save();
}
