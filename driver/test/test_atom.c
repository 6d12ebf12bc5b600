// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atoms: equal strings and only those share an id, also from many threads
 * while tables grow.
 */
#include "test/test.h"

#include <stdio.h>
#include <string.h>

#include "base/atom.h"
#include "base/mem.h"
#include "base/workers.h"

static void test_empty_string(void **state)
{
	struct atoms *t = atoms_new();

	assert_int_equal(atoms_count(t), 1);
	assert_int_equal(atom_of(t, ""), 0);
	assert_int_equal(atom_find(t, ""), 0);
	assert_string_equal(atom_str(t, 0), "");
	assert_int_equal(atoms_count(t), 1);
	atoms_free(t);
}

static void test_equal_strings(void **state)
{
	struct atoms *t = atoms_new();
	atom_t a = atom_of(t, "kmalloc");

	assert_int_not_equal(a, 0);
	assert_int_equal(atom(t, "kmalloc_array", 7), a);
	assert_int_not_equal(atom_of(t, "kmalloc_array"), a);
	assert_int_equal(atom_find(t, "kmalloc"), a);
	assert_int_equal(atom_find(t, "kmall"), 0);
	assert_string_equal(atom_str(t, a), "kmalloc");
	assert_int_equal(atoms_count(t), 3);
	atoms_free(t);
}

/* Room that was asked for changes nothing but the room. */
static void test_expect(void **state)
{
	static const size_t sizes[] = { 0, 1, 100, 100000 };
	char name[16];
	size_t i, j;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct atoms *t = atoms_new();

		atoms_expect(t, sizes[i]);
		for (j = 0; j < 20000; j++) {
			snprintf(name, sizeof(name), "name%zu", j);
			assert_int_equal(atom_of(t, name), j + 1);
		}
		assert_int_equal(atom_find(t, "name19999"), 20000);
		assert_int_equal(atoms_count(t), 20001);
		atoms_free(t);
	}
}

static void test_all_lengths(void **state)
{
	struct atoms *t = atoms_new();
	char s[300];
	atom_t ids[sizeof(s)];
	size_t len;

	memset(s, 'x', sizeof(s));
	for (len = 1; len < sizeof(s); len++)
		ids[len] = atom(t, s, len);
	for (len = 1; len < sizeof(s); len++) {
		assert_int_equal(atom(t, s, len), ids[len]);
		assert_int_equal(strlen(atom_str(t, ids[len])), len);
	}
	assert_int_equal(atoms_count(t), sizeof(s));
	atoms_free(t);
}

static void test_batch(void **state)
{
	static const char *const s[] = { "a", "", "kmalloc", "a", "b" };
	struct atoms *t = atoms_new();
	atom_t known = atom_of(t, "kmalloc"), out[5];

	atom_batch(t, s, 5, out);
	assert_int_equal(out[0], out[3]);
	assert_int_equal(out[1], 0);
	assert_int_equal(out[2], known);
	assert_string_equal(atom_str(t, out[0]), "a");
	assert_string_equal(atom_str(t, out[4]), "b");
	assert_int_equal(atoms_count(t), 4);
	atom_batch(t, s, 0, out);
	atoms_free(t);
}

static void test_embedded_nul(void **state)
{
	struct atoms *t = atoms_new();

	assert_int_not_equal(atom(t, "a\0b", 3), atom(t, "a\0c", 3));
	assert_int_not_equal(atom(t, "a\0b", 3), atom(t, "a", 1));
	atoms_free(t);
}

static void test_unknown_id(void **state)
{
	struct atoms *t = atoms_new();

	assert_string_equal(atom_str(t, 12345678), "");
	atoms_free(t);
}

#define NR_WORDS 50000
#define NR_ITEMS (4 * NR_WORDS)

struct crowd {
	struct atoms *t;
	atom_t *ids;
};

static void intern_some(void *ctx, unsigned int thread, size_t first,
			size_t end)
{
	struct crowd *c = ctx;
	char s[32];

	for (; first < end; first++) {
		int n = snprintf(s, sizeof(s), "word_%zu", first % NR_WORDS);

		c->ids[first] = atom(c->t, s, (size_t)n);
	}
}

static void test_threads_agree(void **state)
{
	struct crowd c = { atoms_new(), xcalloc(NR_ITEMS, sizeof(atom_t)) };
	char s[32];
	size_t i;

	workers_run(4, NR_ITEMS, 100, intern_some, &c);
	assert_int_equal(atoms_count(c.t), NR_WORDS + 1);
	for (i = 0; i < NR_ITEMS; i++) {
		assert_int_equal(c.ids[i], c.ids[i % NR_WORDS]);
		assert_true(c.ids[i] <= NR_WORDS);
		snprintf(s, sizeof(s), "word_%zu", i % NR_WORDS);
		assert_string_equal(atom_str(c.t, c.ids[i]), s);
	}
	free(c.ids);
	atoms_free(c.t);
}

static void test_image(void **state)
{
	struct atoms *t = atoms_new(), *u;
	struct atom_image m;
	char s[32];
	atom_t ids[100], a;
	int i;

	for (i = 0; i < 100; i++) {
		snprintf(s, sizeof(s), "word_%d", i);
		ids[i] = atom_of(t, s);
	}
	a = atom(t, "a\0b", 3);
	assert_true(atoms_image(t, &m));
	atoms_free(t);
	u = atoms_from(&m);
	assert_int_equal(atoms_count(u), 102);
	assert_string_equal(atom_str(u, 0), "");
	for (i = 0; i < 100; i++) {
		const char *word = s;

		snprintf(s, sizeof(s), "word_%d", i);
		assert_int_equal(atom_find(u, s), ids[i]);
		assert_string_equal(atom_str(u, ids[i]), s);
		atom_batch(u, &word, 1, &ids[i]);
		assert_int_equal(atom_of(u, s), ids[i]);
	}
	assert_int_equal(atom(u, "a\0b", 3), a);
	assert_int_equal(atom_find(u, "a"), 0);
	a = atom_of(u, "news");
	assert_int_equal(a, 102);
	assert_string_equal(atom_str(u, a), "news");
	assert_int_equal(atom_find(u, "news"), a);
	atoms_free(u);
	atom_image_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty_string),
		cmocka_unit_test(test_equal_strings),
		cmocka_unit_test(test_expect),
		cmocka_unit_test(test_all_lengths),
		cmocka_unit_test(test_batch),
		cmocka_unit_test(test_embedded_nul),
		cmocka_unit_test(test_unknown_id),
		cmocka_unit_test(test_threads_agree),
		cmocka_unit_test(test_image),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
