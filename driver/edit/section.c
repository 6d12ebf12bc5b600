// SPDX-License-Identifier: GPL-2.0-only
/*
 * A section (where the lock or transaction is taken and given back) goes in;
 * marks at its calls, conditions and returns come out.
 *
 * The scope lies around the section (save before the acquire, restore after
 * the release) or inside it (save after, restore before), as the subsystem
 * does. A shape that has no mark is refused with the reason. Whether the
 * scope balances on every path is not asked here: the changed file is read
 * again for that.
 */
#include "edit/section.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/nesting.h"
#include "edit/stmt.h"

struct planner {
	struct edit_file *f;
	const struct section *s;
	struct body b;
	struct err *err;
	char z;			/* 'f' or 'i': NOFS or NOIO */
	bool declared;		/* a save declares the flags by itself */
	bool valued;		/* a returned value needs a variable */
	uint32_t *opens, nr_opens, cap_opens;	/* first tokens of saves */
	uint32_t *closes, nr_closes, cap_closes; /* last ones of restores */
};

static int refuse(struct planner *p, uint32_t i, const char *why)
{
	return err_set(p->err, ERR_FAILED, "%s:%u: %s", p->f->path,
		       i < p->f->text.nr ? p->f->text.v[i].line : p->s->line,
		       why);
}

/* Behind the parameters: __releases(x) and the like, or an #else with another
 * head of the same function. */
static bool is_before_body(const struct text *t, uint32_t i)
{
	return i != TOK_NONE && (text_is_word(t, i) || t->v[i].directive);
}

int body_find(const struct edit_file *f, const char *function, uint32_t line,
	      struct body *b, struct err *err)
{
	const struct facts *facts = f->facts;
	const struct text *t = &f->text;
	uint32_t i, k;

	memset(b, 0, sizeof(*b));
	for (k = 0; k < facts->nr_funcs; k++) {
		const struct func *fn = &facts->funcs[k];

		if (!strcmp(facts_str(facts, fn->name), function) &&
		    fn->line <= line && line <= fn->end_line)
			b->fn = fn;
	}
	if (!b->fn)
		return err_set(err, ERR_FAILED, "%s: no function %s around line %u",
			       f->path, function, line);
	if (b->fn->flags & (FUNC_MACRO | FUNC_GENERATED | FUNC_BROKEN))
		return err_set(err, ERR_FAILED, "%s:%u: %s is made by a macro or was not understood",
			       f->path, b->fn->line, function);
	for (i = 0; i < t->nr; i++)
		if (t->v[i].line >= b->fn->line && text_is(t, i, function))
			break;
	b->name = i;
	b->open = text_next(t, text_close(t, text_next(t, i)));
	while (is_before_body(t, b->open)) {
		b->open = text_next(t, b->open);
		if (text_is(t, b->open, "("))
			b->open = text_next(t, text_close(t, b->open));
	}
	b->close = text_is(t, b->open, "{") ? text_close(t, b->open) : TOK_NONE;
	if (b->close == TOK_NONE || t->v[b->close].line != b->fn->end_line)
		return err_set(err, ERR_FAILED, "%s:%u: the brackets of %s do not pair outside its #if lines",
			       f->path, b->fn->line, function);
	for (i = b->open; i < b->close; i++)
		if (text_is(t, i, "guard") || text_is(t, i, "scoped_guard") ||
		    text_is(t, i, "__free"))
			return err_set(err, ERR_FAILED, "%s:%u: %s has guard() or __free code, which ends where no token says so",
				       f->path, t->v[i].line, function);
	return 0;
}

static const char *name(char *buf, size_t size, const char *fmt, char z)
{
	snprintf(buf, size, "Z%c%s", z, fmt);
	return buf;
}

static void mark_call(struct planner *p, uint32_t call, const char *role)
{
	char buf[8];

	mark_token(p->f, MARK_RENAME, call, name(buf, sizeof(buf), role, p->z));
}

/* Scopes around sections may touch each other; those inside cannot. */
static void add_open(struct planner *p, uint32_t first)
{
	p->f->saves++;
	if (p->s->save_after)
		return;
	GROW(p->opens, p->nr_opens, p->cap_opens);
	p->opens[p->nr_opens++] = first;
}

static void add_close(struct planner *p, uint32_t last)
{
	p->f->restores++;
	if (p->s->save_after)
		return;
	GROW(p->closes, p->nr_closes, p->cap_closes);
	p->closes[p->nr_closes++] = last;
}

/* Tokens of the condition of the if at @i, without its parentheses. */
static void wrap_cond(struct planner *p, uint32_t i, const char *role)
{
	const struct text *t = &p->f->text;
	uint32_t open = text_next(t, i), close = text_close(t, open);
	char buf[8];

	mark_wrap(p->f, text_next(t, open), text_prev(t, close),
		  name(buf, sizeof(buf), role, p->z));
}

static uint32_t else_of(const struct text *t, uint32_t body)
{
	struct stmt s;
	uint32_t end;

	if (text_is(t, body, "{")) {
		end = text_close(t, body);
	} else {
		if (!stmt_at(t, body, &s))
			return TOK_NONE;
		end = s.last;
	}
	end = text_next(t, end);
	return text_is(t, end, "else") ? end : TOK_NONE;
}

/* A statement at the head of a block, behind its declarations. */
static void mark_in_block(struct planner *p, uint32_t brace, const char *role)
{
	const struct text *t = &p->f->text;
	uint32_t i = text_next(t, brace), last = brace, end;
	char buf[8];

	while (stmt_is_decl(t, i, NULL, &end)) {
		last = end;
		i = text_next(t, end);
	}
	mark_statement(p->f, last, name(buf, sizeof(buf), role, p->z));
}

/* The acquire failed: where is the scope closed again? */
static int mark_failed(struct planner *p, uint32_t i, uint32_t body,
		       uint32_t other, bool ok_then)
{
	const struct text *t = &p->f->text;
	uint32_t branch = ok_then ? text_next(t, other) : body;

	if (text_is(t, branch, "{"))
		mark_in_block(p, branch, "V();");
	else if (!ok_then)
		wrap_cond(p, i, "F(");
	else
		return refuse(p, i, "the failed acquire has no branch of its own");
	p->f->restores++;
	return 0;
}

/*
 * The call may fail; the if at @i tells. @ok_then: its condition holds when
 * the call has succeeded.
 */
static int mark_checked(struct planner *p, uint32_t call,
			const struct stmt *s, uint32_t i, bool ok_then)
{
	const struct text *t = &p->f->text;
	uint32_t close = text_close(t, text_next(t, i));
	uint32_t body = text_next(t, close), other = else_of(t, body);

	if (ok_then && text_is(t, body, "{") && other == TOK_NONE) {
		mark_in_block(p, body, "U();");
		p->f->saves++;
		return 0;
	}
	if (p->s->save_after) {
		if (ok_then || other != TOK_NONE || !stmt_leaves(t, body))
			return refuse(p, i, "the failed acquire does not leave the function's flow");
		wrap_cond(p, i, "X(");
		p->f->saves++;
		return 0;
	}
	if (mark_failed(p, i, body, other, ok_then))
		return -1;
	mark_call(p, call, "b");
	add_open(p, s->first);
	if (s->kind == STMT_DECL) {
		p->declared = true;
		p->f->declarations++;
	}
	return 0;
}

/* The if that looks at the result of statement @s, TOK_NONE. */
static uint32_t check_of(const struct text *t, const struct stmt *s)
{
	uint32_t i = text_next(t, s->last), last;

	if (s->kind == STMT_IF)
		return s->first;
	while (s->kind == STMT_DECL && stmt_is_decl(t, i, NULL, &last))
		i = text_next(t, last);
	return text_is(t, i, "if") ? i : TOK_NONE;
}

static int mark_may_fail(struct planner *p, uint32_t call,
			 const struct stmt *s, uint8_t success)
{
	const struct text *t = &p->f->text;
	uint32_t i = check_of(t, s), open, close;
	int holds;

	if (i == TOK_NONE)
		return refuse(p, call, "the result of the acquire is not checked by the next statement");
	open = text_next(t, i);
	close = text_close(t, open);
	if (close == TOK_NONE)
		return refuse(p, call, "the check of the acquire was not understood");
	holds = stmt_cond(t, text_next(t, open), text_prev(t, close), s, call);
	if (holds < 0 || ((holds & success) && (holds & success) != success))
		return refuse(p, call, "the check of the acquire was not understood");
	return mark_checked(p, call, s, i, holds & success);
}

static int mark_acquire(struct planner *p, const struct section_point *pt)
{
	const struct text *t = &p->f->text;
	uint32_t call = text_point(t, pt->line, pt->column);
	struct stmt s;

	if (!text_is_word(t, call) || call < p->b.open || call > p->b.close)
		return refuse(p, TOK_NONE, "the acquire is not where it should be");
	if (!stmt_at(t, call, &s) || s.kind == STMT_OTHER ||
	    s.kind == STMT_RETURN)
		return refuse(p, call, "the acquire stands in a loop's condition or a return");
	if (pt->success != CLASS_ANY && pt->success)
		return mark_may_fail(p, call, &s, pt->success);
	if (p->s->save_after) {
		if (s.kind != STMT_EXPR)
			return refuse(p, call, "the acquire stands in a declaration or a condition");
		mark_call(p, call, "a");
		add_open(p, text_next(t, s.last));
		return 0;
	}
	mark_call(p, call, "b");
	add_open(p, s.first);
	if (s.kind == STMT_DECL) {
		p->declared = true;
		p->f->declarations++;
	}
	return 0;
}

/* A return inside the scope. */
static int mark_return(struct planner *p, uint32_t i)
{
	const struct text *t = &p->f->text;
	uint32_t first = text_next(t, i), last;
	struct stmt s;
	struct mark *m;
	char buf[24];

	if (!stmt_at(t, i, &s) || s.kind != STMT_RETURN || s.first != i)
		return refuse(p, i, "the return was not understood");
	last = text_prev(t, s.last);
	if (first == s.last) {
		mark_add(p->f, MARK_INSERT, t->v[i].off + t->v[i].len, 0,
			 p->z == 'f' ? " ZfR()" : " ZiR()");
	} else if (stmt_is_plain(t, first, last)) {
		mark_wrap(p->f, first, last, name(buf, sizeof(buf), "R(", p->z));
	} else {
		if (p->b.fn->flags & FUNC_VOID)
			return refuse(p, i, "a function that returns nothing returns a call");
		snprintf(buf, sizeof(buf), "Z%cT(" NAME_VALUE ", ", p->z);
		m = mark_wrap(p->f, first, last, buf);
		mark_cut(p->f, m, i, i);
		p->valued = true;
	}
	p->f->restores++;
	return 0;
}

static int mark_release(struct planner *p, const struct section_point *pt)
{
	const struct text *t = &p->f->text;
	uint32_t call = text_point(t, pt->line, pt->column);
	struct stmt s;

	if (!text_is_word(t, call) || call < p->b.open || call > p->b.close)
		return refuse(p, TOK_NONE, "the release is not where it should be");
	if (text_is(t, call, "return"))
		return mark_return(p, call);
	if (!stmt_at(t, call, &s) || s.kind == STMT_OTHER)
		return refuse(p, call, "the release stands in a loop's condition");
	if (p->s->save_after) {
		if (s.kind == STMT_DECL)
			return refuse(p, call, "the release stands in a declaration");
		mark_call(p, call, "q");
		add_close(p, text_prev(t, s.first));
		return 0;
	}
	if (s.kind == STMT_RETURN)
		return mark_return(p, s.first);
	if (s.kind != STMT_EXPR)
		return refuse(p, call, "the release stands in a condition or a declaration");
	mark_call(p, call, "r");
	add_close(p, s.last);
	return 0;
}

/* Which blocks of the function can be reached? Caller frees. */
static bool *reachable(const struct facts *facts, const struct func *fn)
{
	bool *seen = xcalloc(fn->nr_blocks + 1, sizeof(*seen));
	bool more = true;
	uint32_t i;

	seen[0] = true;
	while (more) {
		more = false;
		for (i = 0; i < fn->nr_edges; i++) {
			const struct edge *e = &facts->edges[fn->first_edge + i];

			if (seen[e->from] && !seen[e->to])
				more = seen[e->to] = true;
		}
	}
	return seen;
}

/* The closing brace is an exit, too, where control can get to it. */
static bool ends_open(const struct planner *p)
{
	const struct facts *facts = p->f->facts;
	const struct func *fn = p->b.fn;
	bool *seen = reachable(facts, fn), open = false;
	uint32_t i, k;

	for (i = 0; i < fn->nr_blocks; i++) {
		const struct block *b = &facts->blocks[fn->first_block + i];

		for (k = 0; seen[i] && k < b->nr_events; k++) {
			const struct event *e =
				&facts->events[b->first_event + k];

			open |= e->kind == EV_RETURN &&
				e->flags & EVENT_IMPLICIT;
		}
	}
	free(seen);
	return open;
}

/* Close the scope at each return from token @i on, and at the end. */
static int mark_returns(struct planner *p, uint32_t i)
{
	const struct text *t = &p->f->text;
	int ret = 0;

	for (; i < p->b.close && !ret; i++)
		if (text_is(t, i, "return"))
			ret = mark_return(p, i);
	if (ret || !ends_open(p))
		return ret;
	if (!(p->b.fn->flags & FUNC_VOID))
		return refuse(p, p->b.close, "the end of a function with a value is reached");
	mark_statement(p->f, p->b.close - 1,
		       p->z == 'f' ? "ZfV();" : "ZiV();");
	p->f->restores++;
	return 0;
}

/* The statement of the function's own block that token @at is in: where it
 * starts, behind its labels. */
static uint32_t outer_statement(const struct planner *p, uint32_t at)
{
	const struct text *t = &p->f->text;
	uint32_t i, next, first = text_next(t, p->b.open);

	for (i = first; i < at && i < p->b.close; i = text_next(t, i)) {
		if (text_is(t, i, "(") || text_is(t, i, "[") ||
		    text_is(t, i, "{"))
			i = text_close(t, i);
		if (i >= at)
			break;
		next = text_next(t, i);
		if ((text_is(t, i, ";") || text_is(t, i, "}") ||
		     (text_is(t, i, ":") && text_prev(t, i) == first)) &&
		    !text_is(t, next, "else") && !text_is(t, next, "while") &&
		    !text_is(t, next, ";"))
			first = next;
	}
	return first;
}

/*
 * Where the ends of the section do not pair on every path: open the scope in
 * front of the first acquire and close it wherever the function is left.
 */
static int mark_from_first(struct planner *p)
{
	const struct text *t = &p->f->text;
	uint32_t first = TOK_NONE, at, last;
	size_t i;

	for (i = 0; i < p->s->nr_acquires; i++) {
		at = text_point(t, p->s->acquires[i].line,
				p->s->acquires[i].column);
		if (at < first)
			first = at;
	}
	if (first <= p->b.open || first >= p->b.close)
		return refuse(p, TOK_NONE, "the acquire is not where it should be");
	first = outer_statement(p, first);
	if (t->v[first].directive || stmt_is_decl(t, first, NULL, &last))
		return refuse(p, first, "the acquire stands in a declaration");
	mark_statement(p->f, text_prev(t, first),
		       p->z == 'f' ? "ZfU();" : "ZiU();");
	p->f->saves++;
	return mark_returns(p, first);
}

/* A restore with a save right behind it: the semantic patch drops both. */
static void count_merges(struct planner *p)
{
	const struct text *t = &p->f->text;
	uint32_t i, k;

	for (i = 0; i < p->nr_closes; i++)
		for (k = 0; k < p->nr_opens; k++)
			if (text_next(t, p->closes[i]) == p->opens[k]) {
				p->f->saves--;
				p->f->restores--;
			}
}

/* Where the section is open already, or stays so, nothing is to be done. */
static int mark_points(struct planner *p)
{
	struct nesting n;
	size_t i;
	int ret = 0;

	nesting_init(&n, p->f->facts, p->b.fn, p->s);
	for (i = 0; i < p->s->nr_acquires && !ret; i++)
		if (n.acquires[i] <= 0)
			ret = mark_acquire(p, &p->s->acquires[i]);
	for (i = 0; i < p->s->nr_releases && !ret; i++)
		if (n.releases[i] <= 1)
			ret = mark_release(p, &p->s->releases[i]);
	nesting_release(&n);
	if (!ret)
		count_merges(p);
	return ret;
}

int mark_section(struct edit_file *f, const struct section *s,
		 struct err *err)
{
	struct planner p = {
		.f = f, .s = s, .err = err,
		.z = s->restriction == RESTRICT_NOIO ? 'i' : 'f',
	};
	int ret = body_find(f, s->function, s->line, &p.b, err);
	bool whole;

	if (ret)
		return ret;
	if (f->restriction && f->restriction != s->restriction)
		return err_set(err, ERR_FAILED, "%s: scopes of two kinds in one change",
			       f->path);
	f->restriction = s->restriction;
	whole = s->whole_function || f->extent == EXTENT_WHOLE;
	if (whole) {
		f->saves++;
		ret = mark_returns(&p, p.b.open);
	} else if (f->extent == EXTENT_RETURNS) {
		ret = mark_from_first(&p);
	} else {
		ret = mark_points(&p);
	}
	if (!ret && p.valued)
		ret = place_value(f, &p.b, err);
	if (!ret)
		ret = place_flags(f, &p.b, whole, p.declared, err);
	if (!ret)
		ret = place_include(f, err);
	free(p.opens);
	free(p.closes);
	if (ret)
		return ERR_FAILED;
	GROW(f->functions, f->nr_functions, f->cap_functions);
	f->functions[f->nr_functions++] = s->function;
	return 0;
}
