/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One line of progress on stderr, for work over a second, on a terminal only.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress;

/** progress_start() - NULL (harmless below) when stderr is no terminal or
 * @quiet is set. @total 0: unknown. */
struct progress *progress_start(const char *what, size_t total, bool quiet);
/** progress_add() - @n more done. Context: any thread. */
void progress_add(struct progress *p, size_t n);
void progress_stop(struct progress *p);	/* clears the line, frees @p */

#endif
