// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranges of mapped files in, madvise() out. It is advice: where the system
 * does not know it, all is as well, only slower or larger.
 */
#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_READ		/* Linux 5.14 */
#define MADV_POPULATE_READ 22
#endif

/* What lies between two ranges this close is taken along: both are in one
 * mapping, so it is in there, too. */
#define GAP ((size_t)256 << 10)

void pages_flush(struct pages *run)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t begin = (uintptr_t)run->begin & ~(page - 1);
	uintptr_t end = ((uintptr_t)run->end + page - 1) & ~(page - 1);

	if (run->mapping)
		madvise((void *)begin, end - begin,
			run->advice == PAGES_DONE ? MADV_DONTNEED :
						    MADV_POPULATE_READ);
	run->mapping = NULL;
}

void pages_add(struct pages *run, const void *mapping, const void *p,
	       size_t len)
{
	const char *begin = p, *end = begin + len;

	if (!mapping || !len)
		return;
	if (run->mapping == mapping && begin < run->end + GAP &&
	    end + GAP > run->begin) {
		if (begin < run->begin)
			run->begin = begin;
		if (end > run->end)
			run->end = end;
		return;
	}
	pages_flush(run);
	run->mapping = mapping;
	run->begin = begin;
	run->end = end;
}
