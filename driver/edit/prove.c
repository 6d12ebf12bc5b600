// SPDX-License-Identifier: GPL-2.0-only
/*
 * The facts of a file before and after a change go in, with what was planned;
 * out comes a reason not to trust the change, or none.
 *
 * Balance is shown on the control flow graph that the reader makes of the
 * changed text, not on what the planner believed: each block is entered with
 * one state only, every return with no scope of ours open.
 */
#include "edit/prove.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/scopeapi.h"

int prove_counts(const struct edit_file *f, const struct inserted *ins,
		 struct err *err)
{
	const struct {
		const char *what;
		uint32_t planned, done;
	} counts[] = {
		{ "save", f->saves, ins->saves },
		{ "restore", f->restores, ins->restores },
		{ "declaration", f->declarations, ins->declarations },
		{ "variable for a value", f->temps, ins->temps },
		{ "#include", f->includes, ins->includes },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(counts); i++)
		if (counts[i].planned != counts[i].done)
			return err_set(err, ERR_FAILED, "%s: planned %u, Coccinelle made %u: %s",
				       f->path, counts[i].planned,
				       counts[i].done, counts[i].what);
	return 0;
}

/* ---- sites ---- */

struct key {
	const char *func, *callee, *text;
};

static int key_cmp(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;
	int c = strcmp(a->func, b->func);

	if (!c)
		c = strcmp(a->callee, b->callee);
	return c ? c : strcmp(a->text, b->text);
}

static struct key key_of(const struct facts *facts, const struct site *s)
{
	return (struct key){
		.func = s->func ? facts_str(facts,
				facts->funcs[s->func - 1].name) : "",
		.callee = facts_str(facts, s->callee),
		.text = facts_str(facts, s->text),
	};
}

/* Was the site at @offset to go, and did it? */
static bool is_gone(const struct edit_file *f, uint32_t offset)
{
	size_t i, k;

	for (i = 0; i < f->nr_sites; i++) {
		if (f->sites[i]->offset != offset)
			continue;
		for (k = 0; k < f->nr_marks; k++)
			if (f->marks[k].site == i && f->marks[k].left)
				return false;
		return true;
	}
	return false;
}

int prove_sites(const struct edit_file *f, const struct facts *after,
		struct err *err)
{
	const struct facts *before = f->facts;
	struct key *old = xcalloc(before->nr_sites + 1, sizeof(*old));
	struct key *new = xcalloc(after->nr_sites + 1, sizeof(*new));
	size_t nr_old = 0, nr_new = 0, i;
	int ret = 0;

	for (i = 0; i < before->nr_sites; i++)
		if (!is_gone(f, before->sites[i].offset))
			old[nr_old++] = key_of(before, &before->sites[i]);
	for (i = 0; i < after->nr_sites; i++)
		new[nr_new++] = key_of(after, &after->sites[i]);
	qsort(old, nr_old, sizeof(*old), key_cmp);
	qsort(new, nr_new, sizeof(*new), key_cmp);
	for (i = 0; i < nr_old && i < nr_new; i++)
		if (key_cmp(&old[i], &new[i]))
			break;
	if (nr_old != nr_new || i < nr_old)
		ret = err_set(err, ERR_FAILED, "%s: %zu restricted masks should be left, %zu are; the first that differs is in %s",
			      f->path, nr_old, nr_new,
			      i < nr_new ? new[i].func :
			      i < nr_old ? old[i].func : "no function");
	free(old);
	free(new);
	return ret;
}

/* ---- balance ---- */

enum { UNSEEN, CLOSED, OPEN };

struct balance {
	const struct edit_file *f;
	const struct facts *facts;
	const struct func *fn;
	const char *save, *restore;
	uint8_t *state;			/* at the entry of each block */
	uint32_t *todo, nr_todo;
	struct err *err;
};

static int unbalanced(struct balance *b, uint32_t line, const char *what)
{
	return err_set(b->err, ERR_FAILED, "%s: %s() would %s (line %u of the changed file)",
		       b->f->path, facts_str(b->facts, b->fn->name), what,
		       line);
}

/* Is @e the plain variable that keeps our flags? */
static bool is_flags(const struct balance *b, const struct expr *e)
{
	return e->kind == EXPR_NAME && !e->nr_parts && !e->ops &&
	       !strcmp(facts_str(b->facts, e->base), b->f->flags);
}

static int step(struct balance *b, const struct event *e, uint8_t *state)
{
	const struct facts *facts = b->facts;
	const char *name = facts_str(facts, e->name);

	if (e->kind == EV_RETURN)
		return *state == OPEN ?
		       unbalanced(b, e->line, "be left with its scope open") :
		       0;
	if (e->kind != EV_CALL)
		return 0;
	if (!strcmp(name, b->save)) {
		if (*state == OPEN)
			return unbalanced(b, e->line, "open a scope inside a scope");
		if (e->value && is_flags(b, &facts->exprs[e->value - 1]))
			*state = OPEN;
	} else if (!strcmp(name, b->restore) && e->nr_args == 1 &&
		   is_flags(b, &facts->exprs[e->args])) {
		if (*state != OPEN)
			return unbalanced(b, e->line, "close a scope that is not open");
		*state = CLOSED;
	}
	return 0;
}

static int enter(struct balance *b, uint32_t block, uint8_t state)
{
	if (b->state[block] == UNSEEN) {
		b->state[block] = state;
		b->todo[b->nr_todo++] = block;
		return 0;
	}
	if (b->state[block] == state)
		return 0;
	return unbalanced(b, b->fn->line, "have its scope open on one path and closed on another where they meet");
}

static int run_block(struct balance *b, uint32_t block)
{
	const struct block *bl = &b->facts->blocks[b->fn->first_block + block];
	uint8_t state = b->state[block];
	uint32_t i;
	int ret;

	for (i = 0; i < bl->nr_events; i++) {
		ret = step(b, &b->facts->events[bl->first_event + i], &state);
		if (ret)
			return ret;
	}
	for (i = 0; i < b->fn->nr_edges; i++) {
		const struct edge *e = &b->facts->edges[b->fn->first_edge + i];

		ret = e->from == block ? enter(b, e->to, state) : 0;
		if (ret)
			return ret;
	}
	return 0;
}

static int prove_function(struct balance *b)
{
	int ret;

	b->state = xcalloc(b->fn->nr_blocks + 1, sizeof(*b->state));
	b->todo = xcalloc(b->fn->nr_blocks + 1, sizeof(*b->todo));
	b->nr_todo = 0;
	ret = b->fn->nr_blocks ? enter(b, 0, CLOSED) : 0;
	while (!ret && b->nr_todo)
		ret = run_block(b, b->todo[--b->nr_todo]);
	free(b->state);
	free(b->todo);
	return ret;
}

int prove_balance(const struct edit_file *f, const struct facts *after,
		  struct err *err)
{
	struct balance b = {
		.f = f, .facts = after, .err = err,
		.save = scope_save(f->restriction),
		.restore = scope_restore(f->restriction),
	};
	size_t i;
	uint32_t k, seen;
	int ret = 0;

	for (i = 0; i < f->nr_functions && !ret; i++) {
		for (k = 0, seen = 0; k < after->nr_funcs && !ret; k++) {
			b.fn = &after->funcs[k];
			if (strcmp(facts_str(after, b.fn->name),
				   f->functions[i]))
				continue;
			seen++;
			if (b.fn->flags & FUNC_BROKEN)
				ret = unbalanced(&b, b.fn->line, "not be understood any more");
			else
				ret = prove_function(&b);
		}
		if (!ret && !seen)
			ret = err_set(err, ERR_FAILED, "%s: %s would be lost",
				      f->path, f->functions[i]);
	}
	return ret;
}
