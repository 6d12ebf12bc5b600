// spatch: -D fn=change
int change(struct x *x)
{
	x->p = kmalloc(8, GFP_NOFS);
	if (!x->p)
		return grow(x, GFP_NOIO | __GFP_NOWARN);
	return 0;
}

int other(struct x *x)
{
	x->p = kmalloc(8, GFP_NOFS);
	return 0;
}
