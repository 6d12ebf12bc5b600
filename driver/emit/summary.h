/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sites counted by directory and verdict.
 */
#ifndef EMIT_SUMMARY_H
#define EMIT_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "judge/result.h"

struct summary_row {
	char *dir;		/* "" for files at the top */
	uint64_t sites[VERDICT_NR], total;
};

struct summary {
	struct summary_row *rows;	/* sorted by dir */
	size_t nr;
	uint64_t sites[VERDICT_NR], total;
	uint64_t findings[RULE_NR];
};

void summary_make(struct summary *s, const struct result *r);
void summary_release(struct summary *s);

/** summary_dir_len() - how much of @path is its row's name: the first two
 * directories ("fs/btrfs", "drivers/md"), 0 at the top. */
size_t summary_dir_len(const char *path);

#endif
