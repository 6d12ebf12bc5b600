// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bio.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct cf_ioend {
	struct work_struct	work;
	struct folio		*folio;
	struct bio		*bio;
};

static void cf_end_work(struct work_struct *work)
{
	struct cf_ioend *io = container_of(work, struct cf_ioend, work);
	void *p = kmalloc(64, GFP_NOFS);

	folio_end_writeback(io->folio);
	kfree(p);
	kfree(io);
}

static void cf_end_bio(struct bio *bio)
{
	struct cf_ioend *io = bio->bi_private;

	schedule_work(&io->work);
}

static int cf_writepages(struct address_space *mapping,
			 struct writeback_control *wbc)
{
	struct folio *folio = writeback_next_folio(mapping, wbc);
	struct cf_ioend *io;

	folio_lock(folio);
	folio_start_writeback(folio);
	io = kzalloc(sizeof(*io), GFP_NOFS);
	INIT_WORK(&io->work, cf_end_work);
	io->folio = folio;
	io->bio->bi_end_io = cf_end_bio;
	io->bio->bi_private = io;
	folio_unlock(folio);
	submit_bio(io->bio);
	return 0;
}

const struct address_space_operations cf_aops = {
	.writepages	= cf_writepages,
};
