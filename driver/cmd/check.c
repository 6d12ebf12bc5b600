// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope check: semantic patches, ours or anybody's, over a revision that is
 * not checked out.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/opts.h"
#include "base/str.h"
#include "base/workers.h"
#include "cmd/commands.h"
#include "cmd/pipeline.h"
#include "edit/check.h"
#include "edit/spatch.h"
#include "emit/check_report.h"
#include "input/factcache.h"
#include "input/kernelversion.h"

#define MAX_RULES	256

struct check_cmd {
	struct pipeline_opts in;	/* what of it applies */
	const char *mode, *out, *format, *repo_uri;
	struct opt_list defines;
	bool exit_code, no_sandbox;
	unsigned int seconds;

	const char *named[MAX_RULES];
	size_t nr_named;
	struct smpl_define *defs;	/* owned, and so are their strings */
	size_t nr_defs;
	const struct check_format *formats[4];
	size_t nr_formats;

	struct arena arena;
	struct source *source;
	struct source_list files;
	struct tree_info tree;
	struct kernel_version kernel;
	struct strbuf spatch;
	struct check_result result;
};

static const char *const usage[] = {
	"gfpscope check [<options>] [FILE.cocci ..] [REV] [-- PATH..]",
	"gfpscope check --worktree DIR [<options>] [FILE.cocci ..] [-- PATH..]",
	NULL
};

static const char about[] =
	"Runs semantic patches over the tree of REV (HEAD if none is named) with "
	"no checkout: those named, or the ones that come with the program "
	"(cocci/check). Coccinelle gets the files that have the words a patch "
	"asks for, without the functions that do not, and what it said is kept: "
	"the next run asks again about changed files only.\n\n"
	"A patch is run in its report mode, or else in the context, org or patch "
	"mode, whichever it has; on stdout comes what the kernel's coccicheck "
	"would show. Headers of the tree are not followed (as with "
	"--no-includes); *.h are looked at where the patch's Options line says "
	"--include-headers. Code that Coccinelle does not understand is counted "
	"by function.";

/* ---- words ---- */

static int take_defines(struct check_cmd *c, struct err *err)
{
	c->defs = xcalloc(c->defines.nr + 1, sizeof(*c->defs));
	for (size_t i = 0; i < c->defines.nr; i++) {
		char *name = arena_strdup(&c->arena, c->defines.v[i]);
		char *value = strchr(name, '=');

		if (value)
			*value++ = '\0';
		if (!*name || smpl_mode_parse(name) >= 0)
			return err_set(err, ERR_USAGE,
				       "-D '%s': give a name, and modes as --mode",
				       c->defines.v[i]);
		c->defs[c->nr_defs++] = (struct smpl_define){ name, value };
	}
	return 0;
}

static int take_formats(struct check_cmd *c, struct err *err)
{
	const char *p = c->format ? c->format : c->out ? "json,text" : "text";
	char word[16];

	while (*p) {
		size_t len = strcspn(p, ","), n = len;

		if (n >= sizeof(word))
			n = sizeof(word) - 1;
		memcpy(word, p, n);
		word[n] = '\0';
		if (c->nr_formats == ARRAY_SIZE(c->formats) ||
		    !(c->formats[c->nr_formats] = check_format_find(word)))
			return err_set(err, ERR_USAGE,
				       "no format '%s'; there are: %s", word,
				       check_format_names());
		c->nr_formats++;
		p += len + (p[len] == ',');
	}
	if (!c->nr_formats || (!c->out && c->nr_formats > 1))
		return err_set(err, ERR_USAGE, "one format fits on stdout; "
			       "name a directory with -o");
	return 0;
}

/* FILE.cocci .. in front of the rest, which is as for every command. */
static int take_words(struct check_cmd *c, int argc, const char **argv,
		      int dashdash, struct err *err)
{
	int words = dashdash < 0 ? argc : dashdash, n = 1, i;

	for (i = 1; i < argc; i++) {
		if (i >= words || !str_ends(argv[i], ".cocci")) {
			argv[n++] = argv[i];
			continue;
		}
		if (c->nr_named == MAX_RULES)
			return err_set(err, ERR_USAGE,
				       "more than %d semantic patches",
				       MAX_RULES);
		c->named[c->nr_named++] = argv[i];
	}
	if (dashdash >= 0)
		dashdash -= argc - n;
	return pipeline_words(&c->in, n, argv, dashdash, err);
}

static int parse(struct check_cmd *c, int argc, const char **argv,
		 struct err *err)
{
	const struct opt opts[] = {
		{ OPT_GROUP, 0, NULL, NULL, NULL, "what is looked for" },
		{ OPT_STRING, 0, "mode", &c->mode, "MODE",
		  "report, context, org or patch" },
		{ OPT_LIST, 'D', "define", &c->defines, "NAME[=VALUE]",
		  "a virtual rule or identifier; may be repeated" },
		{ OPT_UINT, 0, "seconds", &c->seconds, "N",
		  "limit for one file (default: 200)" },
		{ OPT_BOOL, 0, "no-sandbox", &c->no_sandbox, NULL,
		  "run Coccinelle without its cage" },
		{ OPT_GROUP, 0, NULL, NULL, NULL, "what is read" },
		{ OPT_STRING, 'C', "repo", &c->in.repo, "DIR",
		  "the git repository (default: here)" },
		{ OPT_STRING, 0, "worktree", &c->in.worktree, "DIR",
		  "a plain directory instead of a revision" },
		{ OPT_JOBS, 'j', "jobs", &c->in.threads, "N",
		  "Coccinelles at once (default, and 0: one per CPU)" },
		{ OPT_STRING, 0, "cache-dir", &c->in.cache_dir, "DIR",
		  "where results are kept between runs" },
		{ OPT_SIZE, 0, "cache-size", &c->in.cache_size, "BYTES",
		  "drop the oldest above this (default: 4G)" },
		{ OPT_BOOL, 0, "no-cache", &c->in.no_cache, NULL,
		  "ask again about every file; for patches whose scripts read "
		  "other files" },
		{ OPT_BOOL, 'q', "quiet", &c->in.quiet, NULL,
		  "no progress and no notes on stderr" },
		{ OPT_GROUP, 0, NULL, NULL, NULL, "what is written" },
		{ OPT_STRING, 'o', "output", &c->out, "DIR",
		  "write the reports there instead of on stdout" },
		{ OPT_STRING, 0, "format", &c->format, "F,..",
		  "text, json, sarif (default: text; with -o json,text)" },
		{ OPT_STRING, 0, "repo-uri", &c->repo_uri, "URI",
		  "where the tree comes from, for SARIF" },
		{ OPT_BOOL, 0, "exit-code", &c->exit_code, NULL,
		  "exit 1 when something was found" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		usage, about, opts,
		.finds = "something was found (--exit-code)",
		.partial = "done but for files that were not finished",
	};
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	if (rc)
		return rc;
	if (c->mode && smpl_mode_parse(c->mode) < 0)
		return err_set(err, ERR_USAGE, "no mode '%s'; there are: "
			       "report, context, org, patch", c->mode);
	if (c->out && !strcmp(c->out, "-"))
		c->out = NULL;
	rc = take_words(c, argc, argv, dashdash, err);
	if (!rc)
		rc = take_defines(c, err);
	return rc ? rc : take_formats(c, err);
}

/* ---- rules ---- */

static const char *skipped_here(struct check_cmd *c, const struct smpl *s)
{
	unsigned int major, minor;
	int cmp;

	if (!c->kernel.text[0] || sscanf(s->trees, "before %u.%u", &major,
					 &minor) != 2)
		return NULL;
	cmp = kernel_version_cmp(&c->kernel, major, minor, 0);
	return cmp < 0 ? NULL :
	       arena_printf(&c->result.arena, "for trees %s, this is %s",
			    s->trees, c->kernel.text);
}

static int add_rule(struct check_cmd *c, const struct check_opts *o,
		    const char *path, bool named, struct err *err)
{
	struct check_result *r = &c->result;
	struct check_rule *rule = &r->rules[r->nr_rules++];
	int rc = smpl_read(&rule->smpl, path,
			   c->mode ? smpl_mode_parse(c->mode) : -1, c->defs,
			   c->nr_defs, err);

	if (rc && (named || rc != ERR_USAGE))
		return rc;
	check_prepare(rule, &r->arena, o);
	if (rc)
		rule->skipped = arena_printf(&r->arena, "has no %s mode",
					     c->mode);
	else if (!named && !rule->skipped)
		rule->skipped = skipped_here(c, &rule->smpl);
	if (rule->skipped && !c->in.quiet)
		say_note("%s: skipped: %s", path, rule->skipped);
	if (rule->ignored[0] && !rule->skipped && !c->in.quiet)
		say_note("%s: ignored: %s", path, rule->ignored);
	err_clear(err);
	return 0;
}

static int add_own_rules(struct check_cmd *c, const struct cmd_env *env,
			 const struct check_opts *o, struct err *err)
{
	struct strbuf pattern = STRBUF_INIT;
	glob_t found;
	int rc = 0;

	strbuf_addf(&pattern, "%s/cocci/check/*.cocci", env->data);
	if (glob(pattern.buf, 0, NULL, &found)) {
		rc = err_set(err, ERR_NOT_FOUND, "no %s", pattern.buf);
		strbuf_release(&pattern);
		return rc;
	}
	strbuf_release(&pattern);
	c->result.rules = xcalloc(found.gl_pathc,
				  sizeof(*c->result.rules));
	for (size_t i = 0; i < found.gl_pathc && !rc; i++)
		rc = add_rule(c, o, found.gl_pathv[i], false, err);
	globfree(&found);
	return rc;
}

static int add_rules(struct check_cmd *c, const struct cmd_env *env,
		     const struct check_opts *o, struct err *err)
{
	size_t i, ready = 0;
	int rc = 0;

	if (!c->nr_named) {
		rc = add_own_rules(c, env, o, err);
	} else {
		c->result.rules = xcalloc(c->nr_named,
					  sizeof(*c->result.rules));
		for (i = 0; i < c->nr_named && !rc; i++)
			rc = add_rule(c, o, c->named[i], true, err);
	}
	for (i = 0; i < c->result.nr_rules; i++)
		ready += !c->result.rules[i].skipped;
	if (!rc && !ready)
		rc = err_set(err, ERR_USAGE, "no semantic patch is left to run");
	return rc;
}

/* ---- the run ---- */

static int open_tree(struct check_cmd *c, struct err *err)
{
	const struct source_info *info;
	int rc;

	if (c->in.worktree)
		rc = source_open_dir(&c->source, c->in.worktree, err);
	else
		rc = source_open_git(&c->source,
				     c->in.repo ? c->in.repo : ".", c->in.rev,
				     err);
	if (rc)
		return rc;
	info = source_info(c->source);
	if (!c->in.worktree) {
		c->tree.revision = info->revision;
		c->tree.describe = info->describe;
	}
	if (kernel_version_of(&c->kernel, c->source, NULL) == 0)
		c->tree.kernel = c->kernel.text;
	else
		c->kernel.text[0] = '\0';
	c->tree.paths = c->in.paths;
	c->tree.nr_paths = c->in.nr_paths;
	return source_list(c->source, c->in.paths, c->in.nr_paths, &c->files,
			   err);
}

static struct factcache *open_cache(const struct check_cmd *c)
{
	struct strbuf dir = STRBUF_INIT;
	struct factcache *cache = NULL;
	struct err err = ERR_INIT;

	if (c->in.no_cache)
		return NULL;
	if (c->in.cache_dir)
		strbuf_adds(&dir, c->in.cache_dir);
	else
		factcache_default_dir(&dir);
	if (dir.len)
		cache = factcache_open(dir.buf, "check 1", &err);
	if (dir.len && !cache && c->in.cache_dir)
		say_warning("no cache: %s", err.msg);
	err_clear(&err);
	strbuf_release(&dir);
	return cache;
}

static int output(struct check_cmd *c, struct err *err)
{
	const struct check_report r = {
		.result = &c->result, .tree = &c->tree,
		.spatch = c->spatch.buf,
		.repo_uri = c->repo_uri ? c->repo_uri : "",
	};
	struct strbuf path = STRBUF_INIT;
	int rc = 0;

	for (size_t i = 0; i < c->nr_formats && !rc; i++) {
		strbuf_clear(&path);
		if (c->out)
			strbuf_addf(&path, "%s/%s", c->out,
				    c->formats[i]->file);
		rc = check_report_write(c->formats[i], &r,
					c->out ? path.buf : "-", err);
		if (!rc && c->out && !c->in.quiet)
			say_note("wrote %s", path.buf);
	}
	strbuf_release(&path);
	return rc;
}

static int tell(const struct check_cmd *c)
{
	const struct check_result *r = &c->result;
	struct check_counts n;
	uint64_t runs = 0, cached = 0;
	size_t i;

	check_count(r, &n);
	for (i = 0; i < r->nr_rules; i++) {
		runs += r->rules[i].files;
		cached += r->rules[i].cached;
	}
	for (i = 0; i < r->nr_items && !c->in.quiet; i++)
		if (r->items[i].kind == FOUND_FAILED)
			fprintf(stderr, "%s: not finished: %s\n",
				r->items[i].path, r->items[i].text);
	if (!c->in.quiet) {
		say_note("%zu semantic patches, %zu files; Coccinelle was asked %zu times, %zu from the cache, %.1f CPU seconds",
			 r->nr_rules, (size_t)r->nr_files, (size_t)runs,
			 (size_t)cached, r->cpu);
		say_note("%zu hits in %s; %zu functions not understood by Coccinelle, %zu of them with words of a rule; %zu other places",
			 (size_t)n.hits, c->in.rev ? c->in.rev :
			 c->in.worktree ? c->in.worktree : "HEAD",
			 (size_t)n.unparsed, (size_t)n.matter,
			 (size_t)n.elsewhere);
	}
	if (n.failed) {
		say_warning("%zu files were not finished", (size_t)n.failed);
		return EXIT_PARTIAL;
	}
	return c->exit_code && n.hits ? EXIT_FINDINGS : EXIT_DONE;
}

static int run(struct check_cmd *c, const struct cmd_env *env, int *code,
	       struct err *err)
{
	struct check_opts o = {
		.files = &c->files, .seconds = c->seconds,
		.threads = c->in.threads ? c->in.threads : workers_default(),
		.defs = c->defs, .nr_defs = c->nr_defs,
		.no_sandbox = c->no_sandbox, .quiet = c->in.quiet,
	};
	int rc = c->out ? dir_make(c->out, err) : 0;

	if (!rc && c->out && access(c->out, W_OK | X_OK))
		rc = err_set(err, ERR_IO, "cannot write to directory '%s'",
			     c->out);
	if (!rc)
		rc = spatch_version(NULL, &c->spatch, err);
	if (!rc)
		rc = open_tree(c, err);
	o.source = c->source;
	o.spatch = c->spatch.buf;
	if (!rc)
		rc = add_rules(c, env, &o, err);
	if (rc)
		return rc;
	o.cache = open_cache(c);
	rc = check_run(&c->result, &o, err);
	if (o.cache)
		factcache_close(o.cache, c->in.cache_size ?
				c->in.cache_size : FACTCACHE_SIZE, NULL);
	if (!rc)
		rc = output(c, err);
	if (!rc)
		*code = tell(c);
	return rc;
}

int cmd_check(const struct cmd_env *env, int argc, const char **argv)
{
	struct check_cmd c = { .spatch = STRBUF_INIT };
	struct err err = ERR_INIT;
	int code = EXIT_DONE, rc;

	arena_init(&c.arena);
	check_result_init(&c.result);
	rc = parse(&c, argc, argv, &err);
	if (!rc)
		rc = run(&c, env, &code, &err);
	check_result_release(&c.result);
	source_list_release(&c.files);
	source_close(c.source);
	strbuf_release(&c.spatch);
	free(c.defs);
	opt_list_release(&c.defines);
	opt_list_release(&c.in.rules);
	arena_release(&c.arena);
	return rc < 0 ? cmd_failed("check", &err) : code;
}
