int section(struct x *x)
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	mutex_lock(&x->lock);
	x->p = kmalloc(8, GFP_KERNEL);
	mutex_unlock(&x->lock);
	memalloc_nofs_restore(flags);
	return 0;
}

int two(struct x *x)
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	x->p = kmalloc(8, GFP_KERNEL);
	x->q = kmalloc(8, GFP_KERNEL);
	memalloc_nofs_restore(flags);
	return 0;
}

int deeper(struct x *x)
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	x->p = do_something(x);
	memalloc_nofs_restore(flags);
	return 0;
}
