// SPDX-License-Identifier: GPL-2.0-only
/*
 * Apart (see apart.h): a mount, a remount, an unmount and what only they
 * call. A function counts once all of its callers do.
 */
#include "judge/apart.h"

#include <stdlib.h>

#include "base/mem.h"

static bool is_apart(const struct program *p, uint32_t fn, const bool *apart)
{
	size_t nr;
	const struct caller *c = program_callers(p, fn, &nr);

	if (program_fn(p, fn)->entries || program_fn(p, fn)->escapes)
		return false;
	for (size_t i = 0; i < nr; i++)
		if (c[i].fn != fn && !apart[c[i].fn])
			return false;
	return nr;
}

void apart_spread(const struct program *p, bool *apart)
{
	uint32_t *queue = xcalloc(program_nr_fns(p) + 1, sizeof(*queue));
	uint32_t len = 0;

	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++)
		if (apart[fn])
			queue[len++] = fn;
	for (uint32_t at = 0; at < len; at++) {
		const struct func *f = program_func(p, queue[at]);

		for (uint32_t i = 0; i < f->nr_events; i++) {
			size_t nr;
			const struct target *t;

			t = program_targets(p, queue[at], f->first_event + i,
					    &nr);
			for (size_t j = 0; j < nr; j++) {
				if (apart[t[j].fn] ||
				    !is_apart(p, t[j].fn, apart))
					continue;
				apart[t[j].fn] = true;
				queue[len++] = t[j].fn;
			}
		}
	}
	free(queue);
}
