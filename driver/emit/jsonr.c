// SPDX-License-Identifier: GPL-2.0-only
/*
 * JSON files read with one error check: see jsonr.h. By json-c.
 */
#include "emit/jsonr.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

/* Brackets in brackets: no file of ours has many. */
enum { DEPTH = 64, PARENTS = 2 };

void jsonr_bad(struct jsonr *r, const char *where, const char *what)
{
	if (!r->rc)
		r->rc = err_set(r->err, ERR_FORMAT, "%s: %s: %s", r->file,
				where, what);
}

static json_object *parse_text(struct jsonr *r, const char *text, size_t len,
			  int depth)
{
	struct json_tokener *t;
	json_object *o = NULL;
	enum json_tokener_error e;

	if (len > INT32_MAX) {
		r->rc = err_set(r->err, ERR_LIMIT, "%s: larger than 2 GiB",
				r->file);
		return NULL;
	}
	t = json_tokener_new_ex(depth);
	if (!t)
		BUG("json-c gives no tokener");
	json_tokener_set_flags(t, JSON_TOKENER_STRICT);
	o = json_tokener_parse_ex(t, text, (int)len);
	e = json_tokener_get_error(t);
	if (e != json_tokener_success) {
		json_object_put(o);
		o = NULL;
		r->rc = err_set(r->err, ERR_FORMAT, "%s: not JSON: %s at byte %zu",
				r->file, e == json_tokener_continue ?
				"unexpected end" : json_tokener_error_desc(e),
				json_tokener_get_parse_end(t));
	}
	json_tokener_free(t);
	return o;
}

/* The NUL behind ends a bare number; buffers here always have one. */
json_object *jsonr_parse(struct jsonr *r, const char *text, size_t len)
{
	return parse_text(r, text, len + 1, DEPTH);
}

json_object *jsonr_parse_object(struct jsonr *r, const char *text, size_t len)
{
	return parse_text(r, text, len, DEPTH - PARENTS);
}

static json_object *member(struct jsonr *r, json_object *o, const char *key,
			   enum json_type type, bool needed)
{
	json_object *v = NULL;

	if (!o || r->rc)
		return NULL;
	if (!json_object_object_get_ex(o, key, &v)) {
		if (needed)
			jsonr_bad(r, key, "missing");
		return NULL;
	}
	if (!v && !needed)
		return NULL;
	if (json_object_get_type(v) != type) {
		jsonr_bad(r, key, "has another type than it should");
		return NULL;
	}
	return v;
}

static const char *own_str(struct jsonr *r, json_object *v)
{
	return v ? arena_strdup(r->arena, json_object_get_string(v)) : "";
}

const char *jsonr_str(struct jsonr *r, json_object *o, const char *key)
{
	return own_str(r, member(r, o, key, json_type_string, true));
}

const char *jsonr_str_opt(struct jsonr *r, json_object *o, const char *key)
{
	return own_str(r, member(r, o, key, json_type_string, false));
}

int64_t jsonr_int(struct jsonr *r, json_object *o, const char *key)
{
	json_object *v = member(r, o, key, json_type_int, true);

	return v ? json_object_get_int64(v) : 0;
}

uint64_t jsonr_uint(struct jsonr *r, json_object *o, const char *key)
{
	int64_t v = jsonr_int(r, o, key);

	if (v < 0)
		jsonr_bad(r, key, "is negative");
	return v < 0 ? 0 : (uint64_t)v;
}

uint32_t jsonr_u32(struct jsonr *r, json_object *o, const char *key)
{
	uint64_t v = jsonr_uint(r, o, key);

	if (v > UINT32_MAX)
		jsonr_bad(r, key, "is too large");
	return v > UINT32_MAX ? 0 : (uint32_t)v;
}

bool jsonr_bool_opt(struct jsonr *r, json_object *o, const char *key)
{
	json_object *v = member(r, o, key, json_type_boolean, false);

	return v && json_object_get_boolean(v);
}

json_object *jsonr_object(struct jsonr *r, json_object *o, const char *key)
{
	return member(r, o, key, json_type_object, true);
}

json_object *jsonr_object_opt(struct jsonr *r, json_object *o,
			      const char *key)
{
	return member(r, o, key, json_type_object, false);
}

static json_object *array(json_object *a, size_t *nr)
{
	*nr = a ? json_object_array_length(a) : 0;
	return a;
}

json_object *jsonr_array(struct jsonr *r, json_object *o, const char *key,
			 size_t *nr)
{
	return array(member(r, o, key, json_type_array, true), nr);
}

json_object *jsonr_array_opt(struct jsonr *r, json_object *o, const char *key,
			     size_t *nr)
{
	return array(member(r, o, key, json_type_array, false), nr);
}

static json_object *item(struct jsonr *r, json_object *a, size_t i,
			 const char *where, enum json_type type)
{
	json_object *v;

	if (!a || r->rc)
		return NULL;
	v = json_object_array_get_idx(a, i);
	if (json_object_get_type(v) == type)
		return v;
	jsonr_bad(r, where, "an element has another type than it should");
	return NULL;
}

const char *jsonr_item_str(struct jsonr *r, json_object *a, size_t i,
			   const char *where)
{
	return own_str(r, item(r, a, i, where, json_type_string));
}

json_object *jsonr_item_object(struct jsonr *r, json_object *a, size_t i,
			       const char *where)
{
	return item(r, a, i, where, json_type_object);
}

uint32_t jsonr_item_u32(struct jsonr *r, json_object *a, size_t i,
			const char *where)
{
	json_object *v = item(r, a, i, where, json_type_int);
	int64_t n = v ? json_object_get_int64(v) : 0;

	if (n < 0 || n > UINT32_MAX)
		jsonr_bad(r, where, "an element is negative or too large");
	return n < 0 || n > UINT32_MAX ? 0 : (uint32_t)n;
}

int jsonr_enum(struct jsonr *r, json_object *o, const char *key,
	       int (*parse)(const char *))
{
	json_object *v = member(r, o, key, json_type_string, true);
	int n = v ? parse(json_object_get_string(v)) : 0;

	if (n < 0)
		jsonr_bad(r, key, "is none of the words it can be");
	return n < 0 ? 0 : n;
}
