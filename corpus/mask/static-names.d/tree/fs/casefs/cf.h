/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _CF_H
#define _CF_H

#include <linux/fs.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct cf_sb {
	struct mutex	lock;
	unsigned int	nr;
};

#endif
