// SPDX-License-Identifier: GPL-2.0-only
/*
 * What all kinds of source have in common: which entries belong to a run, in
 * which order, and which bytes are no text. The kinds are in gittree.c and
 * worktree.c.
 */
#include "input/source.h"

#include <nettle/sha1.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/backend.h"

/* Where git looks for a NUL byte to call a file binary. */
#define BINARY_HEAD 8000

static const char *const skip_texts[] = {
	[SKIP_NONE] = "",
	[SKIP_SYMLINK] = "a symbolic link",
	[SKIP_SUBMODULE] = "a submodule",
	[SKIP_SPECIAL] = "not a regular file",
	[SKIP_BAD_NAME] = "a name that no file of a kernel has",
	[SKIP_BINARY] = "binary data",
	[SKIP_TOO_BIG] = "too big",
	[SKIP_UNREADABLE] = "cannot be read",
};

const char *source_skip_text(enum source_skip skip)
{
	BUG_ON((size_t)skip >= ARRAY_SIZE(skip_texts));
	return skip_texts[skip];
}

int source_skip(struct source_entry *e, enum source_skip skip, int code,
		struct err *err)
{
	e->skip = skip;
	return err_set(err, code, "%s: %s", e->path, source_skip_text(skip));
}

const struct source_info *source_info(const struct source *s)
{
	return &s->info;
}

void source_close(struct source *s)
{
	if (s)
		s->ops->close(s);
}

void source_oid_hex(const uint8_t *oid, char out[SOURCE_OID_HEX + 1])
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < SOURCE_OID_RAW; i++) {
		out[2 * i] = digits[oid[i] >> 4];
		out[2 * i + 1] = digits[oid[i] & 15];
	}
	out[SOURCE_OID_HEX] = '\0';
}

void source_blob_oid(const void *data, size_t len, uint8_t *oid)
{
	struct sha1_ctx ctx;
	char head[32];
	int n = snprintf(head, sizeof(head), "blob %zu", len);

	sha1_init(&ctx);
	sha1_update(&ctx, (size_t)n + 1, (const uint8_t *)head);
	sha1_update(&ctx, len, data);
	sha1_digest(&ctx, SOURCE_OID_RAW, oid);
}

/* Could a path like this be written outside of where it belongs, or not be
 * printed on one line? */
static bool bad_name(const char *path)
{
	const char *p = path;

	while (*p) {
		size_t n = strcspn(p, "/");

		if (!n || (n == 1 && *p == '.') ||
		    (n == 2 && !memcmp(p, "..", 2)) ||
		    (n == 4 && !strncasecmp(p, ".git", 4)))
			return true;
		p += n;
		if (*p == '/' && !*++p)
			return true;
	}
	for (p = path; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 127)
			return true;
	return !*path;
}

static struct source_entry *append(struct source_list *l, const char *path,
				   uint32_t mode, enum source_skip skip)
{
	struct source_entry *e;

	GROW(l->entries, l->nr, l->cap);
	e = &l->entries[l->nr++];
	memset(e, 0, sizeof(*e));
	e->path = arena_strdup(&l->names, path);
	e->mode = mode;
	e->skip = skip;
	return e;
}

void source_offer(struct source_list *l, struct pathspec *ps, const char *path,
		  uint32_t mode, const uint8_t *oid, enum source_skip skip)
{
	struct source_entry *e;

	if (skip != SKIP_SUBMODULE && !str_ends(path, ".c") &&
	    !str_ends(path, ".h"))
		return;
	if (!pathspec_match(ps, path))
		return;
	if (skip == SKIP_NONE && bad_name(path))
		skip = SKIP_BAD_NAME;
	e = append(l, path, mode, skip);
	if (oid) {
		memcpy(e->oid, oid, SOURCE_OID_RAW);
		e->has_oid = true;
	}
}

void source_add_unread(struct source_list *l, const char *path)
{
	append(l, path, 0040000, SKIP_UNREADABLE);
}

static int by_path(const void *a, const void *b)
{
	const struct source_entry *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* Git's order is that of whole paths already, unless someone made the tree
 * by hand. */
static void sort_list(struct source_list *l)
{
	size_t i;

	for (i = 1; i < l->nr; i++)
		if (strcmp(l->entries[i - 1].path, l->entries[i].path) > 0)
			break;
	if (i < l->nr)
		qsort(l->entries, l->nr, sizeof(*l->entries), by_path);
}

int source_list(struct source *s, const char *const *paths, size_t nr_paths,
		struct source_list *out, struct err *err)
{
	struct pathspec ps;
	const char *missing;
	int ret;

	memset(out, 0, sizeof(*out));
	arena_init(&out->names);
	ret = pathspec_init(&ps, paths, nr_paths, err);
	if (!ret)
		ret = s->ops->list(s, &ps, out, err);
	if (ret)
		goto out_release;
	missing = pathspec_unmatched(&ps);
	if (missing)
		ret = err_set(err, ERR_NOT_FOUND,
			      "path '%s' matches no .c or .h file of %s",
			      missing, s->info.name);
	else if (!out->nr)
		ret = err_set(err, ERR_NOT_FOUND, "%s has no .c or .h file%s",
			      s->info.name, nr_paths ? " there" : "");
	else
		sort_list(out);
out_release:
	pathspec_release(&ps);
	if (ret)
		source_list_release(out);
	return ret;
}

void source_list_release(struct source_list *l)
{
	free(l->entries);
	arena_release(&l->names);
	l->entries = NULL;
	l->nr = l->cap = 0;
}

struct source_reader *source_reader_new(struct source *s, struct err *err)
{
	struct source_reader *r = s->ops->reader_new(s, err);

	if (r)
		r->source = s;
	return r;
}

void source_reader_free(struct source_reader *r)
{
	if (r)
		r->source->ops->reader_free(r);
}

int source_read(struct source_reader *r, struct source_entry *e,
		const char **data, size_t *len, struct err *err)
{
	int ret;

	if (e->skip)
		return source_skip(e, e->skip, ERR_FORMAT, err);
	ret = r->source->ops->read(r, e, data, len, err);
	if (ret)
		return ret;
	if (*len > SOURCE_FILE_MAX)
		return source_skip(e, SKIP_TOO_BIG, ERR_LIMIT, err);
	if (memchr(*data, 0, *len < BINARY_HEAD ? *len : BINARY_HEAD))
		return source_skip(e, SKIP_BINARY, ERR_FORMAT, err);
	return 0;
}

int source_read_file(struct source *s, const char *path, struct strbuf *sb,
		     struct err *err)
{
	if (bad_name(path))
		return err_set(err, ERR_NOT_FOUND, "no file '%s' in %s", path,
			       s->info.name);
	return s->ops->read_file(s, path, sb, err);
}

bool source_has_dir(struct source *s, const char *path)
{
	return !bad_name(path) && s->ops->has_dir(s, path);
}
