/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Run a function over a range of items on several threads.
 */
#ifndef BASE_WORKERS_H
#define BASE_WORKERS_H

#include <stddef.h>

/**
 * workers_run() - call @fn for chunks of 0..@nr_items-1 until all are done.
 * @nr_threads: 1 runs in the caller's thread; 0 means one per online CPU
 * @chunk: items taken at a time (at least 1)
 * @fn: gets @ctx, the thread's number (0..nr_threads-1) and [first, end)
 *
 * Returns when all items are done. @fn must not fail: it records its errors
 * in @ctx. Which thread gets which chunk is not determined.
 */
void workers_run(unsigned int nr_threads, size_t nr_items, size_t chunk,
		 void (*fn)(void *ctx, unsigned int thread, size_t first,
			    size_t end),
		 void *ctx);

/** workers_default() - number of online CPUs, at least 1. */
unsigned int workers_default(void);

#endif
