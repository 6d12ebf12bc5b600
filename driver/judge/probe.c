// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looking inside the judgement (see probe.h). Lines are in the order of path
 * and line; nothing in them depends on numbers given while running.
 */
#include "judge/probe.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "judge/reclaim.h"

struct probe {
	struct summaries s;
	struct points pts;
	const char *const *paths;
	size_t nr_paths;
	struct strbuf *out;
};

static bool is_wanted(const struct probe *pr, const char *path)
{
	for (size_t i = 0; i < pr->nr_paths; i++)
		if (path_is_below(path, pr->paths[i]))
			return true;
	return !pr->nr_paths;
}

static void add_classes(struct strbuf *out, const char *what, uint8_t c)
{
	if (!c)
		return;
	strbuf_addf(out, " %s", what);
	if (c == CLASS_ANY)
		return;
	strbuf_addf(out, "(%s%s%s)", c & CLASS_ZERO ? "0" : "",
		    c & CLASS_POS ? "+" : "", c & CLASS_ERR ? "-" : "");
}

static void probe_summary(struct probe *pr, uint32_t fn)
{
	const struct summary *sum = &pr->s.of[fn];
	const struct pfile *file = program_fn_file(pr->s.p, fn);

	if (!sum->nr || !is_wanted(pr, file->path))
		return;
	for (unsigned int i = 0; i < sum->nr; i++) {
		const struct effect *e = &sum->v[i];

		strbuf_addf(pr->out, "%s:%u: %s:", file->path,
			    program_func(pr->s.p, fn)->line,
			    atom_str(program_atoms(pr->s.p),
				     program_fn(pr->s.p, fn)->name));
		add_classes(pr->out, "takes", e->must);
		add_classes(pr->out, "may take", e->may & ~e->must);
		if (e->rel_may)
			strbuf_adds(pr->out, e->rel_must ? " releases" :
				    " may release");
		strbuf_addc(pr->out, ' ');
		ref_name(&pr->s.refs, e->ref, pr->out);
		strbuf_addf(pr->out, "%s\n", sum->bound ? " (bound hit)" : "");
	}
}

static int wait_order(const void *x, const void *y)
{
	const char *const *a = x, *const *b = y;

	return strcmp(*a, *b);
}

static void add_chain(struct probe *pr, const struct reclaim_set *set,
		      const struct wait *w, struct strbuf *sb)
{
	uint32_t fn = w->fn;
	ref_t via = w->via;

	while (fn != FN_NONE) {
		const struct visit *v = visits_find(&set->visits, fn);

		BUG_ON(!v);
		if (via) {
			strbuf_addf(sb, " <- %s holding ",
				    atom_str(program_atoms(pr->s.p),
					     program_fn(pr->s.p, fn)->name));
			ref_name(&pr->s.refs, via, sb);
			return;
		}
		via = v->via;
		strbuf_addf(sb, " <- %s",
			    atom_str(program_atoms(pr->s.p),
				     program_fn(pr->s.p, fn)->name));
		fn = v->from;
	}
}

static void probe_set(struct probe *pr, const struct reclaim_set *set,
		      const char *path, const char *side)
{
	const struct map_slot *slot;
	char **lines = xcalloc(set->nr_waits + 1, sizeof(*lines));
	size_t pos = 0, nr = 0;

	while ((slot = map_next(&set->waits, &pos))) {
		const struct wait *w = &set->wait[slot->value - 1];
		struct strbuf sb = STRBUF_INIT;

		strbuf_addf(&sb, "%s: %s reclaim waits for ", path, side);
		ref_name(&pr->s.refs, slot->key, &sb);
		strbuf_adds(&sb, w->own ? " (own):" : ":");
		add_chain(pr, set, w, &sb);
		lines[nr++] = strbuf_detach(&sb);
	}
	qsort(lines, nr, sizeof(*lines), wait_order);
	for (size_t i = 0; i < nr; i++) {
		strbuf_addf(pr->out, "%s\n", lines[i]);
		free(lines[i]);
	}
	free(lines);
}

static void probe_reclaim(struct probe *pr)
{
	struct walk walk;
	struct reclaim r;

	walk_init(&walk, pr->s.p, pr->s.k);
	reclaim_make(&r, &pr->pts, &walk);
	for (uint32_t c = 0; c < r.nr_components; c++) {
		const char *path = program_component(pr->s.p, c)->path;

		if (!is_wanted(pr, path))
			continue;
		probe_set(pr, &r.sets[SIDE_FS][c], path, "FS");
		probe_set(pr, &r.sets[SIDE_IO][c], path, "IO");
	}
	reclaim_release(&r);
	walk_release(&walk);
}

void judge_probe(const struct program *p, const struct knowledge *k,
		 enum probe_what what, const char *const *paths,
		 size_t nr_paths, struct strbuf *out)
{
	struct probe pr = { .paths = paths, .nr_paths = nr_paths, .out = out };

	summaries_make(&pr.s, p, k, "", 1);
	points_make(&pr.pts, &pr.s);
	if (what == PROBE_SUMMARIES)
		for (uint32_t fn = 0; fn < program_nr_fns(p); fn++)
			probe_summary(&pr, fn);
	else
		probe_reclaim(&pr);
	points_release(&pr.pts);
	summaries_release(&pr.s);
}
