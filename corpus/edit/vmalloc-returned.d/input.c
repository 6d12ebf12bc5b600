#include <linux/fs.h>
#include <linux/vmalloc.h>

void *c_table(struct c_info *ci, size_t size)
{
	if (size < PAGE_SIZE)
		return kmalloc(size, GFP_KERNEL);
	return __vmalloc(size, GFP_NOFS);
}
