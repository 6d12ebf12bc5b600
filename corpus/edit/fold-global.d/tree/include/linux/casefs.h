/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CASEFS_H
#define _LINUX_CASEFS_H

#include <linux/fs.h>

struct c_info;

extern struct c_item *c_new(struct c_info *ci, u64 key, gfp_t gfp);
void *c_alone(gfp_t gfp);
void *c_exported(int n, gfp_t gfp);
void *c_address(int n, gfp_t gfp);
void *c_nameless(int n, gfp_t);
/* c_told() - with @gfp, as the caller can sleep or not */
void *c_told(int n, gfp_t gfp);
void *c_atomic(int n, gfp_t gfp);
#ifdef CONFIG_CASE
void *c_twice(int n, gfp_t gfp);
#else
static inline void *c_twice(int n, gfp_t gfp)
{
	return NULL;
}
#endif
void *c_macro(int n, gfp_t gfp);
#define c_short(n) c_macro(n, GFP_KERNEL)

#endif
