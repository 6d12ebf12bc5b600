/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading JSON files that must have a certain form: getters that remember the
 * first thing that was wrong, so that callers test once at the end.
 */
#ifndef EMIT_JSONR_H
#define EMIT_JSONR_H

#include <json.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct jsonr {
	const char *file;	/* for messages */
	struct arena *arena;	/* owns the strings that come out */
	struct err *err;
	int rc;			/* 0 or the code of the first error */
};

/** jsonr_parse() - the value in the @len bytes at @text, NULL with r->rc set
 * when they are no JSON. The caller puts it. */
json_object *jsonr_parse(struct jsonr *r, const char *text, size_t len);

/** jsonr_parse_object() - the same for an object in the midst of a text: its
 * @len bytes end with its bracket. */
json_object *jsonr_parse_object(struct jsonr *r, const char *text,
				size_t len);

/** jsonr_bad() - note an error "file: where: what", unless one is there. */
void jsonr_bad(struct jsonr *r, const char *where, const char *what);

/*
 * The member @key of @o. Missing or of another type is an error; the _opt ones
 * give "", 0, false or NULL when the key is missing or null. Never NULL strings.
 */
const char *jsonr_str(struct jsonr *r, json_object *o, const char *key);
const char *jsonr_str_opt(struct jsonr *r, json_object *o, const char *key);
uint64_t jsonr_uint(struct jsonr *r, json_object *o, const char *key);
uint32_t jsonr_u32(struct jsonr *r, json_object *o, const char *key);
int64_t jsonr_int(struct jsonr *r, json_object *o, const char *key);
bool jsonr_bool_opt(struct jsonr *r, json_object *o, const char *key);
json_object *jsonr_object(struct jsonr *r, json_object *o, const char *key);
json_object *jsonr_object_opt(struct jsonr *r, json_object *o,
			      const char *key);
json_object *jsonr_array(struct jsonr *r, json_object *o, const char *key,
			 size_t *nr);
json_object *jsonr_array_opt(struct jsonr *r, json_object *o, const char *key,
			     size_t *nr);
/* Element @i of @a, which must be a string; an object; a number. */
const char *jsonr_item_str(struct jsonr *r, json_object *a, size_t i,
			   const char *where);
json_object *jsonr_item_object(struct jsonr *r, json_object *a, size_t i,
			       const char *where);

uint32_t jsonr_item_u32(struct jsonr *r, json_object *a, size_t i,
			const char *where);

/** jsonr_enum() - what @parse makes of the string @key; an error when < 0. */
int jsonr_enum(struct jsonr *r, json_object *o, const char *key,
	       int (*parse)(const char *));

#endif
