// SPDX-License-Identifier: GPL-2.0-only
/*
 * The subject prefix of a file: what most of its last commits begin with, or
 * a guess from its path.
 */
#include "cmd/prefix.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/proc.h"
#include "base/str.h"

#define LOOK_AT		"40"	/* commits */
#define ENOUGH		3
#define LONGEST		40	/* bytes of a prefix */

struct vote {
	const char *text;
	size_t len;
	unsigned int nr;
};

/* Up to the last ": " near the front; 0: the subject has none. */
static size_t prefix_len(const char *s, size_t n)
{
	size_t i, len = 0;

	for (i = 0; i + 1 < n && i <= LONGEST; i++)
		if (s[i] == ':' && s[i + 1] == ' ')
			len = i;
	return len;
}

static bool is_usual(const char *s, size_t n)
{
	return n && memcmp(s, "Revert", n < 6 ? n : 6) &&
	       memcmp(s, "Merge", n < 5 ? n : 5);
}

static const char *by_history(const char *log, struct arena *a)
{
	struct vote v[64], *best = NULL;
	size_t nr = 0, i;
	char *out;

	while (*log) {
		size_t n = strcspn(log, "\n"), len = prefix_len(log, n);

		for (i = 0; i < nr; i++)
			if (v[i].len == len && !memcmp(v[i].text, log, len))
				break;
		if (is_usual(log, len) && i < ARRAY_SIZE(v)) {
			if (i == nr)
				v[nr++] = (struct vote){ log, len, 0 };
			v[i].nr++;
			if (!best || v[i].nr > best->nr)
				best = &v[i];
		}
		log += n + (log[n] == '\n');
	}
	if (!best || best->nr < ENOUGH)
		return NULL;
	out = arena_alloc(a, best->len + 1);
	memcpy(out, best->text, best->len);
	out[best->len] = '\0';
	return out;
}

/* fs/ext4/inode.c: ext4; mm/slub.c: mm; drivers/md/dm-crypt.c: md. */
static const char *by_path(const char *path, struct arena *a)
{
	const char *last = strrchr(path, '/');
	const char *p = path;
	char *out;

	if (!last)
		return "";
	if (str_starts(p, "fs/") || str_starts(p, "drivers/") ||
	    str_starts(p, "net/") || str_starts(p, "include/"))
		p = strchr(p, '/') + 1;
	if (p > last)		/* right below: fs/inode.c */
		p = path;
	out = arena_alloc(a, last - p + 3);
	memcpy(out, p, last - p);
	out[last - p] = '\0';
	for (p = strchr(out, '/'); p; p = strchr(out, '/')) {
		memmove((char *)p + 2, p + 1, strlen(p));
		memcpy((char *)p, ": ", 2);
		break;		/* two levels are enough */
	}
	return out;
}

const char *subject_prefix(const char *repo, const char *rev,
			   const char *path, struct arena *a)
{
	const char *argv[] = { "git", "-C", repo, "log", "-n", LOOK_AT,
			       "--no-merges", "--format=%s", rev, "--", path,
			       NULL };
	struct proc_opts o = { .wall_seconds = 20 };
	struct proc_result r = { 0 };
	const char *found = NULL;

	if (repo) {
		if (!proc_run(argv, &o, &r, NULL) && !r.status)
			found = by_history(r.out.buf, a);
		proc_result_release(&r);
	}
	return found ? found : by_path(path, a);
}
