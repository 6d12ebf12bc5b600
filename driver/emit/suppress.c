// SPDX-License-Identifier: GPL-2.0-only
/*
 * Suppressions with a reason. In: gfpscope-suppress.json. Out: a list that
 * can be asked. A suppression hides nothing: it marks, and is counted.
 */
#include "emit/suppress.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "emit/jsonr.h"

void suppressions_init(struct suppressions *s)
{
	memset(s, 0, sizeof(*s));
	arena_init(&s->arena);
}

void suppressions_release(struct suppressions *s)
{
	arena_release(&s->arena);
	suppressions_init(s);
}

/* Days from 1970-01-01 to the given day of the Gregorian calendar. */
static int64_t days_from_date(int64_t year, unsigned int month,
			      unsigned int day)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
				      273, 304, 334 };
	int64_t y = year - 1;
	int64_t leap = y / 4 - y / 100 + y / 400;
	bool leap_year = (year % 4 == 0 && year % 100 != 0) ||
			 year % 400 == 0;

	return y * 365 + leap - 719162 + before[month - 1] +
	       (month > 2 && leap_year) + day - 1;
}

/* "2027-01-31" holds through that day. 0 when @s is "". */
static int64_t read_date(struct jsonr *r, const char *s)
{
	unsigned int year, month, day;
	int end = 0;

	if (!s[0])
		return 0;
	if (strlen(s) != 10 ||
	    sscanf(s, "%4u-%2u-%2u%n", &year, &month, &day, &end) != 3 ||
	    end != 10 || year < 1970 || month < 1 || month > 12 || day < 1 ||
	    day > 31) {
		jsonr_bad(r, "expires", "is no date YYYY-MM-DD");
		return 0;
	}
	return (days_from_date(year, month, day) + 1) * 86400;
}

static void read_one(struct jsonr *r, json_object *o, struct suppression *s)
{
	s->id = jsonr_str_opt(r, o, "id");
	s->path = jsonr_str_opt(r, o, "path");
	s->function = jsonr_str_opt(r, o, "function");
	s->rule = jsonr_str_opt(r, o, "rule");
	s->reason = jsonr_str(r, o, "reason");
	s->expires = read_date(r, jsonr_str_opt(r, o, "expires"));
	if (!s->reason[0])
		jsonr_bad(r, "reason", "is empty");
	if (s->id[0] ? s->path[0] || s->function[0] || s->rule[0]
		     : !s->path[0] || !s->rule[0])
		jsonr_bad(r, "suppressions",
			  "each needs either id, or path, function and rule");
}

static void read_all(struct jsonr *r, json_object *o, struct suppressions *s)
{
	const char *schema = jsonr_str(r, o, "schema");
	size_t nr;
	json_object *a = jsonr_array(r, o, "suppressions", &nr);
	struct suppression *v;

	if (!r->rc && strcmp(schema, "gfpscope-suppress/1") != 0)
		jsonr_bad(r, "schema", "is not gfpscope-suppress/1");
	v = ARENA_ARRAY(r->arena, struct suppression, s->nr + nr);
	if (s->nr)
		memcpy(v, s->v, s->nr * sizeof(*v));
	for (size_t i = 0; i < nr && !r->rc; i++)
		read_one(r, jsonr_item_object(r, a, i, "suppressions"),
			 &v[s->nr + i]);
	if (r->rc)
		return;
	s->v = v;
	s->nr += nr;
}

int suppressions_read(struct suppressions *s, const char *path,
		      struct err *err)
{
	struct jsonr r = { path, &s->arena, err, 0 };
	struct strbuf sb = STRBUF_INIT;
	json_object *o;
	int rc = file_read(path, 0, &sb, err);

	if (!rc) {
		o = jsonr_parse(&r, sb.buf, sb.len);
		if (!r.rc)
			read_all(&r, o, s);
		json_object_put(o);
		rc = r.rc;
	}
	strbuf_release(&sb);
	return rc;
}

void suppressions_expire(struct suppressions *s, int64_t now)
{
	for (size_t i = 0; i < s->nr; i++)
		s->v[i].expired = s->v[i].expires && now >= s->v[i].expires;
}

const struct suppression *suppressions_find(struct suppressions *s,
					    const char *id, const char *path,
					    const char *function,
					    const char *rule)
{
	for (size_t i = 0; i < s->nr; i++) {
		struct suppression *v = &s->v[i];
		bool hit;

		if (v->expired)
			continue;
		if (v->id[0])
			hit = strcmp(v->id, id) == 0;
		else
			hit = strcmp(v->path, path) == 0 &&
			      strcmp(v->function, function) == 0 &&
			      strcmp(v->rule, rule) == 0;
		if (!hit)
			continue;
		v->hits++;
		return v;
	}
	return NULL;
}
