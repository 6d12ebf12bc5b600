// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files: whole or not at all, and never over something that is no file.
 */
#include "test/test.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

struct place {
	char *dir;
	struct err err;
	struct strbuf path;
};

static int setup(void **state)
{
	struct place *p = xcalloc(1, sizeof(*p));

	strbuf_init(&p->path);
	p->dir = dir_temp("test-file", &p->err);
	*state = p;
	return p->dir ? 0 : -1;
}

static int teardown(void **state)
{
	struct place *p = *state;
	int ret = dir_remove(p->dir, &p->err);

	err_clear(&p->err);
	strbuf_release(&p->path);
	free(p->dir);
	free(p);
	return ret;
}

static const char *in(struct place *p, const char *name)
{
	strbuf_clear(&p->path);
	strbuf_addf(&p->path, "%s/%s", p->dir, name);
	return p->path.buf;
}

static size_t nr_entries(const char *path)
{
	DIR *dir = opendir(path);
	size_t nr = 0;

	assert_non_null(dir);
	while (readdir(dir))
		nr++;
	closedir(dir);
	return nr - 2;
}

static void assert_content(struct place *p, const char *name, const char *want)
{
	struct strbuf sb = STRBUF_INIT;

	assert_int_equal(file_read(in(p, name), 0, &sb, &p->err), 0);
	assert_string_equal(sb.buf, want);
	strbuf_release(&sb);
}

static void test_write_and_read(void **state)
{
	struct place *p = *state;
	struct stat st;
	mode_t mask = umask(022);

	assert_int_equal(file_write(in(p, "a"), "one", 3, &p->err), 0);
	assert_int_equal(file_write(in(p, "a"), "two!", 4, &p->err), 0);
	umask(mask);
	assert_content(p, "a", "two!");
	assert_int_equal(nr_entries(p->dir), 1);
	assert_int_equal(stat(in(p, "a"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
}

static void test_read_limits(void **state)
{
	struct place *p = *state;
	struct strbuf sb = STRBUF_INIT;

	strbuf_adds(&sb, "before ");
	file_write(in(p, "a"), "12345", 5, &p->err);
	assert_int_equal(file_read(in(p, "a"), 4, &sb, &p->err), ERR_LIMIT);
	assert_string_equal(sb.buf, "before ");
	assert_int_equal(file_read(in(p, "a"), 5, &sb, &p->err), 0);
	assert_string_equal(sb.buf, "before 12345");
	assert_int_equal(file_read(in(p, "b"), 0, &sb, &p->err),
			 ERR_NOT_FOUND);
	assert_int_equal(file_read(p->dir, 0, &sb, &p->err), ERR_IO);
	/* Says it has no bytes, but has some. */
	strbuf_clear(&sb);
	assert_int_equal(file_read("/proc/self/stat", 0, &sb, &p->err), 0);
	assert_true(sb.len > 0);
	strbuf_release(&sb);
}

static void test_abort_leaves_nothing(void **state)
{
	struct place *p = *state;
	struct outfile o;

	file_write(in(p, "a"), "old", 3, &p->err);
	assert_int_equal(outfile_open(&o, in(p, "a"), &p->err), 0);
	fputs("new", o.f);
	fflush(o.f);
	outfile_abort(&o);
	outfile_abort(&o);
	assert_content(p, "a", "old");
	assert_int_equal(nr_entries(p->dir), 1);
}

static void test_symlink_is_followed(void **state)
{
	struct place *p = *state;
	struct stat st;

	file_write(in(p, "a"), "old", 3, &p->err);
	assert_int_equal(symlink("a", in(p, "l")), 0);
	assert_int_equal(file_write(in(p, "l"), "new", 3, &p->err), 0);
	assert_content(p, "a", "new");
	assert_int_equal(lstat(in(p, "l"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

static void test_put_follows_nothing(void **state)
{
	struct place *p = *state;

	assert_int_equal(file_write(in(p, "a"), "old", 3, &p->err), 0);
	assert_int_equal(symlink("a", in(p, "l")), 0);
	assert_int_equal(file_put(in(p, "l"), "new", 3, &p->err), 0);
	assert_int_equal(file_put(in(p, "l"), "newer", 5, &p->err), 0);
	assert_content(p, "a", "old");
	assert_content(p, "l", "newer");
	assert_int_equal(file_put(in(p, "l"), NULL, 0, &p->err), 0);
	assert_content(p, "l", "");
	assert_int_equal(file_put(in(p, "no/such"), "x", 1, &p->err), ERR_IO);
	assert_int_equal(nr_entries(p->dir), 2);
}

static void test_no_regular_file(void **state)
{
	struct place *p = *state;
	struct stat st;

	assert_int_equal(file_write("/dev/null", "x", 1, &p->err), 0);
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	assert_int_equal(file_write(p->dir, "x", 1, &p->err), ERR_IO);
	assert_int_equal(file_write(in(p, "no/such"), "x", 1, &p->err), ERR_IO);
	assert_int_equal(nr_entries(p->dir), 0);
}

static void test_full_device(void **state)
{
	struct place *p = *state;

	assert_int_equal(file_write("/dev/full", "x", 1, &p->err), ERR_IO);
	assert_non_null(strstr(p->err.msg, "/dev/full"));
}

static void test_directories(void **state)
{
	struct place *p = *state;

	assert_int_equal(dir_make(in(p, "x//y/z/"), &p->err), 0);
	assert_int_equal(dir_make(in(p, "x/y"), &p->err), 0);
	file_write(in(p, "x/y/z/f"), "", 0, &p->err);
	assert_int_equal(symlink("/", in(p, "x/root")), 0);
	assert_int_equal(dir_make(in(p, "x/y/z/f/g"), &p->err), ERR_IO);
	assert_int_equal(dir_remove(in(p, "x/y/z/f"), &p->err), ERR_IO);
	assert_int_equal(dir_remove(in(p, "x"), &p->err), 0);
	assert_int_equal(dir_remove(in(p, "x"), &p->err), 0);
	assert_int_equal(nr_entries(p->dir), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_write_and_read, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_read_limits, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_abort_leaves_nothing,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_symlink_is_followed,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_put_follows_nothing,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_regular_file, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_full_device, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_directories, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
