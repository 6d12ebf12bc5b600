// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small git repositories for unit tests. Everything goes through one stream of
 * fast-import, which also makes what no checkout could: submodules without a
 * repository, odd modes, odd names.
 */
#include "test/test.h"
#include "test/gitrepo.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"

/* Nothing of the user's, nothing of the machine's. */
static const char *const clean_env[] = {
	"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent",
	"GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C", "TZ=UTC", NULL,
};

static char *run(struct gitrepo *g, const char *const *argv,
		 const struct strbuf *input)
{
	struct proc_opts opts = { .dir = g->dir, .env = clean_env };
	struct proc_result r;
	struct err err = ERR_INIT;
	char *out;

	if (input) {
		opts.input = input->buf;
		opts.input_len = input->len;
	}
	if (proc_run(argv, &opts, &r, &err))
		fail_msg("%s", err.msg);
	if (r.status)
		fail_msg("git %s: %s", argv[1], r.err.buf);
	while (r.out.len && r.out.buf[r.out.len - 1] == '\n')
		r.out.buf[--r.out.len] = '\0';
	out = xstrdup(r.out.buf);
	proc_result_release(&r);
	return out;
}

void gitrepo_init(struct gitrepo *g)
{
	const char *const init[] = {
		"git", "init", "-q", "--bare", "-b", "main", "bare.git", NULL,
	};
	struct err err = ERR_INIT;
	struct strbuf path = STRBUF_INIT;

	g->dir = dir_temp("test-git", &err);
	assert_non_null(g->dir);
	strbuf_addf(&path, "%s/bare.git", g->dir);
	g->path = strbuf_detach(&path);
	strbuf_init(&g->stream);
	free(run(g, init, NULL));
}

void gitrepo_release(struct gitrepo *g)
{
	struct err err = ERR_INIT;

	assert_int_equal(dir_remove(g->dir, &err), 0);
	free(g->dir);
	free(g->path);
	strbuf_release(&g->stream);
}

void gitrepo_commit(struct gitrepo *g)
{
	strbuf_adds(&g->stream,
		    "commit refs/heads/main\n"
		    "committer A Person <a@example.org> 1577836800 +0000\n"
		    "data 4\ntext\n");
}

void gitrepo_file(struct gitrepo *g, const char *mode, const char *path,
		  const void *data, size_t len)
{
	strbuf_addf(&g->stream, "M %s inline %s\ndata %zu\n", mode, path, len);
	strbuf_add(&g->stream, data, len);
	strbuf_addc(&g->stream, '\n');
}

void gitrepo_text(struct gitrepo *g, const char *path, const char *text)
{
	gitrepo_file(g, "100644", path, text, strlen(text));
}

void gitrepo_import(struct gitrepo *g)
{
	const char *const argv[] = {
		"git", "-C", g->path, "fast-import", "--quiet", NULL,
	};

	free(run(g, argv, &g->stream));
	strbuf_clear(&g->stream);
}

char *gitrepo_git(struct gitrepo *g, const char *const *args)
{
	const char *argv[16] = { "git", "-C", g->path };
	size_t i;

	for (i = 0; args[i]; i++) {
		assert_true(i + 4 < ARRAY_SIZE(argv));
		argv[i + 3] = args[i];
	}
	return run(g, argv, NULL);
}
