/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a JSON report cut into its sites, its findings, and the rest,
 * so that a parser need not hold objects for all of it at once.
 */
#ifndef EMIT_REPORT_PARTS_H
#define EMIT_REPORT_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Borrowed from the report's text. */
struct part {
	const char *text;
	size_t len;
};

struct report_parts {
	struct part sites, findings;	/* what is between their brackets */
	struct strbuf rest;		/* the report with both lists empty */
};

/**
 * report_parts_cut() - cut the @len bytes at @text, which stay borrowed.
 * @p: need not be initialised; report_parts_release() it in every case
 *
 * Return: false when it is not an object with one "sites" and one "findings",
 * both arrays; then nothing is known. Brackets and strings are all that is
 * looked at: whether it is JSON is for the parser of the parts to say.
 */
bool report_parts_cut(struct report_parts *p, const char *text, size_t len);
void report_parts_release(struct report_parts *p);

/**
 * part_next() - take the first object off @list.
 *
 * Return: 1 with the object in @element, 0 when none is left, -1 when what is
 * left is no list of objects.
 */
int part_next(struct part *list, struct part *element);

/** part_count() - how many objects @list has; -1: it is no list of them. */
long part_count(struct part list);

#endif
