/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages of mapped files: asked for many at a time, which costs a fraction of
 * faulting them in one by one, and given back when a pass over them is done,
 * so that they do not add up. They stay in the system's cache; a page that is
 * used again nevertheless comes back by itself.
 *
 * For read-only mappings of files alone: other memory would lose its contents.
 * What lies between two mappings is other memory, hence each range is told
 * with the mapping that it is in.
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

enum pages_advice { PAGES_WANTED, PAGES_DONE };

/* Ranges that are close together in one mapping. */
struct pages_run {
	const void *mapping;		/* NULL: no run */
	const char *begin, *end;
};

/* Each run is advised on at once. Several are gathered side by side, for what
 * belongs together may lie in several files by turns. */
struct pages {
	enum pages_advice advice;
	struct pages_run runs[4];
	unsigned int next;		/* run that makes room */
};

/**
 * pages_add() - @len bytes at @p, which lie in the mapping that begins at
 * @mapping; NULL: in none, and nothing is done.
 */
void pages_add(struct pages *run, const void *mapping, const void *p,
	       size_t len);

/**
 * pages_resident() - bytes of memory that the process takes.
 * @mapped: out: those of them that are of mapped files
 *
 * Return: 0, and no mapped ones, where the system does not tell it as Linux
 * does (proc_pid_statm(5)).
 */
size_t pages_resident(size_t *mapped);

/** pages_flush() - tell the system about the last runs, too. */
void pages_flush(struct pages *run);

#endif
