// SPDX-License-Identifier: GPL-2.0-only
/*
 * A chain from reclaim to a resource goes in; a sentence that says how reclaim
 * comes to wait for it comes out, as long as there is room for.
 */
#include "edit/waits.h"

#include <string.h>

/* Steps from @from up to @end. */
struct span {
	size_t from, end;
};

/* The step that is told next after @i: of another function than its own. */
static size_t next_function(const struct chain *c, struct span s, size_t i)
{
	const char *fn = i < s.end ? c->steps[i].function : "";

	for (i = i < s.end ? i + 1 : s.from; i < s.end; i++)
		if (*c->steps[i].function && strcmp(c->steps[i].function, fn))
			return i;
	return s.end;
}

/* Steps of reclaim by their functions; where that gets too long the middle is
 * left out: what matters is where it starts and what waits. */
static void add_path(struct strbuf *sb, const struct chain *c, struct span s,
		     size_t limit)
{
	size_t first = next_function(c, s, SIZE_MAX), last = first, i;

	for (i = first; i < s.end; i = next_function(c, s, i))
		last = i;
	for (i = first; i < s.end; i = next_function(c, s, i)) {
		const char *fn = c->steps[i].function;

		if (i != last && sb->len + strlen(fn) +
		    strlen(c->steps[last].function) + 18 > limit) {
			strbuf_adds(sb, " -> ..");
			i = last;
			fn = c->steps[i].function;
		}
		strbuf_addf(sb, "%s%s()", i == first ? "" : " -> ", fn);
		if (i == last)
			break;
	}
}

/* The last function alone. */
static struct span last_function(const struct chain *c, struct span s)
{
	size_t i = next_function(c, s, SIZE_MAX);

	for (; i < s.end; i = next_function(c, s, i))
		s.from = i;
	return s;
}

static bool leads_somewhere(const struct chain *c, struct span s)
{
	return next_function(c, s, SIZE_MAX) < s.end;
}

/*
 * Reclaim need not take the resource itself: it may wait for another that a
 * task holds while it waits for ours. That task is called by nobody in
 * reclaim. @first: what reclaim does; @last: what the (last) other task does.
 * Return: is there such a task?
 */
static bool split_chain(const struct chain *c, struct span *first,
			struct span *last)
{
	size_t i;

	*first = *last = (struct span){ 0, c->nr };
	for (i = 0; i < c->nr; i++) {
		if (strcmp(c->steps[i].event, "holder"))
			continue;
		if (first->end == c->nr)
			first->end = i;
		last->from = i;
	}
	return first->end < c->nr && leads_somewhere(c, *first) &&
	       leads_somewhere(c, *last);
}

/* Who begins the chain, at the head of a sentence. */
static const char *actor_of(const struct chain *c)
{
	return c->nr && !strcmp(c->steps[0].text, STEP_DOES_IO) ?
	       "I/O that reclaim waits for" : "Reclaim";
}

/* What it does where the chain ends. A task that has a transaction open may
 * nest another, which waits for nobody but should not be there; what is no
 * member of anything may be a page or a queue. */
static const char *deed_of(const struct section *s, const char *resource)
{
	if (s && s->transaction)
		return "begin";
	return strstr(resource, " of a struct ") ? "take" : "wait for";
}

void waits_add(struct strbuf *sb, const struct chain *c,
	       const struct section *s, const char *resource, size_t limit)
{
	struct span first, last;

	if (split_chain(c, &first, &last)) {
		strbuf_addf(sb, "%s may wait in ", actor_of(c));
		add_path(sb, c, first, limit / 2);
		strbuf_addf(sb, " for a task that waits for %s in ", resource);
		add_path(sb, c, last, limit);
	} else {
		strbuf_addf(sb, "%s may %s %s in ", actor_of(c),
			    deed_of(s, resource), resource);
		if (s && s->any_way)
			first = last_function(c, first);
		add_path(sb, c, first, limit);
	}
	strbuf_addc(sb, '.');
}

bool waits_has_path(const struct chain *c)
{
	return leads_somewhere(c, (struct span){ 0, c->nr });
}
