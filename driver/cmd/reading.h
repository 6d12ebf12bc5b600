/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All files of a tree read into facts, on several threads, through the cache.
 */
#ifndef CMD_READING_H
#define CMD_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "input/source.h"
#include "link/knowledge.h"
#include "read/facts.h"

struct factcache;
struct reading_thread;

struct reading_opts {
	unsigned int threads;	/* at least 1 */
	bool quiet, no_cache;
	const char *cache_dir;	/* NULL: the user's */
	size_t cache_size;	/* bytes, 0: what is usual */
};

/* facts[i], sizes[i], broken[i] and failed[i] belong to entry i of the list. */
struct reading {
	struct source_list *files;
	struct facts *facts;
	size_t *sizes;		/* bytes of the source */
	uint32_t *broken;	/* functions that were not understood */
	char **failed;		/* why it could not be read, NULL: it was */
	bool *kept;		/* its facts went to the cache, not here yet */
	struct reading_thread *threads;
	unsigned int nr_threads;
	struct factcache *cache;	/* NULL: none */
	size_t cache_size;
	bool settled;		/* what goes to the cache now comes too late */
	struct progress *progress;
};

/**
 * reading_run() - read all of @files that can be read.
 *
 * What cannot be is marked in its entry and in failed. Facts from the cache
 * live in it: use them before reading_release(), which is due in every case.
 * Return: 0, or why no thread could start.
 */
int reading_run(struct reading *r, struct source *source,
		struct source_list *files, const struct knowledge *k,
		const struct reading_opts *o, struct err *err);
void reading_release(struct reading *r);

#endif
