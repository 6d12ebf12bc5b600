// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options out of argv, in any order between the other words; the rest stays.
 * Long options are written out in full, short ones may be bundled, and an
 * argument may stick to its option (-j4, --jobs=4) or follow it.
 */
#include "base/opts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#define HELP_COLUMN 26
#define HELP_WIDTH 80

struct parser {
	const char **argv;
	int argc, next;		/* next: the word to look at */
	const struct opts_spec *spec;
	struct err *err;
};

void opt_list_release(struct opt_list *l)
{
	free(l->v);
	memset(l, 0, sizeof(*l));
}

static int parse_number(const char *s, unsigned long long max,
			unsigned long long *value)
{
	unsigned int shift = 0;
	char *end;

	if (*s < '0' || *s > '9')
		return -1;
	errno = 0;
	*value = strtoull(s, &end, 10);
	if (errno)
		return -1;
	switch (*end) {
	case 'k': case 'K':
		shift = 10;
		break;
	case 'm': case 'M':
		shift = 20;
		break;
	case 'g': case 'G':
		shift = 30;
		break;
	}
	if (end[shift != 0] || *value > max >> shift)
		return -1;
	*value <<= shift;
	return 0;
}

static int bad_number(struct parser *p, const char *name, const char *arg)
{
	return err_set(p->err, ERR_USAGE, "option '%s' needs a number, not '%s'",
		       name, arg);
}

/* @name is how the user wrote the option, for messages. */
static int store(struct parser *p, const struct opt *o, const char *name,
		 const char *arg)
{
	unsigned long long n;
	struct opt_list *l;

	switch (o->kind) {
	case OPT_STRING:
		*(const char **)o->value = arg;
		return 0;
	case OPT_UINT:
		if (parse_number(arg, (unsigned int)-1, &n))
			return bad_number(p, name, arg);
		*(unsigned int *)o->value = (unsigned int)n;
		return 0;
	case OPT_JOBS:
		if (parse_number(arg, OPT_JOBS_MAX, &n))
			return err_set(p->err, ERR_USAGE, "'%s' of option '%s' "
				       "is not a number up to %u", arg, name,
				       OPT_JOBS_MAX);
		*(unsigned int *)o->value = (unsigned int)n;
		return 0;
	case OPT_SIZE:
		if (parse_number(arg, (size_t)-1, &n))
			return bad_number(p, name, arg);
		*(size_t *)o->value = (size_t)n;
		return 0;
	case OPT_LIST:
		l = o->value;
		GROW(l->v, l->nr, l->cap);
		l->v[l->nr++] = arg;
		return 0;
	default:
		BUG("option '%s' cannot have an argument", name);
	}
}

/* The argument that follows as a word of its own. */
static int take_argument(struct parser *p, const struct opt *o,
			 const char *name)
{
	if (p->next >= p->argc)
		return err_set(p->err, ERR_USAGE, "option '%s' needs %s", name,
			       o->arg ? o->arg : "an argument");
	return store(p, o, name, p->argv[p->next++]);
}

static const struct opt *find_long(const struct opts_spec *spec,
				   const char *name, size_t len)
{
	const struct opt *o;

	for (o = spec->opts; o->kind != OPT_END; o++)
		if (o->long_name && strlen(o->long_name) == len &&
		    !memcmp(o->long_name, name, len))
			return o;
	return NULL;
}

static int unknown_option(struct parser *p, const char *word)
{
	return err_set(p->err, ERR_USAGE, "unknown option '%s' (see -h)", word);
}

static int parse_long(struct parser *p, const char *word)
{
	const char *name = word + 2;
	size_t len = strcspn(name, "=");
	const char *arg = name[len] ? name + len + 1 : NULL;
	const struct opt *o = find_long(p->spec, name, len);
	bool on = true;

	if (!o && str_starts(name, "no-")) {
		o = find_long(p->spec, name + 3, len - 3);
		if (o && o->kind != OPT_BOOL)
			o = NULL;
		on = false;
	}
	if (!o)
		return unknown_option(p, word);
	if (o->kind == OPT_BOOL) {
		if (arg)
			return err_set(p->err, ERR_USAGE,
				       "option '--%.*s' takes no argument",
				       (int)len, name);
		*(bool *)o->value = on;
		return 0;
	}
	return arg ? store(p, o, word, arg) : take_argument(p, o, word);
}

static int parse_short(struct parser *p, const char *word)
{
	const char *c;

	for (c = word + 1; *c; c++) {
		const char name[] = { '-', *c, '\0' };
		const struct opt *o = p->spec->opts;

		while (o->kind != OPT_END && o->short_name != *c)
			o++;
		if (o->kind == OPT_END)
			return unknown_option(p, name);
		if (o->kind == OPT_BOOL) {
			*(bool *)o->value = true;
			continue;
		}
		return c[1] ? store(p, o, name, c + 1) :
			      take_argument(p, o, name);
	}
	return 0;
}

static bool is_help(const char *word)
{
	return !strcmp(word, "-h") || !strcmp(word, "--help");
}

int opts_parse(int *argc, const char **argv, const struct opts_spec *spec,
	       int *dashdash, struct err *err)
{
	struct parser p = {
		.argv = argv, .argc = *argc, .next = 1,
		.spec = spec, .err = err,
	};
	int kept = 1, words_from = -1, ret = 0;

	while (!ret && words_from < 0 && p.next < p.argc) {
		const char *word = argv[p.next++];

		if (!strcmp(word, "--")) {
			words_from = kept;
			continue;
		}
		if (is_help(word)) {
			opts_print_help(spec);
			return 1;
		}
		if (word[0] != '-' || !word[1])
			argv[kept++] = word;
		else if (word[1] == '-')
			ret = parse_long(&p, word);
		else
			ret = parse_short(&p, word);
	}
	if (ret)
		return ret;
	while (p.next < p.argc)
		argv[kept++] = argv[p.next++];
	if (kept < p.argc)
		argv[kept] = NULL;
	if (dashdash)
		*dashdash = words_from;
	*argc = kept;
	return 0;
}

/* Prints @text with its own line breaks, and more where a line is too wide. */
static void print_wrapped(const char *text, int indent)
{
	size_t width = (size_t)(HELP_WIDTH - indent);

	for (;;) {
		size_t len = strcspn(text, "\n"), cut = len;

		if (cut > width)
			for (cut = width; cut && text[cut] != ' '; cut--)
				;
		if (!cut && len)	/* one word as wide as the line */
			cut = strcspn(text, " \n");
		printf("%.*s\n", (int)cut, text);
		text += cut;
		if (!*text)
			return;
		text++;
		/* an empty line stays empty */
		if (*text && *text != '\n')
			printf("%*s", indent, "");
	}
}

static void print_option(const struct opt *o)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_adds(&sb, "    ");
	if (o->short_name)
		strbuf_addf(&sb, "-%c", o->short_name);
	if (o->short_name && o->long_name)
		strbuf_adds(&sb, ", ");
	if (o->long_name)
		strbuf_addf(&sb, "--%s", o->long_name);
	if (o->kind != OPT_BOOL)
		strbuf_addf(&sb, " <%s>", o->arg ? o->arg : "value");
	if (!o->help) {
		puts(sb.buf);
	} else {
		if (sb.len >= HELP_COLUMN - 1)
			printf("%s\n%*s", sb.buf, HELP_COLUMN, "");
		else
			printf("%-*s", HELP_COLUMN, sb.buf);
		print_wrapped(o->help, HELP_COLUMN);
	}
	strbuf_release(&sb);
}

static void print_exits(const struct opts_spec *spec)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "Exit codes: %d done", EXIT_DONE);
	if (spec->finds)
		strbuf_addf(&sb, ", %d %s", EXIT_FINDINGS, spec->finds);
	strbuf_addf(&sb, ", %d wrong usage, %d failed", EXIT_USAGE,
		    EXIT_FAILED);
	if (spec->partial)
		strbuf_addf(&sb, ", %d %s", EXIT_PARTIAL, spec->partial);
	strbuf_addc(&sb, '.');
	putchar('\n');
	print_wrapped(sb.buf, 0);
	strbuf_release(&sb);
}

void opts_print_help(const struct opts_spec *spec)
{
	const struct opt *o;
	size_t i;

	for (i = 0; spec->usage && spec->usage[i]; i++)
		printf("%s %s\n", i ? "   or:" : "usage:", spec->usage[i]);
	if (spec->about) {
		putchar('\n');
		print_wrapped(spec->about, 0);
	}
	for (o = spec->opts; o->kind != OPT_END; o++) {
		if (o == spec->opts && o->kind != OPT_GROUP)
			putchar('\n');
		if (o->kind == OPT_GROUP)
			printf("\n%s\n", o->help);
		else
			print_option(o);
	}
	print_exits(spec);
}
