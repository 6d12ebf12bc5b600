// spatch: -D fn=change
int change(struct x *x)
{
	x->p = kmalloc(8, GFP_KERNEL);
	return 0;
}

int other(struct x *x)
{
	x->p = kmalloc(8, GFP_NOFS);
	return 0;
}
