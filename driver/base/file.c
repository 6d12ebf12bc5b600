// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files: whole reads, directories of our own, and writes that appear complete
 * or not at all. Something that is no regular file (a terminal, a pipe,
 * /dev/null) is written to directly: there is nothing to rename over.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static int io_error(struct err *err, const char *what, const char *path)
{
	int code = errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_IO;

	return err_set(err, code, "cannot %s '%s': %s", what, path,
		       strerror(errno));
}

static int read_all(int fd, const char *path, size_t limit, struct strbuf *sb,
		    struct err *err)
{
	size_t before = sb->len;

	for (;;) {
		ssize_t n;

		strbuf_reserve(sb, 65536);
		n = read(fd, sb->buf + sb->len, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return io_error(err, "read", path);
		if (n == 0)
			return 0;
		sb->len += (size_t)n;
		sb->buf[sb->len] = '\0';
		if (limit && sb->len - before > limit)
			return err_set(err, ERR_LIMIT,
				       "'%s' is larger than %zu bytes", path,
				       limit);
	}
}

int file_read(const char *path, size_t limit, struct strbuf *sb,
	      struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t before = sb->len;
	struct stat st;
	int ret;

	if (fd < 0)
		return io_error(err, "open", path);
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    (!limit || (size_t)st.st_size <= limit))
		strbuf_reserve(sb, (size_t)st.st_size + 65536);
	ret = read_all(fd, path, limit, sb, err);
	close(fd);
	if (ret) {
		sb->len = before;
		if (sb->cap)
			sb->buf[before] = '\0';
	}
	return ret;
}

static int make_one(const char *path, struct err *err)
{
	struct stat st;

	if (!mkdir(path, 0777) || (errno == EEXIST && !stat(path, &st) &&
				   S_ISDIR(st.st_mode)))
		return 0;
	return err_set(err, ERR_IO, "cannot make directory '%s': %s", path,
		       strerror(errno));
}

int dir_make(const char *path, struct err *err)
{
	char *copy = xstrdup(path);
	char *p = copy;
	int ret = 0;

	while (!ret && (p = strchr(p + 1, '/'))) {
		*p = '\0';
		ret = make_one(copy, err);
		*p = '/';
		while (p[1] == '/')
			p++;
	}
	if (!ret)
		ret = make_one(copy, err);
	free(copy);
	return ret;
}

static int remove_entry(const char *path, const struct stat *st, int type,
			struct FTW *ftw)
{
	return remove(path);
}

int dir_remove(const char *path, struct err *err)
{
	struct stat st;

	if (lstat(path, &st))
		return errno == ENOENT ? 0 : io_error(err, "remove", path);
	if (!S_ISDIR(st.st_mode))
		return err_set(err, ERR_IO, "cannot remove '%s': no directory",
			       path);
	if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT))
		return io_error(err, "remove", path);
	return 0;
}

char *dir_temp(const char *prefix, struct err *err)
{
	const char *parent = getenv("TMPDIR");
	struct strbuf sb = STRBUF_INIT;

	if (!parent || !*parent)
		parent = "/tmp";
	strbuf_addf(&sb, "%s/%s-XXXXXX", parent, prefix);
	if (!mkdtemp(sb.buf)) {
		err_set(err, ERR_IO, "cannot make a directory in '%s': %s",
			parent, strerror(errno));
		strbuf_release(&sb);
		return NULL;
	}
	return strbuf_detach(&sb);
}

/* The name that a write to @path replaces: symbolic links are followed. */
static char *final_name(const char *path)
{
	char *real = realpath(path, NULL);

	return real ? real : xstrdup(path);
}

static int open_temporary(struct outfile *o)
{
	int tries, fd = -1;

	for (tries = 0; fd < 0 && tries < 16; tries++) {
		struct strbuf sb = STRBUF_INIT;
		uint64_t nonce;

		if (getrandom(&nonce, sizeof(nonce), 0) != sizeof(nonce))
			return -1;
		strbuf_addf(&sb, "%s.%016llx.tmp", o->path,
			    (unsigned long long)nonce);
		fd = open(sb.buf, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  0666);
		if (fd < 0 && errno != EEXIST) {
			strbuf_release(&sb);
			return -1;
		}
		if (fd >= 0)
			o->tmp = strbuf_detach(&sb);
		strbuf_release(&sb);
	}
	return fd;
}

int outfile_open(struct outfile *o, const char *path, struct err *err)
{
	struct stat st;
	int fd;

	memset(o, 0, sizeof(*o));
	if (!strcmp(path, "-")) {
		o->f = stdout;
		return 0;
	}
	o->path = final_name(path);
	if (!stat(o->path, &st) && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		fd = -1;
	} else if (!stat(o->path, &st) && !S_ISREG(st.st_mode)) {
		fd = open(o->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	} else {
		fd = open_temporary(o);
	}
	if (fd >= 0)
		o->f = fdopen(fd, "w");
	if (o->f)
		return 0;
	err_set(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	outfile_abort(o);
	return ERR_IO;
}

/* Flush and close; errno tells what failed. */
static int finish(struct outfile *o)
{
	int failed = fflush(o->f) || ferror(o->f);

	if (o->f == stdout) {
		o->f = NULL;
		return failed;
	}
	if (!failed && o->tmp && fsync(fileno(o->f)) && errno != EINVAL)
		failed = 1;
	if (fclose(o->f))
		failed = 1;
	o->f = NULL;
	return failed;
}

int outfile_commit(struct outfile *o, struct err *err)
{
	int ret = 0;

	if (!o->f)
		BUG("commit of an output that is not open");
	errno = 0;
	if (finish(o) || (o->tmp && rename(o->tmp, o->path)))
		ret = err_set(err, ERR_IO, "cannot write %s%s%s: %s",
			      o->path ? "'" : "",
			      o->path ? o->path : "standard output",
			      o->path ? "'" : "",
			      errno ? strerror(errno) : "write error");
	if (!ret) {
		free(o->tmp);
		o->tmp = NULL;
	}
	outfile_abort(o);
	return ret;
}

void outfile_abort(struct outfile *o)
{
	if (o->f && o->f != stdout)
		fclose(o->f);
	if (o->tmp)
		unlink(o->tmp);
	free(o->tmp);
	free(o->path);
	memset(o, 0, sizeof(*o));
}

int file_put(const char *path, const void *data, size_t len,
	     struct err *err)
{
	/* a new one, whatever was left there */
	FILE *f = unlink(path) && errno != ENOENT ? NULL : fopen(path, "wxe");
	bool failed = !f || (len && fwrite(data, 1, len, f) != len);

	if (f && fclose(f))
		failed = true;
	return failed ? err_set(err, ERR_IO, "cannot write '%s': %s", path,
				strerror(errno)) : 0;
}

int file_write(const char *path, const void *data, size_t len,
	       struct err *err)
{
	struct outfile o;
	int ret = outfile_open(&o, path, err);

	if (ret)
		return ret;
	if (len && fwrite(data, 1, len, o.f) != len) {
		ret = err_set(err, ERR_IO, "cannot write '%s': %s", path,
			      strerror(errno));
		outfile_abort(&o);
		return ret;
	}
	return outfile_commit(&o, err);
}
