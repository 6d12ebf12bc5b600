// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranges of mapped files in, madvise() out. It is advice: where the system
 * does not know it, all is as well, only slower or larger.
 */
#include "base/pages.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"

#ifndef MADV_POPULATE_READ		/* Linux 5.14 */
#define MADV_POPULATE_READ 22
#endif

/* What lies between two ranges this close is taken along: both are in one
 * mapping, so it is in there, too. */
#define GAP ((size_t)256 << 10)

static void advise(enum pages_advice advice, struct pages_run *run)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t begin = (uintptr_t)run->begin & ~(page - 1);
	uintptr_t end = ((uintptr_t)run->end + page - 1) & ~(page - 1);

	if (run->mapping)
		madvise((void *)begin, end - begin,
			advice == PAGES_DONE ? MADV_DONTNEED :
					       MADV_POPULATE_READ);
	run->mapping = NULL;
}

size_t pages_resident(size_t *mapped)
{
	FILE *f = fopen("/proc/self/statm", "re");
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	unsigned long all, shared;

	if (!f || fscanf(f, "%*u %lu %lu", &all, &shared) != 2)
		all = shared = 0;
	if (f)
		fclose(f);
	*mapped = shared * page;
	return all * page;
}

void pages_flush(struct pages *run)
{
	for (size_t i = 0; i < ARRAY_SIZE(run->runs); i++)
		advise(run->advice, &run->runs[i]);
}

void pages_add(struct pages *run, const void *mapping, const void *p,
	       size_t len)
{
	const char *begin = p, *end = begin + len;
	struct pages_run *r;

	if (!mapping || !len)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(run->runs); i++) {
		r = &run->runs[i];
		if (r->mapping != mapping || begin >= r->end + GAP ||
		    end + GAP <= r->begin)
			continue;
		if (begin < r->begin)
			r->begin = begin;
		if (end > r->end)
			r->end = end;
		return;
	}
	r = &run->runs[run->next++ % ARRAY_SIZE(run->runs)];
	advise(run->advice, r);
	*r = (struct pages_run){ mapping, begin, end };
}
