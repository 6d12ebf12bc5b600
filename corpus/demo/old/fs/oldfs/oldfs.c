// SPDX-License-Identifier: GPL-2.0-only
/* OLDFS: tables too large for kmalloc(), in a kernel before 5.17. */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#define OLDFS_IOC_RESIZE	0x6f01
#define OLDFS_IOC_REHASH	0x6f02

struct oldfs_sb_info {
	struct mutex	s_table_mutex;	/* taken by eviction */
	void		**s_table;
	unsigned int	s_entries;
};

static struct oldfs_sb_info *OLDFS_SB(struct super_block *sb)
{
	return sb->s_fs_info;
}

static void oldfs_evict_inode(struct inode *inode)
{
	struct oldfs_sb_info *sbi = OLDFS_SB(inode->i_sb);

	truncate_inode_pages_final(&inode->i_data);
	mutex_lock(&sbi->s_table_mutex);
	sbi->s_table[inode->i_ino % sbi->s_entries] = NULL;
	mutex_unlock(&sbi->s_table_mutex);
	clear_inode(inode);
}

void **oldfs_alloc_table(unsigned int entries);

/* For stacked file systems: they may hold whatever they like. */
void **oldfs_alloc_table(unsigned int entries)
{
	return __vmalloc(entries * sizeof(void *), GFP_NOFS | __GFP_ZERO);
}
EXPORT_SYMBOL_GPL(oldfs_alloc_table);

static int oldfs_resize(struct oldfs_sb_info *sbi, unsigned int entries)
{
	void **table;

	mutex_lock(&sbi->s_table_mutex);
	table = __vmalloc(entries * sizeof(void *), GFP_NOFS | __GFP_NOWARN);
	if (table) {
		memcpy(table, sbi->s_table, sbi->s_entries * sizeof(void *));
		sbi->s_table = table;
		sbi->s_entries = entries;
	}
	mutex_unlock(&sbi->s_table_mutex);
	return table ? 0 : -ENOMEM;
}

static int oldfs_rehash(struct oldfs_sb_info *sbi)
{
	unsigned int nofs_flag;
	void **copy;

	mutex_lock(&sbi->s_table_mutex);
	nofs_flag = memalloc_nofs_save();
	copy = __vmalloc(sbi->s_entries * sizeof(void *), GFP_NOFS);
	if (copy)
		memcpy(copy, sbi->s_table, sbi->s_entries * sizeof(void *));
	vfree(copy);
	memalloc_nofs_restore(nofs_flag);
	mutex_unlock(&sbi->s_table_mutex);
	return copy ? 0 : -ENOMEM;
}

static long oldfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct oldfs_sb_info *sbi = OLDFS_SB(file_inode(file)->i_sb);

	switch (cmd) {
	case OLDFS_IOC_RESIZE:
		return oldfs_resize(sbi, arg);
	case OLDFS_IOC_REHASH:
		return oldfs_rehash(sbi);
	}
	return -ENOTTY;
}

static const struct super_operations oldfs_sops = {
	.evict_inode	= oldfs_evict_inode,
};

static const struct file_operations oldfs_fops = {
	.unlocked_ioctl	= oldfs_ioctl,
};

static int oldfs_fill_super(struct super_block *sb, void *data)
{
	struct oldfs_sb_info *sbi = kzalloc(sizeof(*sbi), GFP_KERNEL);
	struct inode *root;

	if (!sbi)
		return -ENOMEM;
	mutex_init(&sbi->s_table_mutex);
	sb->s_fs_info = sbi;
	sb->s_op = &oldfs_sops;
	root = new_inode(sb);
	if (!root)
		return -ENOMEM;
	root->i_fop = &oldfs_fops;
	sb->s_root = d_make_root(root);
	return 0;
}

static struct file_system_type oldfs_fs_type = {
	.name		= "oldfs",
	.fill_super	= oldfs_fill_super,
	.kill_sb	= generic_shutdown_super,
	.owner		= THIS_MODULE,
};

static int __init oldfs_init(void)
{
	return register_filesystem(&oldfs_fs_type);
}

module_init(oldfs_init);
MODULE_LICENSE("GPL");
