#include <linux/fs.h>
#include <linux/vmalloc.h>

void c_table(struct c_info *ci, size_t size)
{
	ci->c_table = size < PAGE_SIZE ? kmalloc(size, GFP_KERNEL) :
					 __vmalloc(size, GFP_NOIO);
}
