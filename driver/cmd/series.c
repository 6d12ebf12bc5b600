// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope series: from decided sites to the mails of a patch series.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/opts.h"
#include "base/str.h"
#include "cmd/branch.h"
#include "cmd/commands.h"
#include "cmd/marking.h"
#include "cmd/pipeline.h"
#include "cmd/prefix.h"
#include "cmd/propose.h"
#include "cmd/rounds.h"
#include "cmd/selection.h"
#include "edit/batch.h"
#include "edit/spatch.h"
#include "emit/decisions.h"
#include "emit/series.h"

#define MAX_SITES	20

struct series {
	struct pipeline_opts in;
	const char *from, *out, *branch, *build, *decisions_file;
	unsigned int max_sites, version;
	bool signoff, rfc, no_sandbox, fold;
	struct opt_list only;
	struct selection selection;
	struct decisions decisions;

	struct pipeline p;
	struct arena arena;
	struct maintainers *maintainers;
	struct proposals proposals;
	struct edit_stats stats;
	struct strbuf spatch, author;
};

static const char *const usage[] = {
	"gfpscope series [<options>] -o DIR [REV] [-- PATH..]",
	NULL
};

static int parse(struct series *s, int argc, const char **argv,
		 struct err *err)
{
	const struct opt opts[] = {
		PIPELINE_OPTS(&s->in),
		SELECTION_OPTS(s),
		{ OPT_UINT, 0, "max-sites", &s->max_sites, "N",
		  "sites in one patch (default: 20)" },
		{ OPT_GROUP, 0, NULL, NULL, NULL, "what is written" },
		{ OPT_STRING, 'o', "output", &s->out, "DIR",
		  "where the mails go" },
		{ OPT_STRING, 0, "branch", &s->branch, "NAME",
		  "the same as commits on a new branch" },
		{ OPT_UINT, 'v', "reroll", &s->version, "N",
		  "the series is its Nth version" },
		{ OPT_BOOL, 0, "rfc", &s->rfc, NULL,
		  "ask for comments: [RFC PATCH]" },
		{ OPT_BOOL, 0, "signoff", &s->signoff, NULL,
		  "sign off as the configured user" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		.usage = usage,
		.about = "Writes a patch series that git am takes: by subsystem, "
			 "each scope before the masks that it makes redundant, "
			 "with the evidence in the changelogs and the maintainers "
			 "as recipients. Nothing is ever sent." PIPELINE_ABOUT,
		.opts = opts,
		.partial = PIPELINE_PARTIAL,
	};
	int dashdash;
	int rc = opts_parse(&argc, argv, &spec, &dashdash, err);

	if (!rc)
		rc = pipeline_words(&s->in, argc, argv, dashdash, err);
	if (!rc && s->in.worktree)
		return err_set(err, ERR_USAGE,
			       "a series needs a commit to be based on, not a plain directory");
	if (!rc && !s->out && !s->branch)
		return err_set(err, ERR_USAGE,
			       "say where to: -o DIR, --branch NAME or both");
	if (!rc)
		rc = selection_parse(&s->selection, &s->only, err);
	return rc;
}

static int read_blob(void *ctx, const char *path, struct strbuf *out,
		     struct err *err)
{
	return source_read_file(((struct series *)ctx)->p.source, path, out,
				err);
}

static bool want(void *ctx, const struct result_site *site)
{
	struct series *s = ctx;

	return decisions_allow(&s->decisions, site,
			       selection_has(&s->selection, site));
}

static const char *group(void *ctx, const char *path)
{
	struct series *s = ctx;
	struct recipients r = { .subsystem = NULL };
	const char *slash;

	if (s->maintainers)
		maintainers_match(s->maintainers, path, &s->arena, &r);
	if (r.subsystem)
		return r.subsystem;
	slash = strrchr(path, '/');
	return arena_printf(&s->arena, "%.*s", slash ? (int)(slash - path) : 1,
			    slash ? path : ".");
}

static const char *prefix(void *ctx, const struct proposal *p)
{
	struct series *s = ctx;

	return subject_prefix(s->in.repo ? s->in.repo : ".",
			      s->p.result.tree.revision,
			      p->kind == PROPOSE_FOLD ? p->wrappers[0].path :
							p->files[0],
			      &s->arena);
}

static void make_plans(void *ctx, const struct result *r, struct plans *out)
{
	struct series *s = ctx;
	struct batch_opts b = {
		.want = want, .group = group, .ctx = s,
		.max_sites = s->max_sites ? s->max_sites : MAX_SITES,
	};

	batch_make(r, &b, out);
}

static int propose(struct series *s, const struct cmd_env *env,
		   struct err *err)
{
	struct strbuf rules = STRBUF_INIT;
	struct rounds rounds = {
		.pipeline = &s->p, .in = &s->in, .make = make_plans,
		.group = group, .ctx = s,
	};
	struct edit_opts o = {
		.words = s->p.knowledge.masks,
		.nr_words = s->p.knowledge.nr_masks,
		.threads = s->in.threads, .no_sandbox = s->no_sandbox,
		.quiet = s->in.quiet, .read = read_blob, .ctx = s,
		.build = s->build, .fold = s->fold,
		.repo = s->in.repo ? s->in.repo : ".",
		.rev = s->p.result.tree.revision,
	};
	int rc;

	strbuf_addf(&rules, "%s/cocci/convert/nofs.cocci", env->data);
	o.rules = rules.buf;
	rc = rounds_run(&rounds, &o, &s->proposals, &s->stats, err);
	strbuf_release(&rules);
	return rc;
}

static int output(struct series *s, struct err *err)
{
	struct series_opts o = {
		.result = &s->p.result, .proposals = &s->proposals,
		.maintainers = s->maintainers, .prefix = prefix, .ctx = s,
		.from = s->author.buf, .signoff = s->signoff, .rfc = s->rfc,
		.version = s->version, .spatch = s->spatch.buf,
	};
	const char **commits = NULL;
	int rc = 0;

	if (!s->proposals.nr) {
		puts("nothing to send: no site was decided so, or none could be changed");
		return 0;
	}
	if (s->branch)
		rc = series_commit(o.result->tree.revision ? s->in.repo ?
				   s->in.repo : "." : ".", s->branch, &o,
				   &s->arena, &commits, err);
	o.commits = (const char *const *)commits;
	if (!rc && s->out)
		rc = series_write(s->out, &o, err);
	if (!rc)
		printf("%zu patch%s, %zu site%s%s%s%s%s\n", s->proposals.nr,
		       s->proposals.nr == 1 ? "" : "es",
		       s->stats.sites_done,
		       s->stats.sites_done == 1 ? "" : "s",
		       s->out ? ", in " : "",
		       s->out ? s->out : "", s->branch ? ", on " : "",
		       s->branch ? s->branch : "");
	if (!rc && !s->in.quiet)
		propose_tell_wrappers(&s->proposals);
	if (!rc && !s->in.quiet && s->stats.sites_refused)
		say_note("%zu site%s could not be changed: gfpscope convert tells why",
			 s->stats.sites_refused,
			 s->stats.sites_refused == 1 ? "" : "s");
	return rc;
}

static int run(struct series *s, const struct cmd_env *env, int *code,
	       struct err *err)
{
	int rc = author_find(s->in.repo, &s->author, err);

	if (!rc && s->decisions_file)
		rc = decisions_read(&s->decisions, s->decisions_file, err);
	if (rc)
		return rc;
	rc = pipeline_run(&s->p, env, &s->in, err);
	if (!rc && s->from)
		rc = selection_from(&s->selection, s->from,
				    s->p.result.tree.revision, err);
	if (!rc) {
		decisions_check(&s->decisions, &s->p.result);
		marking_tell_stale(&s->decisions);
		rc = spatch_version(NULL, &s->spatch, err);
	}
	if (!rc)	/* a tree without MAINTAINERS has nobody to tell */
		s->maintainers = maintainers_load(s->p.source, NULL);
	if (!rc)
		rc = propose(s, env, err);
	if (!rc)
		rc = output(s, err);
	if (!rc)
		*code = pipeline_code(&s->p);
	proposals_release(&s->proposals);
	maintainers_free(s->maintainers);
	pipeline_release(&s->p);
	return rc;
}

int cmd_series(const struct cmd_env *env, int argc, const char **argv)
{
	struct series s = { .spatch = STRBUF_INIT, .author = STRBUF_INIT };
	struct err err = ERR_INIT;
	int code = EXIT_DONE, rc;

	arena_init(&s.arena);
	proposals_init(&s.proposals);
	decisions_init(&s.decisions);
	rc = parse(&s, argc, argv, &err);
	if (!rc)
		rc = run(&s, env, &code, &err);
	selection_release(&s.selection);
	decisions_release(&s.decisions);
	strbuf_release(&s.spatch);
	strbuf_release(&s.author);
	opt_list_release(&s.only);
	opt_list_release(&s.in.rules);
	arena_release(&s.arena);
	return rc < 0 ? cmd_failed("series", &err) : code;
}
