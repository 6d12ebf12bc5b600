#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci)
{
	unsigned int nofs_flags = memalloc_nofs_save();

	ci->c_a = kmalloc(8, GFP_NOFS);
	memalloc_nofs_restore(nofs_flags);
	return 0;
}

int c_free(struct c_info *ci)
{
	ci->c_b = kmalloc(8, GFP_NOFS);
	return 0;
}
