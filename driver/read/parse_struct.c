// SPDX-License-Identifier: GPL-2.0-only
/*
 * What stands in brackets of a declaration: members, parameters, enumerators.
 */
#include <string.h>

#include "read/parser.h"

/* ---- members ---- */

static void add_member(struct parser *p, uint32_t owner, uint16_t *index,
		       const struct specs *s, const struct declarator *d)
{
	struct member *m = builder_add_members(p->b);

	m->owner = builder_str(p->b, owner);
	m->name = builder_str(p->b, d->name);
	m->type = builder_str(p->b, s->type);
	m->pointers = d->pointers;
	if (d->flags & VAR_FNPTR)
		m->flags |= MEMBER_FNPTR;
	if (d->flags & VAR_ARRAY)
		m->flags |= MEMBER_ARRAY;
	if ((s->var_flags & VAR_STRUCT) && !d->pointers &&
	    !(d->flags & VAR_FNPTR))
		m->flags |= MEMBER_EMBEDDED;
	m->index = (*index)++;
}

static void member_list(struct parser *p, uint32_t owner, uint16_t *index,
			uint32_t end);

/* `struct { .. };` without a name: its members are those of @owner. */
static bool unnamed_member(struct parser *p, uint32_t owner, uint16_t *index)
{
	uint32_t i = p->pos, close, behind;

	if (word(p) != WORD_struct && word(p) != WORD_union)
		return false;
	p->pos++;
	skip_attributes(p);
	if (kind(p) == TOK_NAME && kind_at(p, p->pos + 1) == '{' &&
	    kind_at(p, close_of(p, p->pos + 1) + 1) == ';')
		p->pos++;		/* -fms-extensions: struct tag { }; */
	if (kind(p) != '{') {
		p->pos = i;
		return false;
	}
	close = close_of(p, p->pos);
	behind = close + 1;
	while (class_at(p, behind) == CLS_QUALIFIER ||
	       class_at(p, behind) == CLS_ATTRIBUTE ||
	       kind_at(p, behind) == '(')
		behind = kind_at(p, behind) == '(' ?
			 close_of(p, behind) + 1 : behind + 1;
	if (kind_at(p, behind) != ';' || too_deep(p)) {
		p->pos = i;
		return false;
	}
	p->pos++;
	member_list(p, owner, index, close);
	p->pos = behind;
	p->depth--;
	return true;
}

/*
 * A macro among the members. struct_group(NAME, members..) and kin hold
 * members; DECLARE_BITMAP(name, n) declares its first argument.
 */
static bool macro_member(struct parser *p, uint32_t owner, uint16_t *index)
{
	uint32_t id = word(p), close;
	struct declarator d = { 0 };
	struct specs s = { 0 };

	if (kind(p) != TOK_NAME || class_of_id(id) != CLS_NONE ||
	    kind_at(p, p->pos + 1) != '(' ||
	    kind_at(p, p->pos + 2) == '*')
		return false;
	close = close_of(p, p->pos + 1);
	if (id_has(p, id, "struct_group") && !too_deep(p)) {
		p->pos += 2;
		while (p->pos < close && !accept(p, ','))
			p->pos++;
		member_list(p, owner, index, close);
		p->depth--;
	} else if (id_has(p, id, "FLEX_ARRAY") && !too_deep(p)) {
		p->pos += 2;
		member_list(p, owner, index, close);
		p->depth--;
	} else if (kind_at(p, p->pos + 2) == TOK_NAME) {
		d.name = p->t[p->pos + 2].id;
		d.at = p->pos + 2;
		add_member(p, owner, index, &s, &d);
	}
	p->pos = close < p->end ? close + 1 : p->end;
	accept(p, ';');
	return true;
}

static void member_declarators(struct parser *p, uint32_t owner,
			       uint16_t *index, const struct specs *s)
{
	for (;;) {
		struct declarator d;
		uint32_t start = p->pos;

		parse_declarator(p, &d);
		if (d.is_function)	/* a function type's typedef apart */
			d.flags |= VAR_FNPTR;
		if (d.name)
			add_member(p, owner, index, s, &d);
		if (kind(p) == ':') {
			while (kind(p) != ',' && kind(p) != ';' &&
			       kind(p) != TOK_EOF) {
				if (kind(p) == '(')
					skip_group(p);
				else
					p->pos++;
			}
		}
		if (!accept(p, ',') || p->pos == start)
			break;
	}
}

static void member_list(struct parser *p, uint32_t owner, uint16_t *index,
			uint32_t end)
{
	uint32_t old_end = p->end;

	p->end = end;
	while (p->pos < end) {
		uint32_t start = p->pos;
		struct specs s;

		if (is_mark_kind(kind(p)) || kind(p) == ';') {
			p->pos++;
			continue;
		}
		if (unnamed_member(p, owner, index) ||
		    macro_member(p, owner, index))
			continue;
		parse_specs(p, &s);
		member_declarators(p, owner, index, &s);
		while (p->pos < end && kind(p) != ';' &&
		       !is_mark_kind(kind(p))) {
			if (kind(p) == '(' || kind(p) == '{')
				skip_group(p);
			else
				p->pos++;
		}
		if (p->pos == start)
			p->pos++;
	}
	p->end = old_end;
}

void parse_members(struct parser *p, uint32_t owner)
{
	uint32_t close = close_of(p, p->pos);
	uint16_t index = 0;

	if (too_deep(p)) {
		skip_group(p);
		return;
	}
	p->pos++;
	member_list(p, owner, &index, close);
	p->pos = close < p->end ? close + 1 : p->end;
	p->depth--;
}

/* ---- enumerators: only mask words are of interest ---- */

void scan_enum(struct parser *p)
{
	uint32_t close = close_of(p, p->pos);

	mask_count(p, p->pos, close, TOKEN_DEFINITION);
	p->pos = close < p->end ? close + 1 : p->end;
}

/* ---- parameters ---- */

void parse_params(struct parser *p, uint32_t open)
{
	uint32_t old_pos = p->pos, old_end = p->end;

	p->pos = open;
	p->end = close_of(p, open);
	p->pos++;
	while (p->pos < p->end) {
		uint32_t start = p->pos;
		struct declarator d;
		struct specs s;

		skip_marks(p);
		parse_specs(p, &s);
		parse_declarator(p, &d);
		if (d.is_function)
			d.flags |= VAR_FNPTR;
		if (!s.type && d.name && !d.pointers && !d.flags) {
			s.type = d.name;	/* f(foo_t) */
			d.name = 0;
		}
		if (s.any || s.type)
			if (!(s.is_void && !d.pointers && !d.name))
				add_var(p, &s, &d, VAR_PARAM);
		while (p->pos < p->end && kind(p) != ',') {
			if (kind(p) == '(' || kind(p) == '[')
				skip_group(p);
			else
				p->pos++;
		}
		accept(p, ',');
		if (p->pos == start)
			p->pos++;
	}
	p->pos = old_pos;
	p->end = old_end;
}
