// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bio.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

static int cf_writepage(struct page *page, struct writeback_control *wbc)
{
	struct bio *bio = bio_alloc(NULL, 1, REQ_OP_WRITE, GFP_NOFS);

	bio_add_page(bio, page, 4096, 0);
	submit_bio(bio);
	unlock_page(page);
	return 0;
}

const struct address_space_operations cf_aops = {
	.writepage	= cf_writepage,
};
