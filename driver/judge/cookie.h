/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cookies: the values that saves give and restores want back, in one function,
 * and what each of its events does with them.
 */
#ifndef JUDGE_COOKIE_H
#define JUDGE_COOKIE_H

#include "judge/flow.h"

enum cookie_act {
	COOKIE_NOTHING,
	COOKIE_SAVES,		/* the value is set by opening a scope */
	COOKIE_RESTORES,	/* the scope is closed */
	COOKIE_MISTAKEN,	/* closed as a scope of another kind */
};

struct cookie_use {
	ref_t ref;		/* REF_SCOPE, as the flow has it */
	struct ref kept;	/* where it is kept: COOKIE_LOCAL or _FIELD */
	uint64_t bit;		/* of it, in the flow's sets */
	bool local;		/* a variable of the function */
	bool escapes;		/* others have it, or the object it is in, too */
	bool set_otherwise;	/* and not all its values come from saves */
	bool owned;		/* the object it is in came with the scope */
	uint32_t nr_saves, nr_restores;
	uint8_t *act;		/* enum cookie_act, by event of the function */
};

/**
 * cookie_uses() - the cookies whose scopes the function opens, after
 * flow_run() of it.
 * @max: room in @out
 * Return: number written to @out, for cookie_release() each.
 */
unsigned int cookie_uses(struct flow *w, struct cookie_use *out,
			 unsigned int max);
void cookie_release(struct cookie_use *c);

/** cookie_dropped() - does @event of @fn open a scope and drop its value? */
bool cookie_dropped(const struct program *p, uint32_t fn, uint32_t event);

#endif
