#include <linux/fs.h>
#include <linux/slab.h>

int c_read(struct c_info *ci, struct bio **bio, sector_t sector)
{
	*bio = bio_alloc(ci->c_bdev, ci->c_pages_in_one_request,
			 REQ_OP_READ | REQ_META,
			 GFP_NOFS);
	return c_read_more(ci, *bio, sector, GFP_NOFS |
			   __GFP_NOWARN);
}
