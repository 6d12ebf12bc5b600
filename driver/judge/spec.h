/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Specialisation: a constant argument that decides which way a callee goes.
 */
#ifndef JUDGE_SPEC_H
#define JUDGE_SPEC_H

#include "link/program.h"

enum { SPEC_NAMES = 12 };

struct spec {
	uint32_t fn;
	uint8_t param;
	uint8_t classes;	/* of the argument's value */
	uint8_t nr;		/* names or-ed together; 0: not known */
	atom_t names[SPEC_NAMES];	/* ascending */
	uint32_t round;		/* when it was made; 0: for good */
};

/**
 * spec_of_arg() - describe argument @e of a call in @caller as a constant.
 * @outer: the specialisation under which @caller is looked at, or NULL
 * @out: classes and names are filled
 *
 * Return: false if it is none.
 */
bool spec_of_arg(const struct program *p, uint32_t caller,
		 const struct expr *e, const struct spec *outer,
		 struct spec *out);

/** spec_equal() - are both the same constant for the same function? */
bool spec_equal(const struct spec *x, const struct spec *y);

/** spec_decides() - the value of the condition @c of @fn under @s (NULL: any
 * arguments): 0, 1, or -1 when @s does not decide it. */
int spec_decides(const struct program *p, uint32_t fn, const struct spec *s,
		 const struct cond *c);

/**
 * spec_deciding() - by function: which of its first 16 parameters decide where
 * it goes, or go on to where they do, and keep their value meanwhile, as bits.
 * The caller frees. @threads: that may be used, 0: one per processor
 */
uint32_t *spec_deciding(const struct program *p, unsigned int threads);

/** spec_at_call() - the first argument of @ev, a call of @to in @caller, that
 * is a constant and decides; false: none. @deciding: as of spec_deciding() */
bool spec_at_call(const struct program *p, const uint32_t *deciding,
		  uint32_t caller, const struct event *ev, uint32_t to,
		  const struct spec *outer, struct spec *out);

#endif
