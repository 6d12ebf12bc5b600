/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/fs.h>

extern struct mutex cg_gate;

int cf_fill(struct super_block *sb);
