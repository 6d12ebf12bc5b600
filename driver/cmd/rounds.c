// SPDX-License-Identifier: GPL-2.0-only
/*
 * A judged tree goes in, stacked proposals come out, with those that the
 * first of them make possible: a mask that nothing was known of for sure
 * becomes redundant once a scope is open around it. The judge is asked, on
 * the files as they are by then; nothing is concluded here.
 */
#include "cmd/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "edit/folds.h"

/* Each opens scopes, or is the last: a mask that many ways lead to gets a scope
 * on one of them at a time. */
#define MAX_ROUNDS	64

struct state {
	const struct rounds *r;
	const struct edit_opts *o;
	struct changed_file *v;
	size_t nr, cap;
};

static struct changed_file *find(const struct state *s, const char *path)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		if (!strcmp(s->v[i].path, path))
			return &s->v[i];
	return NULL;
}

static int read_now(void *ctx, const char *path, struct strbuf *out,
		    struct err *err)
{
	const struct state *s = ctx;
	const struct changed_file *f = find(s, path);

	if (!f)
		return s->o->read(s->o->ctx, path, out, err);
	strbuf_add(out, f->text.buf, f->text.len);
	return 0;
}

static void note_changed(void *ctx, const char *path,
			 const struct strbuf *now)
{
	struct state *s = ctx;
	struct changed_file *f = find(s, path);

	if (!f) {
		GROW(s->v, s->nr, s->cap);
		f = &s->v[s->nr++];
		f->path = path;
		strbuf_init(&f->text);
	}
	strbuf_clear(&f->text);
	strbuf_add(&f->text, now->buf, now->len);
}

static bool opens_scope(const struct proposal *p)
{
	return p->kind == PROPOSE_SECTION || p->kind == PROPOSE_FUNCTION ||
	       p->kind == PROPOSE_VMALLOC;
}

static bool same_site(const struct result_site *a, const struct result_site *b)
{
	return !strcmp(a->path, b->path) && !strcmp(a->mask, b->mask) &&
	       !strcmp(a->function, b->function) &&
	       !strcmp(a->callee, b->callee);
}

static bool is_told(const struct proposals *p, size_t nr,
		    const struct result_site *s)
{
	size_t i, k;

	for (i = 0; i < nr; i++)
		for (k = 0; k < p->refused[i].nr_sites; k++)
			if (same_site(p->refused[i].sites[k], s))
				return true;
	return false;
}

/* Take out of the refusals from @first on what was told before them. */
static size_t drop_told(struct proposals *p, size_t first)
{
	size_t i, k, n, nr = first, dropped = 0;

	for (i = first; i < p->nr_refused; i++) {
		struct refusal *r = &p->refused[i];

		for (k = 0, n = 0; k < r->nr_sites; k++)
			if (!is_told(p, first, r->sites[k]))
				r->sites[n++] = r->sites[k];
		dropped += r->nr_sites - n;
		r->nr_sites = n;
		if (n)
			p->refused[nr++] = *r;
	}
	p->nr_refused = nr;
	return dropped;
}

/* A mask that stays is in the proposals of all scopes that are for it. */
static void set_apart(struct proposals *p, size_t first)
{
	size_t i, k;

	for (i = first; i < p->nr; i++) {
		for (k = 0; k < i; k++) {
			struct digest *d;

			if (strcmp(p->v[k].id, p->v[i].id))
				continue;
			d = digest_new();
			digest_adds(d, p->v[i].id);
			digest_hex(d, p->v[i].id, sizeof(p->v[i].id) - 1);
			k = SIZE_MAX;	/* from the first again */
		}
	}
}

static int run_round(struct state *s, const struct edit_opts *o,
		     const struct result *result, struct proposals *out,
		     struct edit_stats *stats, struct err *err)
{
	size_t refused = out->nr_refused, first = out->nr, told;
	struct edit_stats now;
	struct plans plans;
	int rc;

	s->r->make(s->r->ctx, result, &plans);
	rc = edit_plans(o, &plans, true, out, &now, err);
	plans_release(&plans);
	told = drop_told(out, refused);
	set_apart(out, first);
	stats->plans += now.plans;
	stats->sites += now.sites - told;
	stats->sites_done += now.sites_done;
	stats->sites_refused += now.sites_refused - told;
	stats->cpu += now.cpu;
	return rc;
}

/* Parameters that nothing needs by now. */
static int fold(struct state *s, const struct edit_opts *o,
		struct proposals *out, struct edit_stats *stats,
		struct err *err)
{
	const struct source_list *files = &s->r->pipeline->files;
	struct folds_opts fo = {
		.read = read_now, .ctx = s,
		.group = s->r->group, .group_ctx = s->r->ctx,
	};
	const char **paths = xcalloc(files->nr + 1, sizeof(*paths));
	struct edit_stats now = { 0 };
	struct err why = ERR_INIT;
	struct plans plans;
	size_t i;
	int rc = 0;

	for (i = 0; i < files->nr; i++)
		if (!files->entries[i].skip)
			paths[fo.nr_paths++] = files->entries[i].path;
	fo.paths = paths;
	if (folds_make(&fo, out, &plans, &why))
		say_warning("functions of several files keep their parameters: %s",
			    why.msg);
	else
		rc = edit_plans(o, &plans, true, out, &now, err);
	plans_release(&plans);
	stats->plans += now.plans;
	stats->cpu += now.cpu;
	free(paths);
	err_clear(&why);
	return rc;
}

int rounds_run(const struct rounds *r, const struct edit_opts *o,
	       struct proposals *out, struct edit_stats *stats,
	       struct err *err)
{
	struct state s = { .r = r, .o = o };
	struct edit_opts eo = *o;
	const struct result *result = &r->pipeline->result;
	bool more = true;
	size_t first, i;
	int n, rc = 0;

	memset(stats, 0, sizeof(*stats));
	eo.read = read_now;
	eo.changed = note_changed;
	eo.ctx = &s;
	for (n = 0; n < MAX_ROUNDS && more && !rc; n++) {
		if (n)
			result = pipeline_again(r->pipeline, r->in, s.v, s.nr,
						err);
		if (!result) {
			rc = err->code;
			break;
		}
		first = out->nr;
		rc = run_round(&s, &eo, result, out, stats, err);
		more = false;
		for (i = first; i < out->nr && !r->once; i++)
			more |= opens_scope(&out->v[i]);
	}
	if (!rc && o->fold && !r->in->shard.of)
		rc = fold(&s, &eo, out, stats, err);
	if (more && !rc)
		say_warning("scopes were still being opened in round %d: what "
			    "the last ones free was not looked at", n);
	for (i = 0; i < s.nr; i++)
		strbuf_release(&s.v[i].text);
	free(s.v);
	return rc;
}
