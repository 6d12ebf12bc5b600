int all_paths(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();
	int err = 0;

	if (!x) {
		err = -EINVAL;
		goto out;
	}
	err = alloc(x);
out:
	memalloc_nofs_restore(flags);
	return err;
}

unsigned int handed_on(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	x->scoped = true;
	return flags;
}

void kept(struct handle *handle)
{
	handle->flags = memalloc_nofs_save();
	if (handle->done)
		return;
	handle->n++;
}
