int f(struct x *x, gfp_t gfp)
{
	x->p = kmalloc(8, GFP_NOFS | __GFP_ZERO);
	x->q = kmalloc(8, gfp | GFP_NOFS);
	x->r = kmalloc(8, GFP_KERNEL | __GFP_NOFAIL);
	return GFP_KERNEL & GFP_NOFS;
}
