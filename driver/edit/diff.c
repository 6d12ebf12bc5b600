// SPDX-License-Identifier: GPL-2.0-only
/*
 * Old and new contents go in, a diff comes out; and a diff with a tree goes
 * in, whether it applies comes out.
 *
 * Both are git's own work, as a child process: only git is git to the byte,
 * with its heuristics where hunks slide and its names of functions behind @@.
 * A library would have to be kept equal to it. The child sees no
 * configuration but what is given here.
 */
#include "edit/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"

struct git_env {
	struct strbuf path, index, ceiling;
	const char *env[9];
};

static void git_env_init(struct git_env *e, const char *index,
			 const char *ceiling)
{
	const char *path = getenv("PATH");
	size_t n = 0;

	strbuf_init(&e->path);
	strbuf_init(&e->index);
	strbuf_init(&e->ceiling);
	strbuf_addf(&e->path, "PATH=%s", path ? path : "/usr/bin:/bin");
	e->env[n++] = e->path.buf;
	e->env[n++] = "HOME=/nonexistent";
	e->env[n++] = "LC_ALL=C";
	e->env[n++] = "GIT_CONFIG_NOSYSTEM=1";
	e->env[n++] = "GIT_CONFIG_GLOBAL=/dev/null";
	e->env[n++] = "GIT_OPTIONAL_LOCKS=0";
	if (index) {
		strbuf_addf(&e->index, "GIT_INDEX_FILE=%s", index);
		e->env[n++] = e->index.buf;
	}
	if (ceiling) {
		strbuf_addf(&e->ceiling, "GIT_CEILING_DIRECTORIES=%s",
			    ceiling);
		e->env[n++] = e->ceiling.buf;
	}
	e->env[n] = NULL;
}

static void git_env_release(struct git_env *e)
{
	strbuf_release(&e->path);
	strbuf_release(&e->index);
	strbuf_release(&e->ceiling);
}

/* dir/side/path with all directories on the way. */
static int put_file(const char *dir, char side, const char *path,
		    const char *data, size_t len, struct err *err)
{
	struct strbuf name = STRBUF_INIT;
	char *slash;
	int ret;

	strbuf_addf(&name, "%s/%c/%s", dir, side, path);
	slash = strrchr(name.buf, '/');
	*slash = '\0';
	ret = dir_make(name.buf, err);
	*slash = '/';
	if (!ret)
		ret = file_write(name.buf, data, len, err);
	strbuf_release(&name);
	return ret;
}

static int put_attributes(const char *dir, const char *attributes,
			  struct err *err)
{
	struct strbuf name = STRBUF_INIT;
	int ret;

	strbuf_addf(&name, "%s/attributes", dir);
	ret = file_write(name.buf, attributes, strlen(attributes), err);
	strbuf_release(&name);
	return ret;
}

static int run_diff(const char *dir, struct strbuf *out, struct err *err)
{
	const char *argv[] = {
		"git", "-c", "core.attributesFile=attributes",
		"-c", "core.quotePath=true", "diff", "--no-index",
		"--no-color", "--no-ext-diff", "--no-textconv", "--no-renames",
		"--abbrev=12", "--no-prefix", "--diff-algorithm=myers",
		"--indent-heuristic", "-U3", "a", "b", NULL,
	};
	struct proc_result r = { 0 };
	struct git_env e;
	struct proc_opts o = { .dir = dir, .wall_seconds = 60 };
	int ret;

	git_env_init(&e, NULL, dir);
	o.env = e.env;
	ret = proc_run(argv, &o, &r, err);
	if (!ret && r.status != 0 && r.status != 1)
		ret = err_set(err, ERR_FAILED, "git diff: %.*s",
			      (int)strcspn(r.err.buf, "\n"), r.err.buf);
	if (!ret)
		strbuf_add(out, r.out.buf, r.out.len);
	git_env_release(&e);
	proc_result_release(&r);
	return ret;
}

int diff_make(const char *dir, const char *attributes,
	      const struct diff_file *files, size_t nr, struct strbuf *out,
	      struct err *err)
{
	struct strbuf sub = STRBUF_INIT;
	size_t i;
	int ret;

	strbuf_addf(&sub, "%s/diff", dir);
	ret = dir_make(sub.buf, err);
	if (!ret)
		ret = put_attributes(sub.buf, attributes, err);
	for (i = 0; i < nr && !ret; i++) {
		const struct diff_file *f = &files[i];

		ret = put_file(sub.buf, 'a', f->path, f->old, f->old_len, err);
		if (!ret)
			ret = put_file(sub.buf, 'b', f->path, f->new,
				       f->new_len, err);
	}
	if (!ret)
		ret = run_diff(sub.buf, out, err);
	dir_remove(sub.buf, NULL);
	strbuf_release(&sub);
	return ret;
}

int applier_init(struct applier *a, const char *repo, const char *rev,
		 const char *worktree, const char *dir, struct err *err)
{
	const char *argv[] = { "git", "-c", "safe.directory=*", "-C", repo,
			       "read-tree", rev, NULL };
	struct strbuf index = STRBUF_INIT;
	struct proc_result r = { 0 };
	struct proc_opts o = { .wall_seconds = 120 };
	struct git_env e;
	int ret;

	*a = (struct applier){ .repo = repo, .rev = rev,
			       .worktree = worktree };
	if (!repo || worktree)
		return 0;
	strbuf_addf(&index, "%s/index", dir);
	git_env_init(&e, index.buf, NULL);
	o.env = e.env;
	ret = proc_run(argv, &o, &r, err);
	if (!ret && r.status)
		ret = err_set(err, ERR_FAILED, "git read-tree: %.*s",
			      (int)strcspn(r.err.buf, "\n"), r.err.buf);
	git_env_release(&e);
	proc_result_release(&r);
	a->index = strbuf_detach(&index);
	return ret;
}

void applier_release(struct applier *a)
{
	free(a->index);
	a->index = NULL;
}

int applier_check(const struct applier *a, const char *diff, size_t len,
		  struct err *err)
{
	const char *cached[] = { "git", "-c", "safe.directory=*", "-C", a->repo, "apply", "--cached",
				 "--check", "-", NULL };
	const char *plain[] = { "git", "apply", "--check", "-", NULL };
	struct proc_opts o = {
		.dir = a->worktree, .input = diff, .input_len = len,
		.wall_seconds = 60,
	};
	struct proc_result r = { 0 };
	struct git_env e;
	int ret;

	git_env_init(&e, a->index, a->worktree ? "/" : NULL);
	o.env = e.env;
	ret = proc_run(a->worktree ? plain : cached, &o, &r, err);
	if (!ret && r.status)
		ret = err_set(err, ERR_FAILED, "git apply: %.*s",
			      (int)strcspn(r.err.buf, "\n"), r.err.buf);
	git_env_release(&e);
	proc_result_release(&r);
	return ret;
}
