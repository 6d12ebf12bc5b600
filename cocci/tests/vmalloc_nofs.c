int f(struct x *x)
{
	x->p = __vmalloc(8, GFP_NOFS);
	x->q = kvmalloc(8, GFP_NOIO | __GFP_ZERO);
	x->r = ext4_kvmalloc(8, GFP_NOFS);
	return 0;
}
