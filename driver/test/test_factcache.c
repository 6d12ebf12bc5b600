// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cache: what comes back is what was put in, or nothing. Writers are
 * killed, bytes flipped, files cut off, two writers run at once.
 */
#include "test/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/workers.h"
#include "input/factcache.h"

struct place {
	char *dir;		/* of the cache */
	struct err err;
};

static int setup(void **state)
{
	struct place *p = xcalloc(1, sizeof(*p));

	p->dir = dir_temp("test-cache", &p->err);
	*state = p;
	return p->dir ? 0 : -1;
}

static int teardown(void **state)
{
	struct place *p = *state;
	int ret = dir_remove(p->dir, &p->err);

	err_clear(&p->err);
	free(p->dir);
	free(p);
	return ret;
}

/* The bytes of record @n, and its key: both follow from the number alone. */
struct record {
	uint8_t key[20];
	size_t len;
	uint8_t bytes[4096];
};

static void make_record(struct record *r, uint32_t n)
{
	uint32_t x = n * 2654435761u + 1;
	size_t i;

	for (i = 0; i < sizeof(r->key); i++) {
		x = x * 1664525u + 1013904223u;
		r->key[i] = (uint8_t)(x >> 24);
	}
	r->len = x % sizeof(r->bytes);
	for (i = 0; i < r->len; i++) {
		x = x * 1664525u + 1013904223u;
		r->bytes[i] = (uint8_t)(x >> 24);
	}
}

static struct factcache *open_cache(struct place *p)
{
	struct factcache *c = factcache_open(p->dir, "reader 1", &p->err);

	assert_non_null(c);
	return c;
}

static void put_records(struct factcache *c, uint32_t first, uint32_t end)
{
	struct record r;

	for (; first < end; first++) {
		make_record(&r, first);
		factcache_put(c, r.key, r.bytes, r.len);
	}
}

/* How many of the records are there; what is there must be right. */
static size_t count_records(struct factcache *c, uint32_t first, uint32_t end)
{
	size_t found = 0, len;
	const void *data;
	struct record r;

	for (; first < end; first++) {
		make_record(&r, first);
		if (!factcache_get(c, r.key, &data, &len))
			continue;
		assert_int_equal((uintptr_t)data % 8, 0);
		assert_int_equal(len, r.len);
		assert_memory_equal(data, r.bytes, len);
		found++;
	}
	return found;
}

static void write_segment(struct place *p, uint32_t first, uint32_t end)
{
	struct factcache *c = open_cache(p);
	struct factcache_stats stats;

	put_records(c, first, end);
	factcache_close(c, 0, &stats);
	assert_int_equal(stats.written, end - first);
}

static struct factcache_info inspect(struct place *p)
{
	struct factcache_info info;

	if (factcache_inspect(p->dir, true, NULL, &info, &p->err))
		fail_msg("%s", p->err.msg);
	return info;
}

/* The path of the only file of the cache. */
static char *only_file(struct place *p)
{
	struct strbuf sb = STRBUF_INIT;
	DIR *d = opendir(p->dir);
	struct dirent *e;

	assert_non_null(d);
	while ((e = readdir(d)))
		if (e->d_name[0] != '.')
			strbuf_addf(&sb, "%s/%s", p->dir, e->d_name);
	closedir(d);
	return strbuf_detach(&sb);
}

static void test_round_trip(void **state)
{
	struct place *p = *state;
	struct factcache *c = open_cache(p);
	struct factcache_stats stats;
	struct record r;

	assert_int_equal(count_records(c, 0, 10), 0);
	put_records(c, 0, 100);
	put_records(c, 0, 100);
	assert_int_equal(count_records(c, 0, 10), 0);
	factcache_close(c, 0, &stats);
	assert_int_equal(stats.written, 100);
	assert_int_equal(stats.hits, 0);
	assert_int_equal(stats.misses, 20);

	c = open_cache(p);
	assert_int_equal(count_records(c, 0, 200), 100);
	make_record(&r, 7);
	factcache_put(c, r.key, "newer", 5);
	factcache_close(c, 0, &stats);
	assert_int_equal(stats.hits, 100);
	assert_int_equal(stats.damaged + stats.evicted, 0);

	c = factcache_open(p->dir, "reader 2", &p->err);
	assert_int_equal(count_records(c, 0, 200), 0);
	factcache_close(c, 0, NULL);
	assert_int_equal(inspect(p).segments, 2);
}

static void test_newest_wins(void **state)
{
	struct place *p = *state;
	struct factcache *c;
	const void *data;
	struct record r;
	size_t len;
	int i;

	make_record(&r, 1);
	for (i = 0; i < 5; i++) {
		c = open_cache(p);
		factcache_put(c, r.key, &"abcde"[i], 1);
		factcache_close(c, 0, NULL);
	}
	c = open_cache(p);
	assert_true(factcache_get(c, r.key, &data, &len));
	assert_memory_equal(data, "e", 1);
	/* The same first bytes are not the same key. */
	r.key[19] ^= 1;
	assert_false(factcache_get(c, r.key, &data, &len));
	factcache_close(c, 0, NULL);
}

static void test_sizes(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 8, (1 << 20) - 72, 5 << 20 };
	struct place *p = *state;
	struct factcache *c = open_cache(p);
	char *bytes = xcalloc(1, 5 << 20);
	uint8_t key[20] = { 0 };
	const void *data;
	size_t i, len;

	memset(bytes, 'x', 5 << 20);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		key[0] = (uint8_t)i;
		factcache_put(c, key, bytes, sizes[i]);
	}
	factcache_close(c, 0, NULL);
	c = open_cache(p);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		key[0] = (uint8_t)i;
		assert_true(factcache_get(c, key, &data, &len));
		assert_int_equal(len, sizes[i]);
		assert_int_equal((uintptr_t)data % 8, 0);
		assert_int_equal(memcmp(data, bytes, len), 0);
	}
	factcache_close(c, 0, NULL);
	free(bytes);
}

/* A segment that is full is closed, and the next one begins. */
static void test_many_segments(void **state)
{
	struct place *p = *state;
	struct factcache *c = open_cache(p);
	char *bytes = xcalloc(1, 20 << 20);
	uint8_t key[20] = { 0 };
	struct factcache_info info;

	for (key[0] = 0; key[0] < 8; key[0]++)
		factcache_put(c, key, bytes, 20 << 20);
	factcache_close(c, 0, NULL);
	free(bytes);
	info = inspect(p);
	assert_int_equal(info.segments, 2);
	assert_int_equal(info.records, 8);
}

/* Put @len bytes in place of the cache's only file; the old file stays with
 * who has it open. */
static void replace(const char *path, const void *bytes, size_t len)
{
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

static void test_flipped_bytes(void **state)
{
	struct place *p = *state;
	struct strbuf sb = STRBUF_INIT;
	size_t i, damaged = 0, kept = 0;
	char *path;

	write_segment(p, 40, 43);
	path = only_file(p);
	assert_int_equal(file_read(path, 0, &sb, &p->err), 0);
	for (i = 0; i < sb.len; i += i < 72 || i > sb.len - 200 ? 1 : 13) {
		struct factcache_stats stats;
		struct factcache *c;
		size_t found;

		sb.buf[i] ^= (char)(1 << i % 8);
		replace(path, sb.buf, sb.len);
		sb.buf[i] ^= (char)(1 << i % 8);
		c = open_cache(p);
		found = count_records(c, 40, 43);
		factcache_close(c, 0, &stats);
		/* All is there, or it was noticed. Fill bytes do not matter. */
		assert_true(found == 3 || stats.damaged > 0);
		damaged += found < 3;
		kept += found;
	}
	assert_true(damaged > 200);
	assert_true(kept > damaged);
	free(path);
	strbuf_release(&sb);
}

static void test_cut_off(void **state)
{
	struct place *p = *state;
	struct strbuf sb = STRBUF_INIT;
	size_t len;
	char *path;

	write_segment(p, 40, 43);
	path = only_file(p);
	assert_int_equal(file_read(path, 0, &sb, &p->err), 0);
	for (len = 0; len < sb.len; len += len < 100 ? 1 : 17) {
		struct factcache_stats stats;
		struct factcache *c;

		replace(path, sb.buf, len);
		c = open_cache(p);
		assert_int_equal(count_records(c, 40, 43), 0);
		factcache_close(c, 0, &stats);
		assert_int_equal(stats.damaged, 1);
		assert_int_equal(access(path, F_OK), -1);
	}
	free(path);
	strbuf_release(&sb);
}

/* A damaged record is written again, and the new one is used. */
static void test_repair(void **state)
{
	struct place *p = *state;
	struct factcache_stats stats;
	struct factcache_info info;
	struct strbuf sb = STRBUF_INIT;
	struct factcache *c;
	char *path;

	write_segment(p, 40, 43);
	path = only_file(p);
	assert_int_equal(file_read(path, 0, &sb, &p->err), 0);
	sb.buf[80] ^= 1;
	replace(path, sb.buf, sb.len);
	info = inspect(p);
	assert_int_equal(info.damaged_records, 1);
	assert_int_equal(info.records, 3);
	c = open_cache(p);
	assert_int_equal(count_records(c, 40, 43), 2);
	put_records(c, 40, 41);
	factcache_close(c, 0, &stats);
	assert_int_equal(stats.damaged, 1);
	c = open_cache(p);
	assert_int_equal(count_records(c, 40, 43), 3);
	factcache_close(c, 0, &stats);
	assert_int_equal(stats.damaged, 0);
	free(path);
	strbuf_release(&sb);
}

/* A process that fills the cache @rounds times; 0: without end. */
static pid_t start_writer(struct place *p, uint32_t first, int rounds)
{
	pid_t pid = fork();
	int i;

	assert_true(pid >= 0);
	if (pid)
		return pid;
	for (i = 0; !rounds || i < rounds; i++) {
		uint32_t n = first + 100 * (uint32_t)(i % 10);
		struct factcache *c = factcache_open(p->dir, "reader 1", NULL);

		put_records(c, n, n + 100);
		factcache_close(c, 0, NULL);
	}
	_exit(0);
}

/* Make all files of the cache this many seconds older. */
static void make_older(struct place *p, long seconds)
{
	DIR *d = opendir(p->dir);
	struct timespec times[2];
	struct dirent *e;
	struct stat st;

	while ((e = readdir(d))) {
		if (fstatat(dirfd(d), e->d_name, &st, 0))
			continue;
		times[0] = times[1] = st.st_mtim;
		times[0].tv_sec -= seconds;
		times[1].tv_sec -= seconds;
		utimensat(dirfd(d), e->d_name, times, 0);
	}
	closedir(d);
}

static void test_killed_writers(void **state)
{
	struct place *p = *state;
	size_t unfinished = 0;
	int i, status;

	for (i = 0; i < 50; i++) {
		struct timespec wait = { 0, 1000000 + 700000 * (i % 25) };
		pid_t pid = start_writer(p, 0, 0);
		struct factcache_info info;

		nanosleep(&wait, NULL);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		info = inspect(p);
		assert_int_equal(info.damaged_segments, 0);
		assert_int_equal(info.damaged_records, 0);
		assert_int_equal(info.records % 100, 0);
		unfinished = info.unfinished;
		if (i % 10 == 9) {
			struct factcache *c = open_cache(p);
			struct factcache_stats stats;

			count_records(c, 0, 1000);
			factcache_close(c, 1 << 20, &stats);
			assert_int_equal(stats.damaged, 0);
		}
	}
	/* They were killed while they wrote, and it is cleared away. */
	assert_true(unfinished > 5);
	make_older(p, 120);
	factcache_close(open_cache(p), 0, NULL);
	assert_int_equal(inspect(p).unfinished, 0);
}

static void test_two_writers(void **state)
{
	struct place *p = *state;
	pid_t a = start_writer(p, 0, 10), b = start_writer(p, 500, 10);
	struct factcache_info info;
	struct factcache *c;
	int status;

	assert_int_equal(waitpid(a, &status, 0), a);
	assert_int_equal(status, 0);
	assert_int_equal(waitpid(b, &status, 0), b);
	assert_int_equal(status, 0);
	info = inspect(p);
	assert_int_equal(info.segments, 20);
	assert_int_equal(info.damaged_segments + info.damaged_records, 0);
	assert_int_equal(info.unfinished, 0);
	c = open_cache(p);
	assert_int_equal(count_records(c, 0, 1500), 1500);
	factcache_close(c, 0, NULL);
}

/* What was put is seen once it is settled, also what was put again. */
static void test_settle(void **state)
{
	struct place *p = *state;
	struct factcache *c = open_cache(p);
	struct record r;
	const void *data;
	size_t len;

	put_records(c, 0, 50);
	assert_int_equal(count_records(c, 0, 50), 0);
	factcache_settle(c);
	assert_int_equal(count_records(c, 0, 50), 50);
	put_records(c, 50, 60);
	factcache_settle(c);
	factcache_settle(c);
	assert_int_equal(count_records(c, 0, 70), 60);
	make_record(&r, 3);
	assert_non_null(factcache_mapping(c, r.key));
	make_record(&r, 65);
	assert_null(factcache_mapping(c, r.key));
	factcache_close(c, 0, NULL);

	c = open_cache(p);
	make_record(&r, 3);
	assert_true(factcache_put(c, r.key, "again", 5));
	factcache_settle(c);
	assert_true(factcache_get(c, r.key, &data, &len));
	assert_int_equal(len, 5);
	assert_memory_equal(data, "again", 5);
	assert_int_equal(count_records(c, 50, 60), 10);
	factcache_close(c, 0, NULL);
}

/* A segment that somebody took away meanwhile is no trouble. */
static void test_settle_nothing(void **state)
{
	struct place *p = *state;
	struct factcache *c = open_cache(p);

	put_records(c, 0, 50);
	assert_int_equal(factcache_clear(p->dir, &p->err), 0);
	factcache_settle(c);
	assert_int_equal(count_records(c, 0, 50), 0);
	factcache_close(c, 0, NULL);
	factcache_settle(NULL);
}

/* A temporary file is no leftover while its writer lives. */
static void test_living_writer(void **state)
{
	struct place *p = *state;
	struct factcache *c = open_cache(p);

	put_records(c, 0, 10);
	make_older(p, 120);
	factcache_close(open_cache(p), 0, NULL);
	assert_int_equal(inspect(p).unfinished, 1);
	factcache_close(c, 0, NULL);
	assert_int_equal(inspect(p).records, 10);
}

static void test_eviction(void **state)
{
	struct place *p = *state;
	struct factcache_stats stats;
	struct factcache *c;
	size_t bytes;
	uint32_t i;

	for (i = 0; i < 5; i++) {
		make_older(p, 7200);
		write_segment(p, 100 * i, 100 * i + 100);
	}
	bytes = inspect(p).bytes;
	/* The oldest is used: the next one goes. */
	make_older(p, 7200);
	c = open_cache(p);
	assert_int_equal(count_records(c, 0, 1), 1);
	factcache_close(c, bytes - 1, &stats);
	assert_int_equal(stats.evicted, 1);
	c = open_cache(p);
	assert_int_equal(count_records(c, 0, 100), 100);
	assert_int_equal(count_records(c, 100, 200), 0);
	assert_int_equal(count_records(c, 200, 500), 300);
	factcache_close(c, bytes / 2, &stats);
	assert_true(inspect(p).bytes <= bytes / 2);
	factcache_close(open_cache(p), 1, &stats);
	assert_int_equal(inspect(p).segments, 0);
}

static void test_no_place(void **state)
{
	struct place *p = *state;
	struct factcache_stats stats;
	struct factcache *c;
	struct record r;
	const void *data;
	size_t len;

	assert_null(factcache_open("/proc/none", "v", &p->err));
	assert_int_equal(p->err.code, ERR_IO);
	make_record(&r, 0);
	assert_false(factcache_get(NULL, r.key, &data, &len));
	factcache_put(NULL, r.key, r.bytes, r.len);
	factcache_close(NULL, 0, &stats);
	assert_int_equal(stats.hits + stats.misses + stats.written, 0);

	/* Nothing can be made in a directory that is gone. */
	c = open_cache(p);
	assert_int_equal(rmdir(p->dir), 0);
	put_records(c, 0, 10);
	factcache_close(c, 0, &stats);
	assert_int_equal(stats.written, 0);
	assert_int_equal(access(p->dir, F_OK), -1);
	assert_int_equal(factcache_inspect(p->dir, false, NULL,
					   &(struct factcache_info){ 0 },
					   &p->err), ERR_NOT_FOUND);
	assert_int_equal(factcache_clear(p->dir, &p->err), ERR_NOT_FOUND);
}

static void test_clear(void **state)
{
	struct place *p = *state;
	struct factcache_info info;
	struct factcache *c;

	write_segment(p, 0, 100);
	c = factcache_open(p->dir, "reader 2", &p->err);
	put_records(c, 0, 5);
	factcache_close(c, 0, NULL);
	info = inspect(p);
	assert_int_equal(info.records, 105);
	assert_int_equal(info.versions, 2);
	/* Who reads keeps what he has. */
	c = open_cache(p);
	assert_int_equal(factcache_clear(p->dir, &p->err), 0);
	assert_int_equal(count_records(c, 0, 100), 100);
	factcache_close(c, 0, NULL);
	assert_int_equal(inspect(p).segments, 0);
}

static void use(void *ctx, unsigned int thread, size_t first, size_t end)
{
	count_records(ctx, (uint32_t)first, (uint32_t)end);
	put_records(ctx, (uint32_t)first + 1000, (uint32_t)end + 1000);
}

static void test_threads(void **state)
{
	struct place *p = *state;
	struct factcache_stats stats;
	struct factcache *c;

	write_segment(p, 0, 1000);
	c = open_cache(p);
	workers_run(4, 1000, 7, use, c);
	factcache_close(c, 0, &stats);
	assert_int_equal(stats.hits, 1000);
	assert_int_equal(stats.written, 1000);
	c = open_cache(p);
	assert_int_equal(count_records(c, 0, 2000), 2000);
	factcache_close(c, 0, NULL);
}

static void test_default_dir(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	setenv("HOME", "/home/a", 1);
	setenv("XDG_CACHE_HOME", "/var/c", 1);
	assert_true(factcache_default_dir(&sb));
	assert_string_equal(sb.buf, "/var/c/gfpscope");
	setenv("XDG_CACHE_HOME", "relative", 1);
	strbuf_clear(&sb);
	assert_true(factcache_default_dir(&sb));
	assert_string_equal(sb.buf, "/home/a/.cache/gfpscope");
	unsetenv("XDG_CACHE_HOME");
	unsetenv("HOME");
	assert_false(factcache_default_dir(&sb));
	strbuf_release(&sb);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_round_trip),
		TEST(test_newest_wins),
		TEST(test_sizes),
		TEST(test_many_segments),
		TEST(test_flipped_bytes),
		TEST(test_cut_off),
		TEST(test_repair),
		TEST(test_killed_writers),
		TEST(test_settle),
		TEST(test_settle_nothing),
		TEST(test_two_writers),
		TEST(test_living_writer),
		TEST(test_eviction),
		TEST(test_no_place),
		TEST(test_clear),
		TEST(test_threads),
		cmocka_unit_test(test_default_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
