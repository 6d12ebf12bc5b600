/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Something that is asked of each function by itself, on all threads.
 */
#ifndef JUDGE_EACHFN_H
#define JUDGE_EACHFN_H

#include "link/program.h"

/**
 * eachfn_run() - call @one for every function of @p, file after file: that is
 * how their facts lie in memory.
 * @threads: how many; 0: as many as there are processors
 * @one: called once per function, on any thread and in any order. It writes
 *	to what is this function's own only, so that the result is the same
 *	for any number of threads.
 */
void eachfn_run(const struct program *p, unsigned int threads,
		void (*one)(void *ctx, uint32_t fn), void *ctx);

#endif
