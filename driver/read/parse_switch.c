// SPDX-License-Identifier: GPL-2.0-only
/*
 * switch, case, default, and BUG_ON(): what else makes edges that say which
 * value they are for.
 */
#include "read/parser.h"

static opt_t switch_subject(struct parser *p, const struct value *v)
{
	if (v->test != TEST_VALUE || v->negated ||
	    (v->kind != EXPR_NAME && v->kind != EXPR_CALL))
		return 0;
	return value_subject(p, v);
}

void parse_switch(struct parser *p)
{
	struct switch_state outer = p->fn.in_switch;
	struct jump on_break = p->fn.on_break;
	uint32_t close, old_end = p->end, out = new_block(p), head;
	struct value v;

	p->pos++;
	value_init(p, &v);
	if (kind(p) == '(') {
		close = close_of(p, p->pos);
		p->pos++;
		p->end = close;
		parse_expr(p, &v);
		p->end = old_end;
		p->pos = close < old_end ? close + 1 : old_end;
	}
	mask_tested(p, &v);
	flush_uses(p);
	head = p->fn.block;
	p->fn.in_switch = (struct switch_state){
		.head = head, .subject = switch_subject(p, &v),
		.inside = true,
	};
	p->fn.on_break = (struct jump){ out, p->nr_guards };
	p->fn.block = NO_BLOCK;
	parse_stmt(p);
	add_edge(p, out);
	if (!p->fn.in_switch.has_default)
		add_edge_if(p, head, out, 0, false);
	p->fn.in_switch = outer;
	p->fn.on_break = on_break;
	start_block(p, out);
}

static opt_t case_cond(struct parser *p, const struct value *v)
{
	const struct switch_state *s = &p->fn.in_switch;
	struct cond *c;
	opt_t operand;

	if (!s->subject || v->test != TEST_VALUE || v->negated ||
	    (v->kind != EXPR_NUM && v->kind != EXPR_NAME))
		return 0;
	operand = value_store(p, v);
	c = builder_add_conds(p->b);
	c->kind = COND_EQUAL;
	c->subject = s->subject - 1;
	c->operand = operand;
	return p->b->nr_conds;
}

void parse_case(struct parser *p)
{
	bool is_default = word(p) == WORD_default;
	uint32_t b = new_block(p);
	struct value v, last;
	opt_t cond = 0;

	p->pos++;
	if (!is_default) {
		p->fn.tentative++;
		parse_case_value(p, &v);
		cond = case_cond(p, &v);
		if (accept(p, TOK_ELLIPSIS)) {
			parse_case_value(p, &last);
			cond = 0;
		}
		p->fn.tentative--;
	}
	accept(p, ':');
	if (!p->fn.in_switch.inside && !p->in_macro) {
		broken(p, NOTE_BROKEN_FUNC, p->pos - 1, "case without switch");
		return;
	}
	p->fn.in_switch.has_default |= is_default;
	add_edge(p, b);
	add_edge_if(p, p->fn.in_switch.head, b, cond, cond);
	start_block(p, b);
	skip_attributes(p);
}

/* BUG_ON(x): x does not hold behind it. */
void parse_bug_on(struct parser *p)
{
	struct branch br;
	uint32_t close, next;

	p->pos++;
	if (kind(p) != '(')
		return;
	close = close_of(p, p->pos);
	p->pos++;
	parse_cond(p, close, &br);
	if (p->pos < p->end)
		p->pos++;
	patch(p, br.on_true, new_block(p));
	next = new_block(p);
	patch(p, br.on_false, next);
	start_block(p, next);
	if (!br.on_false)
		p->fn.block = NO_BLOCK;
	accept(p, ';');
}
