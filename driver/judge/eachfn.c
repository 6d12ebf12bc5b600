// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each function by itself (see eachfn.h).
 */
#include "judge/eachfn.h"

#include "base/workers.h"

enum { CHUNK_FILES = 64 };	/* that a thread takes at once */

struct eachfn {
	const struct program *p;
	void (*one)(void *ctx, uint32_t fn);
	void *ctx;
};

static void some_files(void *ctx, unsigned int thread, size_t first, size_t end)
{
	const struct eachfn *e = ctx;

	(void)thread;
	for (; first < end; first++) {
		uint32_t file = (uint32_t)first;
		uint32_t nr = program_file(e->p, file)->nr_fns;

		for (uint32_t i = 0; i < nr; i++)
			e->one(e->ctx, program_fn_at(e->p, file, i));
	}
}

void eachfn_run(const struct program *p, unsigned int threads,
		void (*one)(void *ctx, uint32_t fn), void *ctx)
{
	struct eachfn e = { p, one, ctx };

	workers_run(threads, program_nr_files(p), CHUNK_FILES, some_files, &e);
}
