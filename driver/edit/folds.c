// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changes that were made and the tree as they leave it go in; plans come out
 * that take useless parameters away, each in all the files that name the
 * function.
 *
 * A function that very many files name is an allocator or the like, and not
 * looked at. What a file other than C and headers says is not seen.
 */
#include "edit/folds.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/fold.h"

#define MAX_FILES	100	/* that name one function */

struct candidate {
	struct fold_target t;
	const char *paths[MAX_FILES];
	size_t nr_paths;
	bool too_many, useless;
};

struct search {
	const struct folds_opts *o;
	struct arena *arena;		/* of the plans */
	struct reader *reader;
	struct candidate *v;		/* sorted by name for the search */
	size_t nr, cap;
};

static int candidate_cmp(const void *pa, const void *pb)
{
	return strcmp(((const struct candidate *)pa)->t.function,
		      ((const struct candidate *)pb)->t.function);
}

static void add(struct search *s, const char *function, size_t proposal)
{
	size_t i;

	for (i = 0; i < s->nr; i++) {
		if (strcmp(s->v[i].t.function, function))
			continue;
		s->v[i].t.proposal = proposal;	/* the last */
		return;
	}
	GROW(s->v, s->nr, s->cap);
	s->v[s->nr++] = (struct candidate){
		.t = { .function = function, .proposal = proposal },
	};
}

static bool stays(const struct proposal *p, const struct result_site *s)
{
	size_t i;

	for (i = 0; i < p->nr_stays; i++)
		if (p->stays[i] == s)
			return true;
	return false;
}

static void collect(struct search *s, const struct proposals *p)
{
	size_t i, k;

	for (i = 0; i < p->nr; i++)
		for (k = 0; k < p->v[i].nr_sites; k++)
			if (!p->v[i].scope_only &&
			    p->v[i].sites[k]->how == SITE_ARG &&
			    !stays(&p->v[i], p->v[i].sites[k]))
				add(s, p->v[i].sites[k]->callee, i);
	if (s->nr)
		qsort(s->v, s->nr, sizeof(*s->v), candidate_cmp);
}

static struct candidate *find(struct search *s, const char *word, size_t len)
{
	size_t low = 0, high = s->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const char *name = s->v[mid].t.function;
		int c = strncmp(name, word, len);

		if (!c && !name[len])
			return &s->v[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static void note_file(struct candidate *c, const char *path)
{
	if (c->nr_paths && c->paths[c->nr_paths - 1] == path)
		return;
	if (c->nr_paths == MAX_FILES)
		c->too_many = true;
	else
		c->paths[c->nr_paths++] = path;
}

/* Every word of the file, comments and all: too many is no harm. */
static void scan(struct search *s, const char *path, const struct strbuf *text)
{
	const char *p = text->buf, *end = p + text->len, *start;
	struct candidate *c;

	while (p < end) {
		if (!isalnum((unsigned char)*p) && *p != '_') {
			p++;
			continue;
		}
		for (start = p; p < end &&
		     (isalnum((unsigned char)*p) || *p == '_'); p++)
			;
		c = find(s, start, p - start);
		if (c)
			note_file(c, path);
	}
}

static int scan_all(struct search *s, struct err *err)
{
	struct strbuf text = STRBUF_INIT;
	int ret = 0;
	size_t i;

	for (i = 0; i < s->o->nr_paths && !ret; i++) {
		strbuf_clear(&text);
		ret = s->o->read(s->o->ctx, s->o->paths[i], &text, err);
		if (!ret)
			scan(s, s->o->paths[i], &text);
	}
	strbuf_release(&text);
	return ret;
}

/* Do with each file of @c what @look does, until it says no. */
static bool each_file(struct search *s, struct candidate *c,
		      bool (*look)(struct fold_target *t, const char *path,
				   const struct strbuf *text,
				   const struct facts *facts))
{
	struct strbuf text = STRBUF_INIT;
	bool go_on = true;
	size_t i;

	for (i = 0; i < c->nr_paths && go_on; i++) {
		struct facts facts;
		struct arena a;

		arena_init(&a);
		strbuf_clear(&text);
		go_on = !s->o->read(s->o->ctx, c->paths[i], &text, NULL);
		if (go_on) {
			read_file(s->reader, text.buf, text.len, &a, &facts);
			go_on = look(&c->t, c->paths[i], &text, &facts);
		}
		if (go_on && c->t.path == c->paths[i])
			c->t.parameter = arena_strdup(s->arena,
						      c->t.parameter);
		arena_release(&a);
	}
	strbuf_release(&text);
	return go_on;
}

static bool define(struct fold_target *t, const char *path,
		   const struct strbuf *text, const struct facts *facts)
{
	(void)text;
	return fold_define(t, path, facts);
}

static void judge(struct search *s, struct candidate *c)
{
	c->useless = !c->too_many && each_file(s, c, define) && c->t.path &&
		     each_file(s, c, fold_is_plain) && c->t.calls;
}

static void plan(struct search *s, const struct candidate *c,
		 struct plans *out)
{
	struct plan *p;
	size_t i;

	GROW(out->v, out->nr, out->cap);
	p = &out->v[out->nr++];
	*p = (struct plan){
		.kind = PROPOSE_FOLD, .verdict = VERDICT_REDUNDANT,
		.fold = arena_memdup(s->arena, &c->t, sizeof(c->t)),
		.group = s->o->group ?
			 s->o->group(s->o->group_ctx, c->t.path) : NULL,
	};
	for (i = 0; i < c->nr_paths; i++)
		plan_add_file(p, s->arena, c->paths[i]);
	plan_set_id(p);
}

int folds_make(const struct folds_opts *o, const struct proposals *p,
	       struct plans *out, struct err *err)
{
	struct search s = { .o = o, .arena = &out->arena };
	size_t i;
	int ret = 0;

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena);
	collect(&s, p);
	s.reader = reader_new(NULL, 0);
	if (s.nr)
		ret = scan_all(&s, err);
	for (i = 0; i < s.nr && !ret; i++) {
		judge(&s, &s.v[i]);
		if (s.v[i].useless)
			plan(&s, &s.v[i], out);
	}
	reader_free(s.reader);
	free(s.v);
	return ret;
}
