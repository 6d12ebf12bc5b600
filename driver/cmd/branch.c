// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stacked proposals go in, commits on a branch come out, with the messages
 * that the mails of a series would have.
 */
#include "cmd/branch.h"

#include <string.h>

#include "base/proc.h"
#include "cmd/prefix.h"
#include "emit/series.h"

struct branch {
	const char *repo, *rev;
	struct arena arena;
};

int author_find(const char *repo, struct strbuf *out, struct err *err)
{
	/* "A Person <a@example.org> 1700000000 +0100" */
	const char *argv[] = { "git", "-C", repo ? repo : ".", "var",
			       "GIT_AUTHOR_IDENT", NULL };
	struct proc_opts o = { .wall_seconds = 20 };
	struct proc_result r = { 0 };
	const char *gt;
	int rc = proc_run(argv, &o, &r, err);

	gt = rc || r.status ? NULL : strchr(r.out.buf, '>');
	if (!rc && !gt)
		rc = err_set(err, ERR_FAILED,
			     "git does not know who you are: set user.name and user.email");
	if (!rc)
		strbuf_add(out, r.out.buf, gt + 1 - r.out.buf);
	proc_result_release(&r);
	return rc;
}

static const char *prefix(void *ctx, const struct proposal *p)
{
	struct branch *b = ctx;

	return subject_prefix(b->repo, b->rev, p->kind == PROPOSE_FOLD ?
			      p->wrappers[0].path : p->files[0], &b->arena);
}

int branch_make(const struct pipeline_opts *in, const struct result *r,
		const struct proposals *proposals, const char *branch,
		const char *spatch, struct err *err)
{
	struct branch b = {
		.repo = in->repo ? in->repo : ".", .rev = r->tree.revision,
	};
	struct strbuf author = STRBUF_INIT;
	struct series_opts o = {
		.result = r, .proposals = proposals, .prefix = prefix,
		.ctx = &b, .spatch = spatch,
	};
	const char **commits;
	int rc;

	if (!proposals->nr)
		return 0;	/* a branch of nothing says nothing */
	arena_init(&b.arena);
	rc = author_find(b.repo, &author, err);
	o.from = author.buf;
	if (!rc)
		rc = series_commit(b.repo, branch, &o, &b.arena, &commits,
				   err);
	arena_release(&b.arena);
	strbuf_release(&author);
	return rc;
}
