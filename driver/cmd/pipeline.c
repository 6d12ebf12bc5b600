// SPDX-License-Identifier: GPL-2.0-only
/*
 * Source, knowledge, facts, program, judgement: in this order, once.
 *
 * In: options. Out: a sorted result with its coverage. Facts and program are
 * dropped as soon as the result stands; only the source stays open.
 */
#include "cmd/pipeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/workers.h"
#include "cmd/coverage.h"
#include "cmd/linking.h"
#include "cmd/reading.h"
#include "input/kernelversion.h"
#include "judge/judge.h"
#include "link/rest.h"
#include "read/read.h"

/* Bytes of memory while a tree is judged, if it can be: of a whole kernel, up
 * to 600 MB are taken by the judgement, and of 950 MB of mapped files the half
 * is enough. */
#define MEMORY_MAX ((size_t)1050 << 20)

int pipeline_words(struct pipeline_opts *o, int argc, const char **argv,
		   int dashdash, struct err *err)
{
	int words = dashdash < 0 ? argc : dashdash;

	if (words > 2)
		return err_set(err, ERR_USAGE,
			       "'%s' is one word too many (paths go after --)",
			       argv[2]);
	if (words == 2)
		o->rev = argv[1];
	if (o->rev && o->worktree)
		return err_set(err, ERR_USAGE,
			       "--worktree takes no revision ('%s')", o->rev);
	o->paths = argv + words;
	o->nr_paths = (size_t)(argc - words);
	return 0;
}

static int load_knowledge(struct knowledge *k, const struct cmd_env *env,
			  const struct pipeline_opts *o, struct err *err)
{
	const char **dirs = xcalloc(o->rules.nr + 1, sizeof(*dirs));
	struct strbuf own = STRBUF_INIT;
	int rc;

	strbuf_addf(&own, "%s/cocci/kernel", env->data);
	dirs[0] = own.buf;
	for (size_t i = 0; i < o->rules.nr; i++)
		dirs[i + 1] = o->rules.v[i];
	rc = knowledge_load(k, dirs, o->rules.nr + 1, err);
	strbuf_release(&own);
	free(dirs);
	return rc;
}

static bool is_wanted(const struct source_list *wanted, const char *path)
{
	size_t low = 0, high = wanted->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = strcmp(wanted->entries[mid].path, path);

		if (c == 0)
			return true;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

/* Judged with the whole tree; told for the paths that were asked for. */
static void keep_wanted(struct result *r, const struct source_list *wanted)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nr_sites; i++)
		if (is_wanted(wanted, r->sites[i].path))
			r->sites[n++] = r->sites[i];
	r->nr_sites = n;
	n = 0;
	for (size_t i = 0; i < r->nr_findings; i++)
		if (is_wanted(wanted, r->findings[i].path))
			r->findings[n++] = r->findings[i];
	r->nr_findings = n;
}

static void take_coverage(struct pipeline *p, const struct reading *in)
{
	struct coverage_maker m;

	coverage_start(&m, &p->result);
	for (size_t i = 0; i < p->files.nr; i++) {
		const struct source_entry *e = &p->files.entries[i];

		if (e->skip == SKIP_NONE) {
			coverage_file(&m, e->path, in->sizes[i],
				      &in->facts[i]);
			continue;
		}
		if (e->skip == SKIP_UNREADABLE)
			p->nr_unreadable++;
		coverage_gap(&m, e->path, 0, "",
			     e->skip == SKIP_UNREADABLE ? "unreadable" :
			     "skipped", in->failed[i] ? in->failed[i] :
			     source_skip_text(e->skip));
	}
	coverage_finish(&m);
}

/* @changed: some facts are not those of the files: coverage is of no use. */
static int judge_facts(struct pipeline *p, struct reading *in, bool changed,
		       const struct pipeline_opts *o, struct result *out,
		       struct err *err)
{
	struct judge_opts judge_opts = {
		.threads = in->nr_threads,
		.kernel = p->result.tree.kernel,
		.quiet = o->quiet,
	};
	struct program *program = linking_run(in, &p->knowledge, changed);
	struct rest *rest = rest_begin(program, MEMORY_MAX);
	int rc = judge_run(program, &p->knowledge, &judge_opts, out, err);

	if (!rc && !changed)
		take_coverage(p, in);
	rest_end(rest);
	program_free(program);
	return rc;
}

int pipeline_read(struct pipeline *p, const struct pipeline_opts *o,
		  struct reading *in, struct err *err)
{
	struct reading_opts how = {
		.threads = o->threads ? o->threads : workers_default(),
		.quiet = o->quiet,
		.cache_dir = o->cache_dir,
		.cache_size = o->cache_size,
		.no_cache = o->no_cache,
	};

	return reading_run(in, p->source, &p->files, &p->knowledge, &how, err);
}

static int read_and_judge(struct pipeline *p, const struct pipeline_opts *o,
			  struct err *err)
{
	struct reading in;
	int rc = pipeline_read(p, o, &in, err);

	if (!rc)
		rc = judge_facts(p, &in, false, o, &p->result, err);
	if (!rc)
		result_sort(&p->result);
	reading_release(&in);
	return rc;
}

static int open_source(struct pipeline *p, const struct pipeline_opts *o,
		       struct err *err)
{
	struct tree_info *t = &p->result.tree;
	const struct source_info *info;
	struct arena *a = &p->result.arena;
	struct kernel_version version;
	int rc;

	if (o->worktree)
		rc = source_open_dir(&p->source, o->worktree, err);
	else
		rc = source_open_git(&p->source, o->repo ? o->repo : ".",
				     o->rev, err);
	if (rc)
		return rc;
	info = source_info(p->source);
	if (!o->worktree) {
		t->revision = arena_strdup(a, info->revision);
		t->describe = arena_strdup(a, info->describe);
		t->commit_time = info->time;
	}
	if (kernel_version_of(&version, p->source, NULL) == 0)
		t->kernel = arena_strdup(a, version.text);
	return source_list(p->source, NULL, 0, &p->files, err);
}

/* Facts of the files as they are now take the place of those in the tree. */
static void read_changed(const struct pipeline *p, struct reading *in,
			 const struct changed_file *files, size_t nr,
			 struct arena *a)
{
	struct reader *reader = reader_new(p->knowledge.masks,
					   p->knowledge.nr_masks);

	for (size_t i = 0; i < p->files.nr; i++)
		for (size_t k = 0; k < nr; k++)
			if (!strcmp(p->files.entries[i].path, files[k].path))
				read_file(reader, files[k].text.buf,
					  files[k].text.len, a,
					  &in->facts[i]);
	reader_free(reader);
}

/* The paths were good the first time. */
static int keep_paths(struct pipeline *p, const struct pipeline_opts *o,
		      struct result *r, struct err *err)
{
	struct source_list wanted = { 0 };
	int rc = source_list(p->source, o->paths, o->nr_paths, &wanted, err);

	if (rc)
		return rc;
	keep_wanted(r, &wanted);
	source_list_release(&wanted);
	return 0;
}

const struct result *pipeline_again(struct pipeline *p,
				    const struct pipeline_opts *o,
				    const struct changed_file *files,
				    size_t nr, struct err *err)
{
	struct result *r = xcalloc(1, sizeof(*r));
	struct arena arena;
	struct reading in;
	int rc;

	GROW(p->later, p->nr_later, p->cap_later);
	p->later[p->nr_later++] = r;
	result_init(r);
	r->tree = p->result.tree;
	r->knowledge = p->result.knowledge;
	arena_init(&arena);
	rc = pipeline_read(p, o, &in, err);
	if (!rc) {
		read_changed(p, &in, files, nr, &arena);
		rc = judge_facts(p, &in, true, o, r, err);
	}
	if (!rc)
		result_sort(r);
	if (!rc && o->nr_paths)
		rc = keep_paths(p, o, r, err);
	if (!rc)
		shard_keep(r, o->shard);
	reading_release(&in);
	arena_release(&arena);
	return rc ? NULL : r;
}

/* The paths are looked up before the long work: a wrong one fails at once. */
static int read_paths(struct pipeline *p, const struct pipeline_opts *o,
		      struct err *err)
{
	struct tree_info *t = &p->result.tree;
	struct source_list wanted = { 0 };
	int rc;

	if (!o->nr_paths)
		return read_and_judge(p, o, err);
	t->nr_paths = o->nr_paths;
	t->paths = arena_memdup(&p->result.arena, o->paths,
				o->nr_paths * sizeof(*o->paths));
	rc = source_list(p->source, o->paths, o->nr_paths, &wanted, err);
	if (rc)
		return rc;
	rc = read_and_judge(p, o, err);
	if (!rc)
		keep_wanted(&p->result, &wanted);
	source_list_release(&wanted);
	return rc;
}

int pipeline_open(struct pipeline *p, const struct cmd_env *env,
		  const struct pipeline_opts *o, struct err *err)
{
	int rc;

	memset(p, 0, sizeof(*p));
	result_init(&p->result);
	rc = load_knowledge(&p->knowledge, env, o, err);
	if (rc)
		return rc;
	p->result.knowledge = p->knowledge.digest;
	return open_source(p, o, err);
}

int pipeline_run(struct pipeline *p, const struct cmd_env *env,
		 const struct pipeline_opts *o, struct err *err)
{
	int rc = pipeline_open(p, env, o, err);

	if (!rc)
		rc = read_paths(p, o, err);
	if (!rc)
		shard_keep(&p->result, o->shard);
	return rc;
}

int pipeline_code(const struct pipeline *p)
{
	if (!p->nr_unreadable)
		return EXIT_DONE;
	say_warning("%zu files could not be read; the report of an audit lists "
		    "them", p->nr_unreadable);
	return EXIT_PARTIAL;
}

void pipeline_release(struct pipeline *p)
{
	for (size_t i = 0; i < p->nr_later; i++) {
		result_release(p->later[i]);
		free(p->later[i]);
	}
	free(p->later);
	result_release(&p->result);
	source_list_release(&p->files);
	source_close(p->source);
	knowledge_release(&p->knowledge);
	memset(p, 0, sizeof(*p));
}
