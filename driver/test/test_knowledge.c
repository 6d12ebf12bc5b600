// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel knowledge: what is read, what is refused and with which words, what
 * the lint says, and that our own files pass all of it. Runs from the top of
 * the source tree.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "link/knowledge.h"
#include "link/knowledge_tables.h"
#include "test/test.h"

#define OURS "cocci/kernel"

/* Directories of one file each, made for a test. */
struct dirs {
	char *path[2];
	size_t nr;
};

static const char *add_dir(struct dirs *d, const char *name, const char *text,
			   size_t len)
{
	struct err err = ERR_INIT;
	struct strbuf path = STRBUF_INIT;
	char *dir = dir_temp("gfpscope-know", &err);

	assert_non_null(dir);
	strbuf_addf(&path, "%s/%s", dir, name);
	assert_int_equal(file_write(path.buf, text, len, &err), 0);
	strbuf_release(&path);
	return d->path[d->nr++] = dir;
}

static void remove_dirs(struct dirs *d)
{
	struct err err = ERR_INIT;

	while (d->nr) {
		assert_int_equal(dir_remove(d->path[--d->nr], &err), 0);
		free(d->path[d->nr]);
	}
}

static int load(struct knowledge *k, struct dirs *d, struct err *err)
{
	return knowledge_load(k, (const char *const *)d->path, d->nr, err);
}

/* @text alone must be refused with ERR_FORMAT and a message that has @says. */
static void refuse_n(const char *text, size_t len, const char *says)
{
	struct dirs d = { .nr = 0 };
	struct err err = ERR_INIT;
	struct knowledge k;

	add_dir(&d, "x.json", text, len);
	assert_int_equal(load(&k, &d, &err), ERR_FORMAT);
	if (!strstr(err.msg, says) || !strstr(err.msg, "x.json"))
		fail_msg("'%s' is not in: %s", says, err.msg);
	assert_int_equal(k.nr_apis, 0);
	err_clear(&err);
	remove_dirs(&d);
}

static void refuse(const char *text, const char *says)
{
	refuse_n(text, strlen(text), says);
}

#define API(fields) "{\"apis\": [{" fields "}]}"
#define LOCK "\"name\": \"lock\", \"op\": \"lock\", \"lock_arg\": 0, "
#define SOURCE "\"source\": \"a.c: f\""

static void bad_files(void **state)
{
	refuse("", "unexpected end");
	refuse("{\"apis\": [", "unexpected end");
	refuse("{}}", "x.json:1: ");
	refuse("{\"apis\": []}\n\n[1]", "x.json:3: ");
	refuse("[]", "not a JSON object");
	refuse("{\"locks\": []}", "unknown table 'locks'");
	refuse("{\"apis\": {}}", "apis: not an array");
	refuse("{\"apis\": [3]}", "apis[0]: not an object");
	refuse_n("{}\0{", 4, "NUL byte");
	refuse("{\"about\": \"\xff\"}", "x.json:1: ");
	refuse("[[[[[[[[[[[[[[[[", "x.json:1: ");
}

static void bad_entries(void **state)
{
	refuse(API(LOCK "\"lokc\": 1, " SOURCE),
	       "apis[0] (lock): lokc: unknown key");
	refuse(API("\"name\": \"lock\", \"op\": \"lock\""),
	       "apis[0] (lock): source: missing");
	refuse(API("\"op\": \"lock\", " SOURCE), "apis[0]: name: missing");
	refuse(API(LOCK "\"source\": \"\""), "source: an empty string");
	refuse(API(LOCK "\"source\": \"a\\u0000b\""), "with a NUL");
	refuse(API(LOCK "\"source\": 3"), "source: not a string");
	refuse(API("\"name\": \"l\", \"op\": \"take\", " SOURCE),
	       "apis[0] (l): op: unknown word");
	refuse(API("\"name\": \"l\", \"op\": [\"lock\"], " SOURCE),
	       "op: not a word");
	refuse(API(LOCK "\"success\": [\"zero\", \"none\"], " SOURCE),
	       "success: unknown word");
	refuse(API(LOCK "\"adds\": 1, " SOURCE), "adds: not true or false");
	refuse(API("\"name\": \"l\", \"op\": \"lock\", \"lock_arg\": -1, "
		   SOURCE), "lock_arg: not the number of an argument");
	refuse(API("\"name\": \"l\", \"op\": \"lock\", \"lock_arg\": 1.5, "
		   SOURCE), "lock_arg: not the number of an argument");
	refuse(API("\"name\": \"l\", \"op\": \"lock\", \"lock_arg\": 99, "
		   SOURCE), "lock_arg: not the number of an argument");
	refuse(API("\"name\": [], \"op\": \"lock\", " SOURCE),
	       "name: an empty array");
	refuse(API("\"name\": [\"a\", 1], \"op\": \"lock\", " SOURCE),
	       "name: not a string");
	refuse("{\"reclaim\": [{\"chain\": \"a -> b\", " SOURCE "}]}",
	       "nothing says what the entry is about");
}

static void double_entries(void **state)
{
	refuse("{\"apis\": [{" LOCK SOURCE "}, {" LOCK SOURCE "}]}",
	       "apis[1] (lock): is there twice");
	refuse(API("\"name\": [\"a\", \"a\"], \"op\": \"lock\", " SOURCE),
	       "apis[0] (a): is there twice");
}

static void missing_dirs(void **state)
{
	static const char *const nowhere[] = { "/nowhere/at/all" };
	struct dirs d = { .nr = 0 };
	struct err err = ERR_INIT;
	struct knowledge k;

	assert_int_equal(knowledge_load(&k, nowhere, 1, &err), ERR_NOT_FOUND);
	add_dir(&d, "README", "", 0);
	assert_int_equal(load(&k, &d, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, "no .json"));
	err_clear(&err);
	remove_dirs(&d);
}

static void fields_are_kept(void **state)
{
	static const char text[] =
		"{\"about\": \"x\", \"apis\": [{\"name\": [\"a\", \"b\"],"
		" \"op\": \"lock-wait\", \"mode\": \"read\","
		" \"success\": [\"zero\", \"positive\"], \"lock_arg\": 2,"
		" \"note\": \"y\", " SOURCE "}],"
		"\"masks\": [{\"name\": \"M\", \"sets\": [\"io\", \"reclaim\"],"
		" \"restricts\": \"nofs\", \"is_bit\": true, " SOURCE "}]}";
	struct dirs d = { .nr = 0 };
	struct err err = ERR_INIT;
	struct knowledge k;

	add_dir(&d, "x.json", text, strlen(text));
	assert_int_equal(load(&k, &d, &err), 0);
	assert_int_equal(k.nr_apis, 2);
	assert_string_equal(k.apis[0].name, "a");
	assert_string_equal(k.apis[1].name, "b");
	assert_int_equal(k.apis[1].op, API_LOCK_WAIT);
	assert_int_equal(k.apis[1].mode, MODE_READ);
	assert_int_equal(k.apis[1].success, CLASS_ZERO | CLASS_POS);
	assert_int_equal(k.apis[1].lock_arg, 2);
	assert_int_equal(k.apis[1].flags_arg, -1);
	assert_null(k.apis[1].resource);
	assert_string_equal(k.apis[1].source, "a.c: f");
	assert_int_equal(k.nr_masks, 1);
	assert_int_equal(k.masks[0].sets, MASK_IO | MASK_RECLAIM);
	assert_int_equal(k.masks[0].restricts, RESTRICT_NOFS);
	assert_int_equal(k.masks[0].is_bit, 1);
	knowledge_release(&k);
	remove_dirs(&d);
}

/* The user's directory adds to ours and takes the place of what it names. */
static void later_dirs_replace(void **state)
{
	static const char first[] = "{\"apis\": [{" LOCK SOURCE "}, {"
		"\"name\": \"b\", \"op\": \"unlock\", " SOURCE "}]}";
	static const char second[] = "{\"apis\": [{\"name\": [\"lock\", "
		"\"c\"], \"op\": \"none\", " SOURCE "}]}";
	struct dirs d = { .nr = 0 };
	struct err err = ERR_INIT;
	struct knowledge k;
	char digest[65];

	add_dir(&d, "x.json", first, strlen(first));
	assert_int_equal(load(&k, &d, &err), 0);
	memcpy(digest, k.digest, sizeof(digest));
	knowledge_release(&k);
	add_dir(&d, "x.json", second, strlen(second));
	assert_int_equal(load(&k, &d, &err), 0);
	assert_int_equal(k.nr_apis, 3);
	assert_string_equal(k.apis[0].name, "lock");
	assert_int_equal(k.apis[0].op, API_NONE);
	assert_int_equal(k.apis[0].lock_arg, -1);
	assert_string_equal(k.apis[1].name, "b");
	assert_string_equal(k.apis[2].name, "c");
	assert_int_equal(strlen(k.digest), 64);
	assert_string_not_equal(k.digest, digest);
	knowledge_release(&k);
	remove_dirs(&d);
}

static void versions_compare(void **state)
{
	assert_int_equal(knowledge_version_cmp("6.1.192", "6.1"), 1);
	assert_int_equal(knowledge_version_cmp("6.1", "6.12"), -1);
	assert_int_equal(knowledge_version_cmp("6.9", "6.10"), -1);
	assert_int_equal(knowledge_version_cmp("5.17.0", "5.17"), 0);
	assert_int_equal(knowledge_version_cmp("6.14.0-rc3", "6.14"), 0);
	assert_int_equal(knowledge_version_cmp("6.12.57+deb13", "6.12.57"), 0);
	assert_true(knowledge_version_ok("5.17"));
	assert_true(knowledge_version_ok("7"));
	assert_false(knowledge_version_ok(""));
	assert_false(knowledge_version_ok("5."));
	assert_false(knowledge_version_ok("v5.17"));
	assert_false(knowledge_version_ok("6.1-rc1"));
}

static void facts_hold(void **state)
{
	static const char *const dirs[] = { OURS };
	struct err err = ERR_INIT;
	struct knowledge k;

	assert_int_equal(knowledge_load(&k, dirs, 1, &err), 0);
	assert_true(knowledge_fact(&k, "vmalloc-honours-mask", "6.1.192"));
	assert_true(knowledge_fact(&k, "vmalloc-honours-mask", "5.17-rc1"));
	assert_false(knowledge_fact(&k, "vmalloc-honours-mask", "5.16.20"));
	assert_true(knowledge_fact(&k, "restore-zero-clears", "6.9.12"));
	assert_false(knowledge_fact(&k, "restore-zero-clears", "6.10"));
	assert_false(knowledge_fact(&k, "freeze-opens-noio", "6.12.117"));
	assert_false(knowledge_fact(&k, "restore-zero-clears", ""));
	assert_false(knowledge_fact(&k, "vmalloc-honours-mask", "next"));
	knowledge_release(&k);
}

/* What @text as a file by itself makes the lint say. */
static void lint_says(const char *text, const char *says)
{
	struct dirs d = { .nr = 0 };
	struct err err = ERR_INIT;
	struct strbuf out = STRBUF_INIT;
	struct knowledge k;
	size_t nr;

	add_dir(&d, "x.json", text, strlen(text));
	assert_int_equal(load(&k, &d, &err), 0);
	nr = knowledge_lint(&k, &out);
	if (!says)
		assert_string_equal(out.buf, "");
	else if (!strstr(out.buf, says))
		fail_msg("'%s' is not in: %s", says, out.buf);
	assert_int_equal(nr > 0, says != NULL);
	strbuf_release(&out);
	knowledge_release(&k);
	remove_dirs(&d);
}

#define UNLOCK "{\"name\": \"u\", \"op\": \"unlock\", \"lock_arg\": 0, " \
	SOURCE "}"

static void lint_of_locks(void **state)
{
	lint_says(API(LOCK SOURCE), "apis: lock: takes a lock, and 'release'");
	lint_says("{\"apis\": [{" LOCK "\"release\": \"u\", " SOURCE "}, "
		  UNLOCK "]}", NULL);
	lint_says("{\"apis\": [{" LOCK "\"release\": \"u\", "
		  "\"mode\": \"read\", " SOURCE "}, " UNLOCK "]}",
		  "of the other mode");
	lint_says("{\"apis\": [{" LOCK "\"release\": \"u\", "
		  "\"success\": \"zero\", " SOURCE "}, " UNLOCK "]}",
		  "always succeeds");
	lint_says("{\"apis\": [{\"name\": \"t\", \"op\": \"trylock\", "
		  "\"lock_arg\": 0, \"release\": \"u\", " SOURCE "}, " UNLOCK
		  "]}", "no success is given");
	lint_says(API("\"name\": \"l\", \"op\": \"lock\", "
		      "\"resource\": \"r\", " SOURCE),
		  "its resource is not in the table");
	lint_says(API("\"name\": \"l\", \"op\": \"unlock\", " SOURCE),
		  "either lock_arg or resource");
	lint_says(API("\"name\": \"s\", \"op\": \"save\", " SOURCE),
		  "denies nothing");
	lint_says(API("\"name\": \"s\", \"op\": \"restore\", "
		      "\"restriction\": \"nofs\", " SOURCE),
		  "without its cookie");
	lint_says("{\"resources\": [{\"name\": \"r\", \"why\": \"w\", " SOURCE
		  "}]}", "resources: r: nothing acts on it");
}

static void lint_of_the_rest(void **state)
{
	lint_says("{\"masks\": [{\"name\": \"M\", \"restricts\": \"nofs\", "
		  "\"sets\": [\"fs\", \"reclaim\"], " SOURCE "}]}",
		  "restricts nofs and sets fs");
	lint_says("{\"allocators\": [{\"name\": \"a\", " SOURCE "}]}",
		  "neither a mask");
	lint_says("{\"reclaim\": [{\"type\": \"t\", \"fs\": true, "
		  "\"chain\": \"a -> b\", " SOURCE "}]}",
		  "a type needs a member");
	lint_says("{\"reclaim\": [{\"function\": \"f\", \"chain\": "
		  "\"a -> b\", " SOURCE "}]}", "reached by no allocation");
	lint_says("{\"reclaim\": [{\"function\": \"f\", \"fs\": true, "
		  "\"per_object\": true, \"chain\": \"a -> b\", " SOURCE
		  "}]}", "go together");
	lint_says("{\"boundaries\": [{\"function\": \"a*b\", \"kind\": "
		  "\"stop\", " SOURCE "}]}", "only at the end");
	lint_says("{\"components\": [{\"path\": \"fs/\", \"kind\": \"leaf\", "
		  SOURCE "}]}", "not a plain path");
	lint_says("{\"tokens\": [{\"type\": \"t\", \"why\": \"w\", " SOURCE
		  "}]}", "proves nothing");
	lint_says("{\"versions\": [{\"name\": \"v\", \"since\": \"6.2\", "
		  "\"until\": \"6.1\", \"why\": \"w\", " SOURCE "}]}",
		  "ends before it begins");
	lint_says("{\"versions\": [{\"name\": \"v\", \"since\": \"v6\", "
		  "\"why\": \"w\", " SOURCE "}]}", "not a version");
	lint_says("{\"apis\": [" UNLOCK "], \"effects\": [{\"function\": "
		  "\"u\", \"keeps\": true, \"why\": \"w\", " SOURCE "}]}",
		  "never looked at");
	lint_says("{\"stores\": [{\"function\": \"f\", \"what\": \"w\", "
		  SOURCE "}]}", "needs a gfp_arg");
	lint_says("{\"contexts\": [{\"function\": \"f\", \"worker\": true, "
		  "\"why\": \"w\", " SOURCE "}]}", "is waited for");
}

static void ours_is_right(void **state)
{
	static const char *const dirs[] = { OURS };
	struct err err = ERR_INIT;
	struct strbuf out = STRBUF_INIT;
	struct knowledge k;

	if (knowledge_load(&k, dirs, 1, &err))
		fail_msg("%s", err.msg);
	knowledge_lint(&k, &out);
	assert_string_equal(out.buf, "");
	assert_true(k.nr_apis > 150 && k.nr_allocators > 500);
	for (size_t i = 0; i < nr_know_tables; i++) {
		size_t nr;

		know_entries(&k, &know_tables[i], &nr);
		assert_true(nr > 0);
	}
	strbuf_release(&out);
	knowledge_release(&k);
}

static void schema_is_current(void **state)
{
	struct strbuf now = STRBUF_INIT, kept = STRBUF_INIT;
	struct err err = ERR_INIT;

	know_schema(&now);
	assert_int_equal(file_read(OURS "/schema/knowledge.schema.json", 0,
				   &kept, &err), 0);
	assert_string_equal(now.buf, kept.buf);
	strbuf_release(&now);
	strbuf_release(&kept);
}

static void entries_print(void **state)
{
	static const char *const dirs[] = { OURS };
	const struct know_table *t = know_table_find("apis");
	struct strbuf out = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct knowledge k;

	assert_null(know_table_find("nothing"));
	assert_int_equal(knowledge_load(&k, dirs, 1, &err), 0);
	for (size_t i = 0; i < k.nr_apis; i++)
		if (!strcmp(k.apis[i].name, "down_trylock"))
			know_print(t, &k.apis[i], &out);
	assert_non_null(strstr(out.buf, "down_trylock, op trylock, success "
			       "zero, lock_arg 0, release \"up\", source "));
	strbuf_release(&out);
	knowledge_release(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_files),
		cmocka_unit_test(bad_entries),
		cmocka_unit_test(double_entries),
		cmocka_unit_test(missing_dirs),
		cmocka_unit_test(fields_are_kept),
		cmocka_unit_test(later_dirs_replace),
		cmocka_unit_test(versions_compare),
		cmocka_unit_test(facts_hold),
		cmocka_unit_test(lint_of_locks),
		cmocka_unit_test(lint_of_the_rest),
		cmocka_unit_test(ours_is_right),
		cmocka_unit_test(schema_is_current),
		cmocka_unit_test(entries_print),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
