#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(size_t size, bool zero)
{
	void *p = kmalloc(size, GFP_NOFS);

#ifdef CONFIG_C_ZERO
	if (zero) {
		p = kzalloc(size, GFP_NOFS);
#else
	if (!p) {
		p = kmalloc(size, GFP_NOFS);
#endif
	}
	return p;
}

void *c_other(size_t size)
{
	return kmalloc(size, GFP_NOFS);
}
