#include <linux/fs.h>
#include <linux/vmalloc.h>

int c_table(struct c_info *ci, size_t size)
{
	ci->c_table = __vmalloc(size, GFP_NOFS | __GFP_ZERO);
	if (!ci->c_table)
		return -ENOMEM;
	return 0;
}
