#include <linux/fs.h>
#include <linux/slab.h>

static gfp_t c_mask(struct inode *inode)
{
	if (IS_SYNC(inode))
		return GFP_NOFS;
	return GFP_NOFS | __GFP_NORETRY;
}
