// SPDX-License-Identifier: GPL-2.0-only
/* Super blocks: mount, unmount, and the shrinker of each. */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/syscalls.h>

#include "internal.h"

static struct file_system_type *file_systems;
static struct super_block *super_table[16];
static DEFINE_MUTEX(fs_lock);

static bool trylock_super(struct super_block *sb)
{
	return down_read_trylock(&sb->s_umount);
}

static unsigned long super_cache_count(struct shrinker *shrink,
				       struct shrink_control *sc)
{
	struct super_block *sb;

	sb = container_of(shrink, struct super_block, s_shrink);
	return list_empty(&sb->s_inode_lru) ? SHRINK_EMPTY : 128;
}

static unsigned long super_cache_scan(struct shrinker *shrink,
				      struct shrink_control *sc)
{
	struct super_block *sb;
	long freed;

	sb = container_of(shrink, struct super_block, s_shrink);

	/* The caller may hold locks of ours: only go on if it says not. */
	if (!(sc->gfp_mask & __GFP_FS))
		return SHRINK_STOP;
	if (!trylock_super(sb))
		return SHRINK_STOP;

	freed = prune_icache_sb(sb, sc);
	if (sb->s_op->free_cached_objects)
		freed += sb->s_op->free_cached_objects(sb, sc);

	up_read(&sb->s_umount);
	return freed;
}

static struct super_block *alloc_super(struct file_system_type *type)
{
	struct super_block *s = kzalloc(sizeof(*s), GFP_USER);

	if (!s)
		return NULL;
	s->s_type = type;
	init_rwsem(&s->s_umount);
	spin_lock_init(&s->s_inode_lru_lock);
	INIT_LIST_HEAD(&s->s_inodes);
	INIT_LIST_HEAD(&s->s_inode_lru);
	s->s_shrink.seeks = DEFAULT_SEEKS;
	s->s_shrink.scan_objects = super_cache_scan;
	s->s_shrink.count_objects = super_cache_count;
	return s;
}

int register_filesystem(struct file_system_type *fs)
{
	mutex_lock(&fs_lock);
	fs->next = file_systems;
	file_systems = fs;
	mutex_unlock(&fs_lock);
	return 0;
}
EXPORT_SYMBOL(register_filesystem);

static struct file_system_type *get_fs_type(const char *name)
{
	struct file_system_type *fs;

	mutex_lock(&fs_lock);
	for (fs = file_systems; fs; fs = fs->next)
		if (!strcmp(fs->name, name))
			break;
	mutex_unlock(&fs_lock);
	return fs;
}

struct super_block *get_active_super(unsigned int nr)
{
	return nr < ARRAY_SIZE(super_table) ? super_table[nr] : NULL;
}

static int do_new_mount(struct file_system_type *type, void *data)
{
	struct super_block *sb = alloc_super(type);
	int err;

	if (!sb)
		return -ENOMEM;
	down_write(&sb->s_umount);
	err = type->fill_super(sb, data);
	if (!err)
		err = register_shrinker(&sb->s_shrink, "sb-%s", type->name);
	up_write(&sb->s_umount);
	if (err)
		kfree(sb);
	else
		super_table[0] = sb;
	return err;
}

SYSCALL_DEFINE2(mount, const char *, name, void *, data)
{
	struct file_system_type *type = get_fs_type(name);

	return type ? do_new_mount(type, data) : -EINVAL;
}

void generic_shutdown_super(struct super_block *sb)
{
	evict_inodes(sb);
	if (sb->s_op->put_super)
		sb->s_op->put_super(sb);
}
EXPORT_SYMBOL(generic_shutdown_super);

SYSCALL_DEFINE1(umount, unsigned int, nr)
{
	struct super_block *sb = get_active_super(nr);

	if (!sb)
		return -EINVAL;
	unregister_shrinker(&sb->s_shrink);
	down_write(&sb->s_umount);
	sb->s_type->kill_sb(sb);
	up_write(&sb->s_umount);
	kfree(sb);
	return 0;
}

SYSCALL_DEFINE1(syncfs, unsigned int, nr)
{
	struct super_block *sb = get_active_super(nr);
	int err = 0;

	if (!sb)
		return -EINVAL;
	down_read(&sb->s_umount);
	if (sb->s_op->sync_fs)
		err = sb->s_op->sync_fs(sb, 1);
	up_read(&sb->s_umount);
	return err;
}
