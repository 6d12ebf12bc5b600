// spatch: -D fn=change
int other(struct x *x)
{
	if (!x)
		return -EINVAL;
	return 0;
}

int change_not(struct x *x)
{
	return change(x);
}
