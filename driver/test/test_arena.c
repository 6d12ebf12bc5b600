// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arenas: alignment, contents that stay, large objects, both modes.
 */
#include "test/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static void test_empty(void **state)
{
	struct arena a;

	arena_init(&a);
	assert_int_equal(a.used, 0);
	assert_null(a.chunks);
	arena_release(&a);
	arena_release(&a);
}

static void fill(struct arena *a)
{
	static const size_t sizes[] = { 1, 7, 16, 0, 300, 5000, 3, 2000000 };
	unsigned char *p[200];
	size_t i, j;

	for (i = 0; i < 200; i++) {
		p[i] = arena_alloc(a, sizes[i % 8]);
		assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
		memset(p[i], (int)i, sizes[i % 8]);
	}
	for (i = 0; i < 200; i++)
		for (j = 0; j < sizes[i % 8]; j += 997)
			assert_int_equal(p[i][j], i);
}

static void test_objects_stay(void **state)
{
	struct arena a;

	arena_init(&a);
	fill(&a);
	arena_release(&a);
	assert_int_equal(a.used, 0);
	fill(&a);
	arena_release(&a);
}

/* Cleared again and again it hands out the same memory. */
static void test_clear(void **state)
{
	struct arena a;
	size_t i;

	arena_init(&a);
	arena_clear(&a);
	for (i = 0; i < 20; i++) {
		fill(&a);
		arena_clear(&a);
		assert_int_equal(a.used, 0);
	}
	arena_alloc(&a, 2000000);
	arena_clear(&a);
	fill(&a);
	arena_release(&a);
	assert_null(a.chunks);
}

static void test_debug_mode(void **state)
{
	struct arena a;

	setenv("ARENA_DEBUG", "1", 1);
	arena_init(&a);
	unsetenv("ARENA_DEBUG");
	assert_true(a.debug);
	fill(&a);
	arena_release(&a);
	assert_true(a.debug);
}

static void test_calloc_is_zero(void **state)
{
	struct arena a;
	unsigned char *p;
	size_t i;

	arena_init(&a);
	memset(arena_alloc(&a, 1000), 0xff, 1000);
	p = arena_calloc(&a, 100, 10);
	for (i = 0; i < 1000; i++)
		assert_int_equal(p[i], 0);
	arena_release(&a);
}

static void test_strings(void **state)
{
	struct arena a;
	char *s;

	arena_init(&a);
	assert_null(arena_strdup(&a, NULL));
	s = arena_strdup(&a, "abc");
	assert_string_equal(arena_printf(&a, "%s/%d", s, 42), "abc/42");
	assert_string_equal(arena_printf(&a, "%*s", 10000, "")+ 9990,
			    "          ");
	assert_memory_equal(arena_memdup(&a, "x\0y", 3), "x\0y", 3);
	assert_non_null(arena_memdup(&a, NULL, 0));
	assert_string_equal(s, "abc");
	arena_release(&a);
}

static void test_packed_strings(void **state)
{
	struct arena a;
	char *s, *t;

	arena_init(&a);
	s = arena_strdup(&a, "ab");
	t = arena_strdup(&a, "cd");
	if (!a.debug)
		assert_ptr_equal(s + 3, t);
	assert_int_equal((uintptr_t)arena_alloc_aligned(&a, 4, 4) % 4, 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_objects_stay),
		cmocka_unit_test(test_clear),
		cmocka_unit_test(test_debug_mode),
		cmocka_unit_test(test_calloc_is_zero),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_packed_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
