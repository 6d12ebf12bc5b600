// SPDX-License-Identifier: GPL-2.0-only
/* The flusher: write dirty inodes in the background. */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/workqueue.h>

static struct workqueue_struct *bdi_wq;
static struct work_struct wb_work;

static int writeback_single_inode(struct inode *inode,
				  struct writeback_control *wbc)
{
	const struct super_operations *op = inode->i_sb->s_op;
	int err = 0;

	if (inode->i_mapping->a_ops->writepages)
		err = inode->i_mapping->a_ops->writepages(inode->i_mapping, wbc);
	if (!err && op->write_inode)
		err = op->write_inode(inode, wbc);
	inode->i_state &= ~I_DIRTY;
	return err;
}

int write_inode_now(struct inode *inode, int sync)
{
	struct writeback_control wbc = {
		.nr_to_write	= inode->i_data.nrpages,
		.sync_mode	= sync ? WB_SYNC_ALL : WB_SYNC_NONE,
	};

	return writeback_single_inode(inode, &wbc);
}
EXPORT_SYMBOL(write_inode_now);

static void wb_workfn(struct work_struct *work)
{
	struct writeback_control wbc = { .nr_to_write = 1024 };
	struct super_block *sb = get_active_super(0);
	struct inode *inode;

	if (!sb || !down_read_trylock(&sb->s_umount))
		return;
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list)
		if (inode->i_state & I_DIRTY)
			writeback_single_inode(inode, &wbc);
	up_read(&sb->s_umount);
}

static int __init wb_init(void)
{
	bdi_wq = alloc_workqueue("writeback", WQ_MEM_RECLAIM | WQ_UNBOUND, 0);
	if (!bdi_wq)
		return -ENOMEM;
	INIT_WORK(&wb_work, wb_workfn);
	queue_work(bdi_wq, &wb_work);
	return 0;
}
module_init(wb_init);
