int assigned(struct x *x)
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	x->p = kmalloc(8, GFP_KERNEL);
	memalloc_nofs_restore(flags);
	return x->p ? 0 : -ENOMEM;
}

int declared(struct x *x)
{
	unsigned int flags = memalloc_noio_save();

	x->p = kvzalloc(8, GFP_KERNEL);
	memalloc_noio_restore(flags);
	return x->p ? 0 : -ENOMEM;
}
