#include <linux/fs.h>
#include <linux/slab.h>

int c_alloc(struct c_info *ci)
{
	return c_add(ci, kmalloc(8, GFP_NOFS), kmalloc(8, GFP_KERNEL),
		     c_wrap(ci, GFP_NOFS));
}
