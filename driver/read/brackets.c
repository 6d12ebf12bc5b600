// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which bracket belongs to which. Where plain counting does not come out even
 * (macros that open or close blocks), the kernel's layout decides: a `}` in
 * column 1 ends what began on a line that starts in column 1.
 */
#include "read/lex.h"

#include <stdlib.h>

#include "base/mem.h"

struct open {
	uint32_t at;
	bool left;	/* `{` on a line that starts in column 1 */
};

struct pairing {
	struct token *t;
	struct open *v;
	uint32_t nr, cap;
	uint32_t nr_braces, nr_left;
	uint32_t line_at;	/* first token of the line, when by_layout */
	bool by_layout;
	bool even;
};

static void pop(struct pairing *p)
{
	struct open *o = &p->v[--p->nr];

	if (p->t[o->at].kind == '{')
		p->nr_braces--;
	if (o->left)
		p->nr_left--;
}

static void opens(struct pairing *p, uint32_t i)
{
	struct open o = { .at = i };

	if (p->by_layout && p->t[i].kind == '{') {
		while (p->t[i].column == 1 && p->nr && !p->v[p->nr - 1].left)
			pop(p);
		o.left = p->t[p->line_at].column == 1;
		p->nr_left += o.left;
	}
	p->nr_braces += p->t[i].kind == '{';
	GROW(p->v, p->nr, p->cap);
	p->v[p->nr++] = o;
}

static bool fits(const struct pairing *p, unsigned int closer)
{
	unsigned int kind = p->t[p->v[p->nr - 1].at].kind;

	return (closer == ')' && kind == '(') ||
	       (closer == ']' && kind == '[') || (closer == '}' && kind == '{');
}

static void closes(struct pairing *p, uint32_t i)
{
	const struct token *t = &p->t[i];

	if (t->kind == '}') {
		if (p->by_layout && t->column == 1 && p->nr_left) {
			while (!p->v[p->nr - 1].left)
				pop(p);
		}
		while (p->nr_braces && !fits(p, '}')) {
			p->even = false;
			pop(p);
		}
	}
	if (!p->nr || !fits(p, t->kind)) {
		p->even = false;
		return;
	}
	p->t[p->v[p->nr - 1].at].id = i;
	p->t[i].id = p->v[p->nr - 1].at;
	pop(p);
}

static const int8_t bracket_sides[256] = {
	['('] = 1, ['['] = 1, ['{'] = 1, [')'] = -1, [']'] = -1, ['}'] = -1,
};

static bool pair_all(struct token *t, uint32_t first, uint32_t end,
		     bool by_layout)
{
	struct pairing p = {
		.t = t, .line_at = first, .by_layout = by_layout, .even = true,
	};

	for (uint32_t i = first; i < end; i++) {
		int side = bracket_sides[t[i].kind];

		if (by_layout && t[i].flags & TOK_FIRST)
			p.line_at = i;
		if (!side)
			continue;
		t[i].id = 0;
		if (side > 0)
			opens(&p, i);
		else
			closes(&p, i);
	}
	if (p.nr)
		p.even = false;
	free(p.v);
	return p.even;
}

bool pair_brackets(struct token *t, uint32_t first, uint32_t end)
{
	if (pair_all(t, first, end, false))
		return true;
	pair_all(t, first, end, true);
	return false;
}
