#include <linux/casefs.h>
#include <linux/slab.h>

struct c_item *c_new(struct c_info *ci, u64 key, gfp_t gfp)
{
	return kmalloc(sizeof(struct c_item), gfp);
}

/* One without a name. */
void *c_alone(gfp_t gfp)
{
	return kmalloc(8, gfp | __GFP_ZERO);
}

void *c_exported(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}
EXPORT_SYMBOL_GPL(c_exported);

void *c_address(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}

void *c_nameless(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}

void *c_told(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}

void *c_atomic(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}

#ifdef CONFIG_CASE
void *c_twice(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}
#endif

void *c_macro(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}
