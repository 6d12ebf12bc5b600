// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decided sites go in, verified diffs come out: plans are made, their files
 * read once, and workers carry the plans out side by side, each with a
 * directory and a reader of its own.
 *
 * Order and text of what comes out do not depend on the workers. A plan that
 * fails leaves a refusal with the reason and nothing else.
 */
#include "edit/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/workers.h"
#include "edit/builds.h"
#include "edit/convert.h"
#include "edit/diff.h"
#include "edit/done.h"
#include "edit/plan.h"
#include "edit/run.h"
#include "edit/style.h"

static int blob_cmp(const void *pa, const void *pb)
{
	return strcmp(((const struct blob *)pa)->path,
		      ((const struct blob *)pb)->path);
}

static struct blob *find_blob(const struct run *run, const char *path)
{
	struct blob key = { .path = path };

	return bsearch(&key, run->blobs, run->nr_blobs, sizeof(key), blob_cmp);
}

static void read_blobs(struct run *run)
{
	size_t i, k, nr = 0;

	for (i = 0; i < run->plans->nr; i++) {
		for (k = 0; k < run->plans->v[i].nr_files; k++) {
			GROW(run->blobs, run->nr_blobs, run->cap_blobs);
			run->blobs[run->nr_blobs++] = (struct blob){
				.path = run->plans->v[i].files[k],
				.bytes = STRBUF_INIT,
				.now = STRBUF_INIT,
			};
		}
	}
	qsort(run->blobs, run->nr_blobs, sizeof(*run->blobs), blob_cmp);
	for (i = 0; i < run->nr_blobs; i++)
		if (!nr || strcmp(run->blobs[nr - 1].path, run->blobs[i].path))
			run->blobs[nr++] = run->blobs[i];
	run->nr_blobs = nr;
	for (i = 0; i < nr; i++) {
		struct err err = ERR_INIT;

		if (run->o->read(run->o->ctx, run->blobs[i].path,
				 &run->blobs[i].bytes, &err))
			run->blobs[i].failed = xstrdup(err.msg);
		err_clear(&err);
	}
}

static int start_threads(struct run *run, struct err *err)
{
	unsigned int i;
	int ret = 0;

	run->converters = xcalloc(run->threads, sizeof(*run->converters));
	for (i = 0; i < run->threads && !ret; i++) {
		struct converter *c = &run->converters[i];
		struct strbuf dir = STRBUF_INIT;

		strbuf_addf(&dir, "%s/%u", run->dir, i);
		ret = dir_make(dir.buf, err);
		c->o = run->o;
		c->reader = reader_new(run->o->words, run->o->nr_words);
		c->spatch = (struct spatch){
			.program = run->o->spatch, .rules = run->o->rules,
			.dir = strbuf_detach(&dir),
			.wall_seconds = run->o->seconds,
			.memory_bytes = run->o->memory,
			.no_sandbox = run->o->no_sandbox,
		};
		strbuf_init(&c->remarks);
	}
	return ret;
}

/* Is there a site that nothing speaks against? */
static bool has_site_left(const struct plan *p, const struct job *job)
{
	size_t i;

	for (i = 0; i < p->nr_sites; i++)
		if (!job->why[i] || plan_keeps(p, i))
			return true;
	return false;
}

static int convert_nth(struct run *run, struct converter *c,
		       const struct plan *p, size_t i, struct job *job,
		       struct diff_file *files, struct strbuf *new,
		       struct err *err)
{
	const struct blob *b = find_blob(run, p->files[i]);
	const struct strbuf *src = b->changed ? &b->now : &b->bytes;
	int ret;

	if (b->failed)
		return err_set(err, ERR_FAILED, "%s", b->failed);
	ret = convert_file(c, p, b->path, src, b->changed ? &b->bytes : NULL,
			   job->why, &job->arena, &new[i], err);
	files[i] = (struct diff_file){
		.path = b->path, .old = src->buf, .old_len = src->len,
		.new = new[i].buf, .new_len = new[i].len,
	};
	return ret;
}

/* The file with the scope comes first: which masks may go is found there. */
static size_t first_file(const struct plan *p)
{
	size_t i;

	for (i = 0; p->section && i < p->nr_files; i++)
		if (!strcmp(p->files[i], p->section->path))
			return i;
	return 0;
}

static int convert_files(struct run *run, struct converter *c,
			 const struct plan *p, struct job *job,
			 struct diff_file *files, struct strbuf *new,
			 struct err *err)
{
	size_t i, first = first_file(p);
	int ret = 0;

	for (i = 0; i < p->nr_files && ret >= 0; i++)
		ret = convert_nth(run, c, p, i ? i - (i <= first) : first, job,
				  files, new, err);
	if (ret < 0)
		return ret;
	if (!p->fold && !has_site_left(p, job))
		return err_set(err, ERR_FAILED, "%s", p->nr_sites ?
			       job->why[0] : "no site is left to change");
	job->checks.balanced = p->section || p->kind == PROPOSE_VMALLOC ?
			CHECK_OK : CHECK_NOT_RUN;
	job->checks.rereads = CHECK_OK;
	return 0;
}

static int make_diff(struct run *run, struct converter *c,
		     const struct plan *p, struct job *job,
		     const struct diff_file *files, struct err *err)
{
	int ret = diff_make(c->spatch.dir, run->attributes.buf, files,
			    p->nr_files, &job->diff, err);

	if (ret)
		return ret;
	if (!job->diff.len)
		return err_set(err, ERR_FAILED, "the change came out empty");
	/* stacked diffs apply to each other: by construction */
	if (run->stacked || (!run->o->repo && !run->o->worktree))
		return 0;
	ret = applier_check(&run->applier, job->diff.buf, job->diff.len, err);
	job->checks.applies = ret ? CHECK_FAILED : CHECK_OK;
	return ret;
}

/* One file that fails is enough; one that is built is needed for `ok`. */
static int try_build(struct run *run, struct converter *c,
		     const struct plan *p, struct job *job,
		     const struct diff_file *files, struct err *err)
{
	struct strbuf why = STRBUF_INIT;
	size_t i;

	for (i = 0; run->o->build && i < p->nr_files; i++) {
		enum check_state s = builds_check(run->o->build, c->spatch.dir,
						  files[i].path, files[i].new,
						  files[i].new_len, &why);

		if (s != CHECK_NOT_RUN)
			job->checks.builds = s;
		if (s == CHECK_FAILED)
			break;
	}
	if (job->checks.builds == CHECK_FAILED)
		err_set(err, ERR_FAILED, "%s does not compile: %s",
			files[i].path, why.buf);
	strbuf_release(&why);
	return job->checks.builds == CHECK_FAILED ? ERR_FAILED : 0;
}

static int try_style(struct run *run, struct converter *c,
		     const struct plan *p, struct job *job,
		     const struct diff_file *files, struct err *err)
{
	struct strbuf why = STRBUF_INIT;

	job->checks.style = style_check(&run->style, c->spatch.dir,
					run->attributes.buf, &job->diff, files,
					p->nr_files, &c->cpu, &why);
	if (job->checks.style == CHECK_FAILED)
		err_set(err, ERR_FAILED, "checkpatch: %s", why.buf);
	strbuf_release(&why);
	return job->checks.style == CHECK_FAILED ? ERR_FAILED : 0;
}

/* What the plan made of the file is what the next one finds. */
static void keep(struct blob *b, struct strbuf *new, struct job *job)
{
	strbuf_release(&job->before);
	job->before = b->now;
	job->changed = b->changed;
	b->now = *new;
	strbuf_init(new);
	b->changed = true;
}

static bool keeps_any(const struct plan *p)
{
	size_t i;

	for (i = 0; i < p->nr_sites; i++)
		if (plan_keeps(p, i))
			return true;
	return false;
}

/* A scope is withdrawn when no mask can go because of it: nothing came
 * between it and the last of the plans that were to drop them. */
static void withdraw(struct run *run, size_t n)
{
	const struct plan *p = &run->plans->v[n];
	struct job *scope;
	struct blob *b;
	size_t i;

	if (!run->stacked || !p->requires || !run->jobs[n].refused ||
	    keeps_any(&run->plans->v[p->requires - 1]))
		return;
	scope = &run->jobs[p->requires - 1];
	for (i = p->requires; i < run->plans->nr &&
	     run->plans->v[i].requires == p->requires; i++)
		if (i > n || !run->jobs[i].refused)
			return;
	if (scope->refused)
		return;
	scope->refused = run->jobs[n].refused;
	b = find_blob(run, run->plans->v[p->requires - 1].files[0]);
	strbuf_release(&b->now);
	b->now = scope->before;
	b->changed = scope->changed;
	strbuf_init(&scope->before);
}

static void carry_out_once(struct run *run, struct converter *c, size_t n)
{
	const struct plan *p = &run->plans->v[n];
	struct job *job = &run->jobs[n];
	struct diff_file *files = xcalloc(p->nr_files, sizeof(*files));
	struct strbuf *new = xcalloc(p->nr_files, sizeof(*new));
	struct err err = ERR_INIT;
	double cpu = c->cpu;
	size_t i;

	for (i = 0; i < p->nr_files; i++)
		strbuf_init(&new[i]);
	strbuf_clear(&c->remarks);
	c->nr_wrappers = 0;
	c->extent = EXTENT_POINTS;
	for (i = 0; i < p->nr_sites; i++)
		if (plan_keeps(p, i))
			job->why[i] = "the mask stays below the scope";
	if (convert_files(run, c, p, job, files, new, &err) ||
	    make_diff(run, c, p, job, files, &err) ||
	    try_style(run, c, p, job, files, &err) ||
	    try_build(run, c, p, job, files, &err))
		job->refused = arena_strdup(&job->arena, err.msg);
	for (i = 0; run->stacked && !job->refused && i < p->nr_files; i++)
		keep(find_blob(run, p->files[i]), &new[i], job);
	job->cpu = c->cpu - cpu;
	job->remarks = arena_strdup(&job->arena, c->remarks.buf);
	job->extent = c->extent;
	if (c->nr_wrappers)
		job->wrappers = arena_memdup(&job->arena, c->wrappers,
					     c->nr_wrappers *
					     sizeof(*c->wrappers));
	job->nr_wrappers = c->nr_wrappers;
	for (i = 0; i < p->nr_files; i++)
		strbuf_release(&new[i]);
	err_clear(&err);
	free(new);
	free(files);
}

/* A parameter that cannot go shall not keep the masks. */
static void carry_out(struct run *run, struct converter *c, size_t n)
{
	struct job *job = &run->jobs[n];
	const char *why, **known;
	size_t i, nr = run->plans->v[n].nr_sites;

	c->fold = run->o->fold;
	known = arena_memdup(&job->arena, job->why, nr * sizeof(*known));
	carry_out_once(run, c, n);
	for (i = 0; i < job->nr_wrappers && !job->wrappers[i].folded; i++)
		;
	why = job->refused;
	if (!why || i == job->nr_wrappers)
		return;
	c->fold = false;
	job->refused = NULL;
	strbuf_clear(&job->diff);
	memset(&job->checks, 0, sizeof(job->checks));
	memcpy(job->why, known, nr * sizeof(*known));
	carry_out_once(run, c, n);
	for (i = 0; i < job->nr_wrappers; i++)
		job->wrappers[i].why = why;
}

/* A plan that was carried out before, on the same bytes by the same tool. */
static void done_key(struct run *run, const struct plan *p, struct arena *a,
		     struct done_proposal *d)
{
	const char *note = plan_note(p, a);
	size_t i;

	done_start(d, run->o->rules, run->version, p->id);
	for (i = 0; i < p->nr_files; i++) {
		const struct blob *b = find_blob(run, p->files[i]);

		done_add(d, b->bytes.buf, b->bytes.len);
	}
	if (run->o->build)
		done_add(d, run->o->build, strlen(run->o->build));
	done_add_section(d, p->section);
	for (i = 0; i < p->nr_sites; i++)
		done_add_points(d, p->sites[i]->through,
				p->sites[i]->nr_through);
	if (run->o->fold)
		done_add(d, "fold", 4);
	if (note)
		done_add(d, note, strlen(note));
	done_finish(d);
}

/* What was found of the masks when the scope was opened. */
static void take_over(const struct run *run, const struct plan *p,
		      struct job *job)
{
	const struct plan *scope = &run->plans->v[p->requires - 1];
	const struct job *from = &run->jobs[p->requires - 1];
	size_t i, k;

	job->refused = from->refused;
	for (i = 0; i < p->nr_sites && !job->refused; i++)
		for (k = 0; k < scope->nr_sites; k++)
			if (scope->sites[k] == p->sites[i])
				job->why[i] = from->why[k];
}

static void run_job(struct run *run, struct converter *c, size_t n)
{
	const struct plan *p = &run->plans->v[n];
	struct job *job = &run->jobs[n];
	struct done_proposal d = { .nr_why = p->nr_sites };

	job->why = ARENA_ARRAY(&job->arena, const char *, p->nr_sites);
	if (run->stacked) {
		if (p->requires)
			take_over(run, p, job);
		if (!job->refused)
			carry_out(run, c, n);
		return;
	}
	if (run->o->done)
		done_key(run, p, &job->arena, &d);
	if (run->o->done &&
	    !done_load(run->o->done, &d, &job->arena, &job->diff)) {
		memcpy(job->why, d.why, p->nr_sites * sizeof(*d.why));
		job->checks = d.checks;
		job->remarks = d.remarks;
		job->extent = d.extent;
		return;
	}
	carry_out(run, c, n);
	/* a refusal may be due to a limit: it is tried again */
	if (!run->o->done || job->refused || job->nr_wrappers)
		return;
	d.why = job->why;
	d.checks = job->checks;
	d.remarks = job->remarks;
	d.extent = job->extent;
	done_save(run->o->done, &d, &job->diff);
}

static void run_jobs(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct run *run = ctx;
	size_t i;

	for (; first < end; first++) {
		for (i = run->starts[first]; i < run->starts[first + 1]; i++) {
			run_job(run, &run->converters[thread], run->order[i]);
			withdraw(run, run->order[i]);
			progress_add(run->progress, 1);
		}
	}
}

static uint32_t group_of(struct run *run, uint32_t i)
{
	while (run->blobs[i].group != i)
		i = run->blobs[i].group;
	return i;
}

/* Plans that share a file are one group where each builds on the last. */
static uint32_t plan_group(struct run *run, const struct plan *p)
{
	return group_of(run, find_blob(run, p->files[0]) - run->blobs);
}

static void make_groups(struct run *run)
{
	size_t i, k, g;
	bool *taken;

	for (i = 0; i < run->nr_blobs; i++)
		run->blobs[i].group = i;
	for (i = 0; i < run->plans->nr; i++) {
		const struct plan *p = &run->plans->v[i];

		for (k = 1; k < p->nr_files; k++) {
			g = group_of(run, find_blob(run, p->files[k]) -
					  run->blobs);
			run->blobs[g].group = plan_group(run, p);
		}
		if (p->requires) {
			g = plan_group(run, &run->plans->v[p->requires - 1]);
			run->blobs[g].group = plan_group(run, p);
		}
	}
	run->order = xcalloc(run->plans->nr, sizeof(*run->order));
	run->starts = xcalloc(run->plans->nr + 1, sizeof(*run->starts));
	taken = xcalloc(run->plans->nr, sizeof(*taken));
	for (i = 0, g = 0; i < run->plans->nr; i++) {
		if (taken[i])
			continue;
		run->starts[run->nr_groups++] = g;
		for (k = i; k < run->plans->nr; k++) {
			if (taken[k] || (k > i && (!run->stacked ||
			    plan_group(run, &run->plans->v[k]) !=
			    plan_group(run, &run->plans->v[i]))))
				continue;
			taken[k] = true;
			run->order[g++] = k;
		}
	}
	run->starts[run->nr_groups] = g;
	free(taken);
}

static void tell_changed(const struct run *run)
{
	size_t i;

	for (i = 0; run->o->changed && i < run->nr_blobs; i++)
		if (run->blobs[i].changed)
			run->o->changed(run->o->ctx, run->blobs[i].path,
					&run->blobs[i].now);
}

static void run_release(struct run *run)
{
	size_t i;

	for (i = 0; i < run->nr_blobs; i++) {
		strbuf_release(&run->blobs[i].bytes);
		strbuf_release(&run->blobs[i].now);
		free(run->blobs[i].failed);
	}
	for (i = 0; i < run->plans->nr && run->jobs; i++) {
		arena_release(&run->jobs[i].arena);
		strbuf_release(&run->jobs[i].diff);
		strbuf_release(&run->jobs[i].before);
	}
	for (i = 0; i < run->threads && run->converters; i++) {
		reader_free(run->converters[i].reader);
		free((char *)run->converters[i].spatch.dir);
		strbuf_release(&run->converters[i].remarks);
		free(run->converters[i].wrappers);
	}
	free(run->blobs);
	free(run->jobs);
	free(run->converters);
	free(run->order);
	free(run->starts);
	applier_release(&run->applier);
	style_release(&run->style);
	strbuf_release(&run->attributes);
	if (run->dir)
		dir_remove(run->dir, NULL);
	free(run->dir);
}

static int set_up(struct run *run, struct err *err)
{
	const struct edit_opts *o = run->o;
	struct strbuf version = STRBUF_INIT;
	size_t i;
	int ret = spatch_version(o->spatch, &version, err);

	snprintf(run->version, sizeof(run->version), "%s", version.buf);
	strbuf_release(&version);
	if (ret)
		return ret;
	run->dir = dir_temp("gfpscope-edit", err);
	if (!run->dir)
		return ERR_IO;
	run->jobs = xcalloc(run->plans->nr, sizeof(*run->jobs));
	for (i = 0; i < run->plans->nr; i++) {
		arena_init(&run->jobs[i].arena);
		strbuf_init(&run->jobs[i].diff);
		strbuf_init(&run->jobs[i].before);
	}
	ret = o->done ? dir_make(o->done, err) : 0;
	run->style.no_sandbox = o->no_sandbox;
	if (!ret)
		ret = style_init(&run->style, run->dir, o->read, o->ctx, err);
	if (!ret)
		ret = start_threads(run, err);
	if (!ret)
		ret = applier_init(&run->applier, o->repo, o->rev,
				   o->worktree, run->dir, err);
	return ret;
}

int edit_plans(const struct edit_opts *o, const struct plans *plans,
	       bool stacked, struct proposals *out, struct edit_stats *stats,
	       struct err *err)
{
	struct run run = {
		.o = o, .plans = plans, .stacked = stacked,
		.attributes = STRBUF_INIT,
	};
	struct edit_stats mine;
	int ret = 0;

	stats = stats ? stats : &mine;
	memset(stats, 0, sizeof(*stats));
	run.threads = o->threads ? o->threads : workers_default();
	if (plans->nr)
		ret = set_up(&run, err);
	if (!ret && plans->nr) {
		/* a tree without one is fine */
		o->read(o->ctx, ".gitattributes", &run.attributes, NULL);
		read_blobs(&run);
		make_groups(&run);
		run.progress = progress_start("converting", plans->nr,
					      o->quiet);
		workers_run(run.threads, run.nr_groups, 1, run_jobs, &run);
		progress_stop(run.progress);
		run_collect(&run, out, stats);
		tell_changed(&run);
	}
	run_release(&run);
	return ret;
}

int edit_run(const struct edit_opts *o, const struct result *r,
	     struct proposals *out, struct edit_stats *stats,
	     struct err *err)
{
	struct plans plans;
	int ret;

	plans_make(r, o->want, o->ctx, &plans);
	ret = edit_plans(o, &plans, o->stacked, out, stats, err);
	plans_release(&plans);
	return ret;
}
