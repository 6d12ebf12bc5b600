// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the directory that has cocci/ and reports/, from the environment, from
 * the place of the running program, or where it was to be installed. Does not
 * look into what it finds.
 */
#include "base/datadir.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#ifndef GFPSCOPE_DATADIR
#define GFPSCOPE_DATADIR "/usr/local/share/gfpscope"
#endif

static bool is_datadir(const char *path)
{
	struct strbuf sb = STRBUF_INIT;
	struct stat st;
	bool found;

	strbuf_addf(&sb, "%s/cocci", path);
	found = !stat(sb.buf, &st) && S_ISDIR(st.st_mode);
	strbuf_release(&sb);
	return found;
}

/* The directory of the running program, without a slash at its end. */
static char *program_dir(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	slash = strrchr(path, '/');
	return slash ? xstrndup(path, (size_t)(slash - path)) : NULL;
}

static char *beside_program(void)
{
	static const char *const where[] = { "/..", "/../share/gfpscope" };
	char *dir = program_dir(), *found = NULL;
	size_t i;

	for (i = 0; dir && !found && i < ARRAY_SIZE(where); i++) {
		struct strbuf sb = STRBUF_INIT;

		strbuf_addf(&sb, "%s%s", dir, where[i]);
		if (is_datadir(sb.buf))
			found = realpath(sb.buf, NULL);
		strbuf_release(&sb);
	}
	free(dir);
	return found;
}

char *datadir_find(struct err *err)
{
	const char *env = getenv("GFPSCOPE_DATA");
	char *found;

	if (env && *env) {
		if (is_datadir(env))
			return xstrdup(env);
		err_set(err, ERR_NOT_FOUND,
			"GFPSCOPE_DATA is '%s', which has no cocci/", env);
		return NULL;
	}
	found = beside_program();
	if (found)
		return found;
	if (is_datadir(GFPSCOPE_DATADIR))
		return xstrdup(GFPSCOPE_DATADIR);
	err_set(err, ERR_NOT_FOUND,
		"cannot find the program's data (no cocci/ beside the program or in '%s'); set GFPSCOPE_DATA",
		GFPSCOPE_DATADIR);
	return NULL;
}
