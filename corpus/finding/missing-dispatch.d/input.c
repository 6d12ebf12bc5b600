// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr, depth, cookie;
};

static void cf_evict_inode(struct inode *inode)
{
	struct cf_sb *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->lock);
	sbi->nr--;
	mutex_unlock(&sbi->lock);
	clear_inode(inode);
}

const struct super_operations cf_sops = {
	.evict_inode	= cf_evict_inode,
};

struct cf_entry {
	const char	*name;
	int (*store)(struct cf_sb *sbi, unsigned long arg);
};

static int cf_add_store(struct cf_sb *sbi, unsigned long arg)
{
	void *p = kmalloc(arg, GFP_KERNEL);

	kfree(p);
	return p ? 0 : -ENOMEM;
}

static int cf_a_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_b_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_c_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_d_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_e_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_f_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_g_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_h_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_i_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_j_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_k_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_l_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

static int cf_m_store(struct cf_sb *sbi, unsigned long arg)
{
	sbi->nr = arg;
	return 0;
}

#define CF_ENTRY(_prefix, _name)			\
static struct cf_entry _prefix##_entry = {		\
	.name	= _name,				\
	.store	= _prefix##_store,			\
}

CF_ENTRY(cf_add, "add");
CF_ENTRY(cf_a, "a");
CF_ENTRY(cf_b, "b");
CF_ENTRY(cf_c, "c");
CF_ENTRY(cf_d, "d");
CF_ENTRY(cf_e, "e");
CF_ENTRY(cf_f, "f");
CF_ENTRY(cf_g, "g");
CF_ENTRY(cf_h, "h");
CF_ENTRY(cf_i, "i");
CF_ENTRY(cf_j, "j");
CF_ENTRY(cf_k, "k");
CF_ENTRY(cf_l, "l");
CF_ENTRY(cf_m, "m");

static struct cf_entry *const cf_entries[] = {
	&cf_add_entry,
	&cf_a_entry,
	&cf_b_entry,
	&cf_c_entry,
	&cf_d_entry,
	&cf_e_entry,
	&cf_f_entry,
	&cf_g_entry,
	&cf_h_entry,
	&cf_i_entry,
	&cf_j_entry,
	&cf_k_entry,
	&cf_l_entry,
	&cf_m_entry,
};

static long cf_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct cf_sb *sbi = file_inode(file)->i_sb->s_fs_info;
	struct cf_entry *entry = cf_entries[cmd];
	int err;

	mutex_lock(&sbi->lock);
	err = entry->store(sbi, arg);
	mutex_unlock(&sbi->lock);
	return err;
}

const struct file_operations cf_fops = {
	.unlocked_ioctl	= cf_ioctl,
};
