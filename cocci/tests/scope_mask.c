int inside(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	x->p = kmalloc(8, GFP_NOFS);
	x->q = kmalloc(8, GFP_NOFS | __GFP_ZERO);
	memalloc_nofs_restore(flags);
	return 0;
}

int inside_io(struct x *x)
{
	unsigned int flags;

	flags = memalloc_noio_save();
	x->p = kmalloc(8, GFP_NOIO);
	x->q = kmalloc(8, GFP_NOFS);
	memalloc_noio_restore(flags);
	return 0;
}
