/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small git repositories for unit tests, made by git fast-import.
 */
#ifndef TEST_GITREPO_H
#define TEST_GITREPO_H

#include "base/str.h"

/* A place that is removed with all in it. */
struct gitrepo {
	char *dir;		/* private, holds "bare.git" */
	char *path;		/* of the bare repository */
	struct strbuf stream;	/* for fast-import */
};

void gitrepo_init(struct gitrepo *g);
void gitrepo_release(struct gitrepo *g);

/* Start a commit on refs/heads/main, at 2020-01-01 00:00:00 UTC. */
void gitrepo_commit(struct gitrepo *g);
/* A file in it. @mode as fast-import writes it: "100644", "120000". */
void gitrepo_file(struct gitrepo *g, const char *mode, const char *path,
		  const void *data, size_t len);
void gitrepo_text(struct gitrepo *g, const char *path, const char *text);
/* Run fast-import on what was collected. */
void gitrepo_import(struct gitrepo *g);
/* Run git on the repository; its stdout without the last newline, to be
 * freed. Fails the test when git does. */
char *gitrepo_git(struct gitrepo *g, const char *const *args);

#define GITREPO_GIT(g, ...) \
	gitrepo_git((g), (const char *const[]){ __VA_ARGS__, NULL })

#endif
