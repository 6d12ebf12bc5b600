// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits (see wait.h). Sets of several components may have one for the same
 * ref: that of the component itself, those of shared code, and for shared
 * code any. The best grade is told, the nearest set among equals.
 */
#include "judge/wait.h"

const struct visit *wait_root(const struct reclaim_set *set,
			      const struct wait *w)
{
	const struct visit *v = NULL;
	uint32_t fn = w->via ? FN_NONE : w->fn;

	for (uint32_t n = 0; fn != FN_NONE && n <= set->visits.nr; n++) {
		v = visits_find(&set->visits, fn);
		if (!v || v->via)
			break;
		fn = v->from;
	}
	return v;
}

/* A task that holds what reclaim waits for may lend, too, and is no visit. */
static bool is_lent(const struct reclaim_set *set, const struct visit *v)
{
	return v->elsewhere && v->lent_from != FN_NONE &&
	       visits_find(&set->visits, v->lent_from);
}

/* @lent: by the calls that lend, as far as they lead. */
static unsigned int chain_of(const struct reclaim_set *set,
			     const struct wait *w, bool lent,
			     struct wait_call *out)
{
	const struct visit *v = visits_find(&set->visits, w->fn);
	unsigned int nr = 0;

	while (v && v->from != FN_NONE && nr < WAIT_CHAIN) {
		struct wait_call *c = &out[nr++];

		lent = lent && is_lent(set, v);
		c->to = v;
		c->lent = lent;
		c->from = lent ? v->lent_from : v->from;
		c->event = lent ? v->lent_event : v->event;
		if (!lent && v->via)
			break;
		v = visits_find(&set->visits, c->from);
	}
	return nr;
}

unsigned int wait_chain(const struct reclaim_set *set, const struct wait *w,
			struct wait_call *out)
{
	unsigned int nr;

	if (w->fn == FN_NONE || w->via)
		return 0;
	nr = chain_of(set, w, w->elsewhere, out);
	/* Those that lend may do so in a circle. */
	return nr < WAIT_CHAIN ? nr : chain_of(set, w, false, out);
}

bool wait_is_super(const struct reclaim_set *set, const struct wait *w,
		   const struct knowledge *k)
{
	const struct visit *root = w->fn == FN_NONE ? NULL : wait_root(set, w);

	return root && !root->via && !root->worker &&
	       k->reclaim[root->root].super;
}

uint32_t wait_first(const struct reclaim_set *set, const struct wait *w)
{
	const struct visit *root = w->fn == FN_NONE ? NULL : wait_root(set, w);

	return root ? root->fn : w->fn;
}

bool wait_is_odd(const struct walk *walk, const struct reclaim_set *set,
		 const struct wait *w, uint32_t fn)
{
	return w->grade > WAIT_STATED && !walk_is_leaf(walk, fn) &&
	       walk_is_leaf(walk, wait_first(set, w));
}

static enum wait_grade grade_of(const struct reclaim_set *set,
				const struct wait *w,
				const struct knowledge *k)
{
	const struct visit *root = wait_root(set, w);

	if (w->own)
		return WAIT_OWN;
	if (w->by_name)
		return WAIT_BY_NAME;
	if (!root || root->via)
		return WAIT_ORDERED;
	if (w->worker)
		return WAIT_WORKER;
	if (w->last || k->reclaim[root->root].seldom ||
	    k->reclaim[root->root].kswapd_only)
		return WAIT_SELDOM;
	return WAIT_USUAL;
}

void wait_grades(struct reclaim_set *set, const struct knowledge *k)
{
	for (uint32_t i = 0; i < set->nr_waits; i++)
		set->wait[i].grade = grade_of(set, &set->wait[i], k);
}

/* The best so far, and where it is from. */
struct best {
	const struct wait *wait;
	const struct reclaim_set *set;
	bool instance;	/* of a ref that reclaim itself has on others only */
	bool far;	/* looks at leaves on behalf of shared code */
};

/* What a task that reclaim waits for waits for may be any instance. */
static unsigned int badness(const struct best *b, const struct wait *w)
{
	bool excused = w->kswapd || (b->instance && !w->via && !w->elsewhere);

	return w->grade + (excused ? WAIT_OWN + 1 : 0);
}

/* What one leaf does in odd ways says little about the locks of all. */
static unsigned int found_badness(const struct best *b, const struct wait *w)
{
	return badness(b, w) + (b->far && w->grade > WAIT_STATED ? 8 : 0);
}

static void consider(struct best *b, const struct reclaim_set *s, ref_t ref)
{
	uint32_t i = map_get(&s->waits, ref, 0);
	const struct wait *w;

	if (!i)
		return;
	w = &s->wait[i - 1];
	if (b->wait && badness(b, b->wait) <= found_badness(b, w))
		return;
	b->wait = w;
	b->set = s;
}

static void consider_stated(struct best *b, const struct reclaim *r,
			    ref_t ref, enum reclaim_side side)
{
	static const struct wait stated = {
		.fn = FN_NONE, .grade = WAIT_STATED,
	};
	const struct ref *x = ref_get(r->refs, ref);
	const struct know_resource *k;

	if (x->kind != REF_RESOURCE ||
	    (b->wait && badness(b, b->wait) <= badness(b, &stated)))
		return;
	k = &r->walk->k->resources[x->a];
	if (side == SIDE_FS ? k->fs : k->io)
		b->wait = &stated;
}

const struct wait *reclaim_wait(const struct reclaim *r, ref_t ref,
				enum reclaim_side side, uint32_t comp,
				const struct reclaim_set **set)
{
	struct best b = { .instance = ref_is_instance(r->refs, ref) };

	if (comp != COLOUR_NONE)
		consider(&b, &r->sets[side][comp], ref);
	for (uint32_t i = 0; i < r->nr_generic; i++)
		consider(&b, &r->sets[side][r->generic[i]], ref);
	consider_stated(&b, r, ref, side);
	/* Shared code works on objects of any file system or driver. */
	b.far = true;
	for (uint32_t c = 0; comp == COLOUR_NONE && c < r->nr_components; c++)
		consider(&b, &r->sets[side][c], ref);
	if (set && b.set)
		*set = b.set;
	return b.wait;
}
