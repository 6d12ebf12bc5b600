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

void kept_by_a_variable(struct server *server)
{
	unsigned int flags = memalloc_nofs_save();

	mutex_lock(&server->mutex);
	server->flags = flags;
}

int kept_before_it_returns(struct server *server)
{
	unsigned int flags = memalloc_nofs_save();

	server->flags = flags;
	return 0;
}
