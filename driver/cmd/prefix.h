/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a file's subsystem begins the subjects of its patches.
 */
#ifndef CMD_PREFIX_H
#define CMD_PREFIX_H

#include "base/arena.h"

/**
 * subject_prefix() - "ext4", "md: dm-crypt", in @a, without the last colon.
 *
 * As the last commits of @path in @repo at @rev have it; without enough of
 * them, by the path's directories. @repo NULL: by the path.
 */
const char *subject_prefix(const char *repo, const char *rev,
			   const char *path, struct arena *a);

#endif
