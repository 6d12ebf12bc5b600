// SPDX-License-Identifier: GPL-2.0-only
/*
 * A plain directory as a source: the files as they lie there now.
 *
 * The id of a file is the one git would give to its bytes, so that what was
 * read from a repository is found in the cache again. Symbolic links are not
 * followed, ".git" is not entered; .gitignore is not looked at, so what a
 * build left behind is read too.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "input/backend.h"

struct dir_source {
	struct source source;
	int fd;			/* of the top directory */
	char *name;
};

struct dir_reader {
	struct source_reader reader;
	struct strbuf text;	/* what the last read lent out */
};

static int top_fd(const struct source *s)
{
	return ((const struct dir_source *)s)->fd;
}

/* Directories still to be listed, by their paths. */
struct todo {
	char **paths;
	size_t nr, cap;
};

static void todo_add(struct todo *todo, const char *path)
{
	GROW(todo->paths, todo->nr, todo->cap);
	todo->paths[todo->nr++] = xstrdup(path);
}

static mode_t type_of(int fd, const struct dirent *d)
{
	struct stat st;

	if (d->d_type != DT_UNKNOWN)
		return DTTOIF(d->d_type);
	return fstatat(fd, d->d_name, &st, AT_SYMLINK_NOFOLLOW) ? 0 :
								 st.st_mode;
}

static void list_one(struct todo *todo, struct pathspec *ps,
		     struct source_list *l, const char *path, mode_t type)
{
	enum source_skip skip = SKIP_NONE;

	if (S_ISDIR(type)) {
		if (pathspec_enters(ps, path))
			todo_add(todo, path);
		return;
	}
	if (S_ISLNK(type))
		skip = SKIP_SYMLINK;
	else if (!S_ISREG(type))
		skip = SKIP_SPECIAL;
	source_offer(l, ps, path, S_ISLNK(type) ? 0120000 : 0100644, NULL,
		     skip);
}

/* False when the directory @dir ("" is the top) cannot be read to its end. */
static bool list_dir(struct todo *todo, struct pathspec *ps,
		     struct source_list *l, int top, const char *dir)
{
	int fd = openat(top, *dir ? dir : ".",
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct strbuf path = STRBUF_INIT;
	struct dirent *entry;
	bool whole;

	if (!d) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	for (errno = 0; (entry = readdir(d)); errno = 0) {
		const char *name = entry->d_name;

		if (!strcmp(name, ".") || !strcmp(name, "..") ||
		    !strcmp(name, ".git"))
			continue;
		strbuf_clear(&path);
		strbuf_addf(&path, "%s%s%s", dir, *dir ? "/" : "", name);
		list_one(todo, ps, l, path.buf, type_of(fd, entry));
	}
	whole = !errno;
	closedir(d);
	strbuf_release(&path);
	return whole;
}

static int worktree_list(struct source *s, struct pathspec *ps,
			 struct source_list *l, struct err *err)
{
	struct todo todo = { 0 };

	todo_add(&todo, "");
	while (todo.nr) {
		char *dir = todo.paths[--todo.nr];

		if (!list_dir(&todo, ps, l, top_fd(s), dir))
			source_add_unread(l, dir);
		free(dir);
	}
	free(todo.paths);
	return 0;
}

static struct source_reader *worktree_reader_new(struct source *s,
						 struct err *err)
{
	struct dir_reader *r = xcalloc(1, sizeof(*r));

	strbuf_init(&r->text);
	return &r->reader;
}

static void worktree_reader_free(struct source_reader *reader)
{
	struct dir_reader *r = (struct dir_reader *)reader;

	strbuf_release(&r->text);
	free(r);
}

/* Why the file behind @fd is not to be read. */
static enum source_skip check_file(int fd, struct stat *st)
{
	if (fstat(fd, st))
		return SKIP_UNREADABLE;
	if (!S_ISREG(st->st_mode))
		return SKIP_SPECIAL;
	if (st->st_size > 0 && (size_t)st->st_size > SOURCE_FILE_MAX)
		return SKIP_TOO_BIG;
	return SKIP_NONE;
}

/* All of @fd, which may grow meanwhile, after what @sb has. */
static enum source_skip read_fd(int fd, struct strbuf *sb)
{
	size_t before = sb->len;
	struct stat st;
	enum source_skip skip = check_file(fd, &st);
	ssize_t n = 1;

	if (skip)
		return skip;
	strbuf_reserve(sb, (size_t)st.st_size + 1);
	while (n > 0) {
		strbuf_reserve(sb, 4096);
		n = read(fd, sb->buf + sb->len, sb->cap - sb->len - 1);
		if (n < 0 && errno == EINTR) {
			n = 1;
			continue;
		}
		if (n > 0)
			sb->len += (size_t)n;
		if (sb->len - before > SOURCE_FILE_MAX)
			skip = SKIP_TOO_BIG;
		if (skip)
			break;
	}
	if (n < 0)
		skip = SKIP_UNREADABLE;
	if (skip)
		sb->len = before;
	if (sb->cap)
		sb->buf[sb->len] = '\0';
	return skip;
}

static int open_file(const struct source *s, const char *path)
{
	return openat(top_fd(s), path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
				       O_NOCTTY | O_CLOEXEC);
}

static int worktree_read(struct source_reader *reader, struct source_entry *e,
			 const char **data, size_t *len, struct err *err)
{
	struct dir_reader *r = (struct dir_reader *)reader;
	int fd = open_file(reader->source, e->path);
	enum source_skip skip;

	if (fd < 0) {
		e->skip = SKIP_UNREADABLE;
		return err_set(err, ERR_IO, "%s: %s", e->path,
			       strerror(errno));
	}
	strbuf_clear(&r->text);
	skip = read_fd(fd, &r->text);
	close(fd);
	if (skip)
		return source_skip(e, skip, ERR_IO, err);
	source_blob_oid(r->text.buf, r->text.len, e->oid);
	e->has_oid = true;
	*data = r->text.buf;
	*len = r->text.len;
	return 0;
}

static int worktree_read_file(struct source *s, const char *path,
			      struct strbuf *sb, struct err *err)
{
	int fd = open_file(s, path);
	enum source_skip skip;
	int code = ERR_IO;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_set(err, ERR_NOT_FOUND, "no file '%s' in '%s'",
			       path, s->info.name);
	if (fd < 0 && errno != ELOOP)
		return err_set(err, ERR_IO, "'%s' of '%s': %s", path,
			       s->info.name, strerror(errno));
	skip = fd < 0 ? SKIP_SPECIAL : read_fd(fd, sb);
	if (fd >= 0)
		close(fd);
	if (!skip)
		return 0;
	if (skip == SKIP_SPECIAL)
		code = ERR_FORMAT;
	else if (skip == SKIP_TOO_BIG)
		code = ERR_LIMIT;
	return err_set(err, code, "'%s' of '%s': %s", path, s->info.name,
		       source_skip_text(skip));
}

static bool worktree_has_dir(struct source *s, const char *path)
{
	struct stat st;

	return !fstatat(top_fd(s), path, &st, AT_SYMLINK_NOFOLLOW) &&
	       S_ISDIR(st.st_mode);
}

static void worktree_close(struct source *s)
{
	struct dir_source *d = (struct dir_source *)s;

	close(d->fd);
	free(d->name);
	free(d);
}

static const struct source_ops worktree_ops = {
	.list = worktree_list,
	.reader_new = worktree_reader_new,
	.reader_free = worktree_reader_free,
	.read = worktree_read,
	.read_file = worktree_read_file,
	.has_dir = worktree_has_dir,
	.close = worktree_close,
};

int source_open_dir(struct source **out, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct dir_source *d;

	if (fd < 0)
		return err_set(err, errno == EACCES ? ERR_IO : ERR_NOT_FOUND,
			       "cannot open directory '%s': %s", path,
			       strerror(errno));
	d = xcalloc(1, sizeof(*d));
	d->source.ops = &worktree_ops;
	d->fd = fd;
	d->name = xstrdup(path);
	d->source.info.name = d->name;
	d->source.info.describe = "worktree";
	memset(d->source.info.revision, '0', SOURCE_OID_HEX);
	*out = &d->source;
	return 0;
}
