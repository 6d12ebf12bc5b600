/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Command line options in the manner of git: one array describes them, the
 * same array makes the help text.
 */
#ifndef BASE_OPTS_H
#define BASE_OPTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum opt_kind {
	OPT_END,
	OPT_GROUP,	/* a heading in the help text */
	OPT_BOOL,	/* bool *; --no-NAME too */
	OPT_STRING,	/* const char **; borrowed from argv */
	OPT_UINT,	/* unsigned int *; K/M/G suffixes */
	OPT_JOBS,	/* unsigned int *, at most OPT_JOBS_MAX */
	OPT_SIZE,	/* size_t *; K/M/G suffixes */
	OPT_LIST,	/* struct opt_list *; may be given again and again */
};

/* Threads cost memory each; more than this is a slip of the finger. */
#define OPT_JOBS_MAX	256u

struct opt_list {
	const char **v;
	size_t nr, cap;
};
void opt_list_release(struct opt_list *l);

struct opt {
	enum opt_kind kind;
	char short_name;	/* 0: none */
	const char *long_name;	/* NULL: none */
	void *value;
	const char *arg;	/* name of the argument in the help text */
	const char *help;
};

struct opts_spec {
	const char *const *usage;	/* lines, NULL terminated */
	const char *about;		/* a paragraph, NULL: none */
	const struct opt *opts;		/* ends with OPT_END */
	/* What exit codes 1 and 4 mean; NULL: the command has none such. */
	const char *finds, *partial;
};

/**
 * opts_parse() - read options out of @argv, which keeps the rest in order.
 * @argc: in: words of @argv incl. the command's name at [0]; out: words left
 * @dashdash: out: index in @argv of the first word after "--", or -1
 *
 * Return: 0; ERR_USAGE with a message; 1 when -h/--help was given and the
 * help text has been printed on stdout.
 */
int opts_parse(int *argc, const char **argv, const struct opts_spec *spec,
	       int *dashdash, struct err *err);
void opts_print_help(const struct opts_spec *spec);

#endif
