// SPDX-License-Identifier: GPL-2.0-only
/*
 * report_lines: a report as lines that a test script can compare.
 *
 * In: the path of a JSON report, or with --expected that of a list of what a
 * report should say (corpus/demo/EXPECTED.json). Out: one line for each site
 * and finding, fields between tabs:
 *
 *	site PATH FUNCTION CALLEE N MASK VERDICT SCOPE_FUNCTION LINE
 *	finding PATH FUNCTION RULE N - CONFIDENCE - LINE
 *
 * N counts from 1 among equal path, function and callee or rule; MASK has no
 * spaces; what is empty is "-". With --expected there is one field in front,
 * the tree that is meant; MASK and LINE are "-", VERDICT and SCOPE_FUNCTION as
 * expected and one more field says why. Compares nothing itself.
 */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "emit/jsonr.h"
#include "emit/read_report.h"

static const char *or_dash(const char *s)
{
	return s && *s ? s : "-";
}

static void print_mask(const char *s)
{
	if (!*s)
		putchar('-');
	for (; *s; s++)
		if (*s != ' ' && *s != '\t')
			putchar(*s);
}

/* How many before @i have the same key. Reports here are small. */
static unsigned int site_number(const struct result *r, size_t i)
{
	const struct result_site *s = &r->sites[i];
	unsigned int n = 1;

	for (size_t j = 0; j < i; j++)
		if (!strcmp(r->sites[j].path, s->path) &&
		    !strcmp(r->sites[j].function, s->function) &&
		    !strcmp(r->sites[j].callee, s->callee))
			n++;
	return n;
}

static unsigned int finding_number(const struct result *r, size_t i)
{
	const struct result_finding *f = &r->findings[i];
	unsigned int n = 1;

	for (size_t j = 0; j < i; j++)
		if (!strcmp(r->findings[j].path, f->path) &&
		    !strcmp(r->findings[j].function, f->function) &&
		    r->findings[j].rule == f->rule)
			n++;
	return n;
}

static void print_report(const struct result *r)
{
	for (size_t i = 0; i < r->nr_sites; i++) {
		const struct result_site *s = &r->sites[i];

		printf("site\t%s\t%s\t%s\t%u\t", s->path, or_dash(s->function),
		       or_dash(s->callee), site_number(r, i));
		print_mask(s->mask);
		printf("\t%s\t%s\t%u\t%s\n", verdict_name(s->verdict),
		       s->scope_at ? or_dash(s->scope_at->function) : "-",
		       s->line, confidence_name(s->confidence));
	}
	for (size_t i = 0; i < r->nr_findings; i++) {
		const struct result_finding *f = &r->findings[i];

		printf("finding\t%s\t%s\t%s\t%u\t-\t%s\t-\t%u\n", f->path,
		       or_dash(f->function), rule_name(f->rule),
		       finding_number(r, i), confidence_name(f->confidence),
		       f->line);
	}
}

static void print_expected(struct jsonr *r, json_object *o)
{
	const char *rule = jsonr_str_opt(r, o, "rule");
	const char *tree = jsonr_str_opt(r, o, "tree");
	const char *path = jsonr_str(r, o, "path");
	const char *function = jsonr_str(r, o, "function");
	const char *callee = *rule ? rule : jsonr_str(r, o, "callee");
	const char *verdict = *rule ? "-" : jsonr_str(r, o, "verdict");
	const char *why = jsonr_str(r, o, "why");
	json_object *number;
	int n = 1;

	if (json_object_object_get_ex(o, "n", &number))
		n = json_object_get_int(number);
	if (r->rc)
		return;
	printf("%s\t%s\t%s\t%s\t%s\t%d\t-\t%s\t%s\t-\t%s\n",
	       *tree ? tree : "tree", *rule ? "finding" : "site", path,
	       or_dash(function), callee, n, verdict,
	       or_dash(jsonr_str_opt(r, o, "scope_at")), why);
}

static int list_expected(const char *path, struct arena *arena,
			 struct err *err)
{
	struct jsonr r = { .file = path, .arena = arena, .err = err };
	struct strbuf text = STRBUF_INIT;
	json_object *root = NULL;

	r.rc = file_read(path, 0, &text, err);
	if (!r.rc)
		root = jsonr_parse(&r, text.buf, text.len);
	if (!r.rc && json_object_get_type(root) != json_type_array)
		jsonr_bad(&r, "top", "is not a list");
	for (size_t i = 0; !r.rc && i < json_object_array_length(root); i++)
		print_expected(&r, jsonr_item_object(&r, root, i, "top"));
	json_object_put(root);
	strbuf_release(&text);
	return r.rc;
}

static int list_report(const char *path, struct err *err)
{
	struct report_file file;
	int rc;

	report_file_init(&file);
	rc = report_file_read(path, &file, err);
	if (!rc)
		print_report(&file.result);
	report_file_release(&file);
	return rc;
}

int main(int argc, char **argv)
{
	struct err err = ERR_INIT;
	struct arena arena;
	int rc;

	if (argc == 3 && !strcmp(argv[1], "--expected")) {
		arena_init(&arena);
		rc = list_expected(argv[2], &arena, &err);
		arena_release(&arena);
	} else if (argc == 2) {
		rc = list_report(argv[1], &err);
	} else {
		fputs("usage: report_lines [--expected] FILE\n", stderr);
		return EXIT_USAGE;
	}
	if (rc) {
		fprintf(stderr, "report_lines: %s\n", err.msg);
		rc = err_exit_code(&err);
		err_clear(&err);
	}
	return rc;
}
