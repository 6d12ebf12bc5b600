// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file before and after a change goes in; whether a mask of it stands inside
 * a scope comes out. Asked of the text as it will be, whatever the planner
 * believed: a scope counts where it is open on all paths, and no scope is
 * taken to be open where anything is in doubt.
 */
#include "edit/inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/scopeapi.h"

/* Of a block, where it is entered. */
enum { UNSEEN, OPEN, CLOSED };

/* The function of that name nearest to @line of the old text. */
static const struct func *find_function(const struct inside *in,
					const char *name, uint32_t line)
{
	const struct func *old = NULL, *best = NULL;
	uint32_t i, nth = 0;

	for (i = 0; i < in->before->nr_funcs; i++) {
		const struct func *fn = &in->before->funcs[i];

		if (strcmp(facts_str(in->before, fn->name), name))
			continue;
		if (fn->line <= line && line <= fn->end_line)
			old = fn;
		nth += !old;
	}
	for (i = 0; old && i < in->after->nr_funcs; i++)
		if (!strcmp(facts_str(in->after, in->after->funcs[i].name),
			    name) && !nth--)
			best = &in->after->funcs[i];
	return best;
}

/* A NOIO scope holds FS back, too. */
static bool after_event(const struct inside *in, const struct event *e,
			bool open)
{
	const char *name = facts_str(in->after, e->name);

	if (e->kind != EV_CALL)
		return open;
	if (!strcmp(name, scope_save(RESTRICT_NOIO)) ||
	    !strcmp(name, scope_save(in->restriction)))
		return true;
	if (!strcmp(name, scope_restore(RESTRICT_NOIO)) ||
	    !strcmp(name, scope_restore(RESTRICT_NOFS)))
		return false;
	return open;
}

/* What is open at the end of a block. */
static uint8_t run_block(const struct inside *in, uint32_t block)
{
	const struct block *b = &in->after->blocks[in->fn->first_block + block];
	bool open = in->state[block] == OPEN;
	uint32_t i;

	for (i = 0; i < b->nr_events; i++)
		open = after_event(in, &in->after->events[b->first_event + i],
				   open);
	return open ? OPEN : CLOSED;
}

/* A state only ever grows: what is closed on one path is not open. */
static void walk(struct inside *in)
{
	const struct func *fn = in->fn;
	bool more = fn->nr_blocks;
	uint32_t i;

	in->state = xcalloc(fn->nr_blocks + 1, sizeof(*in->state));
	in->state[0] = CLOSED;
	while (more) {
		more = false;
		for (i = 0; i < fn->nr_edges; i++) {
			const struct edge *e =
				&in->after->edges[fn->first_edge + i];
			uint8_t state;

			if (in->state[e->from] == UNSEEN)
				continue;
			state = run_block(in, e->from);
			more |= state > in->state[e->to];
			if (state > in->state[e->to])
				in->state[e->to] = state;
		}
	}
}

int inside_init(struct inside *in, const struct facts *before,
		const struct strbuf *old, const struct facts *after,
		const struct strbuf *new, const char *function, uint32_t line,
		uint8_t restriction, struct err *err)
{
	int ret;

	*in = (struct inside){
		.before = before, .after = after, .restriction = restriction,
	};
	ret = remap_init(&in->map, old->buf, old->len, new->buf, new->len,
			 err);
	if (ret)
		return ret;
	in->fn = find_function(in, function, line);
	if (in->fn && !(in->fn->flags & FUNC_BROKEN))
		walk(in);
	return 0;
}

void inside_release(struct inside *in)
{
	free(in->state);
	remap_release(&in->map);
}

static const struct site *site_at(const struct facts *f, uint32_t offset)
{
	uint32_t i;

	for (i = 0; i < f->nr_sites; i++)
		if (f->sites[i].offset == offset)
			return &f->sites[i];
	return NULL;
}

/* Is the scope open before the event at that place, wherever it stands? */
static bool open_at(const struct inside *in, uint32_t line, uint32_t column)
{
	const struct facts *f = in->after;
	bool any = false, all = true;
	uint32_t i, k;

	for (i = 0; i < in->fn->nr_blocks; i++) {
		const struct block *b = &f->blocks[in->fn->first_block + i];
		bool open = in->state[i] == OPEN;

		for (k = 0; k < b->nr_events; k++) {
			const struct event *e = &f->events[b->first_event + k];

			if (e->line == line && e->column == column) {
				any = true;
				all &= open;
			}
			open = after_event(in, e, open);
		}
	}
	return any && all;
}

bool inside_site(const struct inside *in, uint32_t offset)
{
	const struct site *s = site_at(in->before, offset);
	const struct event *e;

	if (!s || !s->event)
		return false;
	e = &in->before->events[s->event - 1];
	return inside_point(in, e->line, e->column);
}

bool inside_point(const struct inside *in, uint32_t line, uint32_t column)
{
	return in->state && remap_point(&in->map, &line, &column) &&
	       open_at(in, line, column);
}
