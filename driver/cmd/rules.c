// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope rules: shows the kernel knowledge, checks it, prints the schema of
 * its files. Takes the program's own knowledge and directories of the user's;
 * looks at no kernel.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/opts.h"
#include "base/str.h"
#include "cmd/commands.h"
#include "link/knowledge.h"
#include "link/knowledge_tables.h"

/* The words and options of all subcommands. */
struct rules_args {
	struct opt_list dirs;	/* --rules, and the words of lint */
	const char *table;	/* --table, NULL: all */
};

/* The program's own directory first, so that the user's can replace. */
static int load(const struct cmd_env *env, const struct rules_args *a,
		struct knowledge *k, struct err *err)
{
	struct strbuf own = STRBUF_INIT;
	const char **dirs = xcalloc(a->dirs.nr + 1, sizeof(*dirs));
	int ret;

	strbuf_addf(&own, "%s/cocci/kernel", env->data);
	dirs[0] = own.buf;
	if (a->dirs.nr)
		memcpy(dirs + 1, a->dirs.v, a->dirs.nr * sizeof(*dirs));
	ret = knowledge_load(k, dirs, a->dirs.nr + 1, err);
	free(dirs);
	strbuf_release(&own);
	return ret;
}

static void list_table(const struct knowledge *k, const struct know_table *t)
{
	struct strbuf line = STRBUF_INIT;
	const char *entries;
	size_t i, nr;

	entries = know_entries(k, t, &nr);
	printf("%s: %zu. %s\n", t->name, nr, t->doc);
	for (i = 0; i < nr; i++) {
		strbuf_clear(&line);
		know_print(t, entries + i * t->size, &line);
		printf("  %s\n", line.buf);
	}
	strbuf_release(&line);
}

static int do_list(const struct cmd_env *env, const struct rules_args *a,
		   struct err *err)
{
	struct knowledge k;
	size_t i;

	if (a->table && !know_table_find(a->table))
		return err_set(err, ERR_USAGE, "no table '%s'", a->table);
	if (load(env, a, &k, err))
		return err->code;
	for (i = 0; i < nr_know_tables; i++)
		if (!a->table || !strcmp(a->table, know_tables[i].name))
			list_table(&k, &know_tables[i]);
	knowledge_release(&k);
	return 0;
}

static int do_lint(const struct cmd_env *env, const struct rules_args *a,
		   struct err *err)
{
	struct strbuf out = STRBUF_INIT;
	struct knowledge k;
	size_t i, nr, entries = 0, wrong;

	if (load(env, a, &k, err))
		return err->code;
	wrong = knowledge_lint(&k, &out);
	fputs(out.buf, stdout);
	for (i = 0; i < nr_know_tables; i++) {
		know_entries(&k, &know_tables[i], &nr);
		entries += nr;
	}
	printf("%zu entries in %zu tables, %zu wrong; sha256 %s\n", entries,
	       nr_know_tables, wrong, k.digest);
	strbuf_release(&out);
	knowledge_release(&k);
	return wrong ? err_set(err, ERR_FORMAT, "%zu entries are wrong",
			       wrong) : 0;
}

static int do_schema(void)
{
	struct strbuf out = STRBUF_INIT;

	know_schema(&out);
	fputs(out.buf, stdout);
	strbuf_release(&out);
	return 0;
}

static int run(const struct cmd_env *env, int argc, const char **argv,
	       struct rules_args *a, struct err *err)
{
	const char *what = argc > 1 ? argv[1] : "";
	int i;

	if (!strcmp(what, "lint")) {
		for (i = 2; i < argc; i++) {
			GROW(a->dirs.v, a->dirs.nr, a->dirs.cap);
			a->dirs.v[a->dirs.nr++] = argv[i];
		}
		return do_lint(env, a, err);
	}
	if (argc > 2)
		return err_set(err, ERR_USAGE, "too many words: '%s'",
			       argv[2]);
	if (!strcmp(what, "list"))
		return do_list(env, a, err);
	if (!strcmp(what, "schema"))
		return do_schema();
	return err_set(err, ERR_USAGE, "which? list, lint or schema (see -h)");
}

int cmd_rules(const struct cmd_env *env, int argc, const char **argv)
{
	static const char *const usage[] = {
		"gfpscope rules list [--table T] [--rules DIR]..",
		"gfpscope rules lint [DIR]..",
		"gfpscope rules schema",
		NULL,
	};
	struct rules_args a = { .table = NULL };
	const struct opt opts[] = {
		{ OPT_LIST, 0, "rules", &a.dirs, "DIR",
		  "knowledge of your own, on top (may be given again)" },
		{ OPT_STRING, 't', "table", &a.table, "TABLE",
		  "only this table" },
		{ .kind = OPT_END },
	};
	const struct opts_spec spec = {
		usage,
		"Shows and checks what is known of the kernel's interfaces.",
		opts,
	};
	struct err err = ERR_INIT;
	int code = EXIT_DONE;
	int ret = opts_parse(&argc, argv, &spec, NULL, &err);

	if (!ret)
		ret = run(env, argc, argv, &a, &err);
	if (ret < 0)
		code = cmd_failed("rules", &err);
	opt_list_release(&a.dirs);
	return code;
}
