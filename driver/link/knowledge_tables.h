/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How an entry of each knowledge table is written in JSON: one description of
 * fields a table, from which the loader, `rules list`, the lint and the JSON
 * Schema are made. A new field is one line in knowledge_tables.c.
 */
#ifndef LINK_KNOWLEDGE_TABLES_H
#define LINK_KNOWLEDGE_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "link/knowledge.h"

enum field_kind {
	FIELD_STRING,	/* const char *; absent: NULL */
	FIELD_BOOL,	/* bool; absent: false */
	FIELD_ARG,	/* int8_t, number of an argument; absent: -1 */
	FIELD_WORD,	/* uint8_t, one of `words`; absent: 0 */
	FIELD_SET8,	/* uint8_t, sum of some of `words`; absent: 0 */
	FIELD_SET16,	/* uint16_t, likewise */
};

#define KNOW_MAX_ARG 31	/* highest number of an argument */

enum field_flag {
	FIELD_KEY = 1,		/* part of what makes an entry unique */
	FIELD_MANY = 2,		/* may be an array: one entry for each */
	FIELD_REQUIRED = 4,
	FIELD_UNSTORED = 8,	/* demanded of the file, not kept */
};

struct know_word {
	const char *name;	/* NULL ends the list */
	uint16_t value;
};

struct know_field {
	const char *key;	/* NULL ends the list */
	uint8_t kind, flags;
	uint16_t offset;
	const struct know_word *words;
	const char *doc;	/* one sentence, for the schema */
};

struct know_table {
	const char *name;		/* "apis" */
	const char *doc;
	size_t size;			/* of one entry */
	size_t array, nr;		/* offsets in struct knowledge */
	const struct know_field *fields;
};

extern const struct know_table know_tables[];
extern const size_t nr_know_tables;

/** know_table_find() - the table @name, NULL when there is none. */
const struct know_table *know_table_find(const char *name);

/** know_entries() - the entries of table @t in @k. @nr: out, how many. */
const char *know_entries(const struct knowledge *k, const struct know_table *t,
			 size_t *nr);

/** know_string() - the string field @f of @entry, NULL when absent. */
const char *know_string(const struct know_field *f, const void *entry);

/**
 * know_print() - append @entry as "key value, .." to @out; its key fields
 * come first, absent fields not at all.
 */
void know_print(const struct know_table *t, const void *entry,
		struct strbuf *out);

/** know_key() - append what identifies @entry: "type.member", "name". */
void know_key(const struct know_table *t, const void *entry,
	      struct strbuf *out);

/** know_schema() - append the JSON Schema of knowledge files to @out. */
void know_schema(struct strbuf *out);

#endif
