// SPDX-License-Identifier: GPL-2.0-only
/*
 * Explained sites for programs: JSON with the report's own objects, and a
 * graph for dot with one box a step.
 */
#include "emit/explain.h"
#include "emit/json.h"

void explain_put_json(FILE *f, const struct report *r,
		      const struct explain_set *set)
{
	struct jsonw w;

	jsonw_init(&w, f);
	jsonw_object(&w, NULL);
	jsonw_str(&w, "schema", "gfpscope-explain/1");
	jsonw_array(&w, "sites");
	for (size_t i = 0; i < set->nr_sites; i++)
		json_put_site(&w, r, set->sites[i], NULL);
	jsonw_end(&w);
	jsonw_array(&w, "findings");
	for (size_t i = 0; i < set->nr_findings; i++)
		json_put_finding(&w, r, set->findings[i], NULL);
	jsonw_end(&w);
	jsonw_end(&w);
}

/* A quoted string of dot: quotes and backslashes escaped, no other control
 * characters than line ends. */
static void dot_string(FILE *f, const char *a, const char *sep, const char *b)
{
	const char *parts[] = { a, sep, b };

	fputc('"', f);
	for (int i = 0; i < 3; i++)
		for (const char *s = parts[i]; *s; s++) {
			if (*s == '"' || *s == '\\')
				fputc('\\', f);
			if ((unsigned char)*s >= 0x20)
				fputc(*s, f);
			else if (*s == '\n')
				fputs("\\n", f);
		}
	fputc('"', f);
}

static void dot_chain(FILE *f, unsigned int graph, char side,
		      const char *title, const struct chain *c)
{
	if (!c->nr)
		return;
	fprintf(f, " subgraph cluster_%u%c {\n  label=\"%s\";\n", graph, side,
		title);
	for (size_t i = 0; i < c->nr; i++) {
		const struct step *s = &c->steps[i];

		fprintf(f, "  n%u%c%zu [label=", graph, side, i);
		dot_string(f, s->function, "\n", s->text);
		fputs(", tooltip=", f);
		dot_string(f, s->path, "", "");
		fputs("];\n", f);
		if (i)
			fprintf(f, "  n%u%c%zu -> n%u%c%zu;\n", graph, side,
				i - 1, graph, side, i);
	}
	fputs(" }\n", f);
}

static void dot_pair(FILE *f, unsigned int graph, const struct chain *evidence,
		     const struct chain *reclaim)
{
	dot_chain(f, graph, 'e', "to the site", evidence);
	dot_chain(f, graph, 'r', "reclaim", reclaim);
	if (evidence->nr && reclaim->nr)
		fprintf(f, " n%ue%zu -> n%ur0 [style=dashed];\n", graph,
			evidence->nr - 1, graph);
}

void explain_put_dot(FILE *f, const struct report *r,
		     const struct explain_set *set)
{
	unsigned int graph = 0;

	fputs("digraph gfpscope {\n node [shape=box];\n", f);
	for (size_t i = 0; i < set->nr_sites; i++) {
		const struct result_site *s = &r->result->sites[set->sites[i]];

		dot_pair(f, graph++, &s->evidence, &s->reclaim);
	}
	for (size_t i = 0; i < set->nr_findings; i++) {
		const struct result_finding *d =
			&r->result->findings[set->findings[i]];

		dot_pair(f, graph++, &d->evidence, &d->reclaim);
	}
	fputs("}\n", f);
}
