// SPDX-License-Identifier: GPL-2.0-only
/*
 * A plan written by hand goes in, a result as the judge would give it comes
 * out, with every place turned from line and token into bytes.
 */
#include "emit/read_plan.h"

#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "emit/jsonr.h"

#define PLAN_LIMIT	((size_t)16 << 20)

struct plan_reader {
	struct jsonr r;
	struct result *result;
	int (*read)(void *ctx, const char *path, struct strbuf *out,
		    struct err *err);
	void *ctx;
	struct section **sections;
	size_t nr_sections;
	const char *path;	/* of the source in `source` */
	struct strbuf source;
};

struct place {
	uint32_t line, column, offset, len;
};

static int parse_restriction(const char *s)
{
	return !strcmp(s, "nofs") ? RESTRICT_NOFS :
	       !strcmp(s, "noio") ? RESTRICT_NOIO : -1;
}

static int parse_form(const char *s)
{
	static const char *const names[] = {
		[FORM_WORD] = "word", [FORM_CLEAR] = "clear",
		[FORM_ASSEMBLED] = "assembled", [FORM_NOOP] = "noop",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i], s))
			return (int)i;
	return -1;
}

static int parse_class(const char *s)
{
	return !strcmp(s, "zero") ? CLASS_ZERO :
	       !strcmp(s, "positive") ? CLASS_POS :
	       !strcmp(s, "error") ? CLASS_ERR : -1;
}

static bool load(struct plan_reader *p, const char *path)
{
	if (p->path && !strcmp(p->path, path))
		return true;
	strbuf_clear(&p->source);
	p->path = NULL;
	p->r.rc = p->read(p->ctx, path, &p->source, p->r.err);
	if (p->r.rc)
		return false;
	p->path = path;
	return true;
}

static bool is_word(int c)
{
	return isalnum(c) || c == '_';
}

/* The @nth occurrence of @token as a word in the line at @p. */
static const char *find_token(const char *p, const char *end,
			      const char *token, uint64_t nth)
{
	size_t n = strlen(token);
	const char *line = p;

	while ((p = memmem(p, end - p, token, n))) {
		if ((p == line || !is_word(p[-1]) || !is_word(*token)) &&
		    (p + n == end || !is_word(p[n]) ||
		     !is_word(token[n - 1])) && !--nth)
			return p;
		p++;
	}
	return NULL;
}

static void read_place(struct plan_reader *p, json_object *o,
		       const char *path, struct place *at)
{
	size_t nr = 0;
	json_object *a = jsonr_array(&p->r, o, "at", &nr);
	const char *token, *pos, *end, *hit;
	uint64_t nth = 1, line, i;

	memset(at, 0, sizeof(*at));
	if (p->r.rc || nr < 2 || !load(p, path)) {
		jsonr_bad(&p->r, "at", "is not [line, token]");
		return;
	}
	line = json_object_get_uint64(json_object_array_get_idx(a, 0));
	token = jsonr_item_str(&p->r, a, 1, "at");
	if (nr > 2)
		nth = json_object_get_uint64(json_object_array_get_idx(a, 2));
	pos = p->source.buf;
	end = pos + p->source.len;
	for (i = 1; i < line && pos < end; i++) {
		const char *nl = memchr(pos, '\n', end - pos);

		pos = nl ? nl + 1 : end;
	}
	hit = memchr(pos, '\n', end - pos);
	end = hit ? hit : end;
	hit = *token ? find_token(pos, end, token, nth ? nth : 1) : NULL;
	if (!hit) {
		jsonr_bad(&p->r, token, "does not stand in its line");
		return;
	}
	at->line = line;
	at->column = hit - pos + 1;
	at->offset = hit - p->source.buf;
	at->len = strlen(token);
}

static void read_points(struct plan_reader *p, json_object *o,
			const char *key, struct section *s,
			struct section_point **out, size_t *out_nr)
{
	size_t nr = 0, i, k, nr_classes;
	json_object *a = jsonr_array_opt(&p->r, o, key, &nr);
	struct section_point *v;

	v = ARENA_ARRAY(p->r.arena, struct section_point, nr);
	for (i = 0; i < nr && !p->r.rc; i++) {
		json_object *e = jsonr_item_object(&p->r, a, i, key);
		json_object *c;
		struct place at;

		read_place(p, e, s->path, &at);
		v[i].line = at.line;
		v[i].column = at.column;
		v[i].callee = v[i].result = "";
		c = jsonr_array_opt(&p->r, e, "success", &nr_classes);
		for (k = 0; k < nr_classes && !p->r.rc; k++) {
			int class = parse_class(jsonr_item_str(&p->r, c, k,
							       "success"));

			if (class < 0)
				jsonr_bad(&p->r, "success", "is no class");
			v[i].success |= class;
		}
		if (!v[i].success)
			v[i].success = CLASS_ANY;
	}
	*out = v;
	*out_nr = nr;
}

static bool flag(json_object *o, const char *key)
{
	json_object *v = NULL;

	return json_object_object_get_ex(o, key, &v) &&
	       json_object_get_boolean(v);
}

static void read_section(struct plan_reader *p, json_object *o)
{
	struct section *s = ARENA_NEW(p->r.arena, struct section);

	p->sections[p->nr_sections++] = s;
	s->path = jsonr_str(&p->r, o, "path");
	s->function = jsonr_str(&p->r, o, "function");
	s->resource = jsonr_str(&p->r, o, "resource");
	s->restriction = jsonr_enum(&p->r, o, "restriction",
				    parse_restriction);
	s->save_after = flag(o, "save_after");
	s->whole_function = flag(o, "whole_function");
	read_points(p, o, "acquires", s, &s->acquires, &s->nr_acquires);
	read_points(p, o, "releases", s, &s->releases, &s->nr_releases);
	if (s->nr_acquires)
		s->line = s->acquires[0].line;
	else
		s->line = jsonr_u32(&p->r, o, "line");
}

static void read_reclaim(struct plan_reader *p, json_object *o,
			 struct chain *c)
{
	json_object *a = jsonr_array_opt(&p->r, o, "reclaim", &c->nr);
	size_t i;

	c->steps = ARENA_ARRAY(p->r.arena, struct step, c->nr);
	for (i = 0; i < c->nr && !p->r.rc; i++) {
		json_object *e = json_object_array_get_idx(a, i);
		const char *event = "";

		/* "f": reclaim is in f(); {"holder": "f"}: another task */
		if (json_object_is_type(e, json_type_object))
			event = "holder";
		c->steps[i].function = *event ? jsonr_str(&p->r, e, event) :
			jsonr_item_str(&p->r, a, i, "reclaim");
		c->steps[i].path = "";
		c->steps[i].event = event;
		c->steps[i].text = c->steps[i].function;
	}
}

/* The places of the section's function that lead to the site; where they are
 * not said it is the site's own place. */
static void read_through(struct plan_reader *p, json_object *o,
			 struct result_site *s)
{
	if (json_object_object_get_ex(o, "through", NULL)) {
		read_points(p, o, "through", s->scope_at, &s->through,
			    &s->nr_through);
		return;
	}
	s->through = ARENA_NEW(p->r.arena, struct section_point);
	s->nr_through = 1;
}

static void read_site(struct plan_reader *p, json_object *o,
		      struct result_site *s)
{
	json_object *scope = NULL;
	struct place at;
	uint64_t n;

	s->path = jsonr_str(&p->r, o, "path");
	s->function = jsonr_str_opt(&p->r, o, "function");
	s->callee = jsonr_str_opt(&p->r, o, "callee");
	s->mask = jsonr_str_opt(&p->r, o, "mask");
	s->reason = jsonr_str_opt(&p->r, o, "reason");
	s->restriction = jsonr_enum(&p->r, o, "restriction",
				    parse_restriction);
	s->verdict = jsonr_enum(&p->r, o, "verdict", verdict_parse);
	s->confidence = CONF_HIGH;
	if (json_object_object_get_ex(o, "form", NULL))
		s->form = jsonr_enum(&p->r, o, "form", parse_form);
	read_reclaim(p, o, &s->reclaim);
	read_place(p, o, s->path, &at);
	s->line = at.line;
	s->column = at.column;
	s->offset = at.offset;
	s->len = at.len;
	if (!json_object_object_get_ex(o, "scope", &scope))
		return;
	n = json_object_get_uint64(scope);
	if (n >= p->nr_sections)
		jsonr_bad(&p->r, "scope", "there is no such section");
	else
		s->scope_at = p->sections[n];
	if (!p->r.rc)
		read_through(p, o, s);
}

static void read_all(struct plan_reader *p, json_object *o)
{
	size_t nr = 0, i;
	json_object *a = jsonr_array_opt(&p->r, o, "sections", &nr);

	p->sections = ARENA_ARRAY(p->r.arena, struct section *, nr);
	for (i = 0; i < nr && !p->r.rc; i++)
		read_section(p, jsonr_item_object(&p->r, a, i, "sections"));
	a = jsonr_array(&p->r, o, "sites", &nr);
	p->result->sites = ARENA_ARRAY(p->r.arena, struct result_site, nr);
	p->result->nr_sites = nr;
	for (i = 0; i < nr && !p->r.rc; i++)
		read_site(p, jsonr_item_object(&p->r, a, i, "sites"),
			  &p->result->sites[i]);
}

int plan_file_read(const char *path,
		   int (*read)(void *ctx, const char *path, struct strbuf *out,
			       struct err *err),
		   void *ctx, struct result *r, struct err *err)
{
	struct plan_reader p = {
		.r = { .file = path, .arena = &r->arena, .err = err },
		.result = r, .read = read, .ctx = ctx, .source = STRBUF_INIT,
	};
	struct strbuf text = STRBUF_INIT;
	json_object *o;
	int ret = file_read(path, PLAN_LIMIT, &text, err);

	if (!ret) {
		o = jsonr_parse(&p.r, text.buf, text.len);
		if (o && !p.r.rc)
			read_all(&p, o);
		json_object_put(o);
		ret = p.r.rc;
	}
	if (!ret)
		result_sort(r);
	strbuf_release(&p.source);
	strbuf_release(&text);
	return ret;
}
