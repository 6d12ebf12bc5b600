// SPDX-License-Identifier: GPL-2.0-only
/*
 * The segments in a directory: their names, and which of them go when there
 * are too many. Does not look into them.
 */
#include "input/segments.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "input/segment.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool segment_is_unfinished(const char *name)
{
	return str_starts(name, SEGMENT_TMP) && str_ends(name, SEGMENT_SUFFIX);
}

int segments_list(int dir, struct segments *names, struct err *err)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;

	memset(names, 0, sizeof(*names));
	if (!d) {
		if (fd >= 0)
			close(fd);
		return err_set(err, ERR_IO, "cannot read the cache: %s",
			       strerror(errno));
	}
	while ((e = readdir(d))) {
		if (!str_ends(e->d_name, SEGMENT_SUFFIX))
			continue;
		GROW(names->v, names->nr, names->cap);
		names->v[names->nr++] = xstrdup(e->d_name);
	}
	closedir(d);
	if (names->nr)
		qsort(names->v, names->nr, sizeof(*names->v), by_name);
	return 0;
}

void segments_release(struct segments *names)
{
	while (names->nr)
		free(names->v[--names->nr]);
	free(names->v);
}

/* A segment as eviction sees it. */
struct aged {
	const char *name;
	struct timespec used;
	size_t size;
};

static int by_age(const void *a, const void *b)
{
	const struct aged *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* All segments whose names begin with @prefix, oldest first; their names are
 * those of @names. */
static struct aged *list_aged(int dir, const char *prefix,
			      struct segments *names, size_t *nr)
{
	struct aged *v;
	size_t i;

	*nr = 0;
	if (segments_list(dir, names, NULL))
		return NULL;
	v = xcalloc(names->nr + 1, sizeof(*v));
	for (i = 0; i < names->nr; i++) {
		struct stat st;

		if (segment_is_unfinished(names->v[i]) ||
		    !str_starts(names->v[i], prefix) ||
		    fstatat(dir, names->v[i], &st, AT_SYMLINK_NOFOLLOW))
			continue;
		v[(*nr)++] = (struct aged){ names->v[i], st.st_mtim,
					    (size_t)st.st_size };
	}
	qsort(v, *nr, sizeof(*v), by_age);
	return v;
}

size_t segments_drop(int dir, const char *prefix, size_t size_max,
		     size_t nr_max)
{
	struct segments names;
	size_t nr, i, total = 0, dropped = 0;
	struct aged *v = list_aged(dir, prefix, &names, &nr);

	for (i = 0; i < nr; i++)
		total += v[i].size;
	for (i = 0; i < nr && (nr - i > nr_max || total > size_max); i++) {
		dropped += !unlinkat(dir, v[i].name, 0);
		total -= v[i].size;
	}
	free(v);
	segments_release(&names);
	return dropped;
}
