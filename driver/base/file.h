/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files: whole reads, and writes that appear complete or not at all.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdio.h>

#include "base/err.h"
#include "base/str.h"

/** file_read() - append the whole of @path to @sb. Limit in bytes, 0: none. */
int file_read(const char *path, size_t limit, struct strbuf *sb,
	      struct err *err);

/** dir_make() - mkdir -p. */
int dir_make(const char *path, struct err *err);

/** dir_remove() - rm -r of a directory that we made; missing is fine. */
int dir_remove(const char *path, struct err *err);

/** dir_temp() - a new private directory; the caller frees and removes it. */
char *dir_temp(const char *prefix, struct err *err);

/* An output that is renamed into place by outfile_commit(). "-" is stdout. */
struct outfile {
	FILE *f;	/* write here */
	char *path;	/* final name, NULL for stdout */
	char *tmp;	/* temporary name beside it */
};

int outfile_open(struct outfile *o, const char *path, struct err *err);
/** outfile_commit() - flush, check, fsync, rename. On failure nothing stays. */
int outfile_commit(struct outfile *o, struct err *err);
/** outfile_abort() - drop what was written; harmless after a commit. */
void outfile_abort(struct outfile *o);

/** file_write() - the three above for one buffer. */
int file_write(const char *path, const void *data, size_t len,
	       struct err *err);

/** file_put() - the same in a directory of our own, where nobody looks at it
 * before it is whole and nothing is to outlive us: no other name, no fsync. */
int file_put(const char *path, const void *data, size_t len,
	     struct err *err);

#endif
