// SPDX-License-Identifier: GPL-2.0-only
/*
 * What all of the parser uses: looking at words and brackets, notes, bounds.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "read/parser.h"

const uint8_t word_classes[NR_WORDS] = {
#define X(word, class) [WORD_##word] = CLS_##class,
	READ_WORDS(X)
#undef X
};

const char *id_str(const struct parser *p, uint32_t id, uint32_t *len)
{
	*len = p->strings->v[id].len;
	return p->strings->v[id].s;
}

bool id_starts(const struct parser *p, uint32_t id, const char *prefix)
{
	size_t n = strlen(prefix);
	uint32_t len;
	const char *s = id_str(p, id, &len);

	return len >= n && !memcmp(s, prefix, n);
}

bool id_ends(const struct parser *p, uint32_t id, const char *suffix)
{
	size_t n = strlen(suffix);
	uint32_t len;
	const char *s = id_str(p, id, &len);

	return len >= n && !memcmp(s + len - n, suffix, n);
}

bool id_has(const struct parser *p, uint32_t id, const char *part)
{
	uint32_t len;
	const char *s = id_str(p, id, &len);

	return memmem(s, len, part, strlen(part));
}

bool is_shouting(const struct parser *p, uint32_t id)
{
	uint32_t len;
	const char *s = id_str(p, id, &len);

	for (uint32_t i = 0; i < len; i++) {
		if (islower((unsigned char)s[i]))
			return false;
	}
	return len > 1;
}

uint32_t make_id(struct parser *p, const char *fmt, ...)
{
	char buf[256];
	va_list ap;
	size_t len;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	len = n < (int)sizeof(buf) ? n : (int)sizeof(buf) - 1;
	s = arena_alloc(p->arena, len + STRTAB_PAD);
	memset(s, 0, len + STRTAB_PAD);
	memcpy(s, buf, len);
	return strtab_add(p->strings, s, len);
}

uint32_t close_of(const struct parser *p, uint32_t i)
{
	uint32_t close = p->t[i].id;

	return close > i && close < p->end ? close : p->end;
}

void skip_group(struct parser *p)
{
	uint32_t close = close_of(p, p->pos);

	p->pos = close < p->end ? close + 1 : p->end;
}

void skip_marks(struct parser *p)
{
	while (is_mark_kind(kind(p)))
		p->pos++;
}

void add_note(struct parser *p, enum note_kind what, uint32_t line,
	      const char *text)
{
	struct note *n = builder_add_notes(p->b);

	n->kind = what;
	n->line = line;
	n->func = p->fn.func;
	n->text = builder_str(p->b, *text ? make_id(p, "%s", text) : 0);
}

/* One note a function is enough: the rest mostly follows from the first. */
void broken(struct parser *p, enum note_kind why, uint32_t i,
	    const char *text)
{
	if (p->fn.broken)
		return;
	p->fn.broken = p->fn.func;
	add_note(p, why, p->t[i].line, text);
}

bool too_deep(struct parser *p)
{
	if (p->depth < MAX_DEPTH) {
		p->depth++;
		return false;
	}
	broken(p, NOTE_LIMIT, p->pos, "nesting");
	return true;
}
