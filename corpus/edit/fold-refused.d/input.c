#include <linux/fs.h>
#include <linux/slab.h>

static void *c_address(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}

static void *c_macro(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}
#define c_short(n) c_macro(n, GFP_KERNEL)

/**
 * c_told() - memory for it
 * @n: bytes
 * @gfp: how to get it
 */
static void *c_told(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}

static void *c_other(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}

static void *c_changed(int n, gfp_t gfp)
{
	gfp |= __GFP_ZERO;
	return kmalloc(n, gfp);
}

void *c_global(int n, gfp_t gfp)
{
	return kmalloc(n, gfp);
}

int c_add(struct c_info *ci)
{
	ci->get = c_address;
	ci->c_a = c_address(1, GFP_NOFS);
	ci->c_b = c_macro(2, GFP_NOFS);
	ci->c_c = c_told(3, GFP_NOFS);
	ci->c_d = c_other(4, GFP_NOFS);
	ci->c_e = c_other(5, GFP_ATOMIC);
	ci->c_f = c_changed(6, GFP_NOFS);
	ci->c_g = c_global(7, GFP_NOFS);
	return 0;
}
