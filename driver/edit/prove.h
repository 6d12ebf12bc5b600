/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Read a changed file again and prove what the change must not break.
 */
#ifndef EDIT_PROVE_H
#define EDIT_PROVE_H

#include "edit/compose.h"
#include "edit/mark.h"

/** prove_counts() - is as much done as was planned? */
int prove_counts(const struct edit_file *f, const struct inserted *ins,
		 struct err *err);

/** prove_sites() - are the decided sites gone from @after, all others not? */
int prove_sites(const struct edit_file *f, const struct facts *after,
		struct err *err);

/**
 * prove_balance() - does every path through the functions that got a scope
 * close what it opened, once, and open none inside another?
 */
int prove_balance(const struct edit_file *f, const struct facts *after,
		  struct err *err);

#endif
