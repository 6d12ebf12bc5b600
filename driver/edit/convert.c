// SPDX-License-Identifier: GPL-2.0-only
/*
 * A plan and one file's bytes go in; the changed bytes come out, proven, or
 * the reason why there are none. What is half done is never handed on.
 *
 * A site whose mask cannot be changed does not stop its neighbours; a scope
 * that cannot be placed as planned stops the whole plan.
 */
#include "edit/convert.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/compose.h"
#include "edit/covered.h"
#include "edit/fold.h"
#include "edit/mark.h"
#include "edit/nesting.h"
#include "edit/prove.h"
#include "edit/remap.h"
#include "edit/section.h"
#include "edit/stale.h"
#include "edit/stmt.h"
#include "judge/extent.h"

struct conversion {
	struct converter *c;
	const struct plan *p;
	struct edit_file f;
	struct facts before;
	struct arena arena;		/* of all facts and copies */
	struct result_site *copies;	/* offsets in the text with LF */
	uint32_t *number;		/* of each copy in the plan */
	size_t nr;
	const char **why;
	struct arena *out_arena;
	struct section *section;	/* of the plan, in this text; NULL */
	struct passages passages;	/* .. */
	struct strbuf lf;
	bool crlf;
	struct err *err;
};

/* Lines end in CR LF all through the file, or nowhere. */
static int strip_cr(struct conversion *v, const struct strbuf *src)
{
	const char *p = src->buf, *end = p + src->len, *nl;
	size_t lines = 0, crs = 0;

	while ((nl = memchr(p, '\n', end - p))) {
		lines++;
		crs += nl > src->buf && nl[-1] == '\r';
		p = nl + 1;
	}
	v->crlf = crs && crs == lines;
	if (crs && !v->crlf)
		return err_set(v->err, ERR_FAILED, "%s: some lines end in CR LF, some do not",
			       v->f.path);
	for (p = src->buf; p < end; p++)
		if (!v->crlf || *p != '\r' || p + 1 == end || p[1] != '\n')
			strbuf_addc(&v->lf, *p);
	return 0;
}

static void add_cr(const struct strbuf *lf, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < lf->len; i++) {
		if (lf->buf[i] == '\n')
			strbuf_addc(out, '\r');
		strbuf_addc(out, lf->buf[i]);
	}
}

static void copy_sites(struct conversion *v, const char *path)
{
	uint32_t i;

	v->copies = ARENA_ARRAY(&v->arena, struct result_site, v->p->nr_sites);
	v->number = ARENA_ARRAY(&v->arena, uint32_t, v->p->nr_sites);
	for (i = 0; i < v->p->nr_sites; i++) {
		if (strcmp(v->p->sites[i]->path, path))
			continue;
		v->copies[v->nr] = *v->p->sites[i];
		v->number[v->nr++] = i;
	}
	if (!v->p->section || strcmp(v->p->section->path, path))
		return;
	v->section = arena_memdup(&v->arena, v->p->section,
				  sizeof(*v->section));
}

/* Offsets count the CRs that are gone by now. */
static void shift_sites(struct conversion *v, const struct strbuf *src)
{
	size_t i, k;

	for (i = 0; v->crlf && i < v->nr; i++) {
		uint32_t off = v->copies[i].offset;

		for (k = 0; k < off && k < src->len; k++)
			v->copies[i].offset -= src->buf[k] == '\r';
	}
}

static void refuse_site(struct conversion *v, size_t copy, const char *why)
{
	v->why[v->number[copy]] = arena_strdup(v->out_arena, why);
}

/* The function of that name nearest to @line. */
static uint32_t line_of(const struct conversion *v, const char *function,
			uint32_t line)
{
	uint32_t i, best = 0;

	for (i = 0; i < v->before.nr_funcs; i++) {
		const struct func *fn = &v->before.funcs[i];

		if (!strcmp(facts_str(&v->before, fn->name), function) &&
		    (!best || abs((int)fn->line - (int)line) <
			      abs((int)best - (int)line)))
			best = fn->line;
	}
	return best ? best : line;
}

static int move_points(struct conversion *v, const struct remap *m,
		       struct section_point **points, size_t nr)
{
	struct section_point *p = arena_memdup(&v->arena, *points,
					       nr * sizeof(*p));
	size_t i;

	*points = p;
	for (i = 0; i < nr; i++)
		if (!remap_point(m, &p[i].line, &p[i].column))
			return err_set(v->err, ERR_FAILED, "%s:%u: an earlier change took the place of the scope",
				       v->f.path, p[i].line);
	return 0;
}

static void find_passages(struct conversion *v, const struct remap *m)
{
	size_t i;

	passages_init(&v->passages, v->p, m, &v->arena);
	for (i = 0; i < v->nr; i++)
		v->passages.own[v->number[i]] = v->copies[i].offset;
}

/* The whole plan moves to where an earlier change of the file left it. */
static int move_plan(struct conversion *v, const struct strbuf *base)
{
	struct section *s = v->section;
	struct remap m;
	uint32_t column;
	size_t i;
	int ret = remap_init(&m, base->buf, base->len, v->lf.buf, v->lf.len,
			     v->err);

	if (ret)
		return ret;
	for (i = 0; i < v->nr; i++) {
		struct result_site *c = &v->copies[i];

		c->offset = remap_offset(&m, c->offset);
		column = c->column;
		if (c->offset == UINT32_MAX ||
		    !remap_point(&m, &c->line, &column))
			refuse_site(v, i, "an earlier change took this place");
	}
	if (s)
		ret = move_points(v, &m, &s->acquires, s->nr_acquires);
	if (s && !ret)
		ret = move_points(v, &m, &s->releases, s->nr_releases);
	if (s)
		find_passages(v, &m);
	if (s && !ret && s->nr_acquires)
		s->line = s->acquires[0].line;
	else if (s && !ret)
		s->line = line_of(v, s->function, s->line);
	remap_release(&m);
	return ret;
}

static int move_base(struct conversion *v, const struct strbuf *base)
{
	struct strbuf lf = STRBUF_INIT;
	size_t i;
	int ret;

	for (i = 0; i < base->len; i++)
		if (!v->crlf || base->buf[i] != '\r')
			strbuf_addc(&lf, base->buf[i]);
	ret = move_plan(v, &lf);
	strbuf_release(&lf);
	return ret;
}

/* The scope of one vmalloc call, marked by its mask. @end: the last token of
 * the call before, whose scope may be shared. */
static int wrap_call(struct conversion *v, const struct result_site *s,
		     uint32_t *end, struct err *err)
{
	struct edit_file *f = &v->f;
	const struct text *t = &f->text;
	bool io = s->restriction == RESTRICT_NOIO;
	struct stmt st;

	if (!stmt_at(t, text_at(t, s->offset), &st) ||
	    (st.kind == STMT_EXPR && st.lhs_first == TOK_NONE) ||
	    (st.kind != STMT_EXPR && st.kind != STMT_RETURN))
		return err_set(err, ERR_FAILED, "the result of the call is not simply assigned or returned");
	if (st.kind == STMT_RETURN) {
		struct mark *m = mark_wrap(f, text_next(t, st.first),
					   text_prev(t, st.last),
					   "ZfW(" NAME_VALUE ", ");

		mark_cut(f, m, st.first, st.first);
	}
	f->restriction = io ? RESTRICT_NOIO : RESTRICT_NOFS;
	if (*end == TOK_NONE || text_next(t, *end) != st.first ||
	    st.kind == STMT_RETURN) {
		f->saves++;
		f->restores++;
	}
	*end = st.last;
	return st.kind == STMT_RETURN;
}

/* The mask of one site, unless a comment would be wrong without it. */
static int mark_mask(struct conversion *v, struct result_site *s,
		     struct err *err)
{
	const struct text *t = &v->f.text;
	uint32_t comment = stale_at(&v->f, s, text_at(t, s->offset));

	if (comment != TOK_NONE)
		return err_set(err, ERR_FAILED, "the %s at line %u names the flag and would no longer be true",
			       t->v[comment].kind == TOK_STRING ? "string" :
								  "comment",
			       t->v[comment].line);
	return mark_site(&v->f, s, v->p->kind, err);
}

static int mark_vmalloc(struct conversion *v)
{
	struct edit_file *f = &v->f;
	uint32_t end = TOK_NONE;
	bool valued = false;
	struct body b;
	size_t i;
	int ret;

	ret = body_find(f, v->copies[0].function, v->copies[0].line, &b,
			v->err);
	for (i = 0; i < v->nr && ret >= 0; i++) {
		ret = wrap_call(v, &v->copies[i], &end, v->err);
		valued |= ret > 0;
		if (ret >= 0)
			ret = mark_mask(v, &v->copies[i], v->err);
	}
	if (ret >= 0 && valued)
		ret = place_value(f, &b, v->err);
	if (ret >= 0)
		ret = place_flags(f, &b, false, false, v->err);
	if (ret >= 0)
		ret = place_include(f, v->err);
	if (ret < 0)
		return ret;
	GROW(f->functions, f->nr_functions, f->cap_functions);
	f->functions[f->nr_functions++] = v->copies[0].function;
	return 0;
}

/* A scope of the section's own extent does not reach a mask outside of it. */
static void refuse_outside(struct conversion *v)
{
	const struct section *s = v->section;
	struct nesting n;
	struct body b;
	size_t i;

	if (!s || s->whole_function || v->f.extent != EXTENT_POINTS ||
	    body_find(&v->f, s->function, s->line, &b, NULL))
		return;
	nesting_init(&n, &v->before, b.fn, s);
	for (i = 0; i < v->nr; i++)
		if (!nesting_of_site(&n, &v->before, v->copies[i].offset))
			refuse_site(v, i, "the mask is not inside the section");
	nesting_release(&n);
}

static int nr_changed(const struct conversion *v)
{
	size_t i;
	int nr = 0;

	for (i = 0; i < v->nr; i++)
		nr += !v->why[v->number[i]];
	return nr;
}

/* The masks that are about to change, and are not in the scope that has been
 * made. Return: how many of this file's. */
static int refuse_uncovered(struct conversion *v, const struct strbuf *text)
{
	const struct section *s = v->section;
	int nr = nr_changed(v);
	struct inside in;
	struct facts after;

	if (!s)
		return 0;
	read_file(v->c->reader, text->buf, text->len, &v->arena, &after);
	if (inside_init(&in, &v->before, &v->lf, &after, text, s->function,
			s->line, s->restriction, v->err))
		return ERR_FAILED;
	covered_refuse(&v->passages, &in, v->p, v->why);
	inside_release(&in);
	return v->p->part == PART_SCOPE ? 0 : nr - nr_changed(v);
}

static int mark_all(struct conversion *v)
{
	struct err err = ERR_INIT;
	size_t i;
	int ret = 0;

	if (v->p->kind == PROPOSE_VMALLOC)
		return mark_vmalloc(v);
	refuse_outside(v);
	if (v->section && v->p->part != PART_MASKS)
		ret = mark_section(&v->f, v->section, v->err);
	for (i = 0; i < v->nr && !ret && v->p->part != PART_SCOPE; i++)
		if (!v->why[v->number[i]] &&
		    mark_mask(v, &v->copies[i], &err))
			refuse_site(v, i, err.msg);
	err_clear(&err);
	return ret;
}

/* Sites whose marks no rule took. */
static void refuse_left(struct conversion *v)
{
	size_t i, k;

	for (k = 0; k < v->f.nr_marks; k++) {
		const struct mark *m = &v->f.marks[k];

		if (!m->left || m->site == TOK_NONE)
			continue;
		i = v->f.sites[m->site] - v->copies;
		refuse_site(v, i, "Coccinelle does not reach this place");
	}
}

static int prove(struct conversion *v, const struct strbuf *text,
		 const struct inserted *ins)
{
	struct facts after;
	int ret;

	ret = prove_counts(&v->f, ins, v->err);
	if (ret)
		return ret;
	read_file(v->c->reader, text->buf, text->len, &v->arena, &after);
	ret = prove_sites(&v->f, &after, v->err);
	if (!ret)
		ret = prove_balance(&v->f, &after, v->err);
	return ret;
}

static int expand(struct conversion *v, struct strbuf *text)
{
	const char *name = strrchr(v->f.path, '/');
	struct strbuf marked = STRBUF_INIT, got = STRBUF_INIT;
	struct inserted ins;
	int ret;

	ret = marks_apply(&v->f, &marked, v->err);
	if (!ret)
		ret = spatch_run(&v->c->spatch, name ? name + 1 : v->f.path,
				 &marked, &got, &v->c->cpu, v->err);
	if (!ret)
		ret = compose(&v->f, &marked, &got, text, &ins, v->err);
	if (!ret)
		ret = prove(v, text, &ins);
	strbuf_release(&marked);
	strbuf_release(&got);
	return ret;
}

static bool keeps_any(const struct plan *p)
{
	size_t i;

	for (i = 0; i < p->nr_sites; i++)
		if (p->part == PART_SCOPE || plan_keeps(p, i))
			return true;
	return false;
}

/* Is there still something that a change of this file is for? */
static bool is_wanted(const struct conversion *v)
{
	return !v->nr || v->p->nr_files > 1 || nr_changed(v) ||
	       (v->section && v->p->part != PART_MASKS && keeps_any(v->p));
}

/* Mark, expand and prove, with a scope as far as @extent says. */
static int attempt_once(struct conversion *v, uint8_t extent, struct strbuf *text,
		   struct err *err)
{
	const char *path = v->f.path;
	int ret;

	v->err = err;
	strbuf_clear(text);
	edit_file_release(&v->f);
	edit_file_init(&v->f, path, v->lf.buf, v->lf.len, &v->before);
	v->f.words = v->c->o->words;
	v->f.nr_words = v->c->o->nr_words;
	v->f.note = plan_note(v->p, &v->arena);
	v->f.extent = extent;
	ret = mark_all(v);
	if (!ret && !is_wanted(v)) {
		strbuf_add(text, v->lf.buf, v->lf.len);
		return 0;
	}
	if (!ret && v->f.nr_marks)
		mark_bodies(&v->f);
	if (!ret && v->f.restriction)
		hide_names(&v->f);
	if (!ret && v->f.nr_marks)
		ret = expand(v, text);
	else if (!ret)
		strbuf_add(text, v->lf.buf, v->lf.len);
	return ret;
}

/* .. until all masks that change are inside the scope. */
static int attempt(struct conversion *v, uint8_t extent, struct strbuf *text,
		   struct err *err)
{
	int ret;

	do {
		ret = attempt_once(v, extent, text, err);
		if (!ret)
			ret = refuse_uncovered(v, text);
	} while (ret > 0);
	return ret;
}

/* May the scope reach further than the section? Not where a lock that is
 * always taken is still held when the function returns: the scope would end
 * before its section does. */
static bool may_extend(const struct conversion *v)
{
	const struct section *s = v->section;
	const struct facts *facts = &v->before;
	bool leaks = false, always = false;
	struct nesting n;
	struct body b;
	size_t i;

	if (!s || s->whole_function || v->p->part == PART_MASKS ||
	    body_find(&v->f, s->function, s->line, &b, NULL))
		return false;
	for (i = 0; i < s->nr_acquires; i++)
		always |= s->acquires[i].success == CLASS_ANY ||
			  !s->acquires[i].success;
	nesting_init(&n, facts, b.fn, s);
	for (i = 0; i < n.nr_events; i++)
		leaks |= n.events[i] > 0 &&
			 facts->events[n.first_event + i].kind == EV_RETURN;
	nesting_release(&n);
	return !always || !leaks;
}

/* Would the scope hold too much that is no part of its section? */
static bool is_too_long(const struct conversion *v, uint8_t extent)
{
	const struct section *s = v->section;
	struct body b;

	return body_find(&v->f, s->function, s->line, &b, NULL) ||
	       !extent_is_near(&v->before, b.fn, s, extent == EXTENT_WHOLE);
}

/* The narrowest scope that can be proven. What is said of a failure is what
 * was wrong with the first. */
static int try_extents(struct conversion *v, struct strbuf *text)
{
	struct err *err = v->err, other = ERR_INIT;
	size_t size = v->p->nr_sites * sizeof(*v->why);
	const char **why = arena_memdup(&v->arena, v->why, size);
	uint8_t extent;
	int ret;

	ret = attempt(v, EXTENT_POINTS, text, err);
	if (!ret || !may_extend(v))
		return ret;
	for (extent = EXTENT_RETURNS; ret && extent < EXTENT_NR; extent++) {
		if (is_too_long(v, extent))
			break;
		memcpy(v->why, why, size);
		ret = attempt(v, extent, text, &other);
		if (!ret)
			v->c->extent = extent;
	}
	v->err = err;
	if (!ret)
		err_clear(err);
	err_clear(&other);
	return ret;
}

/* Functions that the changed masks were handed to. */
static void fold(struct conversion *v, struct strbuf *text)
{
	const struct result_site **changed =
		ARENA_ARRAY(&v->arena, const struct result_site *, v->nr);
	size_t i;

	if (v->p->part == PART_SCOPE)
		return;
	for (i = 0; i < v->nr; i++)
		if (!v->why[v->number[i]])
			changed[i] = &v->copies[i];
	fold_params(v->c, v->f.path, changed, v->nr, text, v->out_arena);
}

static int convert(struct conversion *v, const char *path,
		   const struct strbuf *src, const struct strbuf *base,
		   struct strbuf *out)
{
	struct strbuf text = STRBUF_INIT;
	int ret = strip_cr(v, src);

	if (ret)
		return ret;
	copy_sites(v, path);
	shift_sites(v, base ? base : src);
	read_file(v->c->reader, v->lf.buf, v->lf.len, &v->arena, &v->before);
	if (base)
		ret = move_base(v, base);
	else if (v->section)
		find_passages(v, NULL);
	if (ret)
		return ret;
	ret = try_extents(v, &text);
	if (!ret) {
		refuse_left(v);
		stale_near(&v->f, &v->c->remarks);
		ret = nr_changed(v);
		fold(v, &text);
		if (v->crlf)
			add_cr(&text, out);
		else
			strbuf_add(out, text.buf, text.len);
	}
	strbuf_release(&text);
	return ret;
}

int convert_file(struct converter *c, const struct plan *p, const char *path,
		 const struct strbuf *src, const struct strbuf *base,
		 const char **why, struct arena *a, struct strbuf *out,
		 struct err *err)
{
	struct conversion v = {
		.c = c, .p = p, .why = why, .out_arena = a, .err = err,
		.lf = STRBUF_INIT,
	};
	int ret;

	v.f.path = path;
	arena_init(&v.arena);
	if (p->fold)
		ret = fold_file(c, p->fold, path, src, out, err);
	else
		ret = convert(&v, path, src, base, out);
	edit_file_release(&v.f);
	arena_release(&v.arena);
	strbuf_release(&v.lf);
	return ret;
}
