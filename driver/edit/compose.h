/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What Coccinelle gave back, brought together with the source: a strict walk
 * over both that accepts the planned changes and no other, and the text that
 * comes of it.
 */
#ifndef EDIT_COMPOSE_H
#define EDIT_COMPOSE_H

#include "edit/mark.h"

/* What was found inserted; compared with the plan by the caller. */
struct inserted {
	uint32_t saves, restores, declarations, temps, includes, braces;
};

/**
 * compose() - put the marks back and keep the source's white space.
 * @marked: the text that was given to Coccinelle
 * @got: what it made of it
 * @out: the changed source is appended
 *
 * Marks of masks that no rule took are put back and flagged (mark.left); any
 * other mark left, and any token that changed without being planned, fails.
 * Return: 0 or ERR_FAILED with the reason.
 */
int compose(struct edit_file *f, const struct strbuf *marked,
	    const struct strbuf *got, struct strbuf *out,
	    struct inserted *ins, struct err *err);

#endif
