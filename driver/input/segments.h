/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The segments in a directory, by their names.
 */
#ifndef INPUT_SEGMENTS_H
#define INPUT_SEGMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Names, sorted; of one prefix the oldest come first. */
struct segments {
	char **v;
	size_t nr, cap;
};

/** segments_list() - those in @dir, unfinished ones included. Return: 0 or
 * ERR_IO. */
int segments_list(int dir, struct segments *names, struct err *err);
void segments_release(struct segments *names);

/** segment_is_unfinished() - is @name one that somebody writes, or wrote? */
bool segment_is_unfinished(const char *name);

/**
 * segments_drop() - remove finished segments whose names begin with @prefix,
 * those not used for longest first, until no more than @size_max bytes and
 * @nr_max of them are left. Return: how many were removed.
 */
size_t segments_drop(int dir, const char *prefix, size_t size_max,
		     size_t nr_max);

#endif
