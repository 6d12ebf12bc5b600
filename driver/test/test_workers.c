// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workers: every item once, whatever the numbers.
 */
#include "test/test.h"

#include <stdatomic.h>

#include "base/workers.h"

#define NR 10007

struct tally {
	atomic_int seen[NR];
	atomic_int bad_thread;
	unsigned int nr_threads;
};

static void count(void *ctx, unsigned int thread, size_t first, size_t end)
{
	struct tally *t = ctx;

	if (thread >= t->nr_threads)
		atomic_fetch_add(&t->bad_thread, 1);
	for (; first < end; first++)
		atomic_fetch_add(&t->seen[first], 1);
}

static void run(unsigned int threads, size_t nr, size_t chunk)
{
	static struct tally t;
	size_t i;

	for (i = 0; i < NR; i++)
		atomic_store(&t.seen[i], 0);
	atomic_store(&t.bad_thread, 0);
	t.nr_threads = threads ? threads : workers_default();
	workers_run(threads, nr, chunk, count, &t);
	for (i = 0; i < NR; i++)
		assert_int_equal(atomic_load(&t.seen[i]), i < nr);
	assert_int_equal(atomic_load(&t.bad_thread), 0);
}

static void test_every_item_once(void **state)
{
	run(1, NR, 10);
	run(4, NR, 1);
	run(4, NR, 64);
	run(0, NR, 7);
}

static void test_odd_numbers(void **state)
{
	run(4, 0, 10);
	run(4, 1, 10);
	run(64, 3, 1);
	run(3, 10, SIZE_MAX);
	run(3, 10, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_item_once),
		cmocka_unit_test(test_odd_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
