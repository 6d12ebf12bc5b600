/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BIO_H
#define _LINUX_BIO_H

#include <linux/gfp.h>

struct block_device;
struct page;

struct bio {
	struct bio		*bi_next;
	struct block_device	*bi_bdev;
	unsigned int		bi_opf;
	blk_status_t		bi_status;
	sector_t		bi_sector;
	void			(*bi_end_io)(struct bio *bio);
	void			*bi_private;
};

#define REQ_OP_READ	0
#define REQ_OP_WRITE	1

struct bio *bio_alloc(struct block_device *bdev, unsigned short nr_vecs,
		      unsigned int opf, gfp_t gfp_mask);
int bio_add_page(struct bio *bio, struct page *page, unsigned int len,
		 unsigned int off);
void bio_put(struct bio *bio);
void bio_endio(struct bio *bio);
void submit_bio(struct bio *bio);
int submit_bio_wait(struct bio *bio);

#endif
