// SPDX-License-Identifier: GPL-2.0-only
/*
 * The journal.  A change runs under a handle: alfs_trans_begin() reserves room
 * for it, alfs_trans_end() gives the blocks it logged to the commit thread.
 * Evicting an inode takes a handle, too, so memory must not be reclaimed from
 * within one: the handle carries a NOFS scope.
 */
#include <linux/module.h>
#include <linux/kthread.h>
#include <linux/sched/mm.h>

#include "alfs.h"

#define ALFS_JOURNAL_BLOCKS	1024

static struct kmem_cache *alfs_handle_cachep;

static int alfs_reserve_space(struct alfs_journal *journal,
			      unsigned int credits)
{
	if (credits > ALFS_JOURNAL_BLOCKS / 4)
		return -ENOSPC;

	wait_event(&journal->j_wait_space,
		   READ_ONCE(journal->j_free) >= credits);
	spin_lock(&journal->j_lock);
	journal->j_free -= credits;
	spin_unlock(&journal->j_lock);
	return 0;
}

struct alfs_handle *alfs_trans_begin(struct super_block *sb,
				     unsigned int credits)
{
	struct alfs_journal *journal = ALFS_SB(sb)->s_journal;
	struct alfs_handle *handle;
	int err;

	/* Writeback gets here with a folio locked: no scope is open yet. */
	handle = kmem_cache_zalloc(alfs_handle_cachep, GFP_NOFS);
	if (!handle)
		return ERR_PTR(-ENOMEM);

	err = alfs_reserve_space(journal, credits);
	if (err) {
		kmem_cache_free(alfs_handle_cachep, handle);
		return ERR_PTR(err);
	}

	handle->h_journal = journal;
	handle->h_credits = credits;
	handle->h_nofs_flags = memalloc_nofs_save();
	current->journal_info = handle;
	return handle;
}

int alfs_trans_end(struct alfs_handle *handle)
{
	struct alfs_journal *journal = handle->h_journal;
	unsigned int nofs_flags = handle->h_nofs_flags;

	spin_lock(&journal->j_lock);
	journal->j_free += handle->h_credits;
	spin_unlock(&journal->j_lock);
	wake_up(&journal->j_wait_space);

	current->journal_info = NULL;
	kmem_cache_free(alfs_handle_cachep, handle);
	memalloc_nofs_restore(nofs_flags);
	return 0;
}

#ifdef CONFIG_ALFS_TRACE
static void alfs_trace_log(struct alfs_trace *trace)
{
	pr_info("alfs: block %llu, %u credits left\n", trace->t_block,
		trace->t_credits);
	kfree(trace);
}
#endif

int alfs_log_block(struct alfs_handle *handle, u64 block, const void *data)
{
	struct alfs_journal *journal = handle->h_journal;
	struct alfs_record *record;
#ifdef CONFIG_ALFS_TRACE
	struct alfs_trace *trace;
#endif

	record = ALFS_NEW_RECORD(struct alfs_record);
	if (!record)
		return -ENOMEM;
	record->r_block = block;
	record->r_data = kmemdup(data, journal->j_sb->s_blocksize,
				 GFP_NOFS | __GFP_NOFAIL);

#ifdef CONFIG_ALFS_TRACE
	trace = kmalloc(sizeof(*trace), GFP_NOFS);
	if (trace) {
		trace->t_block = block;
		trace->t_credits = handle->h_credits;
		alfs_trace_log(trace);
	}
#endif

	spin_lock(&journal->j_lock);
	list_add_tail(&record->r_list, &journal->j_records);
	spin_unlock(&journal->j_lock);
	return 0;
}

static void alfs_commit(struct alfs_journal *journal)
{
	struct alfs_record *record, *next;
	void *descriptor;

	descriptor = kmalloc(journal->j_sb->s_blocksize, GFP_NOFS);
	if (!descriptor)
		return;
	list_for_each_entry_safe(record, next, &journal->j_records, r_list) {
		list_del_init(&record->r_list);
		kfree(record->r_data);
		kfree(record);
	}
	kfree(descriptor);
	journal->j_committed++;
	wake_up_all(&journal->j_wait_commit);
}

/* The commit thread: whoever waits for space waits for us. */
static int alfs_journald(void *arg)
{
	struct alfs_journal *journal = arg;

	/* For as long as the thread lives. */
	memalloc_nofs_save();
	while (!kthread_should_stop()) {
		alfs_commit(journal);
		schedule();
	}
	return 0;
}

int alfs_force_commit(struct super_block *sb)
{
	struct alfs_journal *journal = ALFS_SB(sb)->s_journal;
	unsigned long target = journal->j_committed + 1;

	wait_event(&journal->j_wait_commit,
		   READ_ONCE(journal->j_committed) >= target);
	return 0;
}

/* Called once, at mount. */
int alfs_journal_init(struct super_block *sb)
{
	struct alfs_journal *journal;

	alfs_handle_cachep = kmem_cache_create("alfs_handle",
					       sizeof(struct alfs_handle), 0,
					       SLAB_HWCACHE_ALIGN, NULL);
	if (!alfs_handle_cachep)
		return -ENOMEM;

	journal = kzalloc(sizeof(*journal), GFP_NOFS);
	if (!journal) {
		kmem_cache_destroy(alfs_handle_cachep);
		return -ENOMEM;
	}
	journal->j_sb = sb;
	journal->j_free = ALFS_JOURNAL_BLOCKS;
	spin_lock_init(&journal->j_lock);
	INIT_LIST_HEAD(&journal->j_records);
	init_waitqueue_head(&journal->j_wait_space);
	init_waitqueue_head(&journal->j_wait_commit);
	ALFS_SB(sb)->s_journal = journal;
	journal->j_task = kthread_run(alfs_journald, journal, "alfs_journald");
	return 0;
}

void alfs_journal_destroy(struct super_block *sb)
{
	struct alfs_journal *journal = ALFS_SB(sb)->s_journal;

	kthread_stop(journal->j_task);
	kfree(journal);
	kmem_cache_destroy(alfs_handle_cachep);
}
