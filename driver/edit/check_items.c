// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a rule said about a file, kept and brought back. A record is a count,
 * then for each item its numbers and its two texts, each with its length in
 * front. Path and rule are not in it: they are part of the record's key.
 */
#include "edit/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct record {
	uint32_t kind, matters, line, column, end_column;
	uint32_t function_len, text_len;
};

void check_add(struct check_items *items, struct arena *arena,
	       const struct check_item *item)
{
	struct check_item *copy;

	GROW(items->v, items->nr, items->cap);
	copy = &items->v[items->nr++];
	*copy = *item;
	copy->path = arena_strdup(arena, item->path);
	copy->function = arena_strdup(arena, item->function);
	copy->text = arena_strdup(arena, item->text);
}

void check_save(const struct check_items *items, struct strbuf *out)
{
	uint32_t nr = (uint32_t)items->nr;

	strbuf_add(out, &nr, sizeof(nr));
	for (size_t i = 0; i < items->nr; i++) {
		const struct check_item *it = &items->v[i];
		struct record r = {
			it->kind, it->matters, it->line, it->column,
			it->end_column, (uint32_t)strlen(it->function),
			(uint32_t)strlen(it->text),
		};

		strbuf_add(out, &r, sizeof(r));
		strbuf_add(out, it->function, r.function_len);
		strbuf_add(out, it->text, r.text_len);
	}
}

static const char *take_text(struct arena *arena, const char **p,
			     uint32_t len)
{
	char *s = arena_alloc_aligned(arena, (size_t)len + 1, 1);

	memcpy(s, *p, len);
	s[len] = '\0';
	*p += len;
	return s;
}

bool check_load(struct check_items *items, struct arena *arena,
		const void *data, size_t len)
{
	const char *p = data, *end = p + len;
	uint32_t nr;

	if (len < sizeof(nr))
		return false;
	memcpy(&nr, p, sizeof(nr));
	p += sizeof(nr);
	while (nr--) {
		struct check_item it = { .path = "" };
		struct record r;

		if ((size_t)(end - p) < sizeof(r))
			return false;
		memcpy(&r, p, sizeof(r));
		p += sizeof(r);
		if (r.kind > FOUND_FAILED ||
		    r.function_len > (size_t)(end - p) ||
		    r.text_len > (size_t)(end - p) - r.function_len)
			return false;
		it.kind = (uint8_t)r.kind;
		it.matters = r.matters != 0;
		it.line = r.line;
		it.column = r.column;
		it.end_column = r.end_column;
		it.function = take_text(arena, &p, r.function_len);
		it.text = take_text(arena, &p, r.text_len);
		GROW(items->v, items->nr, items->cap);
		items->v[items->nr++] = it;
	}
	return p == end;
}
