#include <linux/fs.h>
#include <linux/slab.h>

int c_drain(struct c_info *ci)
{
	bool more;

	do {
		mutex_lock(&ci->c_sem);
		more = c_grow(ci, GFP_NOFS) > 0;
		mutex_unlock(&ci->c_sem);
	} while (more);
	return 0;
}
