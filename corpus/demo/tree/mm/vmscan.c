// SPDX-License-Identifier: GPL-2.0-only
/* Page reclaim: ask the caches to shrink, write and free old pages. */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/pagemap.h>
#include <linux/rwsem.h>
#include <linux/sched/mm.h>
#include <linux/shrinker.h>

#include "internal.h"

static LIST_HEAD(shrinker_list);
static DECLARE_RWSEM(shrinker_rwsem);

int register_shrinker(struct shrinker *shrinker, const char *fmt, ...)
{
	down_write(&shrinker_rwsem);
	list_add_tail(&shrinker->list, &shrinker_list);
	up_write(&shrinker_rwsem);
	return 0;
}
EXPORT_SYMBOL(register_shrinker);

void unregister_shrinker(struct shrinker *shrinker)
{
	down_write(&shrinker_rwsem);
	list_del_init(&shrinker->list);
	up_write(&shrinker_rwsem);
}
EXPORT_SYMBOL(unregister_shrinker);

static unsigned long do_shrink_slab(struct shrink_control *sc,
				    struct shrinker *shrinker)
{
	unsigned long freeable = shrinker->count_objects(shrinker, sc);
	unsigned long freed;

	if (freeable == 0 || freeable == SHRINK_EMPTY)
		return 0;
	sc->nr_to_scan = freeable >> 2;
	freed = shrinker->scan_objects(shrinker, sc);
	return freed == SHRINK_STOP ? 0 : freed;
}

static unsigned long shrink_slab(gfp_t gfp_mask)
{
	struct shrink_control sc = { .gfp_mask = gfp_mask };
	struct shrinker *shrinker;
	unsigned long freed = 0;

	if (!down_read_trylock(&shrinker_rwsem))
		return 0;
	list_for_each_entry(shrinker, &shrinker_list, list)
		freed += do_shrink_slab(&sc, shrinker);
	up_read(&shrinker_rwsem);
	return freed;
}

/* One old folio: kswapd may write it, its owner drop what it hangs on it. */
static bool shrink_folio(struct folio *folio, gfp_t gfp_mask)
{
	struct address_space *mapping = folio_mapping(folio);
	struct writeback_control wbc = { .nr_to_write = 1 };
	bool freed = true;

	if (!folio_trylock(folio))
		return false;
	if (current_is_kswapd() && mapping->a_ops->writepage)
		mapping->a_ops->writepage(&folio->page, &wbc);
	if (mapping->a_ops->release_folio)
		freed = mapping->a_ops->release_folio(folio, gfp_mask);
	folio_unlock(folio);
	return freed;
}

static unsigned long shrink_lru(gfp_t gfp_mask)
{
	struct folio *folio;
	unsigned long freed = 0;

	while ((folio = lru_next_folio()) != NULL)
		freed += shrink_folio(folio, gfp_mask);
	return freed;
}

unsigned long try_to_free_pages(gfp_t gfp_mask)
{
	unsigned int noreclaim_flag = memalloc_noreclaim_save();
	unsigned long freed;

	freed = shrink_lru(gfp_mask);
	freed += shrink_slab(gfp_mask);
	memalloc_noreclaim_restore(noreclaim_flag);
	return freed;
}

static int kswapd(void *unused)
{
	current->flags |= PF_MEMALLOC | PF_KSWAPD;
	while (!kthread_should_stop()) {
		shrink_lru(GFP_KERNEL);
		shrink_slab(GFP_KERNEL);
		schedule();
	}
	return 0;
}

static int __init kswapd_init(void)
{
	kthread_run(kswapd, NULL, "kswapd0");
	return 0;
}
module_init(kswapd_init);
