// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope stats: what a tree is made of, as the reader and the linker see it.
 * Takes what audit takes, judges nothing, prints a line of figures for each
 * step. A run of it fills the cache, so that the audits after it are warm.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/opts.h"
#include "cmd/commands.h"
#include "cmd/linking.h"
#include "cmd/pipeline.h"
#include "cmd/reading.h"

struct stats {
	struct pipeline_opts in;
	bool read_only;
	struct pipeline p;
	struct reading reading;
};

/* What the files came to. */
struct totals {
	uint64_t files, skipped, unreadable, bytes;
	uint64_t facts, functions, broken, notes;
};

static void add_file(struct totals *t, const struct facts *f, size_t size,
		     uint32_t broken)
{
	t->files++;
	t->bytes += size;
	t->facts += facts_size(f);
	t->functions += f->nr_funcs;
	t->notes += f->nr_notes;
	t->broken += broken;
}

static void add_entry(struct totals *t, const struct reading *r, size_t i)
{
	enum source_skip skip = r->files->entries[i].skip;

	if (skip == SKIP_NONE)
		add_file(t, &r->facts[i], r->sizes[i], r->broken[i]);
	else if (skip == SKIP_UNREADABLE)
		t->unreadable++;
	else
		t->skipped++;
}

static struct totals print_read(const struct stats *s)
{
	struct totals t = { 0 };

	for (size_t i = 0; i < s->reading.files->nr; i++)
		add_entry(&t, &s->reading, i);
	printf("files      %" PRIu64 " read, %" PRIu64 " bytes; %" PRIu64
	       " skipped, %" PRIu64 " cannot be read\n", t.files, t.bytes,
	       t.skipped, t.unreadable);
	printf("functions  %" PRIu64 " found, %" PRIu64 " not understood\n",
	       t.functions, t.broken);
	printf("notes      %" PRIu64 "\n", t.notes);
	printf("facts      %" PRIu64 " bytes, %" PRIu64 " a file\n", t.facts,
	       t.files ? t.facts / t.files : 0);
	return t;
}

static void print_linked(struct stats *s)
{
	struct program *p = linking_run(&s->reading, &s->p.knowledge, false);
	struct program_stats figures;

	program_stats(p, &figures);
	printf("calls      %" PRIu64 ", %" PRIu64 " through pointers, %" PRIu64
	       " unresolved\n", figures.calls, figures.calls_indirect,
	       figures.calls_unresolved);
	printf("cycles     %" PRIu32 " components, %" PRIu32
	       " functions in the largest\n", figures.nr_sccs,
	       figures.largest_scc);
	program_free(p);
}

static int run(struct stats *s, const struct cmd_env *env, int *code,
	       struct err *err)
{
	struct totals t;
	int rc = pipeline_open(&s->p, env, &s->in, err);

	if (!rc)
		rc = pipeline_read(&s->p, &s->in, &s->reading, err);
	if (rc)
		return rc;
	t = print_read(s);
	if (!s->read_only)
		print_linked(s);
	if (t.unreadable)
		*code = EXIT_PARTIAL;
	return 0;
}

static int parse(struct stats *s, int argc, const char **argv,
		 struct err *err)
{
	static const char *const usage[] = {
		"gfpscope stats [<options>] [REV]",
		"gfpscope stats --worktree DIR [<options>]",
		NULL
	};
	const struct opt opts[] = {
		PIPELINE_OPTS(&s->in),
		{ OPT_BOOL, 0, "read-only", &s->read_only, NULL,
		  "stop when all files are read" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		.usage = usage,
		.about = "Reads and links the tree of REV (HEAD if none is named) and tells in figures\n"
			 "what it is made of. Decides nothing. What was read is in the cache then.",
		.opts = opts,
		.partial = PIPELINE_PARTIAL,
	};
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	if (!rc)
		rc = pipeline_words(&s->in, argc, argv, dashdash, err);
	if (!rc && s->in.nr_paths)
		rc = err_set(err, ERR_USAGE, "a whole tree is read: no paths");
	return rc;
}

int cmd_stats(const struct cmd_env *env, int argc, const char **argv)
{
	struct stats s = { .read_only = false };
	struct err err = ERR_INIT;
	int code = EXIT_DONE;
	int rc = parse(&s, argc, argv, &err);

	if (!rc) {
		rc = run(&s, env, &code, &err);
		reading_release(&s.reading);
		pipeline_release(&s.p);
	}
	opt_list_release(&s.in.rules);
	return rc < 0 ? cmd_failed("stats", &err) : code;
}
