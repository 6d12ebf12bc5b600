int weaker(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	x->p = kmalloc(8, GFP_NOIO);
	memalloc_nofs_restore(flags);
	return 0;
}

int after(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	alloc(x);
	memalloc_nofs_restore(flags);
	x->p = kmalloc(8, GFP_NOFS);
	return 0;
}

int one_path(struct x *x)
{
	unsigned int flags;

	if (x->fs)
		flags = memalloc_nofs_save();
	x->p = kmalloc(8, GFP_NOFS);
	if (x->fs)
		memalloc_nofs_restore(flags);
	return 0;
}
