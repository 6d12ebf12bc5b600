#include <linux/fs.h>
#include <linux/slab.h>

/* André was here. */
int c_alloc(struct c_info *ci)
{
	ci->c_name = "über";
	ci->c_a = kmalloc(8, GFP_NOFS);	/* grün */
	return 0;
}
