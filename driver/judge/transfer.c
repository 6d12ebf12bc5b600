// SPDX-License-Identifier: GPL-2.0-only
/*
 * Transfer functions (see transfer.h).
 * In: events, knowledge and summaries. Out: changed states. Calls with several
 * targets join: held if any leaves it held, surely if all do.
 */
#include "judge/transfer.h"

#include <string.h>

#include "base/mem.h"
#include "judge/paired.h"

static int ref_bit(struct flow *w, ref_t ref)
{
	for (unsigned int i = 0; i < w->nr_refs; i++)
		if (w->refs[i] == ref)
			return i;
	if (w->nr_refs == FLOW_REFS) {
		w->overflow = true;
		return -1;
	}
	w->refs[w->nr_refs] = ref;
	return w->nr_refs++;
}

static void forget(struct flow_state *st, uint32_t var)
{
	for (int i = 0; i < FLOW_PENDING; i++)
		if (st->pend[i].var == var)
			memset(&st->pend[i], 0, sizeof(st->pend[i]));
	for (int i = 0; i < FLOW_KNOWN; i++)
		if (st->known[i].var == var)
			st->known[i].var = st->known[i].classes = 0;
}

static void learn(struct flow_state *st, uint32_t var, uint8_t classes)
{
	int i, free = FLOW_KNOWN - 1;

	for (i = 0; i < FLOW_KNOWN; i++) {
		if (st->known[i].var == var)
			break;
		if (!st->known[i].var)
			free = i;
	}
	if (i == FLOW_KNOWN)
		i = free;
	st->known[i].var = var;
	st->known[i].classes = classes;
}

static uint8_t known_classes(const struct flow_state *st, uint32_t var)
{
	for (int i = 0; i < FLOW_KNOWN; i++)
		if (st->known[i].var == var)
			return st->known[i].classes;
	return CLASS_ANY;
}

/* The pending acquires of @var; what it has already stays. */
static struct pending *pending_of(struct flow_state *st, uint32_t var)
{
	int i;

	for (i = 0; i < FLOW_PENDING; i++)
		if (!st->pend[i].var || st->pend[i].var == var)
			break;
	if (i == FLOW_PENDING) {
		memmove(&st->pend[0], &st->pend[1],
			(FLOW_PENDING - 1) * sizeof(st->pend[0]));
		i = FLOW_PENDING - 1;
	}
	if (st->pend[i].var != var)
		memset(&st->pend[i], 0, sizeof(st->pend[i]));
	st->pend[i].var = var;
	return &st->pend[i];
}

/* The plain variable that @e is, else 0. */
static uint32_t plain_var(const struct expr *e)
{
	if (e->kind != EXPR_NAME || e->nr_parts || e->ops)
		return 0;
	return e->base;
}

/* Who stands for the result of call @event: a variable or the call. */
static uint32_t result_var(const struct flow *w, uint32_t event)
{
	const struct event *ev = &w->facts->events[event];
	uint32_t var = 0;

	if (ev->value)
		var = plain_var(&w->facts->exprs[ev->value - 1]);
	return var ? var : FLOW_CALL | event;
}

static void acquire(struct flow *w, struct flow_state *st, ref_t ref,
		    uint8_t success, uint32_t var)
{
	int b = ref ? ref_bit(w, ref) : -1;
	uint64_t m;
	struct pending *p;

	if (b < 0)
		return;
	m = 1ull << b;
	w->acquired |= m;
	w->prim_acquired |= m;
	if (st->must & m && !ref_is_scope(&w->s->refs, ref))
		st->again |= m;
	if (success == CLASS_ANY || !success) {
		st->may |= m;
		st->must |= m;
		return;
	}
	if (st->must & m)
		return;
	st->may |= m;
	p = pending_of(st, var);
	for (int c = 0; c < 3; c++) {
		if (!(success & 1 << c))
			continue;
		p->may[c] |= m;
		p->must[c] |= m;
	}
}

static void release(struct flow *w, struct flow_state *st, ref_t ref)
{
	int b = ref ? ref_bit(w, ref) : -1;
	uint64_t m;

	if (b < 0)
		return;
	m = 1ull << b;
	w->released |= m;
	w->prim_released |= m;
	if (st->again & m) {
		st->again &= ~m;
		return;
	}
	if (!(st->must & m)) {
		st->rmay |= m;
		if (!(st->may & m))
			st->rmust |= m;
	}
	st->may &= ~m;
	st->must &= ~m;
}

/* A restore with a cookie that was not tracked from its save may close any
 * scope whose cookie is as unknown; one with an unknown cookie any at all. */
static uint64_t other_scopes(const struct flow *w, ref_t ref)
{
	const struct ref *r = ref_get(&w->s->refs, ref);
	uint64_t set = 0;

	if (r->kind != REF_SCOPE)
		return 0;
	for (unsigned int i = 0; i < w->nr_refs; i++) {
		const struct ref *x = ref_get(&w->s->refs, w->refs[i]);

		if (x->kind == REF_SCOPE && x->cookie != COOKIE_LOCAL &&
		    (r->cookie == COOKIE_ANY || x->cookie == COOKIE_ANY))
			set |= 1ull << i;
	}
	return set;
}

/* A restore whose save is not seen here closes what the caller opened. */
static void close_scope(struct flow *w, struct flow_state *st, ref_t ref)
{
	const struct ref *r = ref ? ref_get(&w->s->refs, ref) : NULL;
	int b = ref ? ref_bit(w, ref) : -1;

	if (b < 0)
		return;
	if (r->cookie == COOKIE_LOCAL && !(st->may & 1ull << b))
		ref = ref_scope_any(&w->s->refs, r->restriction);
	release(w, st, ref);
}

/* memalloc_nofs_restore(0) where that ends any scope of its kind. */
static void close_all(const struct flow *w, struct flow_state *st,
		      unsigned int restriction)
{
	for (unsigned int i = 0; i < w->nr_refs; i++) {
		const struct ref *r = ref_get(&w->s->refs, w->refs[i]);

		if (r->kind != REF_SCOPE || r->restriction != restriction)
			continue;
		st->may &= ~(1ull << i);
		st->must &= ~(1ull << i);
	}
}

static const struct expr *argument(const struct flow *w,
				   const struct event *ev, int arg)
{
	if (arg < 0 || arg >= ev->nr_args)
		return NULL;
	return &w->facts->exprs[ev->args + arg];
}

/* A save or restore whose restriction an argument says (PF_* words). */
static unsigned int api_restriction(const struct flow *w,
				    const struct event *ev,
				    const struct know_api *api)
{
	const struct expr *e = argument(w, ev, api->flags_arg);

	if (!e)
		return ref_api_restriction(api);
	if (e->mask & (MASK_PF_NOIO | MASK_PF_NORECLAIM))
		return RESTRICT_NOIO;
	return e->mask & MASK_PF_NOFS ? RESTRICT_NOFS : RESTRICT_NONE;
}

static bool restores_zero(const struct flow *w, const struct event *ev,
			  const struct know_api *api)
{
	const struct expr *e = argument(w, ev, api->lock_arg);

	return e && e->kind == EXPR_NUM && !e->base;
}

static ref_t api_ref(struct flow *w, const struct event *ev,
		     const struct know_api *api)
{
	const struct expr *e = argument(w, ev, api->lock_arg);

	if (api->op == API_SCOPE_SAVE)
		return ref_of_cookie(&w->s->refs, w->fn, ev->value ?
				     &w->facts->exprs[ev->value - 1] : NULL,
				     api_restriction(w, ev, api));
	if (api->op == API_SCOPE_RESTORE)
		return ref_of_cookie(&w->s->refs, w->fn, e,
				     api_restriction(w, ev, api));
	if (e)
		return ref_of_lock(&w->s->refs, w->fn, e);
	return api->resource ? ref_resource(&w->s->refs, api->resource) : 0;
}

/* Is it held because the function took it? */
static bool is_own(struct flow *w, const struct flow_state *st, ref_t ref)
{
	int b = ref ? ref_bit(w, ref) : -1;

	return b >= 0 && st->may >> b & 1;
}

/* Does a token hold what the call takes, in the scope that it has? */
static bool is_for_token(const struct flow *w, const struct event *ev,
			 const struct know_api *api)
{
	const struct expr *e = argument(w, ev, api->token_arg);

	return e && e->classes != CLASS_ZERO;
}

static void transfer_api(struct flow *w, uint32_t event,
			 const struct know_api *api, struct flow_state *st)
{
	const struct event *ev = &w->facts->events[event];
	ref_t ref = api_ref(w, ev, api);

	switch (api->op) {
	case API_LOCK:
	case API_LOCK_WAIT:
		if (ref && ref_bit(w, ref) >= 0)
			w->waited |= 1ull << ref_bit(w, ref);
		/* fall through */
	case API_LOCK_TRY:
	case API_SCOPE_SAVE:
		if (is_for_token(w, ev, api))
			break;
		acquire(w, st, ref, api->success, result_var(w, event));
		break;
	case API_UNLOCK:
		if (is_own(w, st, ref) ?
		    paired_elsewhere(w->s->p, w->fn, event) : api->own)
			break;
		release(w, st, ref);
		break;
	case API_SCOPE_RESTORE:
		if (w->s->zero_closes && restores_zero(w, ev, api))
			close_all(w, st, api_restriction(w, ev, api));
		close_scope(w, st, ref);
		break;
	case API_NONE:
	case API_WAIT:
	case API_DOWNGRADE:
		break;
	}
}

static void transfer_stated(struct flow *w, uint32_t event,
			    const struct know_effect *e,
			    struct flow_state *st)
{
	struct refs *refs = &w->s->refs;

	if (e->keeps)
		return;
	if (e->closes)
		release(w, st, ref_scope_any(refs, e->closes));
	if (e->opens)
		acquire(w, st, ref_scope_any(refs, e->opens), e->success,
			result_var(w, event));
}

/* The joined effect of all targets of a call. */
struct joined {
	uint64_t may[3], must[3], rel_may, rel_must;
	unsigned int nr;	/* targets */
	bool any;
};

static void join_target(struct flow *w, const struct event *ev,
			const struct summary *sum, struct joined *j)
{
	uint64_t must[3] = { 0 }, rel_must = 0;

	w->tainted |= sum->bound;
	for (unsigned int i = 0; i < sum->nr; i++) {
		const struct effect *e = &sum->v[i];
		ref_t ref = ref_at_call(&w->s->refs, w->fn, ev, e->ref);
		int b = ref ? ref_bit(w, ref) : -1;
		uint64_t m;

		if (b < 0)
			continue;
		m = 1ull << b;
		for (int c = 0; c < 3; c++) {
			if (e->may & 1 << c)
				j->may[c] |= m;
			if (e->must & 1 << c)
				must[c] |= m;
		}
		if (e->waits)
			w->waited |= m;
		if (e->rel_may && !e->may)
			m |= other_scopes(w, e->ref);
		if (e->rel_may)
			j->rel_may |= m;
		if (e->rel_must || (e->rel_may && !e->may))
			rel_must |= m;
	}
	for (int c = 0; c < 3; c++) {
		if (!(sum->classes & 1 << c))
			must[c] = ~0ull;
		j->must[c] = j->nr ? j->must[c] & must[c] : must[c];
	}
	j->rel_must = j->nr ? j->rel_must & rel_must : rel_must;
	j->any |= sum->nr > 0;
	j->nr++;
}

static void apply(struct flow *w, uint32_t event, const struct joined *j,
		  struct flow_state *st)
{
	uint64_t old_must = st->must, all, some, fresh;
	struct pending *p;

	some = j->may[0] | j->may[1] | j->may[2];
	all = j->must[0] & j->must[1] & j->must[2] & some;
	w->acquired |= some;
	w->released |= j->rel_may;
	st->rmay |= j->rel_may & ~old_must;
	st->rmust |= j->rel_must & ~st->may;
	st->may = (st->may & ~j->rel_must) | some;
	st->must = (st->must & ~j->rel_may) | all;
	fresh = some & ~old_must;
	if (!fresh || fresh == (all & fresh))
		return;
	p = pending_of(st, result_var(w, event));
	for (int c = 0; c < 3; c++) {
		p->may[c] |= j->may[c] & fresh;
		p->must[c] |= j->must[c] & fresh;
	}
}

static void transfer_targets(struct flow *w, uint32_t event,
			     struct flow_state *st)
{
	const struct event *ev = &w->facts->events[event];
	struct joined j = { 0 };
	size_t nr;
	const struct target *t = program_targets(w->s->p, w->fn, event, &nr);

	for (size_t i = 0; i < nr; i++) {
		if (t[i].how == TARGET_ARGUMENT)
			continue;
		if (w->s->stated[t[i].fn]) {
			transfer_stated(w, event, w->s->stated[t[i].fn], st);
			return;
		}
		join_target(w, ev, summary_at_call(w->s, w->fn, ev, t[i].fn,
						   w->spec), &j);
	}
	if (!j.any)
		return;
	apply(w, event, &j, st);
}

static void transfer_call(struct flow *w, uint32_t event,
			  struct flow_state *st)
{
	const struct event *ev = &w->facts->events[event];
	const struct know_api *api = program_call_api(w->s->p, w->file, ev);

	if (api && !api->adds) {
		transfer_api(w, event, api, st);
		return;
	}
	transfer_targets(w, event, st);
	if (api)
		transfer_api(w, event, api, st);
}

/* current->flags |= PF_MEMALLOC_NOFS and its reverse. */
static void transfer_task_flags(struct flow *w, const struct event *ev,
				unsigned int mask, struct flow_state *st)
{
	unsigned int r = mask & (MASK_PF_NOIO | MASK_PF_NORECLAIM) ?
			 RESTRICT_NOIO : RESTRICT_NOFS;
	ref_t ref = ref_scope_any(&w->s->refs, r);

	if (ev->op == ASSIGN_OR)
		acquire(w, st, ref, CLASS_ANY, 0);
	else if (ev->op == ASSIGN_AND || ev->op == ASSIGN_SET)
		release(w, st, ref);
}

static bool sets_task_flags(const struct flow *w, const struct event *ev,
			    const struct expr *target)
{
	return ev->op == ASSIGN_SET && target->kind == EXPR_NAME &&
	       target->nr_parts == 1 &&
	       w->file->atoms[target->base] == w->s->refs.current &&
	       !strcmp(facts_str(w->facts, w->facts->words[target->parts]),
		       "flags");
}

static void transfer_assign(struct flow *w, const struct event *ev,
			    struct flow_state *st)
{
	const struct expr *value, *target;
	uint32_t var, from;

	if (!ev->target || !ev->value)
		return;
	value = &w->facts->exprs[ev->value - 1];
	target = &w->facts->exprs[ev->target - 1];
	if (sets_task_flags(w, ev, target)) {
		for (int r = RESTRICT_NOFS; r <= RESTRICT_NOIO; r++)
			release(w, st, ref_scope_any(&w->s->refs, r));
		return;
	}
	if (value->mask & (MASK_PF_NOFS | MASK_PF_NOIO | MASK_PF_NORECLAIM)) {
		if (target->nr_parts)
			transfer_task_flags(w, ev, value->mask, st);
		return;
	}
	var = plain_var(target);
	if (!var)
		return;
	forget(st, var);
	if (ev->op != ASSIGN_SET)
		return;
	from = plain_var(value);
	if (value->classes && value->classes != CLASS_ANY)
		learn(st, var, value->classes);
	else if (from && known_classes(st, from) != CLASS_ANY)
		learn(st, var, known_classes(st, from));
}

static const struct know_api *guard_api(const struct flow *w,
					const struct event *ev)
{
	const char *name = facts_str(w->facts, ev->name);
	const struct knowledge *k = w->s->k;

	for (size_t i = 0; i < k->nr_guards; i++)
		if (!strcmp(k->guards[i].name, name))
			return program_api(w->s->p,
				atom_find(program_atoms(w->s->p),
					  k->guards[i].acquire));
	return NULL;
}

static void transfer_guard(struct flow *w, const struct event *ev,
			   struct flow_state *st)
{
	const struct know_api *api = guard_api(w, ev);
	ref_t ref = 0;

	if (!api)
		return;
	if (api->op == API_SCOPE_SAVE)
		ref = ref_scope_any(&w->s->refs, ref_api_restriction(api));
	else if (ev->nr_args)
		ref = ref_of_lock(&w->s->refs, w->fn,
				  &w->facts->exprs[ev->args]);
	if (ev->kind == EV_GUARD)
		acquire(w, st, ref, CLASS_ANY, 0);
	else
		release(w, st, ref);
}

/* A variable whose address a callee gets may come back as anything. */
static void forget_lent(const struct flow *w, const struct event *ev,
			struct flow_state *st)
{
	for (int i = 0; i < ev->nr_args; i++) {
		const struct expr *e = &w->facts->exprs[ev->args + i];

		if (e->kind == EXPR_NAME && !e->nr_parts &&
		    e->ops == EXPR_ADDR)
			forget(st, e->base);
	}
}

void transfer_event(struct flow *w, uint32_t event, struct flow_state *st)
{
	const struct event *ev = &w->facts->events[event];

	switch (ev->kind) {
	case EV_CALL:
	case EV_ICALL:
		forget(st, result_var(w, event));
		forget_lent(w, ev, st);
		transfer_call(w, event, st);
		break;
	case EV_ASSIGN:
		transfer_assign(w, ev, st);
		break;
	case EV_GUARD:
	case EV_UNGUARD:
		transfer_guard(w, ev, st);
		break;
	}
}

void transfer_restrict(struct flow_state *st, uint32_t var, uint8_t classes)
{
	for (int i = 0; i < FLOW_PENDING; i++) {
		const struct pending *p = &st->pend[i];
		uint64_t all, may = 0, must = ~0ull;

		if (p->var != var)
			continue;
		all = p->may[0] | p->may[1] | p->may[2];
		for (int c = 0; c < 3; c++) {
			if (!(classes & 1 << c))
				continue;
			may |= p->may[c];
			must &= p->must[c];
		}
		st->may &= ~(all & ~may);
		st->must = (st->must & ~(all & ~may)) | (must & may);
	}
	if (!(var & FLOW_CALL))
		learn(st, var, known_classes(st, var) & classes ?
		      known_classes(st, var) & classes : classes);
}

static uint32_t subject_var(const struct flow *w, const struct expr *e)
{
	if (e->kind == EXPR_CALL && !e->nr_parts)
		return result_var(w, e->base);
	return plain_var(e);
}

/* What the subject of @c can be when it comes out as @taken; 0: anything. */
static uint8_t cond_classes(const struct flow *w, const struct cond *c,
			    bool taken)
{
	uint8_t classes;

	if (c->kind == COND_CLASS)
		return taken ? c->classes : CLASS_ANY & ~c->classes;
	if (c->kind != COND_EQUAL || !taken || !c->operand)
		return 0;
	classes = w->facts->exprs[c->operand - 1].classes;
	return classes == CLASS_ANY ? 0 : classes;
}

bool transfer_edge(struct flow *w, const struct edge *e,
		   struct flow_state *st)
{
	const struct cond *c;
	uint8_t classes;
	uint32_t var;
	int v;

	if (!e->cond)
		return true;
	c = &w->facts->conds[e->cond - 1];
	v = spec_decides(w->s->p, w->fn, w->spec, c);
	if (v >= 0 && v != (int)e->taken)
		return false;
	var = subject_var(w, &w->facts->exprs[c->subject]);
	classes = cond_classes(w, c, e->taken);
	if (!var || !classes)
		return true;
	if (!(known_classes(st, var) & classes))
		return false;
	transfer_restrict(st, var, classes);
	return true;
}

static uint8_t call_classes(struct flow *w, uint32_t event)
{
	uint8_t classes = 0;
	size_t nr;
	const struct target *t = program_targets(w->s->p, w->fn, event, &nr);

	for (size_t i = 0; i < nr; i++)
		if (t[i].how != TARGET_ARGUMENT)
			classes |= w->s->of[t[i].fn].classes;
	return classes ? classes : CLASS_ANY;
}

/* A variable that is returned. A pointer that was tested for NULL only is a
 * good one: functions that mean an error say so with IS_ERR() or ERR_PTR(). */
static uint8_t returned_var_classes(const struct flow *w,
				    const struct flow_state *st,
				    const struct expr *e, uint32_t var)
{
	uint8_t known = known_classes(st, var);

	if (e->classes && e->classes != CLASS_ANY)
		return e->classes & known ? e->classes & known : e->classes;
	if (!(w->func->flags & FUNC_POINTER))
		return known;
	if (known == CLASS_ANY || known == (CLASS_POS | CLASS_ERR))
		return CLASS_POS;
	return known;
}

uint8_t transfer_return_classes(struct flow *w, const struct event *ev,
				const struct flow_state *st, uint32_t *var)
{
	const struct expr *e;
	uint32_t v;

	if (!ev->value)
		return CLASS_ANY;
	e = &w->facts->exprs[ev->value - 1];
	v = subject_var(w, e);
	for (int i = 0; v && i < FLOW_PENDING; i++)
		if (st->pend[i].var == v)
			*var = v;
	if (*var)
		return e->classes & known_classes(st, v) ?
		       e->classes & known_classes(st, v) : CLASS_ANY;
	if (v && !(v & FLOW_CALL))
		return returned_var_classes(w, st, e, v);
	if (e->classes && e->classes != CLASS_ANY)
		return e->classes;
	if (e->kind == EXPR_CALL && !e->nr_parts && !e->ops)
		return call_classes(w, e->base);
	return CLASS_ANY;
}
