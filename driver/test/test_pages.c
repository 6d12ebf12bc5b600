// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages of mapped files: contents stay, whatever is asked for or given back,
 * and memory between two mappings is not touched.
 */
#include "test/test.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/pages.h"

#define FILES 2

struct maps {
	size_t page;
	char *p;		/* file, memory, file: a page each */
};

static int setup(void **state)
{
	static struct maps m;
	FILE *f = tmpfile();
	size_t i;

	m.page = (size_t)sysconf(_SC_PAGESIZE);
	m.p = mmap(NULL, 3 * m.page, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!f || m.p == MAP_FAILED)
		return -1;
	for (i = 0; i < m.page; i++)
		fputc('f', f);
	fflush(f);
	for (i = 0; i < FILES; i++)
		if (mmap(m.p + 2 * i * m.page, m.page, PROT_READ,
			 MAP_SHARED | MAP_FIXED, fileno(f), 0) == MAP_FAILED)
			return -1;
	fclose(f);
	memset(m.p + m.page, 'm', m.page);
	*state = &m;
	return 0;
}

static int teardown(void **state)
{
	struct maps *m = *state;

	return munmap(m->p, 3 * m->page);
}

static void assert_contents(const struct maps *m)
{
	size_t i;

	for (i = 0; i < 3 * m->page; i++)
		assert_int_equal(m->p[i], i / m->page == 1 ? 'm' : 'f');
}

/* The end of one file and the beginning of the next are close together. */
static void test_memory_between(void **state)
{
	struct maps *m = *state;
	struct pages run = { .advice = PAGES_DONE };
	char *second = m->p + 2 * m->page;

	assert_contents(m);
	pages_add(&run, m->p, m->p, m->page);
	pages_add(&run, second, second, 10);
	pages_add(&run, second, second + 20, m->page - 20);
	pages_flush(&run);
	assert_contents(m);
}

static void test_wanted_and_done(void **state)
{
	struct maps *m = *state;
	struct pages run = { .advice = PAGES_WANTED };

	pages_add(&run, m->p, m->p + 5, 7);
	pages_add(&run, m->p, m->p + 2, 1);
	pages_flush(&run);
	assert_contents(m);
	run.advice = PAGES_DONE;
	pages_add(&run, m->p, m->p + 5, 7);
	pages_flush(&run);
	pages_flush(&run);
	assert_contents(m);
}

/*
 * What is given back is in memory no longer. The system counts pages by CPU and
 * tells the sum within some dozens for each: it takes more than a few.
 */
static void test_resident(void **state)
{
	const size_t len = (size_t)16 << 20;
	struct maps *m = *state;
	struct pages run = { .advice = PAGES_DONE };
	size_t before, after, all, i;
	FILE *f = tmpfile();
	unsigned int sum = 0;
	char *p;

	assert_non_null(f);
	assert_int_equal(ftruncate(fileno(f), (off_t)len), 0);
	p = mmap(NULL, len, PROT_READ, MAP_SHARED, fileno(f), 0);
	assert_true(p != MAP_FAILED);
	fclose(f);
	for (i = 0; i < len; i += m->page)
		sum += *(volatile char *)(p + i);
	assert_int_equal(sum, 0);
	all = pages_resident(&before);
	assert_true(all > before && before >= len / 2);
	pages_add(&run, p, p, len);
	pages_flush(&run);
	pages_resident(&after);
	assert_true(after + len / 2 < before);
	munmap(p, len);
}

/* What lies in no mapping is left alone. */
static void test_memory(void **state)
{
	struct maps *m = *state;
	struct pages run = { .advice = PAGES_DONE };

	pages_add(&run, NULL, m->p + m->page, m->page);
	pages_add(&run, m->p, m->p, 0);
	pages_add(&run, NULL, NULL, 0);
	pages_flush(&run);
	assert_contents(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_between),
		cmocka_unit_test(test_wanted_and_done),
		cmocka_unit_test(test_resident),
		cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
