// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope: the command table, and what all commands have in common.
 *
 * Takes argv, finds the command, makes ready what the command's flags ask
 * for, and gives its exit code back. Holds no logic of its own.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/datadir.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/version.h"
#include "cmd/commands.h"

enum {
	NEEDS_DATA = 1 << 0,	/* cocci/ and reports/ must be there */
};

struct command {
	const char *name;
	cmd_fn *fn;
	unsigned int needs;
	const char *summary;
};

/* In alphabetical order; the summaries are the overview of --help. */
static const struct command commands[] = {
	{ "audit", cmd_audit, NEEDS_DATA,
	  "decide every restricted mask of a tree, write the report" },
	{ "burndown", cmd_burndown, 0,
	  "show what is left in each directory, run after run" },
	{ "cache", cmd_cache, 0,
	  "show, check or empty what is kept between runs" },
	{ "check", cmd_check, NEEDS_DATA,
	  "run semantic patches over a revision with no checkout" },
	{ "compare", cmd_compare, NEEDS_DATA,
	  "tell what is new, gone or changed between two reports" },
	{ "convert", cmd_convert, NEEDS_DATA,
	  "change decided sites, as diffs that apply" },
	{ "dump", cmd_dump, NEEDS_DATA,
	  "show what the reader sees in a file" },
	{ "explain", cmd_explain, NEEDS_DATA,
	  "tell why a site is what the report says" },
	{ "history", cmd_history, 0,
	  "keep one line a run, show the runs" },
	{ "merge", cmd_merge, NEEDS_DATA,
	  "put the reports of shards together" },
	{ "nightly", cmd_nightly, NEEDS_DATA,
	  "audit many trees, tell what is new since last night" },
	{ "rules", cmd_rules, NEEDS_DATA,
	  "show and check what is known of the kernel's interfaces" },
	{ "series", cmd_series, NEEDS_DATA,
	  "change decided sites, as the mails of a patch series" },
	{ "stats", cmd_stats, NEEDS_DATA,
	  "read a tree, tell in figures what it is made of" },
	{ NULL, NULL, 0, NULL },
};

static void print_help(FILE *f)
{
	const struct command *c;

	fputs("usage: gfpscope <command> [<options>] [<words>]\n"
	      "\n"
	      "Finds GFP_NOFS and GFP_NOIO in a Linux tree, tells which of them are\n"
	      "needed and by what, and turns the rest into plain allocations or scopes.\n"
	      "\n", f);
	for (c = commands; c->name; c++)
		fprintf(f, "    %-10s%s\n", c->name, c->summary);
	fputs("\n'gfpscope help <command>' tells the options of a command.\n", f);
}

static const struct command *find_command(const char *name)
{
	const struct command *c;

	for (c = commands; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

/* Two letters in common at the front are a good guess. */
static int unknown_command(const char *name)
{
	const struct command *c;

	fprintf(stderr, "gfpscope: no command '%s'", name);
	for (c = commands; c->name; c++) {
		if (!strncmp(c->name, name, 2)) {
			fprintf(stderr, "; did you mean '%s'?", c->name);
			break;
		}
	}
	fputs(" (see gfpscope --help)\n", stderr);
	return EXIT_USAGE;
}

int cmd_failed(const char *name, struct err *err)
{
	int code = err_exit_code(err);

	fprintf(stderr, "gfpscope %s: %s\n", name,
		err->msg ? err->msg : "failed");
	err_clear(err);
	return code == EXIT_DONE ? EXIT_FAILED : code;
}

static int run_command(const struct command *c, int argc, const char **argv)
{
	struct err err = ERR_INIT;
	struct cmd_env env = { NULL };
	char *data = NULL;
	int code;

	if (c->needs & NEEDS_DATA) {
		data = datadir_find(&err);
		if (!data)
			return cmd_failed(c->name, &err);
		env.data = data;
	}
	code = c->fn(&env, argc, argv);
	free(data);
	/* A full disk or a closed pipe under stdout must not look like done;
	 * who failed has said so. */
	if ((fflush(stdout) || ferror(stdout)) && code != EXIT_FAILED) {
		fprintf(stderr, "gfpscope %s: cannot write standard output\n",
			c->name);
		return EXIT_FAILED;
	}
	return code;
}

/* "help COMMAND" is "COMMAND --help". */
static int help_on(const char *name)
{
	const char *argv[] = { name, "--help", NULL };
	const struct command *c = find_command(name);

	return c ? run_command(c, 2, argv) : unknown_command(name);
}

static bool is_one_of(const char *word, const char *a, const char *b,
		      const char *c)
{
	return !strcmp(word, a) || !strcmp(word, b) || !strcmp(word, c);
}

int main(int argc, char **argv)
{
	const struct command *c;

	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (argc > 2 && !strcmp(argv[1], "help"))
		return help_on(argv[2]);
	if (is_one_of(argv[1], "-h", "--help", "help")) {
		print_help(stdout);
		return EXIT_DONE;
	}
	if (is_one_of(argv[1], "-V", "--version", "version")) {
		puts("gfpscope " GFPSCOPE_VERSION);
		return EXIT_DONE;
	}
	if (argv[1][0] == '-') {
		fprintf(stderr, "gfpscope: unknown option '%s' (see --help)\n",
			argv[1]);
		return EXIT_USAGE;
	}
	c = find_command(argv[1]);
	if (!c)
		return unknown_command(argv[1]);
	return run_command(c, argc - 1, (const char **)argv + 1);
}
