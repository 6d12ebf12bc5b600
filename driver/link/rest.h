/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A limit for the mapped pages of a program and its facts, while code that goes
 * to and fro in them runs.
 */
#ifndef LINK_REST_H
#define LINK_REST_H

#include <stddef.h>

struct program;
struct rest;

/**
 * rest_begin() - from now on, do program_rest() whenever the process takes more
 * than @limit bytes of memory, and much of it is mapped files.
 * @p: must outlive it
 *
 * It is a matter of cost only: no answer changes by it. Where a thread cannot
 * start, or the system does not tell what is in memory, nothing is done.
 */
struct rest *rest_begin(const struct program *p, size_t limit);

/** rest_end() - no longer. Frees @r. Context: the thread that began it. */
void rest_end(struct rest *r);

#endif
