/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands of the program: one file each, named like the command, and one
 * line in the table of cmd/main.c.
 */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "base/err.h"

/* What cmd/main.c made ready before the command runs. */
struct cmd_env {
	const char *data;	/* has cocci/ and reports/; NULL: not needed */
};

/*
 * @argc/@argv: the command's own words, its name first, NULL terminated.
 * Return: an enum exit_code.
 */
typedef int cmd_fn(const struct cmd_env *env, int argc, const char **argv);

/**
 * cmd_failed() - print "gfpscope NAME: message" and clear @err.
 *
 * Return: the exit code that belongs to it.
 */
int cmd_failed(const char *name, struct err *err);

/* Here, in alphabetical order. */
cmd_fn cmd_audit;
cmd_fn cmd_burndown;
cmd_fn cmd_cache;
cmd_fn cmd_check;
cmd_fn cmd_compare;
cmd_fn cmd_convert;
cmd_fn cmd_dump;
cmd_fn cmd_explain;
cmd_fn cmd_history;
cmd_fn cmd_merge;
cmd_fn cmd_nightly;
cmd_fn cmd_rules;
cmd_fn cmd_series;
cmd_fn cmd_stats;

#endif
