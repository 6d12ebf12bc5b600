/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How reclaim gets to a resource, in words. For the layer itself.
 */
#ifndef EDIT_WAITS_H
#define EDIT_WAITS_H

#include <stdbool.h>

#include "base/str.h"
#include "judge/result.h"

/** waits_has_path() - does the chain name a function? */
bool waits_has_path(const struct chain *c);

/**
 * waits_add() - append a sentence: "Reclaim may take .. in f() -> g()."
 * @s: the section of the resource; NULL: it was named before
 * @resource: as a sentence says it
 * @limit: bytes from which on the middle of a way is left out
 */
void waits_add(struct strbuf *sb, const struct chain *c,
	       const struct section *s, const char *resource, size_t limit);

#endif
