// SPDX-License-Identifier: GPL-2.0-only
/*
 * Child processes: what they say, how they end, and that no limit is broken.
 */
#include "test/test.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/workers.h"

/* Runs a shell script; releases nothing. */
static int shell(const char *script, const struct proc_opts *o,
		 struct proc_result *r, struct err *err)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	return proc_run(argv, o, r, err);
}

static void test_output_and_status(void **state)
{
	struct proc_opts o = { 0 };
	struct proc_result r;

	assert_int_equal(shell("echo out; echo err >&2; exit 7", &o, &r, NULL),
			 0);
	assert_string_equal(r.out.buf, "out\n");
	assert_string_equal(r.err.buf, "err\n");
	assert_int_equal(r.status, 7);
	assert_false(r.timed_out || r.truncated || r.sandboxed);
	proc_result_release(&r);
	assert_int_equal(shell("kill -TERM $$", &o, &r, NULL), 0);
	assert_int_equal(r.status, -SIGTERM);
	proc_result_release(&r);
}

static void test_input(void **state)
{
	size_t len = 3000000;
	char *text = xmalloc(len);
	struct proc_opts o = { .input = text, .input_len = len };
	struct proc_result r;

	memset(text, 'x', len);
	assert_int_equal(shell("cat", &o, &r, NULL), 0);
	assert_int_equal(r.out.len, len);
	assert_memory_equal(r.out.buf, text, len);
	proc_result_release(&r);
	/* A child that does not read it. */
	assert_int_equal(shell("exit 0", &o, &r, NULL), 0);
	proc_result_release(&r);
	free(text);
	o.input = NULL;
	assert_int_equal(shell("cat", &o, &r, NULL), 0);
	assert_int_equal(r.out.len, 0);
	proc_result_release(&r);
}

static void test_no_program(void **state)
{
	const char *const none[] = { "gfpscope-has-no-such-program", NULL };
	const char *const dir[] = { "/tmp", NULL };
	const char *const file[] = { "/etc/passwd", NULL };
	struct proc_opts o = { 0 }, nowhere = { .dir = "/no/such/dir" };
	struct proc_result r;
	struct err err = ERR_INIT;

	assert_int_equal(proc_run(none, &o, &r, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, none[0]));
	proc_result_release(&r);
	assert_int_equal(proc_run(dir, &o, &r, &err), ERR_NOT_FOUND);
	proc_result_release(&r);
	assert_int_equal(proc_run(file, &o, &r, &err), ERR_NOT_FOUND);
	proc_result_release(&r);
	assert_int_equal(shell(":", &nowhere, &r, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, "directory"));
	proc_result_release(&r);
	err_clear(&err);
}

static void test_environment(void **state)
{
	const char *const env[] = { "A=b c", NULL };
	struct proc_opts o = { .env = env, .dir = "/" };
	struct proc_result r;

	assert_int_equal(shell("echo \"$A,$HOME,$PWD\"", &o, &r, NULL), 0);
	assert_string_equal(r.out.buf, "b c,,/\n");
	proc_result_release(&r);
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Gone, or dead and waiting for whoever inherited it. */
static void assert_dies(pid_t pid)
{
	char path[64], state[64] = "";
	int i;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	for (i = 0; i < 200; i++) {
		FILE *f = fopen(path, "r");

		if (!f)
			return;
		if (fscanf(f, "%*d (%*[^)]) %1s", state) == 1 &&
		    state[0] == 'Z') {
			fclose(f);
			return;
		}
		fclose(f);
		usleep(10000);
	}
	fail_msg("process %d is still there", (int)pid);
}

static void test_time_limit_kills_all(void **state)
{
	struct proc_opts o = { .wall_seconds = 1 };
	struct proc_result r;
	struct err err = ERR_INIT;
	double begin = now();

	assert_int_equal(shell("sleep 60 & echo $!; wait", &o, &r, &err),
			 ERR_LIMIT);
	assert_true(now() - begin < 10);
	assert_true(r.timed_out);
	assert_int_equal(r.status, -SIGKILL);
	assert_dies((pid_t)strtol(r.out.buf, NULL, 10));
	proc_result_release(&r);
	err_clear(&err);
}

/* A child left behind that holds our pipes must not hold us. */
static void test_orphan_does_not_block(void **state)
{
	struct proc_opts o = { 0 };
	struct proc_result r;
	double begin = now();

	assert_int_equal(shell("sleep 60 & echo $!", &o, &r, NULL), 0);
	assert_true(now() - begin < 10);
	assert_dies((pid_t)strtol(r.out.buf, NULL, 10));
	proc_result_release(&r);
}

static void test_other_limits(void **state)
{
	struct proc_opts out = { .output_bytes = 1000 };
	struct proc_opts cpu = { .cpu_seconds = 1 };
	struct proc_opts mem = { .memory_bytes = (size_t)1 << 40 };
	struct proc_result r;

	assert_int_equal(shell("yes", &out, &r, NULL), ERR_LIMIT);
	assert_true(r.truncated);
	assert_int_equal(r.out.len, 1000);
	proc_result_release(&r);
	assert_int_equal(shell("printf '%1000s' ''", &out, &r, NULL), 0);
	assert_int_equal(r.out.len, 1000);
	proc_result_release(&r);
	assert_int_equal(shell("while :; do :; done", &cpu, &r, NULL),
			 ERR_LIMIT);
	assert_true(r.cpu >= 0.5);
	proc_result_release(&r);
	assert_int_equal(shell("ulimit -v; ulimit -c", &mem, &r, NULL), 0);
	assert_string_equal(r.out.buf, "1073741824\n0\n");
	proc_result_release(&r);
}

static void test_sandbox(void **state)
{
	struct err err = ERR_INIT;
	char *dir = dir_temp("test-proc", &err);
	char *other = dir_temp("test-proc-other", &err);
	struct proc_opts o = { .dir = dir, .sandbox = true };
	const char *env[] = { NULL, "PATH=/usr/bin:/bin", NULL };
	struct strbuf var = STRBUF_INIT;
	struct proc_result r;

	strbuf_addf(&var, "OTHER=%s", other);
	env[0] = var.buf;
	o.env = env;
	assert_int_equal(shell("echo a >a && mkdir d && mv a d && cat d/a;"
			       "head -c1 /etc/passwd >/dev/null && echo read;"
			       "echo b >$OTHER/b && echo wrote", &o, &r, &err),
			 0);
	if (r.sandboxed)
		assert_string_equal(r.out.buf, "a\nread\n");
	else
		assert_string_equal(r.out.buf, "a\nread\nwrote\n");
	if (!r.sandboxed)
		print_message("# this kernel has no sandbox for us\n");
	proc_result_release(&r);
	dir_remove(dir, &err);
	dir_remove(other, &err);
	strbuf_release(&var);
	free(dir);
	free(other);
}

static void run_some(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct proc_opts o = { .wall_seconds = 60 };
	char script[32], want[16];
	struct proc_result r;

	for (; first < end; first++) {
		snprintf(script, sizeof(script), "echo %zu", first);
		snprintf(want, sizeof(want), "%zu\n", first);
		if (!shell(script, &o, &r, NULL) && !strcmp(r.out.buf, want))
			((char *)ctx)[first] = 1;
		proc_result_release(&r);
	}
}

static void test_from_threads(void **state)
{
	char good[200] = { 0 };
	size_t i;

	workers_run(4, sizeof(good), 1, run_some, good);
	for (i = 0; i < sizeof(good); i++)
		assert_true(good[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_output_and_status),
		cmocka_unit_test(test_input),
		cmocka_unit_test(test_no_program),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_time_limit_kills_all),
		cmocka_unit_test(test_orphan_does_not_block),
		cmocka_unit_test(test_other_limits),
		cmocka_unit_test(test_sandbox),
		cmocka_unit_test(test_from_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
