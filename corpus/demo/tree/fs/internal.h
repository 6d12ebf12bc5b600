/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _FS_INTERNAL_H
#define _FS_INTERNAL_H

struct super_block;

void evict_inodes(struct super_block *sb);

#endif
