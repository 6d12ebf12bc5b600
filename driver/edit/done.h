/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finished plans on disk, so that a run that was broken off goes on where it
 * was. For the layer itself.
 */
#ifndef EDIT_DONE_H
#define EDIT_DONE_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/str.h"
#include "edit/proposal.h"

struct done_proposal {
	struct digest *digest;	/* while the key is made */
	char key[33];
	const char **why;	/* nr_why, NULL each when changed */
	size_t nr_why;
	struct checks checks;
	const char *remarks;	/* "" */
	uint8_t extent;		/* enum extent */
};

/** done_start() - begin a key from the semantic patch (a file), the version
 * of Coccinelle and the plan's id; done_add() takes the files' bytes. */
void done_start(struct done_proposal *d, const char *rules,
		const char *version, const char *id);
void done_add(struct done_proposal *d, const void *p, size_t n);
/** done_add_section() - the places of a scope; NULL: none. */
void done_add_section(struct done_proposal *d, const struct section *s);
/** done_add_points() - other places that matter. */
void done_add_points(struct done_proposal *d, const struct section_point *p,
		     size_t nr);
void done_finish(struct done_proposal *d);

/** done_load() - look @d->key up in @dir. Return: 0 and all fields set,
 * strings in @a; or negative: not there, or not whole. */
int done_load(const char *dir, struct done_proposal *d, struct arena *a,
	      struct strbuf *diff);

/** done_save() - keep it; trouble is not reported, only redone. */
void done_save(const char *dir, const struct done_proposal *d,
	       const struct strbuf *diff);

#endif
