// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the sites and the findings of a report's text begin and end.
 *
 * In: the text of a report. Out: places in it. Knows strings, brackets and the
 * members of the outermost object; what it does not understand it refuses, and
 * the text is parsed in one piece.
 */
#include "emit/report_parts.h"

#include <string.h>

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' ||
			   *p == '\r'))
		p++;
	return p;
}

/* From behind the quote; NULL: it does not end. */
static const char *skip_string(const char *p, const char *end)
{
	while (p < end) {
		const char *quote = memchr(p, '"', (size_t)(end - p));
		const char *slash;

		if (!quote)
			return NULL;
		slash = memchr(p, '\\', (size_t)(quote - p));
		if (!slash)
			return quote + 1;
		p = slash + 2;
	}
	return NULL;
}

/* From a bracket to behind the one that closes it; NULL: none does. */
static const char *skip_brackets(const char *p, const char *end)
{
	size_t depth = 0;

	while (p < end) {
		switch (*p++) {
		case '"':
			p = skip_string(p, end);
			if (!p)
				return NULL;
			break;
		case '[':
		case '{':
			depth++;
			break;
		case ']':
		case '}':
			if (!--depth)
				return p;
			break;
		}
	}
	return NULL;
}

/* Numbers and words end where something else can follow. */
static const char *skip_value(const char *p, const char *end)
{
	if (p == end)
		return NULL;
	if (*p == '"')
		return skip_string(p + 1, end);
	if (*p == '[' || *p == '{')
		return skip_brackets(p, end);
	while (p < end && !strchr(",]} \n\t\r", *p))
		p++;
	return p;
}

struct member {
	struct part key, value;
};

/* Keys with escapes are not ours, and could be any. */
static const char *read_member(const char *p, const char *end,
			       struct member *m)
{
	const char *from;

	if (p == end || *p != '"')
		return NULL;
	from = ++p;
	p = skip_string(p, end);
	if (!p)
		return NULL;
	m->key = (struct part){ from, (size_t)(p - 1 - from) };
	if (memchr(from, '\\', m->key.len))
		return NULL;
	p = skip_space(p, end);
	if (p == end || *p++ != ':')
		return NULL;
	from = skip_space(p, end);
	p = skip_value(from, end);
	if (p)
		m->value = (struct part){ from, (size_t)(p - from) };
	return p;
}

static bool is_key(const struct member *m, const char *key)
{
	return m->key.len == strlen(key) &&
	       memcmp(m->key.text, key, m->key.len) == 0;
}

/* A list is taken out of the rest, which keeps its brackets. */
static bool take_list(struct report_parts *p, const struct member *m,
		      struct part *list, const char **from)
{
	if (list->text || m->value.text[0] != '[')
		return false;
	*list = (struct part){ m->value.text + 1, m->value.len - 2 };
	strbuf_add(&p->rest, *from, (size_t)(list->text - *from));
	*from = list->text + list->len;
	return true;
}

bool report_parts_cut(struct report_parts *parts, const char *text,
		      size_t len)
{
	const char *end = text + len, *from = text;
	const char *p = skip_space(text, end);
	struct member m;
	bool more = p < end && *p == '{';

	*parts = (struct report_parts){ .rest = STRBUF_INIT };
	while (more) {
		p = read_member(skip_space(p + 1, end), end, &m);
		if (!p)
			return false;
		if (is_key(&m, "sites") &&
		    !take_list(parts, &m, &parts->sites, &from))
			return false;
		if (is_key(&m, "findings") &&
		    !take_list(parts, &m, &parts->findings, &from))
			return false;
		p = skip_space(p, end);
		more = p < end && *p == ',';
	}
	strbuf_add(&parts->rest, from, (size_t)(end - from));
	return p < end && *p == '}' && parts->sites.text &&
	       parts->findings.text;
}

void report_parts_release(struct report_parts *p)
{
	strbuf_release(&p->rest);
}

int part_next(struct part *list, struct part *element)
{
	const char *end = list->text + list->len;
	const char *p = skip_space(list->text, end);

	if (p == end)
		return 0;
	element->text = p;
	if (*p != '{')
		return -1;
	p = skip_brackets(p, end);
	if (!p)
		return -1;
	element->len = (size_t)(p - element->text);
	p = skip_space(p, end);
	/* A comma stands between two, not behind the last. */
	if (p < end && (*p != ',' || skip_space(++p, end) == end))
		return -1;
	*list = (struct part){ p, (size_t)(end - p) };
	return 1;
}

long part_count(struct part list)
{
	struct part element;
	long nr = 0;
	int rc;

	while ((rc = part_next(&list, &element)) > 0)
		nr++;
	return rc < 0 ? -1 : nr;
}
