#include <linux/fs.h>
#include <linux/vmalloc.h>

int c_table(struct c_info *ci, size_t size)
{
	ci->c_a = __vmalloc(size, GFP_NOFS);
	ci->c_b = __vmalloc(size, GFP_NOFS);
	return 0;
}

int c_other(struct c_info *ci, size_t size)
{
	if (size)
		ci->c_a = __vmalloc(size, GFP_NOFS);
	return 0;
}
