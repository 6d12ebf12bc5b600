int f(struct x *x)
{
	x->p = __vmalloc(8, GFP_KERNEL);
	x->q = kmalloc(8, GFP_NOFS);
	x->r = kvmalloc(8, GFP_KERNEL | __GFP_NOWARN);
	return vmalloc_user(8);
}
