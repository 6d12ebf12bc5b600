int declared(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	alloc(x);
	memalloc_nofs_restore(flags);
	return 0;
}

int again(struct x *x)
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	alloc(x);
	memalloc_nofs_restore(flags);
	flags = memalloc_nofs_save();
	alloc(x);
	memalloc_nofs_restore(flags);
	return 0;
}

int loop(struct x *x)
{
	unsigned int flags;
	int i;

	for (i = 0; i < 4; i++) {
		flags = memalloc_noio_save();
		alloc(x);
		memalloc_noio_restore(flags);
	}
	return 0;
}

int two_kinds(struct x *x)
{
	unsigned int nofs, noio;

	nofs = memalloc_nofs_save();
	noio = memalloc_noio_save();
	alloc(x);
	memalloc_noio_restore(noio);
	memalloc_nofs_restore(nofs);
	return 0;
}
