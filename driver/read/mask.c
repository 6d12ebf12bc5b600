// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mask words, and what becomes of each that can restrict: part of a site, or
 * counted by the reason why it is none. None is forgotten: what nobody claims
 * by the end of its statement becomes a site of its own.
 */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "read/parser.h"

#define TEXT_MAX 200

uint16_t mask_meet(struct parser *p)
{
	const struct mask_word *w = mask_of(p->masks, word(p));

	if (!w)
		return 0;
	if (!(tok(p)->flags & TOK_MET) &&
	    (mask_restricts(w) || (w->sets & MASK_RECLAIM))) {
		p->t[p->pos].flags |= TOK_MET;
		GROW(p->masks_seen, p->nr_masks_seen, p->cap_masks_seen);
		p->masks_seen[p->nr_masks_seen++] = (struct mask_seen){
			.token = p->pos, .word = w - p->masks->words,
			.first = p->pos, .end = p->pos + 1,
		};
	}
	return w->sets | MASK_PRESENT;
}

void mask_count(struct parser *p, uint32_t first, uint32_t end, int role)
{
	for (uint32_t i = first; i < end; i++) {
		const struct mask_word *w;
		struct token *t = &p->t[i];

		if (t->kind != TOK_NAME || t->flags & TOK_MET)
			continue;
		w = mask_of(p->masks, t->id);
		if (!w || !mask_restricts(w))
			continue;
		t->flags |= TOK_MET;
		p->src->roles[role]++;
		if (role == TOKEN_UNREAD)
			add_note(p, NOTE_ODD, t->line, "mask word not read");
	}
}

static const struct mask_word *word_of(const struct parser *p,
				       const struct mask_seen *m)
{
	return &p->masks->words[m->word];
}

/* The bits of ~(..) when @mask are those of what is in it. */
static uint16_t cleared(uint16_t mask)
{
	uint16_t to = mask & ~(MASK_FS | MASK_IO | MASK_RECLAIM);

	if (mask & MASK_FS)
		to |= MASK_CLR_FS;
	if (mask & MASK_IO)
		to |= MASK_CLR_IO;
	if (mask & MASK_RECLAIM)
		to |= MASK_CLR_RECLAIM;
	return to;
}

void mask_negate(struct parser *p, struct value *v, uint32_t at)
{
	bool follows = false;

	for (uint32_t i = v->first_mask; i < p->nr_masks_seen; i++) {
		struct mask_seen *m = &p->masks_seen[i];

		if (m->done)
			continue;
		m->negated = true;
		m->first = at;
		m->end = p->pos;
		if (!(word_of(p, m)->sets & (MASK_FS | MASK_IO)))
			continue;
		m->follows = follows;
		follows = true;
	}
	v->mask = cleared(v->mask);
}

static void count(struct parser *p, const struct mask_seen *m, int role)
{
	if (mask_restricts(word_of(p, m)))
		p->src->roles[role]++;
}

void mask_role(struct parser *p, uint32_t first, uint32_t end, int role)
{
	for (uint32_t i = first; i < end && i < p->nr_masks_seen; i++) {
		struct mask_seen *m = &p->masks_seen[i];

		if (!m->done)
			count(p, m, role);
		m->done = true;
	}
}

void mask_tested(struct parser *p, struct value *v)
{
	mask_role(p, v->first_mask, p->nr_masks_seen, TOKEN_TEST);
	v->first_mask = p->nr_masks_seen;
}

/* ---- sites ---- */

/* The source of tokens [first, end), white space made single blanks. */
static str_t source_text(struct parser *p, uint32_t first, uint32_t end)
{
	char buf[TEXT_MAX + 1];
	const char *text = p->src->text;
	size_t len = 0;

	for (uint32_t i = first; i < end; i++) {
		const struct token *t = &p->t[i];
		size_t n = t->kind == TOK_NAME ? p->strings->v[t->id].len :
			   t->kind >= 33 && t->kind < 128 ? 1 :
			   t->kind >= TOK_ARROW ? 2 : t->id;
		const char *s = text + t->offset;

		if (i > first && len < TEXT_MAX &&
		    isspace((unsigned char)s[-1]))
			buf[len++] = ' ';
		if (t->kind == TOK_NAME)
			s = p->strings->v[t->id].s;
		if (len + n > TEXT_MAX)
			break;
		memcpy(buf + len, s, n);
		len += n;
	}
	buf[len] = 0;
	return builder_str(p->b, make_id(p, "%s", buf));
}

/* A mask put together from flags, with reclaim but without FS or IO. */
static bool is_assembled(const struct value *v)
{
	const uint16_t no = MASK_VARIABLE | MASK_CHOICE | MASK_CLR_FS |
			    MASK_CLR_IO | MASK_CLR_RECLAIM;

	return (v->mask & MASK_RECLAIM) && !(v->mask & no) &&
	       (~v->mask & (MASK_FS | MASK_IO));
}

static enum site_form form_of(const struct mask_word *w, uint16_t mask)
{
	uint16_t all = MASK_FS;

	if (mask & MASK_CHOICE)
		return FORM_WORD;
	if (w->restricts == RESTRICT_NOIO)
		all |= MASK_IO;
	return (mask & all) == all ? FORM_NOOP : FORM_WORD;
}

/* The bytes that the token takes in the file. */
static uint32_t token_len(const struct parser *p, const struct token *t)
{
	const char *s = p->src->text + t->offset;

	if (t->flags & TOK_SPLICED)
		return lex_spliced_end(s) - s;
	return t->kind == TOK_NAME ? p->strings->v[t->id].len : 1;
}

static struct site *add_site(struct parser *p, const struct mask_seen *m,
			     const struct value *v)
{
	const struct token *t = &p->t[m->first];
	const struct token *last = &p->t[m->end - 1];
	struct site *s;
	str_t text = source_text(p, v->first, v->end);

	s = builder_add_sites(p->b);
	s->line = t->line;
	s->column = t->column;
	s->offset = t->offset;
	s->len = last->offset - t->offset + token_len(p, last);
	s->mask = v->mask;
	s->text = text;
	return s;
}

/* Make a site of @m if it restricts. Return: it did. */
static bool try_site(struct parser *p, const struct mask_seen *m,
		     const struct value *v, bool *assembled)
{
	const struct mask_word *w = word_of(p, m);
	struct site *s;

	if (m->negated) {
		if (!(w->sets & (MASK_FS | MASK_IO)))
			return false;
		if (m->follows)
			return true;
		s = add_site(p, m, v);
		s->form = FORM_CLEAR;
		s->restriction = v->mask & MASK_CLR_IO ? RESTRICT_NOIO :
				 RESTRICT_NOFS;
		return true;
	}
	if (w->restricts) {
		s = add_site(p, m, v);
		s->form = form_of(w, v->mask);
		s->restriction = w->restricts;
		*assembled = false;
		return true;
	}
	if (*assembled && (w->sets & MASK_RECLAIM)) {
		s = add_site(p, m, v);
		s->form = FORM_ASSEMBLED;
		s->restriction = v->mask & MASK_IO ? RESTRICT_NOFS :
				 RESTRICT_NOIO;
		*assembled = false;
		return true;
	}
	return false;
}

static bool any_restricting(struct parser *p, const struct value *v)
{
	for (uint32_t i = v->first_mask; i < v->end_mask; i++) {
		const struct mask_seen *m = &p->masks_seen[i];

		if (!m->done && word_of(p, m)->restricts)
			return true;
	}
	return false;
}

void mask_sites(struct parser *p, const struct value *v, int how,
		unsigned int arg, uint32_t callee, opt_t event)
{
	bool assembled = is_assembled(v) && !any_restricting(p, v);

	for (uint32_t i = v->first_mask; i < v->end_mask; i++) {
		struct mask_seen *m = &p->masks_seen[i];
		uint32_t nr = p->b->nr_sites;

		if (m->done)
			continue;
		m->done = true;
		if (!try_site(p, m, v, &assembled)) {
			count(p, m, TOKEN_GRANT);
			continue;
		}
		count(p, m, TOKEN_SITE);
		if (nr < p->b->nr_sites) {
			struct site *s = &p->b->sites[nr];

			s->how = how;
			s->arg = arg;
			s->callee = builder_str(p->b, callee);
			s->func = p->fn.func;
			s->event = event;
		}
	}
}

void mask_returned(struct parser *p, const struct value *v)
{
	const struct func *f = &p->b->funcs[p->fn.func - 1];

	mask_sites(p, v, SITE_RETURN, 0, p->b->used[f->name],
		   last_event(p));
}

void mask_rest(struct parser *p, uint32_t first)
{
	for (uint32_t i = first; i < p->nr_masks_seen; i++) {
		struct mask_seen *m = &p->masks_seen[i];
		const struct mask_word *w = word_of(p, m);
		struct value v = {
			.kind = EXPR_NAME, .base = p->t[m->token].id,
			.classes = CLASS_ANY, .first_mask = i,
			.end_mask = i + 1, .first = m->first, .end = m->end,
			.mask = w->sets | MASK_PRESENT,
		};
		opt_t value;

		if (m->done)
			continue;
		if (m->negated)
			v.mask = cleared(v.mask);
		if (m->negated || w->restricts) {
			value = value_store(p, &v);
			emit(p, EV_MASK, m->token)->value = value;
			mask_sites(p, &v, SITE_OTHER, 0, 0, last_event(p));
		} else {
			count(p, m, TOKEN_GRANT);
			m->done = true;
		}
	}
	p->nr_masks_seen = first;
}
