int f(struct x *x)
{
	x->p = kmalloc(8, GFP_KERNEL | GFP_NOFS);
	x->q = kmalloc(8, GFP_NOIO | GFP_USER);
	x->r = kmalloc(8, GFP_KERNEL | GFP_NOFS | __GFP_ZERO);
	return 0;
}
