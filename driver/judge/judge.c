// SPDX-License-Identifier: GPL-2.0-only
/*
 * The judgement, step by step: summaries, points, reclaim sets, contexts,
 * views, verdicts, findings.
 */
#include "judge/judge.h"

#include <string.h>

#include "base/mem.h"
#include "base/workers.h"
#include "judge/finding.h"

static void decide_all(struct decision *d, const struct views *vs)
{
	struct result *r = d->r;

	r->sites = ARENA_ARRAY(&r->arena, struct result_site,
			       vs->nr_sites + 1);
	for (uint32_t i = 0; i < vs->nr_sites; i++)
		decide_site(d, &vs->sites[i], &r->sites[r->nr_sites++]);
}

static uint32_t count_bounds(const struct summaries *s)
{
	uint32_t nr = 0;

	for (uint32_t fn = 0; fn < program_nr_fns(s->p); fn++)
		nr += s->of[fn].hit;
	return nr;
}

/* Functions in which a bound was hit are gaps. */
static void tell_bounds(const struct summaries *s, struct result *r)
{
	const struct program *p = s->p;
	struct coverage *c = &r->coverage;
	struct result_gap *all = ARENA_ARRAY(&r->arena, struct result_gap,
					     c->nr_gaps + count_bounds(s));

	if (c->nr_gaps)
		memcpy(all, c->gaps, c->nr_gaps * sizeof(*all));
	c->gaps = all;
	for (uint32_t fn = 0; fn < program_nr_fns(p); fn++) {
		if (!s->of[fn].hit)
			continue;
		all[c->nr_gaps++] = (struct result_gap){
			.path = arena_strdup(&r->arena,
					     program_fn_file(p, fn)->path),
			.line = program_func(p, fn)->line,
			.function = arena_strdup(&r->arena,
				atom_str(program_atoms(p),
					 program_fn(p, fn)->name)),
			.what = "bound",
			.text = "more locks, callers or rounds than are "
				"looked at: what it holds is not known",
		};
	}
}

static void count(const struct program *p, struct result *r)
{
	struct program_stats st;

	program_stats(p, &st);
	r->coverage.calls = st.calls;
	r->coverage.calls_indirect = st.calls_indirect;
	r->coverage.calls_unresolved = st.calls_unresolved;
}

/* Who takes what in reclaim, and who allocates: neither needs the other, and
 * only one of them makes refs. */
struct two {
	struct points *pts;
	const struct walk *walk;
	const struct imposed *imposed;
	struct reclaim *reclaim;
	struct allocs *allocs;
};

static void make_one(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct two *t = ctx;

	(void)thread;
	for (; first < end; first++) {
		if (first)
			allocs_make(t->allocs, t->pts, t->walk,
				    t->imposed->level);
		else
			reclaim_make(t->reclaim, t->pts, t->walk);
	}
}

int judge_run(const struct program *p, const struct knowledge *k,
	      const struct judge_opts *o, struct result *r, struct err *err)
{
	struct summaries s;
	struct points pts;
	struct imposed imposed;
	struct walk walk;
	struct reclaim reclaim;
	struct handed handed;
	struct contexts ctx;
	struct allocs allocs;
	struct views views;
	struct decision d;

	(void)err;
	summaries_make(&s, p, k, o->kernel, o->threads);
	points_make(&pts, &s);
	imposed_make(&imposed, &pts, k);
	walk_init(&walk, p, k);
	workers_run(o->threads, 2, 1, make_one, &(struct two){
		&pts, &walk, &imposed, &reclaim, &allocs });
	handed_make(&handed, &pts, &walk);
	contexts_init(&ctx, &reclaim, &imposed, &handed);
	views_make(&views, &ctx, &pts, &allocs, o->threads);
	decision_init(&d, &s, &reclaim, &walk, o->kernel, r);
	d.quiet = views.quiet;
	d.contexts = views.all;
	decide_all(&d, &views);
	find_missing(&d, &views, &allocs);
	find_workers(&d, &views, &allocs);
	find_unbalanced(&d);
	findings_done(&d);
	count(p, r);
	tell_bounds(&s, r);
	decision_release(&d);
	views_release(&views);
	allocs_release(&allocs);
	contexts_release(&ctx);
	handed_release(&handed);
	reclaim_release(&reclaim);
	walk_release(&walk);
	imposed_release(&imposed);
	points_release(&pts);
	summaries_release(&s);
	return 0;
}
