// spatch: -D fn=change
int change(struct x *x)
{
	int err;

	if (!x)
		return -EINVAL;
	err = prepare(x);
	if (err) {
		cancel(x);
		return err;
	}
	x->p = kmalloc(8, GFP_KERNEL);
	return 0;
}

int other(struct x *x)
{
	return 0;
}
