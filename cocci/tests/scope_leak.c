int simple(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	if (!x)
		return -EINVAL;
	memalloc_nofs_restore(flags);
	return 0;
}

int assigned(struct x *x)
{
	unsigned int flags;

	flags = memalloc_noio_save();
	if (alloc(x))
		goto out;
	memalloc_noio_restore(flags);
	return 0;
out:
	return -ENOMEM;
}

int loop(struct x *x)
{
	unsigned int flags;

	for (;;) {
		flags = memalloc_nofs_save();
		if (x->stop)
			return 1;
		memalloc_nofs_restore(flags);
	}
}
