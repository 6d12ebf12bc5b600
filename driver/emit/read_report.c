// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read a JSON report back into a result and its proposals.
 *
 * In: a file of format gfpscope-report/1. Out: what emit/json.c was given, as
 * far as the report carries it; writing it again gives the same bytes when
 * the version of the tool is the same.
 */
#include "emit/read_report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "emit/jsonr.h"
#include "emit/report.h"
#include "emit/report_parts.h"
#include "emit/skim.h"
#include "emit/utf8.h"

void report_file_init(struct report_file *r)
{
	result_init(&r->result);
	proposals_init(&r->proposals);
	r->version = r->spatch = "";
	r->marked = false;
}

void report_file_release(struct report_file *r)
{
	proposals_release(&r->proposals);
	result_release(&r->result);
	r->version = r->spatch = "";
}

static void read_id(struct jsonr *r, json_object *o, const char *key,
		    char *id)
{
	const char *s = jsonr_str(r, o, key);

	if (!r->rc && (strlen(s) != 16 ||
		       strspn(s, "0123456789abcdef") != 16)) {
		jsonr_bad(r, key, "is no id of 16 hex digits");
		return;
	}
	if (!r->rc)
		memcpy(id, s, 17);
}

/* Numbers from 1 to `of`, ascending, not all of them. */
static void read_shards(struct jsonr *r, json_object *tree,
			struct tree_info *t)
{
	json_object *o = jsonr_object_opt(r, tree, "shards"), *a;
	uint32_t *v, last = 0;

	if (!o)
		return;
	t->shards_of = jsonr_u32(r, o, "of");
	a = jsonr_array(r, o, "have", &t->nr_shards);
	v = ARENA_ARRAY(r->arena, uint32_t, t->nr_shards);
	for (size_t i = 0; i < t->nr_shards; i++) {
		v[i] = jsonr_item_u32(r, a, i, "have");
		if (v[i] <= last || v[i] > t->shards_of)
			jsonr_bad(r, "have", "is no list of shards");
		last = v[i];
	}
	if (!t->nr_shards || t->nr_shards >= t->shards_of)
		jsonr_bad(r, "have", "is no list of shards");
	t->shards = v;
}

static void read_tree(struct jsonr *r, json_object *o, struct tree_info *t)
{
	json_object *paths;

	t->revision = jsonr_str(r, o, "revision");
	t->describe = jsonr_str(r, o, "describe");
	t->kernel = jsonr_str(r, o, "kernel");
	t->commit_time = jsonr_int(r, o, "commit_time");
	paths = jsonr_array(r, o, "paths", &t->nr_paths);
	t->paths = ARENA_ARRAY(r->arena, const char *, t->nr_paths);
	for (size_t i = 0; i < t->nr_paths; i++)
		t->paths[i] = jsonr_item_str(r, paths, i, "paths");
	read_shards(r, o, t);
}

static void read_gaps(struct jsonr *r, json_object *o, struct coverage *c)
{
	json_object *a = jsonr_array(r, o, "gaps", &c->nr_gaps);

	c->gaps = ARENA_ARRAY(r->arena, struct result_gap, c->nr_gaps);
	for (size_t i = 0; i < c->nr_gaps; i++) {
		json_object *v = jsonr_item_object(r, a, i, "gaps");
		struct result_gap *g = &c->gaps[i];

		g->path = jsonr_str(r, v, "path");
		g->line = jsonr_u32(r, v, "line");
		g->function = jsonr_str(r, v, "function");
		g->what = jsonr_str(r, v, "what");
		g->text = jsonr_str(r, v, "text");
	}
}

static void read_coverage(struct jsonr *r, json_object *o, struct coverage *c)
{
	json_object *notes, *tokens;

	c->files = jsonr_uint(r, o, "files");
	c->bytes = jsonr_uint(r, o, "bytes");
	c->functions = jsonr_uint(r, o, "functions");
	c->functions_not_understood =
		jsonr_uint(r, o, "functions_not_understood");
	c->sites = jsonr_uint(r, o, "sites");
	c->sites_in_macros = jsonr_uint(r, o, "sites_in_macros");
	c->calls = jsonr_uint(r, o, "calls");
	c->calls_indirect = jsonr_uint(r, o, "calls_indirect");
	c->calls_unresolved = jsonr_uint(r, o, "calls_unresolved");
	notes = jsonr_object(r, o, "notes");
	for (int i = 0; i < NOTE_NR_KINDS; i++)
		c->notes[i] = jsonr_uint(r, notes, note_kind_name(i));
	tokens = jsonr_object(r, o, "tokens");
	for (int i = 0; i < TOKEN_NR_ROLES; i++)
		c->tokens[i] = jsonr_uint(r, tokens, token_role_name(i));
	read_gaps(r, o, c);
}

static void read_chain(struct jsonr *r, json_object *o, const char *key,
		       struct chain *c)
{
	json_object *a = jsonr_array(r, o, key, &c->nr);

	c->steps = ARENA_ARRAY(r->arena, struct step, c->nr);
	for (size_t i = 0; i < c->nr; i++) {
		json_object *v = jsonr_item_object(r, a, i, key);
		struct step *s = &c->steps[i];

		s->path = jsonr_str(r, v, "path");
		s->line = jsonr_u32(r, v, "line");
		s->function = jsonr_str(r, v, "function");
		s->event = jsonr_str(r, v, "event");
		s->text = jsonr_str(r, v, "text");
	}
}

static struct section *read_scope(struct jsonr *r, json_object *o)
{
	json_object *v = NULL;
	struct section *s;

	if (r->rc || !o)
		return NULL;
	if (json_object_object_get_ex(o, "scope_at", &v) && !v)
		return NULL;
	v = jsonr_object(r, o, "scope_at");
	s = ARENA_NEW(r->arena, struct section);
	s->path = jsonr_str(r, v, "path");
	s->line = jsonr_u32(r, v, "line");
	s->function = jsonr_str(r, v, "function");
	s->resource = jsonr_str(r, v, "resource");
	return s;
}

static void read_site(struct jsonr *r, json_object *o, struct result_site *s)
{
	json_object *a;

	read_id(r, o, "id", s->id);
	s->path = jsonr_str(r, o, "path");
	s->line = jsonr_u32(r, o, "line");
	s->column = jsonr_u32(r, o, "column");
	s->function = jsonr_str(r, o, "function");
	s->callee = jsonr_str(r, o, "callee");
	s->mask = jsonr_str(r, o, "mask");
	s->restriction = (uint8_t)jsonr_enum(r, o, "restriction",
					     restriction_parse);
	s->verdict = (uint8_t)jsonr_enum(r, o, "verdict", verdict_parse);
	s->confidence = (uint8_t)jsonr_enum(r, o, "confidence",
					    confidence_parse);
	s->reason = jsonr_str(r, o, "reason");
	s->scope_at = read_scope(r, o);
	read_chain(r, o, "evidence", &s->evidence);
	read_chain(r, o, "reclaim", &s->reclaim);
	a = jsonr_array(r, o, "unresolved", &s->nr_unresolved);
	s->unresolved = ARENA_ARRAY(r->arena, const char *, s->nr_unresolved);
	for (size_t i = 0; i < s->nr_unresolved; i++)
		s->unresolved[i] = jsonr_item_str(r, a, i, "unresolved");
}

/*
 * A list comes as an array of the whole report's object, or, for that need
 * not be held then, as its text.
 */
struct list {
	struct jsonr *r;
	json_object *array, *element;	/* array: NULL: text */
	struct part text;
	const char *name;
	size_t nr, next;
};

static void list_start(struct list *l, struct jsonr *r, json_object *o,
		       const char *name, const struct part *text)
{
	long nr = text ? part_count(*text) : 0;

	*l = (struct list){ .r = r, .name = name };
	if (!text)
		l->array = jsonr_array(r, o, name, &l->nr);
	else if (nr < 0)
		jsonr_bad(r, name, "is no list of objects");
	else
		l->nr = (size_t)nr;
	if (text)
		l->text = *text;
}

/* The next object, valid until the one after; NULL at the end. */
static json_object *list_next(struct list *l)
{
	struct part part;

	json_object_put(l->element);
	l->element = NULL;
	if (l->next == l->nr || l->r->rc)
		return NULL;
	if (l->array)
		return jsonr_item_object(l->r, l->array, l->next++, l->name);
	l->next++;
	part_next(&l->text, &part);
	l->element = jsonr_parse_object(l->r, part.text, part.len);
	return l->element;
}

static void read_sites(struct jsonr *r, struct list *l, struct result *res)
{
	struct result_site *s;
	json_object *o;

	s = res->sites = ARENA_ARRAY(r->arena, struct result_site, l->nr);
	res->nr_sites = l->nr;
	while ((o = list_next(l)))
		read_site(r, o, s++);
}

static void read_finding(struct jsonr *r, json_object *o,
			 struct result_finding *f)
{
	read_id(r, o, "id", f->id);
	f->rule = (uint8_t)jsonr_enum(r, o, "rule", rule_parse);
	f->path = jsonr_str(r, o, "path");
	f->line = jsonr_u32(r, o, "line");
	f->column = jsonr_u32(r, o, "column");
	f->function = jsonr_str(r, o, "function");
	f->message = jsonr_str(r, o, "message");
	f->confidence = (uint8_t)jsonr_enum(r, o, "confidence",
					    confidence_parse);
	read_chain(r, o, "evidence", &f->evidence);
	read_chain(r, o, "reclaim", &f->reclaim);
}

static void read_findings(struct jsonr *r, struct list *l,
			  struct result *res)
{
	struct result_finding *f;
	json_object *o;

	f = res->findings = ARENA_ARRAY(r->arena, struct result_finding,
					l->nr);
	res->nr_findings = l->nr;
	while ((o = list_next(l)))
		read_finding(r, o, f++);
}

/* The sites of the report by id, for proposals that name them. */
struct by_id {
	const struct result_site **v;
	size_t nr;
};

static int cmp_by_id(const void *a, const void *b)
{
	return strcmp((*(const struct result_site *const *)a)->id,
		      (*(const struct result_site *const *)b)->id);
}

static void by_id_init(struct by_id *b, const struct result *res)
{
	b->nr = res->nr_sites;
	b->v = xcalloc(b->nr ? b->nr : 1, sizeof(*b->v));
	for (size_t i = 0; i < b->nr; i++)
		b->v[i] = &res->sites[i];
	qsort(b->v, b->nr, sizeof(*b->v), cmp_by_id);
}

static const struct result_site *by_id_find(const struct by_id *b,
					    const char *id)
{
	size_t low = 0, high = b->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = strcmp(b->v[mid]->id, id);

		if (c == 0)
			return b->v[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static const struct result_site **read_site_ids(struct jsonr *r,
						json_object *a, size_t nr,
						const char *key,
						const struct by_id *b)
{
	const struct result_site **v;

	v = ARENA_ARRAY(r->arena, const struct result_site *, nr);
	for (size_t i = 0; i < nr && !r->rc; i++) {
		v[i] = by_id_find(b, jsonr_item_str(r, a, i, key));
		if (!v[i])
			jsonr_bad(r, key,
				  "names a site that is not in the report");
	}
	return v;
}

static const char *read_diff(struct jsonr *r, json_object *o)
{
	const char *diff = jsonr_str(r, o, "diff");
	size_t len = strlen(diff), i = 0;
	char *out, *to;

	if (strcmp(jsonr_str_opt(r, o, "diff_encoding"), "latin-1") != 0)
		return diff;
	out = to = arena_strdup(r->arena, diff);
	while (i < len) {
		uint32_t cp;

		i += utf8_next(diff + i, len - i, &cp);
		if (cp > 0xff)
			jsonr_bad(r, "diff", "is no latin-1");
		*to++ = (char)cp;
	}
	*to = '\0';
	return out;
}

static void read_proposal(struct jsonr *r, json_object *o,
			  const struct by_id *b, struct proposal *p)
{
	json_object *a, *checks;

	memset(p, 0, sizeof(*p));
	read_id(r, o, "id", p->id);
	p->kind = (uint8_t)jsonr_enum(r, o, "kind", proposal_kind_parse);
	a = jsonr_array(r, o, "sites", &p->nr_sites);
	p->sites = read_site_ids(r, a, p->nr_sites, "sites", b);
	a = jsonr_array_opt(r, o, "stays", &p->nr_stays);
	p->stays = read_site_ids(r, a, p->nr_stays, "stays", b);
	a = jsonr_array(r, o, "files", &p->nr_files);
	p->files = ARENA_ARRAY(r->arena, const char *, p->nr_files);
	for (size_t i = 0; i < p->nr_files; i++)
		p->files[i] = jsonr_item_str(r, a, i, "files");
	p->title = jsonr_str(r, o, "title");
	p->changelog = jsonr_str(r, o, "changelog");
	p->diff = read_diff(r, o);
	checks = jsonr_object(r, o, "checks");
	p->checks.applies = (uint8_t)jsonr_enum(r, checks, "applies",
					 check_state_parse);
	p->checks.balanced = (uint8_t)jsonr_enum(r, checks, "balanced",
					  check_state_parse);
	p->checks.rereads = (uint8_t)jsonr_enum(r, checks, "rereads",
					 check_state_parse);
	if (json_object_object_get_ex(checks, "style", NULL))
		p->checks.style = (uint8_t)jsonr_enum(r, checks, "style",
						      check_state_parse);
	p->checks.builds = (uint8_t)jsonr_enum(r, checks, "builds",
					check_state_parse);
}

static void read_proposals(struct jsonr *r, json_object *o,
			   const struct result *res, struct proposals *p)
{
	size_t nr;
	json_object *a = jsonr_array(r, o, "proposals", &nr);
	struct by_id b;

	by_id_init(&b, res);
	for (size_t i = 0; i < nr && !r->rc; i++) {
		GROW(p->v, p->nr, p->cap);
		read_proposal(r, jsonr_item_object(r, a, i, "proposals"), &b,
			      &p->v[p->nr++]);
	}
	a = jsonr_array(r, o, "refused", &nr);
	for (size_t i = 0; i < nr && !r->rc; i++) {
		json_object *v = jsonr_item_object(r, a, i, "refused");
		json_object *ids;
		struct refusal *f;

		GROW(p->refused, p->nr_refused, p->cap_refused);
		f = &p->refused[p->nr_refused++];
		ids = jsonr_array(r, v, "sites", &f->nr_sites);
		f->sites = read_site_ids(r, ids, f->nr_sites, "sites", &b);
		f->why = jsonr_str(r, v, "why");
	}
	free(b.v);
}

/* @parts: NULL: sites and findings are in @o, too */
static void read_root(struct jsonr *r, json_object *o,
		      const struct report_parts *parts, struct report_file *f)
{
	static const char *const marks[] = {
		"gone", "suppressions", "stale_decisions",
	};
	struct list list;
	json_object *tool;
	const char *schema;

	if (json_object_get_type(o) != json_type_object) {
		jsonr_bad(r, "/", "is no object");
		return;
	}
	schema = jsonr_str(r, o, "schema");
	if (strcmp(schema, "gfpscope-report/1") != 0) {
		jsonr_bad(r, "schema", "is not gfpscope-report/1");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		f->marked |= json_object_object_get_ex(o, marks[i], NULL);
	tool = jsonr_object(r, o, "tool");
	f->version = jsonr_str(r, tool, "version");
	f->spatch = jsonr_str(r, tool, "spatch");
	f->result.knowledge = jsonr_str(r, tool, "knowledge");
	read_tree(r, jsonr_object(r, o, "tree"), &f->result.tree);
	read_coverage(r, jsonr_object(r, o, "coverage"), &f->result.coverage);
	list_start(&list, r, o, "sites", parts ? &parts->sites : NULL);
	read_sites(r, &list, &f->result);
	list_start(&list, r, o, "findings", parts ? &parts->findings : NULL);
	read_findings(r, &list, &f->result);
	if (!r->rc)
		read_proposals(r, o, &f->result, &f->proposals);
}

int report_file_parse_whole(const char *name, const char *text, size_t len,
			    struct report_file *r, struct err *err)
{
	struct jsonr in = { name, &r->result.arena, err, 0 };
	json_object *o = jsonr_parse(&in, text, len);

	if (in.rc)
		return in.rc;
	read_root(&in, o, NULL, r);
	json_object_put(o);
	return in.rc;
}

static int parse_parts(const char *name, const char *text, size_t len,
		       struct report_file *r, struct err *err)
{
	struct jsonr in = { name, &r->result.arena, err, 0 };
	struct report_parts parts;
	json_object *o = NULL;

	if (report_parts_cut(&parts, text, len))
		o = jsonr_parse(&in, parts.rest.buf, parts.rest.len);
	else
		in.rc = ERR_FORMAT;
	if (!in.rc)
		read_root(&in, o, &parts, r);
	json_object_put(o);
	report_parts_release(&parts);
	return in.rc;
}

/* Messages name places of the file: what is wrong is read as it is. */
int report_file_parse(const char *name, const char *text, size_t len,
		      struct report_file *r, struct err *err)
{
	struct err trouble = ERR_INIT;
	int rc = parse_parts(name, text, len, r, &trouble);

	err_clear(&trouble);
	if (!rc)
		return 0;
	report_file_release(r);
	report_file_init(r);
	return report_file_parse_whole(name, text, len, r, err);
}

int report_file_read(const char *path, struct report_file *r,
		     struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	int rc = file_read(path, 0, &sb, err);

	if (!rc)
		rc = report_file_parse(path, sb.buf, sb.len, r, err);
	strbuf_release(&sb);
	return rc;
}

/* In pieces, for the memory: the text of a whole kernel's is 26 MB. */
static int skim_file(const char *path, struct strbuf *out, struct err *err)
{
	const size_t size = 256 << 10;
	FILE *f = fopen(path, "re");
	struct skim skim = { 0 };
	struct stat st;
	char *piece;
	size_t len;
	bool bad;

	if (!f)
		return err_set(err, ERR_IO, "cannot open '%s': %s", path,
			       strerror(errno));
	setvbuf(f, NULL, _IONBF, 0);
	/* What is left is a tenth of it; a guess saves the copies. */
	if (fstat(fileno(f), &st) == 0 && st.st_size > 0)
		strbuf_reserve(out, (size_t)st.st_size / 8);
	piece = xmalloc(size);
	while ((len = fread(piece, 1, size, f)))
		skim_chains(&skim, piece, len, out);
	bad = ferror(f);
	free(piece);
	fclose(f);
	return bad ? err_set(err, ERR_IO, "cannot read '%s'", path) : 0;
}

int report_file_skim(const char *path, struct report_file *r,
		     struct err *err)
{
	struct strbuf small = STRBUF_INIT;
	struct err trouble = ERR_INIT;
	int rc = skim_file(path, &small, &trouble);

	if (!rc)
		rc = parse_parts(path, small.buf, small.len, r, &trouble);
	err_clear(&trouble);
	strbuf_release(&small);
	if (!rc)
		return 0;
	report_file_release(r);
	report_file_init(r);
	return report_file_read(path, r, err);
}
