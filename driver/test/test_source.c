// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sources: which entries they list, what bytes they lend out, and that what
 * cannot be read is said and flagged, never lost.
 */
#include "test/test.h"
#include "test/gitrepo.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "input/source.h"

static int setup(void **state)
{
	struct gitrepo *g = xcalloc(1, sizeof(*g));

	gitrepo_init(g);
	*state = g;
	return 0;
}

static int teardown(void **state)
{
	gitrepo_release(*state);
	free(*state);
	return 0;
}

static struct source *open_rev(struct gitrepo *g, const char *rev)
{
	struct err err = ERR_INIT;
	struct source *s;

	if (source_open_git(&s, g->path, rev, &err))
		fail_msg("%s", err.msg);
	return s;
}

static void assert_err(struct err *err, int ret, int code, const char *text)
{
	assert_int_equal(ret, code);
	assert_int_equal(err->code, code);
	assert_null(strchr(err->msg, '\n'));
	if (!strstr(err->msg, text))
		fail_msg("'%s' does not say '%s'", err->msg, text);
	err_clear(err);
}

/* The paths of @l with one blank between. */
static void assert_paths(const struct source_list *l, const char *want)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = 0; i < l->nr; i++)
		strbuf_addf(&sb, "%s%s", i ? " " : "", l->entries[i].path);
	assert_string_equal(sb.buf, want);
	strbuf_release(&sb);
}

static void assert_listed(struct source *s, const char *const *paths,
			  size_t nr, const char *want)
{
	struct err err = ERR_INIT;
	struct source_list l;

	if (source_list(s, paths, nr, &l, &err))
		fail_msg("%s", err.msg);
	assert_paths(&l, want);
	source_list_release(&l);
}

static const char *const tree[] = {
	"a.c", "a-b.c", "a/b.c", "a/b.h", "a/c/d.c", "a0.c", "fs/x/y.c",
	"fs/x.c", "fsx/z.c", "Makefile", "fs/Kconfig", "fs/a.S", "fs/b.C",
};

static void import_tree(struct gitrepo *g)
{
	size_t i;

	gitrepo_commit(g);
	for (i = 0; i < ARRAY_SIZE(tree); i++)
		gitrepo_text(g, tree[i], tree[i]);
	gitrepo_import(g);
}

static void check_selection(struct source *s)
{
#define LISTED(want, ...) \
	assert_listed(s, (const char *const[]){ __VA_ARGS__ }, \
		      sizeof((const char *const[]){ __VA_ARGS__ }) / \
		      sizeof(char *), want)
	assert_listed(s, NULL, 0,
		      "a-b.c a.c a/b.c a/b.h a/c/d.c a0.c fs/x.c fs/x/y.c "
		      "fsx/z.c");
	LISTED("fs/x.c fs/x/y.c", "fs");
	LISTED("fs/x.c fs/x/y.c", "./fs//");
	LISTED("a/b.h fs/x.c", "fs/x.c", "a/b.h");
	LISTED("a/b.h", "*.h");
	LISTED("a/b.c a/c/d.c", "a/*.c");
	LISTED("fs/x.c fs/x/y.c fsx/z.c", "fs*");
	LISTED("a/b.c a/b.h fs/x.c fs/x/y.c fsx/z.c", "a", "fs*", ":!a/c");
	LISTED("a-b.c a.c a/b.c a/b.h a/c/d.c a0.c fsx/z.c", ":^fs");
	LISTED("a/b.c a/b.h a/c/d.c", "a/[bc]*");
#undef LISTED
}

static void test_selection(void **state)
{
	struct gitrepo *g = *state;
	struct source *s;

	import_tree(g);
	s = open_rev(g, NULL);
	check_selection(s);
	source_close(s);
}

/* The same tree as a directory gives the same list and the same ids. */
static void test_directory(void **state)
{
	struct gitrepo *g = *state;
	struct source *s, *d;
	struct source_list ls, ld;
	struct source_reader *r;
	struct err err = ERR_INIT;
	struct strbuf out = STRBUF_INIT;
	size_t i;

	import_tree(g);
	strbuf_addf(&out, "%s/out", g->dir);
	assert_int_equal(mkdir(out.buf, 0777), 0);
	free(GITREPO_GIT(g, "--work-tree", out.buf, "checkout", "-q", "-f",
			 "main"));
	s = open_rev(g, "main");
	assert_int_equal(source_open_dir(&d, out.buf, &err), 0);
	check_selection(d);
	assert_int_equal(source_list(s, NULL, 0, &ls, &err), 0);
	assert_int_equal(source_list(d, NULL, 0, &ld, &err), 0);
	r = source_reader_new(d, &err);
	for (i = 0; i < ld.nr; i++) {
		const char *data;
		size_t len;

		assert_false(ld.entries[i].has_oid);
		assert_int_equal(source_read(r, &ld.entries[i], &data, &len,
					     &err), 0);
		assert_memory_equal(ld.entries[i].oid, ls.entries[i].oid,
				    SOURCE_OID_RAW);
	}
	assert_string_equal(source_info(d)->describe, "worktree");
	assert_true(source_has_dir(d, "fs/x"));
	assert_false(source_has_dir(d, "fs/x.c"));
	source_reader_free(r);
	source_list_release(&ls);
	source_list_release(&ld);
	source_close(s);
	source_close(d);
	strbuf_release(&out);
}

static void test_revisions(void **state)
{
	struct gitrepo *g = *state;
	struct source *s;
	char *hex, *root;

	import_tree(g);
	free(GITREPO_GIT(g, "-c", "user.name=a", "-c", "user.email=a@b", "tag",
			 "-a", "-m", "t", "v1.0", "main"));
	gitrepo_commit(g);
	strbuf_adds(&g->stream, "from refs/heads/main^0\n");
	gitrepo_text(g, "new.c", "");
	gitrepo_import(g);
	hex = GITREPO_GIT(g, "rev-parse", "main");
	root = GITREPO_GIT(g, "rev-parse", "v1.0^{tree}");

	s = open_rev(g, "v1.0");
	assert_string_equal(source_info(s)->describe, "v1.0");
	assert_int_equal(source_info(s)->time, 1577836800);
	source_close(s);

	s = open_rev(g, NULL);
	assert_string_equal(source_info(s)->revision, hex);
	assert_true(str_starts(source_info(s)->describe, "v1.0-1-g"));
	source_close(s);

	s = open_rev(g, root);
	assert_string_equal(source_info(s)->revision, root);
	assert_int_equal(source_info(s)->time, 0);
	source_close(s);
	free(hex);
	free(root);
}

static void test_nothing_to_open(void **state)
{
	struct gitrepo *g = *state;
	struct err err = ERR_INIT;
	struct source *s;

#define NOT_OPEN(path, rev, code, text) \
	assert_err(&err, source_open_git(&s, path, rev, &err), code, text)
	NOT_OPEN("/nonexistent", NULL, ERR_NOT_FOUND, "no directory '/none");
	NOT_OPEN("/dev/null", NULL, ERR_NOT_FOUND, "no git repository");
	NOT_OPEN(g->path, NULL, ERR_NOT_FOUND, "no commit yet");
	gitrepo_commit(g);
	gitrepo_import(g);
	NOT_OPEN(g->path, "main", ERR_NOT_FOUND, "empty tree");
	NOT_OPEN(g->path, "v9", ERR_NOT_FOUND, "no revision 'v9'");
	NOT_OPEN(g->path, "", ERR_NOT_FOUND, "no revision ''");
	NOT_OPEN(g->path, "v1..v2", ERR_NOT_FOUND, "no revision");
	gitrepo_commit(g);
	strbuf_adds(&g->stream, "from refs/heads/main^0\n");
	gitrepo_text(g, "a.c", "int a;\n");
	gitrepo_import(g);
	NOT_OPEN(g->path, "main:a.c", ERR_FORMAT, "has no tree");
#undef NOT_OPEN
	assert_err(&err, source_open_dir(&s, "/nonexistent", &err),
		   ERR_NOT_FOUND, "cannot open directory");
}

static void test_nothing_selected(void **state)
{
	struct gitrepo *g = *state;
	struct err err = ERR_INIT;
	struct source_list l;
	struct source *s;

	import_tree(g);
	s = open_rev(g, "main");
#define NOT_LISTED(code, text, ...) \
	assert_err(&err, source_list(s, (const char *const[]){ __VA_ARGS__ }, \
				     sizeof((const char *[]){ __VA_ARGS__ }) / \
				     sizeof(char *), &l, &err), code, text)
	NOT_LISTED(ERR_NOT_FOUND, "path 'net' matches no", "fs", "net");
	NOT_LISTED(ERR_NOT_FOUND, "path 'Makefile' matches no", "Makefile");
	NOT_LISTED(ERR_NOT_FOUND, "path 'fs/x.c/y' matches", "fs/x.c/y");
	NOT_LISTED(ERR_NOT_FOUND, "path 'f' matches", "f");
	NOT_LISTED(ERR_NOT_FOUND, "no .c or .h file there", ":!a*", ":!fs*");
	NOT_LISTED(ERR_USAGE, "relative to the top", "/fs");
	NOT_LISTED(ERR_USAGE, "leaves the tree", "fs/../a");
	NOT_LISTED(ERR_USAGE, "names no path", "");
#undef NOT_LISTED
	source_close(s);
}

/* Read the entry @path and expect @skip; @err says the path. */
static void assert_skipped(struct source *s, struct source_list *l,
			   const char *path, enum source_skip skip)
{
	struct err err = ERR_INIT;
	struct source_reader *r = source_reader_new(s, &err);
	const char *data;
	size_t len, i;

	assert_non_null(r);
	for (i = 0; i < l->nr; i++)
		if (!strcmp(l->entries[i].path, path))
			break;
	if (i == l->nr)
		fail_msg("%s is not listed", path);
	assert_true(source_read(r, &l->entries[i], &data, &len, &err) < 0);
	assert_int_equal(l->entries[i].skip, skip);
	assert_true(str_starts(err.msg, path));
	assert_true(*source_skip_text(skip));
	err_clear(&err);
	source_reader_free(r);
}

static void import_odd(struct gitrepo *g)
{
	size_t big = SOURCE_FILE_MAX + 1;
	char *data = xcalloc(1, big);

	memset(data, ' ', big);
	gitrepo_commit(g);
	gitrepo_file(g, "100644", "big.c", data, big);
	gitrepo_file(g, "100644", "binary.c", "int\0a;", 6);
	gitrepo_file(g, "100755", "exec.c", "\xff\xfe\r\n", 4);
	gitrepo_file(g, "120000", "link.c", "exec.c", 6);
	gitrepo_file(g, "120000", "link", "exec.c", 6);
	gitrepo_file(g, "100644", "\"odd\\tname.c\"", "", 0);
	gitrepo_text(g, "lost.c", "gone soon");
	gitrepo_text(g, "empty.c", "");
	strbuf_adds(&g->stream,
		    "M 160000 0123456789012345678901234567890123456789 sub\n");
	gitrepo_import(g);
	free(data);
}

static void lose_object(struct gitrepo *g, const char *spec)
{
	char *hex = GITREPO_GIT(g, "rev-parse", spec);
	struct strbuf path = STRBUF_INIT;

	strbuf_addf(&path, "%s/objects/%.2s/%s", g->path, hex, hex + 2);
	assert_int_equal(unlink(path.buf), 0);
	strbuf_release(&path);
	free(hex);
}

static void test_what_is_no_text(void **state)
{
	struct gitrepo *g = *state;
	struct err err = ERR_INIT;
	struct source_list l;
	struct source_reader *r;
	struct source *s;
	const char *data;
	size_t len;

	import_odd(g);
	lose_object(g, "main:lost.c");
	s = open_rev(g, "main");
	assert_int_equal(source_list(s, NULL, 0, &l, &err), 0);
	assert_paths(&l, "big.c binary.c empty.c exec.c link.c lost.c "
		     "odd\tname.c sub");
	assert_skipped(s, &l, "big.c", SKIP_TOO_BIG);
	assert_skipped(s, &l, "binary.c", SKIP_BINARY);
	assert_skipped(s, &l, "link.c", SKIP_SYMLINK);
	assert_skipped(s, &l, "lost.c", SKIP_UNREADABLE);
	assert_skipped(s, &l, "odd\tname.c", SKIP_BAD_NAME);
	assert_skipped(s, &l, "sub", SKIP_SUBMODULE);

	r = source_reader_new(s, &err);
	assert_int_equal(source_read(r, &l.entries[2], &data, &len, &err), 0);
	assert_int_equal(len, 0);
	assert_int_equal(source_read(r, &l.entries[3], &data, &len, &err), 0);
	assert_int_equal(len, 4);
	assert_memory_equal(data, "\xff\xfe\r\n", 4);
	assert_int_equal(l.entries[3].mode, 0100755);
	source_reader_free(r);
	source_list_release(&l);
	source_close(s);
}

/* A directory whose tree object is gone is an entry of its own. */
static void test_lost_directory(void **state)
{
	struct gitrepo *g = *state;
	struct err err = ERR_INIT;
	struct source_list l;
	struct source *s;

	import_tree(g);
	lose_object(g, "main:fs/x");
	s = open_rev(g, "main");
	assert_int_equal(source_list(s, NULL, 0, &l, &err), 0);
	assert_paths(&l, "a-b.c a.c a/b.c a/b.h a/c/d.c a0.c fs/x fs/x.c "
		     "fsx/z.c");
	assert_skipped(s, &l, "fs/x", SKIP_UNREADABLE);
	source_list_release(&l);
	source_close(s);
}

static void test_odd_directory(void **state)
{
	struct gitrepo *g = *state;
	struct err err = ERR_INIT;
	struct strbuf sb = STRBUF_INIT;
	struct source_list l;
	struct source *s;

	assert_int_equal(chdir(g->dir), 0);
	assert_int_equal(mkdir("d", 0777) | mkdir("d/.git", 0777), 0);
	assert_int_equal(file_write("d/.git/x.c", "", 0, &err), 0);
	assert_int_equal(file_write("d/bin.c", "\0", 1, &err), 0);
	assert_int_equal(mkfifo("d/pipe.c", 0666), 0);
	assert_int_equal(symlink("bin.c", "d/link.c"), 0);
	assert_int_equal(symlink("/", "d/root"), 0);
	assert_int_equal(file_write("d/big.c", "", 0, &err), 0);
	assert_int_equal(truncate("d/big.c", SOURCE_FILE_MAX + 1), 0);
	assert_int_equal(source_open_dir(&s, "d", &err), 0);
	assert_int_equal(source_list(s, NULL, 0, &l, &err), 0);
	assert_paths(&l, "big.c bin.c link.c pipe.c");
	assert_skipped(s, &l, "big.c", SKIP_TOO_BIG);
	assert_skipped(s, &l, "bin.c", SKIP_BINARY);
	assert_skipped(s, &l, "link.c", SKIP_SYMLINK);
	assert_skipped(s, &l, "pipe.c", SKIP_SPECIAL);
	assert_err(&err, source_read_file(s, "link.c", &sb, &err),
		   ERR_FORMAT, "not a regular file");
	assert_err(&err, source_read_file(s, "pipe.c", &sb, &err),
		   ERR_FORMAT, "not a regular file");
	assert_err(&err, source_read_file(s, "big.c", &sb, &err),
		   ERR_LIMIT, "too big");
	assert_err(&err, source_read_file(s, "../bare.git/HEAD", &sb, &err),
		   ERR_NOT_FOUND, "no file");
	assert_int_equal(sb.len, 0);
	source_list_release(&l);
	source_close(s);
	assert_int_equal(chdir("/"), 0);
}

static void test_single_files(void **state)
{
	struct gitrepo *g = *state;
	struct err err = ERR_INIT;
	struct strbuf sb = STRBUF_INIT;
	struct source *s;

	import_tree(g);
	s = open_rev(g, "main");
	strbuf_adds(&sb, "kept ");
	assert_int_equal(source_read_file(s, "fs/Kconfig", &sb, &err), 0);
	assert_string_equal(sb.buf, "kept fs/Kconfig");
	assert_err(&err, source_read_file(s, "none", &sb, &err),
		   ERR_NOT_FOUND, "no file 'none' in main");
	assert_err(&err, source_read_file(s, "fs", &sb, &err), ERR_FORMAT,
		   "not a regular file");
	assert_err(&err, source_read_file(s, "/fs/Kconfig", &sb, &err),
		   ERR_NOT_FOUND, "no file");
	assert_true(source_has_dir(s, "fs/x"));
	assert_false(source_has_dir(s, "fs/x.c"));
	assert_false(source_has_dir(s, "net"));
	assert_false(source_has_dir(s, "fs/../a"));
	source_close(s);
	strbuf_release(&sb);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_selection),
		TEST(test_directory),
		TEST(test_revisions),
		TEST(test_nothing_to_open),
		TEST(test_nothing_selected),
		TEST(test_what_is_no_text),
		TEST(test_lost_directory),
		TEST(test_odd_directory),
		TEST(test_single_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
