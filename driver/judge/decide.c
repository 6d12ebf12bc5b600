// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verdicts (see decide.h), in the order of DESIGN: the first that is proven
 * on all contexts. Whatever leaves a doubt ends in keep or unknown.
 */
#include "judge/decide.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/hazard.h"
#include "judge/trust.h"

/* Names in EXPORT_SYMBOL() and its kin. */
static void list_exported(struct decision *d)
{
	const struct program *p = d->s->p;

	map_init(&d->exported);
	for (uint32_t i = 0; i < program_nr_files(p); i++) {
		const struct pfile *f = program_file(p, i);

		for (uint32_t j = 0; j < f->facts->nr_topmacros; j++) {
			const struct topmacro *m = &f->facts->topmacros[j];

			for (uint32_t a = 0; a < m->nr_args; a++)
				map_set(&d->exported,
					f->atoms[f->facts->words[m->args + a]],
					1);
		}
	}
}

void decision_init(struct decision *d, struct summaries *s,
		   const struct reclaim *r, const struct walk *w,
		   const char *kernel, struct result *out)
{
	memset(d, 0, sizeof(*d));
	d->s = s;
	d->reclaim = r;
	d->walk = w;
	d->k = s->k;
	d->kernel = kernel;
	d->r = out;
	story_init(&d->story, s, r, &out->arena);
	list_exported(d);
}

void decision_release(struct decision *d)
{
	story_release(&d->story);
	map_release(&d->exported);
	free(d->sections);
	free(d->section_fns);
	free(d->section_refs);
	free(d->findings);
}

static void add_unresolved(struct decision *d, struct result_site *out,
			   const char *text)
{
	const char **v = ARENA_ARRAY(&d->r->arena, const char *,
				     out->nr_unresolved + 1);

	if (out->nr_unresolved)
		memcpy(v, out->unresolved,
		       out->nr_unresolved * sizeof(*v));
	v[out->nr_unresolved++] = text;
	out->unresolved = v;
}

static void set(struct result_site *out, enum verdict v, enum confidence c,
		const char *reason)
{
	out->verdict = v;
	out->confidence = c;
	out->reason = reason;
}

enum {
	DOUBTS_SCOPE = DOUBT_BOUND | DOUBT_BROKEN | DOUBT_MASK,
	DOUBTS_HELD = DOUBTS_SCOPE | DOUBT_POINTER,
};

/* Doubts make a verdict that frees impossible; they are all named. */
static bool has_doubts(struct decision *d, const struct view *v,
		       unsigned int which, struct result_site *out)
{
	which &= v->doubts;
	if (which & DOUBT_POINTER)
		add_unresolved(d, out, "a caller is reached through a pointer "
			       "that was not resolved");
	if (which & DOUBT_BOUND)
		add_unresolved(d, out, "the data flow of a caller hit a "
			       "bound");
	if (which & DOUBT_BROKEN)
		add_unresolved(d, out, "a caller was not understood");
	if (which & DOUBT_MASK)
		add_unresolved(d, out, arena_strdup(&d->r->arena, v->lost));
	return which;
}

static const char *mask_name(unsigned int restriction)
{
	return restriction == RESTRICT_NOIO ? "NOIO" : "NOFS";
}

/* Does the stored mask act in a file system only that needs none? */
static bool is_quiet(const struct decision *d, const struct sited *at)
{
	return !at->acts.far && !at->acts.lost && at->acts.nr &&
	       d->quiet[program_file(d->s->p, at->file)->component];
}

/* Verdicts that need no context. */
static bool decide_by_form(struct decision *d, const struct sited *at,
			   struct result_site *out)
{
	if (out->form == FORM_NOOP) {
		set(out, VERDICT_NOOP, CONF_HIGH,
		    "the other flags of the mask allow what this one forbids: "
		    "nothing is restricted");
		return true;
	}
	if (at->acts.stored && !is_quiet(d, at)) {
		set(out, VERDICT_KEEP, CONF_HIGH,
		    arena_printf(&d->r->arena, "the mask acts at later "
				 "allocations: %s", at->acts.stored));
		return true;
	}
	if (out->how == SITE_RETURN)
		set(out, VERDICT_KEEP, CONF_LOW,
		    "the mask is handed to callers and acts at their "
		    "allocations");
	else if (out->how == SITE_MACRO && !at->acts.nr)
		set(out, VERDICT_KEEP, CONF_LOW,
		    "the mask is defined here, and no allocation that uses "
		    "the macro was found");
	else if (!at->acts.nr && (out->how == SITE_FIELD ||
				  out->how == SITE_INIT))
		set(out, VERDICT_KEEP, CONF_MODERATE,
		    "the mask is stored in an object and acts at the "
		    "allocations that use it later");
	else
		return false;
	return true;
}

/* The last step of a way: the call in which the mask acts. */
static void tell_site(struct decision *d, const struct way *w,
		      const struct result_site *out)
{
	const struct hop *hop = &w->v[w->nr - 1];
	const struct facts *f = program_fn_file(d->s->p, hop->fn)->facts;
	const struct event *ev = &f->events[hop->event];
	const char *name = facts_str(f, ev->name);

	if (!*name || !strcmp(name, out->callee))
		name = arena_printf(&d->r->arena, "%s(%s)", out->callee,
				    out->mask);
	else
		name = arena_printf(&d->r->arena, "%s() gets %s", name,
				    out->mask);
	story_site(&d->story, hop, name);
}

static void tell_free_way(struct decision *d, const struct view *v,
			  struct result_site *out)
{
	if (!v->free_way.nr)
		return;
	story_entry(&d->story, &v->free_way);
	story_way(&d->story, &v->free_way);
	tell_site(d, &v->free_way, out);
	out->evidence = story_take(&d->story);
}

static void decide_redundant(struct decision *d, const struct view *v,
			     struct result_site *out)
{
	const struct way *w = &v->scoped_way;
	ref_t scope = ref_scope_any(&d->s->refs, out->restriction);

	set(out, VERDICT_REDUNDANT, v->doubts & DOUBT_BY_NAME ?
	    CONF_MODERATE : CONF_HIGH,
	    arena_printf(&d->r->arena, "a %s scope is open on every path that "
			 "leads here", mask_name(out->restriction)));
	if (!w->nr)
		return;
	story_entry(&d->story, w);
	story_acquire(&d->story, w, scope);
	story_way(&d->story, w);
	tell_site(d, w, out);
	out->evidence = story_take(&d->story);
}

static void tell_hazard(struct decision *d, const struct hazard *h,
			struct result_site *out)
{
	const struct way *w = &h->way;

	if (w->nr) {
		story_acquire(&d->story, w, h->ref);
		story_way(&d->story, w);
		tell_site(d, w, out);
		out->evidence = story_take(&d->story);
	}
	story_wait(&d->story, h->set, h->wait, h->ref);
	out->reclaim = story_take(&d->story);
}

static bool is_at_home(const struct decision *d, const struct hazard *h,
		       uint32_t site_fn)
{
	return d->walk->component[h->way.v[0].fn] ==
	       d->walk->component[site_fn];
}

/* Shared code is no place for what one file system or driver below it needs:
 * all others would run in that scope, too. */
static bool is_place(const struct decision *d, const struct hazard *h,
		     const struct place *pl)
{
	return is_at_home(d, h, pl->fn) || walk_is_leaf(d->walk,
							h->way.v[0].fn);
}

/* The nearest section that one of the real hazards gives; those in the site's
 * own component come first. */
static struct section *find_section(struct decision *d, const struct view *v,
				    const struct place *pl,
				    const struct hazard **best,
				    unsigned int restriction)
{
	const struct refs *refs = &d->s->refs;
	const struct hazard *worst = *best;
	struct section *found = NULL;
	bool home = false;

	for (uint32_t i = 0; i < v->nr_hazards; i++) {
		const struct hazard *h = &v->hazards[i];
		struct section *s;

		if (h->instance || !h->way.nr || !is_place(d, h, pl) ||
		    hazard_is_last(refs, h) != hazard_is_last(refs, worst))
			continue;
		if (found && is_at_home(d, h, pl->fn) == home ?
		    !hazard_is_better(refs, h, *best) : found && home)
			continue;
		s = section_for(d, h->way.v[0].fn, h->ref, restriction);
		if (!s)
			continue;
		found = s;
		home = is_at_home(d, h, pl->fn);
		*best = h;
	}
	return found;
}

/* Does the mask go to another layer that does block I/O, as a whole operation
 * of its own? Then that call is the critical section. */
static bool is_io_call(const struct decision *d, const struct place *pl)
{
	const struct pfile *file = program_file(d->s->p, pl->file);
	const struct event *ev = &file->facts->events[pl->event];
	const struct target *t;
	uint32_t comp;
	size_t nr;

	if (ev->kind != EV_CALL ||
	    program_allocator(d->s->p, file->atoms[ev->name]))
		return false;
	t = program_targets(d->s->p, pl->fn, pl->event, &nr);
	if (!nr)
		return false;
	comp = d->walk->component[t[0].fn];
	return d->walk->kind[comp] == COMP_GENERIC &&
	       comp != d->walk->component[pl->fn] &&
	       reclaim_has_side(d->reclaim, SIDE_IO, comp);
}

static void decide_scope(struct decision *d, const struct view *v,
			 const struct hazard *at, struct result_site *out)
{
	const struct section *s = out->scope_at;

	set(out, VERDICT_SCOPE, trust_scope(d, v, at, s, section_fn(d, s)),
	    arena_printf(&d->r->arena, "%s may be held here and reclaim waits "
			 "for it: the scope belongs to %s %s()",
			 story_ref(&d->story, at->ref),
			 s->whole_function ? "all of" :
			 "its critical section in", s->function));
	tell_hazard(d, at, out);
}

static void decide_needed(struct decision *d, const struct place *pl,
			  const struct view *v, const struct hazard *worst,
			  struct result_site *out)
{
	const struct hazard *at = worst;

	has_doubts(d, v, DOUBT_MASK, out);
	if (is_io_call(d, pl))
		out->scope_at = section_whole(d, pl->fn, worst->ref,
					      out->restriction);
	else
		out->scope_at = find_section(d, v, pl, &at, out->restriction);
	if (out->scope_at) {
		decide_scope(d, v, at, out);
		return;
	}
	set(out, VERDICT_KEEP, CONF_MODERATE,
	    arena_printf(&d->r->arena, "%s may be held here and reclaim waits "
			 "for it, but no function where a scope could be holds "
			 "both ends of its critical section",
			 story_ref(&d->story, worst->ref)));
	tell_hazard(d, worst, out);
}

/* Is a lock among the hazards, the kind that lockdep complains about? */
static bool holds_object_lock(const struct decision *d, const struct view *v)
{
	for (uint32_t i = 0; i < v->nr_hazards; i++)
		if (ref_get(&d->s->refs, v->hazards[i].ref)->kind == REF_CLASS)
			return true;
	return false;
}

/* What a driver holds that has nothing to do with the site but that it calls
 * it: the scope is its business, and the mask helps until it has one. */
static void decide_foreign(struct decision *d, const struct hazard *worst,
			   const struct hazard *foreign,
			   struct result_site *out)
{
	uint32_t holder = foreign->way.nr ? foreign->way.v[0].fn : FN_NONE;
	const char *what = story_ref(&d->story, foreign->ref);

	set(out, VERDICT_INSTANCE, CONF_LOW,
	    arena_printf(&d->r->arena, "only locks of objects in use are held "
			 "(%s) but for what a driver holds that calls in "
			 "from elsewhere (%s)",
			 story_ref(&d->story, worst->ref), what));
	if (holder != FN_NONE)
		add_unresolved(d, out, arena_printf(&d->r->arena,
			"whether %s() has a scope while it holds %s",
			atom_str(program_atoms(d->s->p),
				 program_fn(d->s->p, holder)->name), what));
	tell_hazard(d, foreign, out);
}

/* @worst: of those that are an instance */
static void decide_instance(struct decision *d, const struct view *v,
			    const struct hazard *worst,
			    struct result_site *out)
{
	const struct know_subsystem *sub = knowledge_subsystem(d->k, out->path);
	enum confidence c = worst->wait->own ? CONF_MODERATE : CONF_LOW;
	const char *what = story_ref(&d->story, worst->ref);

	if (has_doubts(d, v, DOUBTS_HELD, out))
		c = CONF_LOW;
	if (worst->wait->kswapd)
		set(out, VERDICT_INSTANCE, CONF_LOW,
		    arena_printf(&d->r->arena, "only kswapd waits for %s, "
				 "never reclaim by who allocates here", what));
	else if (sub && sub->nolockdep && holds_object_lock(d, v))
		set(out, VERDICT_NOLOCKDEP, c,
		    arena_printf(&d->r->arena, "outside of scopes only locks "
				 "of objects in use are held (%s), which "
				 "reclaim does not touch; lockdep cannot tell",
				 what));
	else
		set(out, VERDICT_INSTANCE, c,
		    arena_printf(&d->r->arena, "only locks of objects in use "
				 "are held (%s), and reclaim takes them for "
				 "unused objects only", what));
	tell_hazard(d, worst, out);
}

/* Is the mask given to the vmalloc family, which this kernel's ignores? */
static bool is_vmalloc(const struct decision *d, const struct result_site *out)
{
	const struct know_allocator *a;

	if (out->how != SITE_ARG)
		return false;
	a = program_allocator(d->s->p, atom_find(program_atoms(d->s->p),
						 out->callee));
	return a && a->vmalloc &&
	       !knowledge_fact(d->k, "vmalloc-honours-mask", d->kernel);
}

enum {
	ENTRIES_ASYNC = 1 << ENTRY_WORK | 1 << ENTRY_THREAD |
			1 << ENTRY_TIMER | 1 << ENTRY_RCU | 1 << ENTRY_IRQ,
	ENTRIES_WAITED = ENTRY_WAITED_FS | ENTRY_WAITED_IO,
};

/* Is the mask there for more than what a hazard says, or is that not known? */
static bool stays_anyway(const struct view *v)
{
	return v->doubts & DOUBTS_HELD ||
	       v->entries & (ENTRIES_ASYNC | ENTRIES_WAITED);
}

static void decide_unheld(struct decision *d, const struct view *v,
			  struct result_site *out)
{
	tell_free_way(d, v, out);
	if (has_doubts(d, v, DOUBTS_HELD, out)) {
		set(out, VERDICT_UNKNOWN, CONF_LOW,
		    "no lock that reclaim waits for was found, but not all "
		    "callers are known");
		return;
	}
	if (v->entries & ENTRIES_WAITED) {
		set(out, VERDICT_KEEP, CONF_MODERATE,
		    "runs in code for whose progress reclaim waits, with no "
		    "scope open");
		return;
	}
	if (v->entries & ENTRIES_ASYNC) {
		set(out, VERDICT_KEEP, CONF_LOW,
		    "also runs in a worker or thread whose progress reclaim "
		    "may need, with no scope open");
		return;
	}
	set(out, VERDICT_UNNEEDED, v->doubts ? CONF_LOW : CONF_MODERATE,
	    v->levels & ~(1 << LEVEL_NONE) ?
	    "where no scope is open, nothing that reclaim waits for is held on "
	    "any path that leads here" :
	    "nothing that reclaim waits for is held on any path that leads "
	    "here");
}

static bool is_covered(const struct view *v, unsigned int restriction)
{
	unsigned int below = 1 << LEVEL_NONE;

	if (restriction == RESTRICT_NOIO)
		below |= 1 << LEVEL_NOFS;
	return v->levels && !(v->levels & below);
}

/* A function of a file system or driver that is not exported, whose address
 * nobody takes and whose calls no stub takes for its own. */
static bool is_hidden(const struct decision *d, uint32_t fn)
{
	const struct fn *f = program_fn(d->s->p, fn);

	return walk_is_leaf(d->walk, fn) && !f->addr_taken && !f->entries &&
	       !f->escapes && !map_has(&d->exported, f->name) &&
	       !program_has_stub(d->s->p, fn) &&
	       !(program_func(d->s->p, fn)->flags &
		 (FUNC_MACRO | FUNC_GENERATED));
}

enum { DEAD_CALLERS = 32 };

/* It is hidden, and so are all that call it, up to those that nobody calls. */
static bool is_dead_code(const struct decision *d, uint32_t fn)
{
	uint32_t fns[DEAD_CALLERS] = { fn }, nr = 1;

	for (uint32_t i = 0; i < nr; i++) {
		size_t nr_callers;
		const struct caller *c = program_callers(d->s->p, fns[i],
							 &nr_callers);

		if (!is_hidden(d, fns[i]))
			return false;
		for (size_t j = 0; j < nr_callers; j++) {
			uint32_t k = 0;

			while (k < nr && fns[k] != c[j].fn)
				k++;
			if (k == DEAD_CALLERS)
				return false;
			fns[k] = c[j].fn;
			nr += k == nr;
		}
	}
	return true;
}

/* No pass came to the site. */
static void decide_unreached(struct decision *d, const struct place *pl,
			     struct result_site *out)
{
	if (is_dead_code(d, pl->fn)) {
		set(out, VERDICT_UNNEEDED, CONF_LOW,
		    "nothing in the tree leads to this function: it does not "
		    "run");
		return;
	}
	add_unresolved(d, out, "no entry was found that leads here");
	set(out, VERDICT_UNKNOWN, CONF_LOW,
	    "no path from an entry of the kernel to this place was found");
}

static void decide_covered(struct decision *d, const struct view *v,
			   struct result_site *out)
{
	/* A caller that is not known counts as one with no scope. */
	if (has_doubts(d, v, DOUBTS_SCOPE, out))
		set(out, VERDICT_UNKNOWN, CONF_LOW,
		    "a scope is open on every known path, but not all paths "
		    "are known");
	else
		decide_redundant(d, v, out);
}

static void decide_by_view(struct decision *d, const struct place *pl,
			   const struct view *v, struct result_site *out)
{
	const struct hazard *worst = hazard_worst(&d->s->refs, v, false);
	const struct hazard *excused = hazard_worst(&d->s->refs, v, true);
	bool covered = is_covered(v, out->restriction);

	if (is_vmalloc(d, out) && !(covered && !(v->doubts & DOUBTS_SCOPE)))
		set(out, VERDICT_VMALLOC, CONF_HIGH,
		    "vmalloc of this kernel ignores the mask: only a scope "
		    "restricts it");
	else if (!v->levels)
		decide_unreached(d, pl, out);
	else if (covered)
		decide_covered(d, v, out);
	else if (worst && !worst->instance &&
		 !(worst->foreign && (excused || stays_anyway(v))))
		decide_needed(d, pl, v, worst, out);
	else if (excused && has_doubts(d, v, DOUBT_MASK, out))
		set(out, VERDICT_UNKNOWN, CONF_LOW,
		    "only locks of objects in use are held, but not all "
		    "places where the mask acts are known");
	else if (excused && worst != excused)
		decide_foreign(d, excused, worst, out);
	else if (excused)
		decide_instance(d, v, excused, out);
	else
		decide_unheld(d, v, out);
}

static void describe(const struct decision *d, const struct sited *at,
		     struct result_site *out)
{
	const struct pfile *file = program_file(d->s->p, at->file);
	const struct site *s = at->site;
	struct arena *a = &d->r->arena;

	out->path = arena_strdup(a, file->path);
	out->callee = arena_strdup(a, facts_str(file->facts, s->callee));
	out->function = at->fn != FN_NONE ?
		arena_strdup(a, atom_str(program_atoms(d->s->p),
					 program_fn(d->s->p, at->fn)->name)) :
		s->how == SITE_MACRO ? out->callee : "";
	out->mask = arena_strdup(a, facts_str(file->facts, s->text));
	out->line = s->line;
	out->column = s->column;
	out->offset = s->offset;
	out->len = s->len;
	out->restriction = s->restriction;
	out->how = s->how;
	out->form = s->form;
}

/* A stored mask of a quiet file system. */
static void decide_stored(struct decision *d, const struct sited *at,
			  struct result_site *out)
{
	const struct view *v = &at->view;

	tell_free_way(d, v, out);
	if (has_doubts(d, v, DOUBTS_HELD, out) || !v->levels)
		set(out, VERDICT_UNKNOWN, CONF_LOW,
		    "where the mask acts nothing is held, but not all callers "
		    "are known");
	else
		set(out, VERDICT_UNNEEDED, CONF_LOW,
		    "the mask acts at later allocations for this file system, "
		    "which never holds anything that its reclaim waits for");
}

void decide_site(struct decision *d, const struct sited *at,
		 struct result_site *out)
{
	struct place pl = { 0 };

	describe(d, at, out);
	if (decide_by_form(d, at, out))
		return;
	if (!at->acts.nr) {
		set(out, VERDICT_UNKNOWN, CONF_LOW,
		    "this use of the mask stands outside of any function");
		add_unresolved(d, out, "where the mask acts");
		return;
	}
	if (at->acts.stored) {
		decide_stored(d, at, out);
		return;
	}
	pl.fn = at->acts.v[0].v[0].fn;
	pl.event = at->acts.v[0].v[0].event;
	pl.file = program_fn(d->s->p, pl.fn)->file;
	if (program_func(d->s->p, pl.fn)->flags & FUNC_BROKEN) {
		set(out, VERDICT_UNKNOWN, CONF_LOW,
		    "the function was not understood");
		add_unresolved(d, out, "the function itself");
		return;
	}
	decide_by_view(d, &pl, &at->view, out);
	if (out->verdict == VERDICT_SCOPE)
		section_through(d, at, out);
}
