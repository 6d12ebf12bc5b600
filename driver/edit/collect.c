// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plans that were carried out go in; proposals and refusals come out, in the
 * order of the plans, whoever carried them out.
 */
#include "edit/run.h"

#include <string.h>

#include "base/mem.h"
#include "edit/fold.h"

/* @first: of this run's refusals. */
static void refuse(struct proposals *out, size_t first,
		   const struct result_site *s, const char *why)
{
	struct refusal *r = out->nr_refused > first ?
			    &out->refused[out->nr_refused - 1] : NULL;
	const struct result_site **sites;
	size_t nr = r && !strcmp(r->why, why) ? r->nr_sites : 0;

	if (!nr) {
		GROW(out->refused, out->nr_refused, out->cap_refused);
		r = &out->refused[out->nr_refused++];
		memset(r, 0, sizeof(*r));
		r->why = arena_strdup(&out->arena, why);
	}
	sites = ARENA_ARRAY(&out->arena, const struct result_site *, nr + 1);
	if (nr)
		memcpy(sites, r->sites, nr * sizeof(*sites));
	sites[nr] = s;
	r->sites = sites;
	r->nr_sites = nr + 1;
}

static const struct wrapper *copy_wrappers(const struct job *job,
					   struct arena *a)
{
	struct wrapper *w = ARENA_ARRAY(a, struct wrapper, job->nr_wrappers);
	size_t i;

	for (i = 0; i < job->nr_wrappers; i++) {
		w[i] = job->wrappers[i];
		w[i].function = arena_strdup(a, w[i].function);
		w[i].parameter = arena_strdup(a, w[i].parameter);
		w[i].why = w[i].why ? arena_strdup(a, w[i].why) : NULL;
	}
	return w;
}

/* What the proposal covers, what of it stays, and @done's sites and those it
 * keeps. A scope whose masks all stay is a scope only. */
static void list_sites(const struct plan *p, const struct job *job,
		       struct proposal *v, struct plan *done, struct arena *a)
{
	size_t i, nr = 0;

	v->sites = ARENA_ARRAY(a, const struct result_site *, p->nr_sites);
	v->stays = ARENA_ARRAY(a, const struct result_site *, p->nr_sites);
	done->sites = ARENA_ARRAY(a, const struct result_site *, p->nr_sites);
	for (i = 0; i < p->nr_sites; i++) {
		if (plan_keeps(p, i))
			v->stays[v->nr_stays++] = p->sites[i];
		else if (!job->why[i] || p->part == PART_SCOPE)
			done->sites[nr++] = p->sites[i];
		else
			continue;
		v->sites[v->nr_sites++] = p->sites[i];
	}
	done->nr_sites = nr;
	done->kept = v->stays;
	done->nr_kept = v->nr_stays;
	if (!nr)
		done->part = PART_SCOPE;
}

/* A parameter that has to stay is told with what made it useless. */
static void tell_unfolded(const struct plan *p, const char *why,
			  struct proposals *out)
{
	const struct fold_target *t = p->fold;
	struct proposal *v = &out->v[t->proposal];
	struct wrapper *w = ARENA_ARRAY(&out->arena, struct wrapper,
					v->nr_wrappers + 1);

	if (v->nr_wrappers)
		memcpy(w, v->wrappers, v->nr_wrappers * sizeof(*w));
	w[v->nr_wrappers++] = (struct wrapper){
		.path = arena_strdup(&out->arena, t->path),
		.function = arena_strdup(&out->arena, t->function),
		.parameter = arena_strdup(&out->arena, t->parameter),
		.line = t->line, .calls = t->calls,
		.why = arena_strdup(&out->arena, why),
	};
	v->wrappers = w;
}

static void propose(const struct plan *p, const struct job *job,
		    struct proposals *out)
{
	struct proposal *v;
	struct plan done = *p;

	GROW(out->v, out->nr, out->cap);
	v = &out->v[out->nr++];
	memset(v, 0, sizeof(*v));
	memcpy(v->id, p->id, sizeof(v->id));
	done.extent = job->extent;
	if (job->extent == EXTENT_WHOLE && p->kind == PROPOSE_SECTION)
		done.kind = PROPOSE_FUNCTION;
	v->kind = done.kind;
	v->group = p->group;
	v->scope_only = done.part == PART_SCOPE;
	if (!p->fold)
		list_sites(p, job, v, &done, &out->arena);
	v->files = arena_memdup(&out->arena, p->files,
				p->nr_files * sizeof(*v->files));
	v->nr_files = p->nr_files;
	v->nr_wrappers = job->nr_wrappers;
	v->wrappers = copy_wrappers(job, &out->arena);
	done.wrappers = v->wrappers;
	done.nr_wrappers = v->nr_wrappers;
	v->title = plan_title(&done, &out->arena);
	v->changelog = plan_changelog(&done, job->remarks, &out->arena);
	v->diff = arena_strdup(&out->arena, job->diff.buf);
	v->checks = job->checks;
}

void run_collect(const struct run *run, struct proposals *out,
		 struct edit_stats *stats)
{
	size_t first = out->nr_refused, i, k;

	for (i = 0; i < run->plans->nr; i++) {
		const struct plan *p = &run->plans->v[i];
		const struct job *job = &run->jobs[i];

		stats->cpu += job->cpu;
		for (k = 0; k < p->nr_sites; k++) {
			bool keeps = plan_keeps(p, k);
			const char *why = job->why[k] && !keeps ?
					  job->why[k] : job->refused;

			if (p->part == PART_SCOPE && !keeps)
				continue;	/* told by its masks */
			stats->sites++;
			if (why)
				refuse(out, first, p->sites[k], why);
			else
				stats->sites_done++;
			stats->sites_kept += keeps && !why;
		}
		if (!job->refused)
			propose(p, job, out);
		else if (p->fold)
			tell_unfolded(p, job->refused, out);
	}
	stats->plans = run->plans->nr;
	stats->sites_refused = stats->sites - stats->sites_done;
}
