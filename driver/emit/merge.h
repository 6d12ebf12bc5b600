/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reports of shards put together: the same bytes whatever the order and
 * grouping, and those of the whole report once all shards are there.
 */
#ifndef EMIT_MERGE_H
#define EMIT_MERGE_H

#include "base/err.h"
#include "emit/read_report.h"

/**
 * merge_reports() - put @nr reports together.
 * @in: as loaded; must outlive @out, which borrows from them
 * @names: what they are called in messages
 * @out: initialised and empty
 *
 * Return: 0; ERR_FORMAT when they are not of one tree, tool, knowledge and
 * list of paths, or have a shard twice, or one says what a baseline,
 * suppressions or decisions made of it.
 */
int merge_reports(const struct report_file *in, const char *const *names,
		  size_t nr, struct report_file *out, struct err *err);

#endif
