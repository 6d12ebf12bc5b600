// SPDX-License-Identifier: GPL-2.0-only
/*
 * The JSON Schema of knowledge files, written from the description of the
 * tables, so that editors check and complete what the loader will accept.
 * cocci/kernel/schema/ has a copy; a test keeps it equal.
 */
#include "link/knowledge_tables.h"

#include "base/mem.h"

/* Texts of the description need no escapes; a test would show it. */
static void put_words(const struct know_field *f, struct strbuf *out)
{
	const struct know_word *w;
	const char *comma = "";

	strbuf_adds(out, "\"enum\": [");
	for (w = f->words; w->name; w++) {
		strbuf_addf(out, "%s\"%s\"", comma, w->name);
		comma = ", ";
	}
	strbuf_adds(out, "]");
}

static void put_string(const struct know_field *f, struct strbuf *out)
{
	if (f->flags & FIELD_MANY)
		strbuf_adds(out, "\"type\": [\"string\", \"array\"], "
			    "\"minLength\": 1, \"minItems\": 1,\n\t\t\t\t"
			    "\"items\": {\"type\": \"string\", "
			    "\"minLength\": 1}");
	else
		strbuf_adds(out, "\"type\": \"string\", \"minLength\": 1");
}

static void put_field(const struct know_field *f, struct strbuf *out)
{
	strbuf_addf(out, "\t\t\t\"%s\": {\"description\": \"%s\",\n\t\t\t\t",
		    f->key, f->doc);
	switch (f->kind) {
	case FIELD_STRING:
		put_string(f, out);
		break;
	case FIELD_BOOL:
		strbuf_adds(out, "\"type\": \"boolean\"");
		break;
	case FIELD_ARG:
		strbuf_addf(out, "\"type\": \"integer\", \"minimum\": 0, "
			    "\"maximum\": %d", KNOW_MAX_ARG);
		break;
	case FIELD_WORD:
		put_words(f, out);
		break;
	default:
		strbuf_adds(out, "\"anyOf\": [{");
		put_words(f, out);
		strbuf_adds(out, "},\n\t\t\t\t\t{\"type\": \"array\", "
			    "\"items\": {");
		put_words(f, out);
		strbuf_adds(out, "}}]");
	}
	strbuf_adds(out, "},\n");
}

static void put_table(const struct know_table *t, struct strbuf *out)
{
	const struct know_field *f;
	const char *comma = "";

	strbuf_addf(out, "\t\"%s\": {\n\t\t\"description\": \"%s\",\n"
		    "\t\t\"type\": \"array\",\n\t\t\"items\": {\n"
		    "\t\t\t\"type\": \"object\",\n"
		    "\t\t\t\"additionalProperties\": false,\n"
		    "\t\t\t\"required\": [", t->name, t->doc);
	for (f = t->fields; f->key; f++) {
		if (!(f->flags & FIELD_REQUIRED))
			continue;
		strbuf_addf(out, "%s\"%s\"", comma, f->key);
		comma = ", ";
	}
	strbuf_adds(out, "],\n\t\t\t\"properties\": {\n");
	for (f = t->fields; f->key; f++)
		put_field(f, out);
	strbuf_adds(out, "\t\t\t\"note\": {\"description\": "
		    "\"For whoever reads the file.\",\n"
		    "\t\t\t\t\"type\": \"string\"}\n\t\t\t}\n\t\t}\n\t},\n");
}

void know_schema(struct strbuf *out)
{
	size_t i;

	strbuf_adds(out, "{\n"
		    "\"$schema\": "
		    "\"https://json-schema.org/draft/2020-12/schema\",\n"
		    "\"title\": \"Kernel knowledge of gfpscope\",\n"
		    "\"description\": \"Tables of general facts about the "
		    "kernel's interfaces. Made by 'gfpscope rules schema'.\",\n"
		    "\"type\": \"object\",\n"
		    "\"additionalProperties\": false,\n"
		    "\"properties\": {\n");
	for (i = 0; i < nr_know_tables; i++)
		put_table(&know_tables[i], out);
	strbuf_adds(out, "\t\"about\": {\"description\": "
		    "\"What the file has.\", \"type\": \"string\"},\n"
		    "\t\"$schema\": {\"type\": \"string\"}\n}\n}\n");
}
