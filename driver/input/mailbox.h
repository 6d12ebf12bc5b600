/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mail addresses as MAINTAINERS has them: taking them apart, putting them
 * together, and making one of several for the same person.
 */
#ifndef INPUT_MAILBOX_H
#define INPUT_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct mailbox {
	const char *name;	/* "" is none; quoted where mail needs it */
	const char *address;	/* "" is none */
};

/** mailbox_parse() - from "Name <a@b>", "<a@b>" or "a@b". */
struct mailbox mailbox_parse(struct arena *a, const char *text, size_t len);

/** mailbox_format() - "Name <a@b>", or "a@b" without a name. */
const char *mailbox_format(struct arena *a, struct mailbox m);

/* One line of .mailmap, taken apart. */
struct mailmap_entry {
	const char *key;	/* address, or "Name <address>" */
	const char *name;	/* to use instead, NULL: as it is */
	const char *address;	/* likewise */
};

struct mailmap {
	struct mailmap_entry *entries;
	size_t nr, cap;
	struct arena strings;
};

/** mailmap_init() - from the text of a .mailmap; lines it does not
 * understand mean nothing, as for git. */
void mailmap_init(struct mailmap *map, const char *text, size_t len);
void mailmap_release(struct mailmap *map);

/** mailmap_apply() - the mailbox that @m is known by now. */
struct mailbox mailmap_apply(const struct mailmap *map, struct arena *a,
			     struct mailbox m);

/* Mailboxes seen so far: a person has one, whatever the spelling. */
struct mailbox_set {
	struct mailbox *boxes;
	size_t nr, cap;
};

/** mailbox_set_add() - false when name or address is known, in any case. */
bool mailbox_set_add(struct mailbox_set *set, struct mailbox m);

/** mailbox_set_unify() - the mailbox of the person that has @m's name, else
 * of the one that has its address; @m, added, when there is none. */
struct mailbox mailbox_set_unify(struct mailbox_set *set, struct mailbox m);
void mailbox_set_release(struct mailbox_set *set);

#endif
