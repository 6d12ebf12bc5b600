// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cuts the tree into components by the rules of the knowledge: one file
 * system or driver each, or a piece of generic code. The longest rule that
 * fits a path decides; a rule for "each directory below" does not fit the
 * files that lie directly in its path.
 *
 * A file that no rule fits belongs to its own directory, as generic code.
 */
#include "link/link.h"

#include <string.h>

#include "base/mem.h"

/* Length of the component's path within @path by rule @r; 0: does not fit. */
static size_t rule_fits(const struct know_component *r, const char *path)
{
	size_t len = strlen(r->path);
	const char *end;

	if (len && !path_is_below(path, r->path))
		return 0;
	if (!r->each)
		return len;
	end = strchr(path + len + (len ? 1 : 0), '/');
	return end ? (size_t)(end - path) : 0;
}

static size_t dir_len(const char *path)
{
	const char *end = strrchr(path, '/');

	return end ? (size_t)(end - path) : 0;
}

static size_t cut(const struct program *p, const char *path,
		  struct component *c)
{
	const struct know_component *best = NULL;
	size_t i, best_len = 0;

	for (i = 0; p->know && i < p->know->nr_components; i++) {
		const struct know_component *r = &p->know->components[i];
		size_t len = rule_fits(r, path);

		/* The longer rule wins, not the longer piece of path. */
		if (!len || (best && strlen(best->path) > strlen(r->path)))
			continue;
		if (best && strlen(best->path) == strlen(r->path) &&
		    len < best_len)
			continue;
		best = r;
		best_len = len;
	}
	c->kind = best ? best->kind : COMP_GENERIC;
	c->machine = !best || !best->machine ? MACHINE_ANY :
		     best->usual ? MACHINE_USUAL : MACHINE_OTHER;
	return best ? best_len : dir_len(path);
}

static uint32_t component_add(struct program *p, const char *path, size_t len,
			      struct component c)
{
	char *name = arena_alloc(&p->arena, len + 1);

	memcpy(name, path, len);
	name[len] = 0;
	GROW(p->components, p->nr_components, p->cap_components);
	c.path = name;
	p->components[p->nr_components] = c;
	return p->nr_components++;
}

void link_components(struct program *p)
{
	struct map seen;
	uint32_t i;

	map_init(&seen);
	for (i = 0; i < p->nr_files; i++) {
		const char *path = p->files[i].path;
		struct component c = { 0 };
		size_t len = cut(p, path, &c);
		bool is_new;
		uint32_t *v = map_at(&seen, atom(p->atoms, path, len), &is_new);

		if (is_new)
			*v = component_add(p, path, len, c);
		p->files[i].component = *v;
	}
	map_release(&seen);
}
