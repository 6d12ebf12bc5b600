// SPDX-License-Identifier: GPL-2.0-only
/*
 * upstream_score: how far a report agrees with what upstream decided.
 *
 * In: the directory of facts (corpus/upstream) and a JSON report. Out: one
 * line "measure: n" or "measure: n / of" each, with -v also what was missed,
 * then for each floor of that kernel "ok" or "not ok", then "N passed, M
 * failed". A fact counts only when the report covers its file. A site belongs
 * to a fact by path, function and callee, the nearest line first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "emit/jsonr.h"
#include "emit/read_report.h"

struct measure {
	char name[64];
	unsigned int n, of;	/* of 0: a plain count */
};

struct score {
	const char *dir;	/* of the facts */
	const struct result *r;
	char kernel[16];	/* "6.1" */
	bool verbose;
	bool *used;		/* sites that a fact has taken */
	struct measure v[64];
	size_t nr;
	unsigned int passed, failed, skipped;	/* floors */
	struct jsonr j;
};

static struct measure *measure(struct score *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		if (!strcmp(s->v[i].name, name))
			return &s->v[i];
	BUG_ON(s->nr == ARRAY_SIZE(s->v) || strlen(name) >= sizeof(s->v[0].name));
	memcpy(s->v[s->nr].name, name, strlen(name) + 1);
	return &s->v[s->nr++];
}

static void count(struct score *s, const char *group, const char *what, bool is)
{
	char name[128];
	struct measure *m;

	snprintf(name, sizeof(name), "%s: %s", group, what);
	m = measure(s, name);
	m->n += is;
	m->of++;
}

static bool is_free(uint8_t verdict)
{
	return verdict == VERDICT_REDUNDANT || verdict == VERDICT_UNNEEDED ||
	       verdict == VERDICT_NOLOCKDEP || verdict == VERDICT_NOOP;
}

static bool covered(const struct score *s, const char *path)
{
	size_t i;

	for (i = 0; i < s->r->tree.nr_paths; i++)
		if (path_is_below(path, s->r->tree.paths[i]))
			return true;
	return !s->r->tree.nr_paths;
}

static bool is_listed(struct score *s, json_object *o, const char *key,
		      const char *word)
{
	size_t i, nr;
	json_object *a = jsonr_array_opt(&s->j, o, key, &nr);

	for (i = 0; i < nr; i++)
		if (!strcmp(jsonr_item_str(&s->j, a, i, key), word))
			return true;
	return false;
}

/* A list of objects in the file @name; NULL when it is not there or bad. */
static json_object *facts_list(struct score *s, const char *name)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	json_object *root = NULL;

	strbuf_addf(&path, "%s/%s", s->dir, name);
	s->j.file = arena_strdup(s->j.arena, path.buf);
	if (!s->j.rc)
		s->j.rc = file_read(path.buf, 0, &text, s->j.err);
	if (!s->j.rc)
		root = jsonr_parse(&s->j, text.buf, text.len);
	if (!s->j.rc && json_object_get_type(root) != json_type_array)
		jsonr_bad(&s->j, name, "is not a list");
	strbuf_release(&path);
	strbuf_release(&text);
	return root;
}

static void each(struct score *s, const char *name,
		 void (*fn)(struct score *s, json_object *o))
{
	json_object *list = facts_list(s, name);
	size_t i;

	for (i = 0; !s->j.rc && i < json_object_array_length(list); i++)
		fn(s, jsonr_item_object(&s->j, list, i, name));
	json_object_put(list);
}

/* The free site that fits best: same callee first, then the nearest line. */
static const struct result_site *take_site(struct score *s, const char *path,
					   const char *function,
					   const char *callee, uint32_t line)
{
	const struct result_site *best = NULL;
	uint64_t best_rank = UINT64_MAX;
	size_t i;

	for (i = 0; i < s->r->nr_sites; i++) {
		const struct result_site *x = &s->r->sites[i];
		uint64_t rank = x->line > line ? x->line - line :
				line - x->line;

		if (s->used[i] || strcmp(x->path, path) ||
		    strcmp(x->function, function))
			continue;
		if (strcmp(x->callee, callee))
			rank += 1ull << 32;
		if (rank >= best_rank)
			continue;
		best = x;
		best_rank = rank;
	}
	if (best)
		s->used[best - s->r->sites] = true;
	return best;
}

static void tell_miss(const struct score *s, const char *what,
		      const char *path, const char *function, uint32_t line,
		      const char *got, const char *reason)
{
	if (s->verbose)
		printf("# %s: %s:%u: %s(): %s%s%s\n", what, path, line,
		       function, got, *reason ? ": " : "", reason);
}

static void score_freed(struct score *s, json_object *o)
{
	const char *tree = jsonr_str(&s->j, o, "tree");
	const char *path = jsonr_str(&s->j, o, "file");
	const char *function = jsonr_str(&s->j, o, "function");
	const char *call = jsonr_str(&s->j, o, "call");
	const char *want = jsonr_str(&s->j, o, "verdict");
	uint32_t line = jsonr_u32(&s->j, o, "line");
	const struct result_site *x;
	bool hit, freed;

	if (s->j.rc || strcmp(tree, s->kernel) || !covered(s, path))
		return;
	x = take_site(s, path, function, call, line);
	freed = x && is_free(x->verdict);
	hit = !strcmp(want, "redundant") ?
	      x && x->verdict == VERDICT_REDUNDANT :
	      !strcmp(want, "just-in-case") ? freed :
	      x && x->verdict == VERDICT_SCOPE;
	count(s, want, "hit", hit);
	count(s, want, "free", freed);
	count(s, want, "free or instance", freed ||
	      (x && x->verdict == VERDICT_INSTANCE));
	count(s, want, "not seen", !x);
	if (!strcmp(want, "needs-scope"))
		count(s, want, "placed", hit && x->scope_at &&
		      is_listed(s, o, "scope_at", x->scope_at->function));
	if (!hit)
		tell_miss(s, want, path, function, line,
			  x ? verdict_name(x->verdict) : "not seen",
			  x ? x->reason : "");
}

/* Fixes that left a restricted mask behind, which must stay. */
static bool left_a_mask(const char *kind)
{
	static const char *const kinds[] = {
		"flags", "flags+pf", "mapping-mask", "sock-mask", "pf-flag",
		"api",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i], kind))
			return true;
	return false;
}

static bool any_covered(struct score *s, json_object *o)
{
	size_t i, nr;
	json_object *a = jsonr_array(&s->j, o, "files", &nr);

	for (i = 0; i < nr; i++)
		if (covered(s, jsonr_item_str(&s->j, a, i, "files")))
			return true;
	return false;
}

static void score_needed(struct score *s, json_object *o)
{
	json_object *state = jsonr_object(&s->j, o, "state");
	bool seen = false, freed = false;
	json_object *exempt;
	size_t i;

	if (s->j.rc || strcmp(jsonr_str_opt(&s->j, state, s->kernel), "fixed") ||
	    !left_a_mask(jsonr_str(&s->j, o, "fix_kind")) ||
	    json_object_object_get_ex(o, "scope_proven", &exempt) ||
	    !any_covered(s, o))
		return;
	for (i = 0; i < s->r->nr_sites; i++) {
		const struct result_site *x = &s->r->sites[i];

		if (!is_listed(s, o, "functions", x->function) ||
		    !is_listed(s, o, "files", x->path))
			continue;
		seen = true;
		if (!is_free(x->verdict))
			continue;
		freed = true;
		tell_miss(s, "wrongly freed", x->path, x->function, x->line,
			  verdict_name(x->verdict), x->reason);
	}
	count(s, "known-needed", "with a site seen", seen);
	count(s, "known-needed", "wrongly freed", freed);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool in_files(struct score *s, json_object *o, const char *path)
{
	size_t i, nr;
	json_object *a = jsonr_array(&s->j, o, "files", &nr);

	for (i = 0; i < nr; i++)
		if (!strcmp(base_name(jsonr_item_str(&s->j, a, i, "files")),
			    base_name(path)))
			return true;
	return false;
}

static void score_live(struct score *s, json_object *o)
{
	const char *class = jsonr_str_opt(&s->j, o, "live_class");
	bool found = false;
	size_t i;

	if (s->j.rc || !is_listed(s, o, "live_in", s->kernel) ||
	    !strcmp(class, "lockdep-false-positive") || !any_covered(s, o))
		return;
	for (i = 0; i < s->r->nr_findings && !found; i++) {
		const struct result_finding *f = &s->r->findings[i];

		found = f->rule != RULE_UNBALANCED_SCOPE &&
			is_listed(s, o, "functions", f->function) &&
			in_files(s, o, f->path);
	}
	count(s, "live bugs", "found", found);
	if (!found && s->verbose)
		printf("# live bug not found: %s\n",
		       jsonr_str(&s->j, o, "id"));
}

static bool has_unbalanced(const struct score *s, const char *path,
			   const char *function)
{
	size_t i;

	for (i = 0; i < s->r->nr_findings; i++)
		if (s->r->findings[i].rule == RULE_UNBALANCED_SCOPE &&
		    !strcmp(s->r->findings[i].path, path) &&
		    !strcmp(s->r->findings[i].function, function))
			return true;
	return false;
}

static void score_unbalanced(struct score *s, json_object *o)
{
	const char *path = jsonr_str(&s->j, o, "file");

	if (s->j.rc || !is_listed(s, o, "trees", s->kernel) ||
	    !covered(s, path))
		return;
	count(s, "unbalanced", "found",
	      has_unbalanced(s, path, jsonr_str(&s->j, o, "function")));
}

/* Verdicts and findings that a person looked at. */
static void score_checked(struct score *s, json_object *o)
{
	const char *kind = jsonr_str(&s->j, o, "kind");
	json_object *right;

	if (!json_object_object_get_ex(o, "right", &right) ||
	    !json_object_is_type(right, json_type_boolean))
		jsonr_bad(&s->j, "right", "is not true or false");
	if (s->j.rc || strcmp(jsonr_str(&s->j, o, "tree"), s->kernel))
		return;
	count(s, "checked", kind, false);
	if (!json_object_get_boolean(right)) {
		char name[128];

		snprintf(name, sizeof(name), "checked: %s", kind);
		measure(s, name)->n++;
	}
}

static void score_totals(struct score *s)
{
	struct measure *m;
	size_t i;
	unsigned int known = measure(s, "unbalanced: found")->n, all = 0;

	measure(s, "sites: all")->n = (unsigned int)s->r->nr_sites;
	for (i = 0; i < s->r->nr_sites; i++)
		count(s, "sites", verdict_name(s->r->sites[i].verdict), true);
	for (i = 0; i < VERDICT_NR; i++) {
		char name[128];

		snprintf(name, sizeof(name), "sites: %s", verdict_name((int)i));
		measure(s, name)->of = 0;
	}
	m = measure(s, "sites: percent unknown");
	if (s->r->nr_sites)
		m->n = (unsigned int)((100ull * measure(s, "sites: unknown")->n +
				       s->r->nr_sites - 1) / s->r->nr_sites);
	for (i = 0; i < s->r->nr_findings; i++) {
		const struct result_finding *f = &s->r->findings[i];
		char name[128];

		snprintf(name, sizeof(name), "findings: %s %s",
			 rule_name(f->rule), confidence_name(f->confidence));
		measure(s, name)->n++;
		all += f->rule == RULE_UNBALANCED_SCOPE;
	}
	measure(s, "unbalanced: others")->n = all > known ? all - known : 0;
}

/* A floor with "todo" is known not to be held: said, counted as skipped, and a
 * failure once it is held, so that the word goes. */
static void check_todo(struct score *s, const char *name, unsigned int n,
		       bool held)
{
	printf("%s %s: %u%s\n", held ? "not ok" : "ok", name, n,
	       held ? ", is held: drop its todo" : " # SKIP not held yet");
	if (held)
		s->failed++;
	else
		s->skipped++;
}

static void check_floor(struct score *s, json_object *o)
{
	const char *name = jsonr_str(&s->j, o, "measure");
	struct measure *m;
	json_object *v;
	bool least;
	int64_t bound, of = 0;

	if (s->j.rc || strcmp(jsonr_str(&s->j, o, "tree"), s->kernel))
		return;
	least = json_object_object_get_ex(o, "at_least", &v);
	bound = jsonr_int(&s->j, o, least ? "at_least" : "at_most");
	if (json_object_object_get_ex(o, "of", &v))
		of = json_object_get_int64(v);
	if (s->j.rc)
		return;
	m = measure(s, name);
	if (m->of < of) {
		printf("ok %s # SKIP the report covers %u of %d\n", name,
		       m->of, (int)of);
		s->skipped++;
		return;
	}
	if (json_object_object_get_ex(o, "todo", &v)) {
		check_todo(s, name, m->n,
			   least ? m->n >= bound : m->n <= bound);
	} else if (least ? m->n >= bound : m->n <= bound) {
		s->passed++;
		printf("ok %s: %u, at %s %d\n", name, m->n,
		       least ? "least" : "most", (int)bound);
	} else {
		s->failed++;
		printf("not ok %s: %u, at %s %d\n", name, m->n,
		       least ? "least" : "most", (int)bound);
	}
}

static void print_measures(const struct score *s)
{
	size_t i;

	for (i = 0; i < s->nr; i++) {
		printf("%s %u", s->v[i].name, s->v[i].n);
		if (s->v[i].of)
			printf(" / %u", s->v[i].of);
		putchar('\n');
	}
}

/* "6.1.192" is 6.1: facts are about a series. */
static void series_of(const char *version, char *out, size_t size)
{
	const char *dot = strchr(version, '.');
	size_t len = dot ? strcspn(dot + 1, ".-") + (size_t)(dot - version) + 1 :
		     strlen(version);

	if (len >= size)
		len = size - 1;
	memcpy(out, version, len);
	out[len] = '\0';
}

static int score(struct score *s)
{
	series_of(s->r->tree.kernel, s->kernel, sizeof(s->kernel));
	s->used = xcalloc(s->r->nr_sites + 1, sizeof(*s->used));
	each(s, "freed.json", score_freed);
	each(s, "needed.json", score_needed);
	each(s, "needed.json", score_live);
	each(s, "unbalanced.json", score_unbalanced);
	each(s, "checked.json", score_checked);
	free(s->used);
	if (s->j.rc)
		return s->j.rc;
	score_totals(s);
	print_measures(s);
	each(s, "floors.json", check_floor);
	if (s->j.rc)
		return s->j.rc;
	printf("%u passed, %u failed, %u skipped\n", s->passed,
	       s->failed, s->skipped);
	return 0;
}

int main(int argc, char **argv)
{
	bool verbose = argc > 1 && !strcmp(argv[1], "-v");
	struct err err = ERR_INIT;
	struct report_file file;
	struct arena arena;
	bool failed = false;
	int rc;

	if (argc != 3 + verbose) {
		fputs("usage: upstream_score [-v] DIR REPORT\n", stderr);
		return EXIT_USAGE;
	}
	arena_init(&arena);
	report_file_init(&file);
	rc = report_file_read(argv[argc - 1], &file, &err);
	if (!rc) {
		struct score s = {
			.dir = argv[argc - 2], .r = &file.result,
			.verbose = verbose,
			.j = { .arena = &arena, .err = &err },
		};

		rc = score(&s);
		failed = s.failed > 0;
	}
	report_file_release(&file);
	arena_release(&arena);
	if (rc) {
		fprintf(stderr, "upstream_score: %s\n", err.msg);
		rc = err_exit_code(&err);
		err_clear(&err);
		return rc;
	}
	return failed ? EXIT_FINDINGS : EXIT_DONE;
}
