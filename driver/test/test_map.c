// SPDX-License-Identifier: GPL-2.0-only
/*
 * Maps: what was put in is there, what was not is absent.
 */
#include "test/test.h"

#include "base/map.h"

static void test_empty(void **state)
{
	struct map m;
	size_t pos = 0;

	map_init(&m);
	assert_false(map_has(&m, 0));
	assert_int_equal(map_get(&m, 0, 77), 77);
	assert_null(map_next(&m, &pos));
	map_clear(&m);
	map_release(&m);
}

static void test_key_zero(void **state)
{
	struct map m;
	bool is_new;

	map_init(&m);
	assert_int_equal(*map_at(&m, 0, &is_new), 0);
	assert_true(is_new);
	map_at(&m, 0, &is_new);
	assert_false(is_new);
	map_set(&m, 0, 5);
	assert_int_equal(map_get(&m, 0, 1), 5);
	assert_int_equal(m.nr, 1);
	map_release(&m);
}

/* Keys that share their low bits, and pairs, as callers make them. */
static void test_many_keys(void **state)
{
	const uint32_t n = 20000;
	struct map m;
	uint32_t i;

	map_init(&m);
	for (i = 0; i < n; i++) {
		map_set(&m, (uint64_t)i << 40, i);
		map_set(&m, map_pair(i, 1), i + n);
	}
	assert_int_equal(m.nr, 2 * n);
	for (i = 0; i < n; i++) {
		assert_int_equal(map_get(&m, (uint64_t)i << 40, -1u), i);
		assert_int_equal(map_get(&m, map_pair(i, 1), -1u), i + n);
		assert_false(map_has(&m, map_pair(i, 2)));
	}
	map_release(&m);
}

static void test_iteration(void **state)
{
	const struct map_slot *slot;
	uint64_t sum = 0;
	struct map m;
	size_t pos = 0, nr = 0;
	uint32_t i;

	map_init(&m);
	for (i = 1; i <= 1000; i++)
		map_set(&m, i, 2 * i);
	while ((slot = map_next(&m, &pos))) {
		assert_int_equal(slot->value, 2 * slot->key);
		sum += slot->key;
		nr++;
	}
	assert_int_equal(nr, 1000);
	assert_int_equal(sum, 500500);
	map_clear(&m);
	assert_int_equal(m.nr, 0);
	assert_false(map_has(&m, 1));
	map_set(&m, 1, 1);
	assert_int_equal(map_get(&m, 1, 0), 1);
	map_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_key_zero),
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_iteration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
