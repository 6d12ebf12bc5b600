// SPDX-License-Identifier: GPL-2.0-only
/*
 * A revision in a git repository as a source: trees and blobs straight from
 * the object database, so that bare repositories do and no checkout is needed.
 *
 * Each reader has a repository handle of its own, since libgit2's are for one
 * thread. Hashes are not verified: zlib's checksum finds damage, and a SHA-1
 * of every blob would cost as much as reading it. No filters, no attributes,
 * no hooks: what is audited is what was committed.
 */
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "input/backend.h"

/* More trees than this in one revision is someone's joke. */
#define TREES_MAX (1 << 20)

/* How much of the packs is mapped at once. What is mapped counts as memory in
 * use, each byte is wanted once, and smaller windows cost no time. */
#define WINDOW		((size_t)8 << 20)
#define WINDOWS		((size_t)32 << 20)

struct git_source {
	struct source source;
	git_repository *repo;
	git_odb *odb;
	git_tree *root;
	char *gitdir, *name, *describe;
};

struct git_reader {
	struct source_reader reader;
	git_repository *repo;
	git_odb *odb;
	git_odb_object *object;	/* what the last read lent out */
};

static struct git_source *git_source(struct source *s)
{
	return (struct git_source *)s;
}

static const char *git_text(void)
{
	const git_error *e = git_error_last();

	return e && e->message && *e->message ? e->message : "unknown error";
}

/* One level of the walk. */
struct level {
	git_tree *tree;
	size_t next;		/* entry to look at */
	size_t path_len;	/* of the directory, with its '/' */
};

struct walk {
	struct git_source *s;
	struct pathspec *ps;
	struct source_list *l;
	struct strbuf path;	/* of the current entry */
	struct level *levels;
	size_t nr, cap;
	size_t nr_trees;
};

static int enter(struct walk *w, git_tree *tree, struct err *err)
{
	if (++w->nr_trees > TREES_MAX) {
		git_tree_free(tree);
		return err_set(err, ERR_LIMIT, "%s: more than %d directories",
			       w->s->name, TREES_MAX);
	}
	GROW(w->levels, w->nr, w->cap);
	w->levels[w->nr++] = (struct level){ tree, 0, w->path.len };
	return 0;
}

static int walk_directory(struct walk *w, const git_oid *oid, struct err *err)
{
	git_tree *tree;

	if (!pathspec_enters(w->ps, w->path.buf))
		return 0;
	if (git_tree_lookup(&tree, w->s->repo, oid)) {
		source_add_unread(w->l, w->path.buf);
		return 0;
	}
	strbuf_addc(&w->path, '/');
	return enter(w, tree, err);
}

static int walk_entry(struct walk *w, const git_tree_entry *entry,
		      struct err *err)
{
	const git_oid *oid = git_tree_entry_id(entry);
	git_filemode_t mode = git_tree_entry_filemode(entry);
	enum source_skip skip = SKIP_NONE;

	if (mode == GIT_FILEMODE_TREE)
		return walk_directory(w, oid, err);
	if (mode == GIT_FILEMODE_LINK)
		skip = SKIP_SYMLINK;
	else if (mode == GIT_FILEMODE_COMMIT)
		skip = SKIP_SUBMODULE;
	source_offer(w->l, w->ps, w->path.buf, mode, oid->id, skip);
	return 0;
}

static int walk_all(struct walk *w, struct err *err)
{
	while (w->nr) {
		struct level *level = &w->levels[w->nr - 1];
		const git_tree_entry *entry;
		int ret;

		w->path.len = level->path_len;
		entry = git_tree_entry_byindex(level->tree, level->next++);
		if (!entry) {
			git_tree_free(level->tree);
			w->nr--;
			continue;
		}
		strbuf_adds(&w->path, git_tree_entry_name(entry));
		ret = walk_entry(w, entry, err);
		if (ret)
			return ret;
	}
	return 0;
}

static int gittree_list(struct source *s, struct pathspec *ps,
			struct source_list *l, struct err *err)
{
	struct walk w = { git_source(s), ps, l, STRBUF_INIT };
	git_tree *root;
	int ret = -1;

	if (git_tree_dup(&root, w.s->root))
		return err_set(err, ERR_FAILED, "%s: %s", w.s->name,
			       git_text());
	ret = enter(&w, root, err);
	if (!ret)
		ret = walk_all(&w, err);
	while (w.nr)
		git_tree_free(w.levels[--w.nr].tree);
	free(w.levels);
	strbuf_release(&w.path);
	return ret;
}

static struct source_reader *gittree_reader_new(struct source *s,
						struct err *err)
{
	struct git_reader *r = xcalloc(1, sizeof(*r));

	if (git_repository_open(&r->repo, git_source(s)->gitdir) ||
	    git_repository_odb(&r->odb, r->repo)) {
		err_set(err, ERR_IO, "cannot open '%s' again: %s",
			git_source(s)->gitdir, git_text());
		git_repository_free(r->repo);
		free(r);
		return NULL;
	}
	return &r->reader;
}

static void gittree_reader_free(struct source_reader *reader)
{
	struct git_reader *r = (struct git_reader *)reader;

	git_odb_object_free(r->object);
	git_odb_free(r->odb);
	git_repository_free(r->repo);
	free(r);
}

/* The object goes to @out also when it is no blob. */
static int read_blob(git_odb *odb, const uint8_t *id, git_odb_object **out,
		     const char *path, struct err *err)
{
	git_oid oid;

	memcpy(oid.id, id, SOURCE_OID_RAW);
	if (git_odb_read(out, odb, &oid)) {
		*out = NULL;
		return err_set(err, ERR_IO, "%s: %s", path, git_text());
	}
	if (git_odb_object_type(*out) != GIT_OBJECT_BLOB)
		return err_set(err, ERR_FORMAT, "%s: its object is no blob",
			       path);
	return 0;
}

static int gittree_read(struct source_reader *reader, struct source_entry *e,
			const char **data, size_t *len, struct err *err)
{
	struct git_reader *r = (struct git_reader *)reader;
	int ret;

	git_odb_object_free(r->object);
	ret = read_blob(r->odb, e->oid, &r->object, e->path, err);
	if (ret) {
		e->skip = SKIP_UNREADABLE;
		return ret;
	}
	*data = git_odb_object_data(r->object);
	*len = git_odb_object_size(r->object);
	return 0;
}

static int gittree_read_file(struct source *s, const char *path,
			     struct strbuf *sb, struct err *err)
{
	struct git_source *g = git_source(s);
	git_odb_object *object = NULL;
	git_tree_entry *entry;
	int ret;

	if (git_tree_entry_bypath(&entry, g->root, path))
		return err_set(err, ERR_NOT_FOUND, "no file '%s' in %s", path,
			       g->name);
	if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB ||
	    git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK) {
		git_tree_entry_free(entry);
		return err_set(err, ERR_FORMAT, "'%s' of %s: %s", path,
			       g->name, source_skip_text(SKIP_SPECIAL));
	}
	ret = read_blob(g->odb, git_tree_entry_id(entry)->id, &object, path,
			err);
	git_tree_entry_free(entry);
	if (!ret && git_odb_object_size(object) > SOURCE_FILE_MAX)
		ret = err_set(err, ERR_LIMIT, "'%s' of %s: %s", path, g->name,
			      source_skip_text(SKIP_TOO_BIG));
	if (!ret)
		strbuf_add(sb, git_odb_object_data(object),
			   git_odb_object_size(object));
	git_odb_object_free(object);
	return ret;
}

static bool gittree_has_dir(struct source *s, const char *path)
{
	git_tree_entry *entry;
	bool is_dir;

	if (git_tree_entry_bypath(&entry, git_source(s)->root, path))
		return false;
	is_dir = git_tree_entry_type(entry) == GIT_OBJECT_TREE;
	git_tree_entry_free(entry);
	return is_dir;
}

static void gittree_close(struct source *s)
{
	struct git_source *g = git_source(s);

	git_tree_free(g->root);
	git_odb_free(g->odb);
	git_repository_free(g->repo);
	free(g->gitdir);
	free(g->name);
	free(g->describe);
	free(g);
	git_libgit2_shutdown();
}

static const struct source_ops gittree_ops = {
	.list = gittree_list,
	.reader_new = gittree_reader_new,
	.reader_free = gittree_reader_free,
	.read = gittree_read,
	.read_file = gittree_read_file,
	.has_dir = gittree_has_dir,
	.close = gittree_close,
};

/* "v6.1-3-g0123456789ab", or the id alone where no tag is near. */
static char *describe(git_object *commit, const char *hex)
{
	git_describe_options opts = GIT_DESCRIBE_OPTIONS_INIT;
	git_describe_format_options format = GIT_DESCRIBE_FORMAT_OPTIONS_INIT;
	git_describe_result *result = NULL;
	git_buf buf = { 0 };
	char *text = NULL;

	opts.describe_strategy = GIT_DESCRIBE_TAGS;
	format.abbreviated_size = 12;
	if (!git_describe_commit(&result, commit, &opts) &&
	    !git_describe_format(&buf, result, &format))
		text = xstrdup(buf.ptr);
	git_buf_dispose(&buf);
	git_describe_result_free(result);
	return text ? text : xstrndup(hex, 12);
}

/* What @object, which is freed, leads to: a commit's tree, or a tree. */
static int take_revision(struct git_source *g, git_object *object,
			 struct err *err)
{
	struct source_info *info = &g->source.info;
	git_object *peeled = NULL, *tree = NULL;
	bool is_commit = !git_object_peel(&peeled, object, GIT_OBJECT_COMMIT);
	int ret = 0;

	if (git_object_peel(&tree, is_commit ? peeled : object,
			    GIT_OBJECT_TREE)) {
		ret = err_set(err, ERR_FORMAT, "'%s' has no tree: %s", g->name,
			      git_text());
		goto out_free;
	}
	g->root = (git_tree *)tree;
	source_oid_hex(git_object_id(is_commit ? peeled : tree)->id,
		       info->revision);
	if (is_commit) {
		info->time = git_commit_time((git_commit *)peeled);
		g->describe = describe(peeled, info->revision);
	} else {
		g->describe = xstrndup(info->revision, 12);
	}
	if (!git_tree_entrycount(g->root))
		ret = err_set(err, ERR_NOT_FOUND, "'%s' is an empty tree",
			      g->name);
out_free:
	git_object_free(peeled);
	git_object_free(object);
	return ret;
}

static int open_repository(struct git_source *g, const char *path,
			   struct err *err)
{
	int code = git_repository_open_ext(&g->repo, path, 0, NULL);

	if (code == GIT_ENOTFOUND && access(path, F_OK))
		return err_set(err, ERR_NOT_FOUND, "no directory '%s'", path);
	if (code == GIT_ENOTFOUND)
		return err_set(err, ERR_NOT_FOUND, "'%s' is no git repository",
			       path);
	if (code == GIT_EOWNER)
		return err_set(err, ERR_IO,
			       "'%s' belongs to someone else; see safe.directory in git-config(1)",
			       path);
	if (code || git_repository_odb(&g->odb, g->repo))
		return err_set(err, ERR_FORMAT, "cannot open '%s': %s", path,
			       git_text());
	g->gitdir = xstrdup(git_repository_path(g->repo));
	return 0;
}

/* HEAD names a branch that is not there: nothing is, or all is elsewhere. */
static int no_head(struct git_source *g, const char *path, struct err *err)
{
	git_strarray refs = { NULL, 0 };
	bool empty = git_reference_list(&refs, g->repo) || !refs.count;

	git_strarray_dispose(&refs);
	return empty ? err_set(err, ERR_NOT_FOUND, "'%s' has no commit yet",
			       path) :
		       err_set(err, ERR_NOT_FOUND, "no commit is checked out "
			       "in '%s': name a revision", path);
}

static int find_revision(struct git_source *g, const char *path,
			 struct err *err)
{
	git_object *object;
	int code = git_revparse_single(&object, g->repo, g->name);

	if (!code)
		return take_revision(g, object, err);
	if (git_repository_head_unborn(g->repo) == 1 &&
	    !strcmp(g->name, "HEAD"))
		return no_head(g, path, err);
	if (code == GIT_EAMBIGUOUS)
		return err_set(err, ERR_NOT_FOUND, "'%s' is ambiguous in '%s'",
			       g->name, path);
	return err_set(err, ERR_NOT_FOUND, "no revision '%s' in '%s'",
		       g->name, path);
}

int source_open_git(struct source **out, const char *path, const char *rev,
		    struct err *err)
{
	struct git_source *g = xcalloc(1, sizeof(*g));
	int ret;

	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, WINDOW);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, WINDOWS);
	g->source.ops = &gittree_ops;
	g->name = xstrdup(rev ? rev : "HEAD");
	ret = open_repository(g, path, err);
	if (!ret)
		ret = find_revision(g, path, err);
	g->source.info.name = g->name;
	g->source.info.describe = g->describe;
	if (ret) {
		gittree_close(&g->source);
		return ret;
	}
	*out = &g->source;
	return 0;
}
