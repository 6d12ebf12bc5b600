// SPDX-License-Identifier: GPL-2.0-only
/*
 * Apply proposals to a work tree: by git, all of them in one go, so that a
 * failure leaves nothing half done.
 */
#include "cmd/apply.h"

#include <string.h>

#include "base/proc.h"
#include "base/str.h"

static const char *tree_of(const struct pipeline_opts *in)
{
	return in->worktree ? in->worktree : in->repo ? in->repo : ".";
}

/* Run `git -C DIR args..`, its stdout to @out. */
static int git(const struct pipeline_opts *in, const char *const *args,
	       const struct strbuf *input, struct strbuf *out,
	       struct err *err)
{
	const char *argv[16] = { "git", "-C", tree_of(in) };
	struct proc_opts o = {
		.wall_seconds = 300,
		.input = input ? input->buf : NULL,
		.input_len = input ? input->len : 0,
	};
	struct proc_result r = { 0 };
	size_t n = 3;
	int rc;

	while (*args)
		argv[n++] = *args++;
	argv[n] = NULL;
	rc = proc_run(argv, &o, &r, err);
	if (!rc && r.status)
		rc = err_set(err, ERR_FAILED, "git %s: %.*s", argv[3],
			     (int)strcspn(r.err.buf, "\n"), r.err.buf);
	if (!rc)
		strbuf_add(out, r.out.buf, r.out.len);
	proc_result_release(&r);
	return rc;
}

int apply_check_clean(const struct pipeline_opts *in, struct err *err)
{
	static const char *const args[] = {
		"status", "--porcelain", "--untracked-files=no", NULL,
	};
	struct strbuf out = STRBUF_INIT;
	int rc;

	if (in->worktree)
		return err_set(err, ERR_USAGE,
			       "--apply changes the work tree of a repository (-C), not a plain directory");
	rc = git(in, args, NULL, &out, err);
	if (!rc && out.len)
		rc = err_set(err, ERR_FAILED, "the work tree is not clean: %.*s",
			     (int)strcspn(out.buf, "\n"), out.buf);
	strbuf_release(&out);
	return rc;
}

int apply_worktree(const struct pipeline_opts *in, const struct result *r,
		   const struct proposals *p, struct err *err)
{
	static const char *const head[] = { "rev-parse", "HEAD", NULL };
	static const char *const top[] = { "rev-parse", "--show-toplevel",
					   NULL };
	static const char *const apply[] = { "apply", "-", NULL };
	struct strbuf out = STRBUF_INIT, dir = STRBUF_INIT;
	struct strbuf diffs = STRBUF_INIT;
	struct pipeline_opts at = *in;
	size_t i;
	int rc = git(in, head, NULL, &out, err);

	if (!rc && strncmp(out.buf, r->tree.revision, 40))
		rc = err_set(err, ERR_FAILED, "the work tree is at %.12s, the audit was of %.12s",
			     out.buf, r->tree.revision);
	if (!rc)
		rc = git(in, top, NULL, &dir, err);
	if (!rc) {
		dir.buf[strcspn(dir.buf, "\n")] = '\0';
		at.repo = dir.buf;
		for (i = 0; i < p->nr; i++)
			strbuf_adds(&diffs, p->v[i].diff);
		rc = diffs.len ? git(&at, apply, &diffs, &out, err) : 0;
	}
	strbuf_release(&out);
	strbuf_release(&dir);
	strbuf_release(&diffs);
	return rc;
}
