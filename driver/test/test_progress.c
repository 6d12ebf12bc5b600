// SPDX-License-Identifier: GPL-2.0-only
/*
 * The progress line: on a terminal only, after a second only, and gone in the
 * end.
 */
#include "test/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/progress.h"

static void test_no_terminal(void **state)
{
	int saved = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);
	struct progress *p;

	dup2(null, STDERR_FILENO);
	p = progress_start("reading", 10, false);
	dup2(saved, STDERR_FILENO);
	close(null);
	close(saved);
	assert_null(p);
	progress_add(p, 1);
	progress_stop(p);
}

/* What a terminal gets; the caller frees. */
static char *on_terminal(unsigned int wait_ms, bool quiet)
{
	int saved = dup(STDERR_FILENO), pty = posix_openpt(O_RDWR | O_NOCTTY);
	char *text = calloc(1, 4096);
	struct progress *p;
	size_t len = 0;
	ssize_t n;
	int end;

	assert_true(pty >= 0);
	assert_int_equal(grantpt(pty) || unlockpt(pty), 0);
	end = open(ptsname(pty), O_RDWR | O_NOCTTY);
	assert_true(end >= 0);
	dup2(end, STDERR_FILENO);
	p = progress_start("reading", 10, quiet);
	progress_add(p, 1);
	usleep(wait_ms * 1000);
	progress_add(p, 4);
	progress_stop(p);
	dup2(saved, STDERR_FILENO);
	close(end);
	close(saved);
	/* It comes in pieces on a busy machine. An error (EIO) is how a
	 * terminal without a user says "the end". */
	while (len < 4095 && (n = read(pty, text + len, 4095 - len)) > 0)
		len += (size_t)n;
	close(pty);
	return text;
}

static void test_short_work(void **state)
{
	char *text = on_terminal(0, false);

	assert_string_equal(text, "");
	free(text);
}

static void test_long_work(void **state)
{
	char *text = on_terminal(1100, false);

	assert_string_equal(text, "\rreading:  50% (5/10)\033[K\r\033[K");
	free(text);
}

static void test_quiet(void **state)
{
	char *text = on_terminal(1100, true);

	assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_terminal),
		cmocka_unit_test(test_short_work),
		cmocka_unit_test(test_long_work),
		cmocka_unit_test(test_quiet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
