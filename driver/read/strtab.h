/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The strings of one file: equal strings have equal ids. The words of the
 * reader (words.h, mask words) come first and stay from file to file.
 */
#ifndef READ_STRTAB_H
#define READ_STRTAB_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that must be readable behind every string given to strtab_add(). */
#define STRTAB_PAD 8

struct strtab_entry {
	const char *s;		/* borrowed */
	uint64_t head;		/* its first bytes: most strings differ there */
	uint32_t len;
	uint32_t hash;
};

struct strtab_slot {
	uint32_t id;		/* 0: free */
	uint32_t hash;
};

struct strtab {
	struct strtab_entry *v;	/* by id; v[0] is "" */
	uint32_t nr, cap;
	uint32_t nr_fixed;	/* ids below it survive strtab_reset() */
	struct strtab_slot *slots;
	uint32_t mask;
};

void strtab_init(struct strtab *t);
void strtab_release(struct strtab *t);

/** strtab_add() - the id of the @len bytes at @s, which must stay. */
uint32_t strtab_add(struct strtab *t, const char *s, size_t len);

/** strtab_find() - the same if it is known, else 0. */
uint32_t strtab_find(const struct strtab *t, const char *s, size_t len);

/** strtab_fix() - what is in @t now survives every strtab_reset(). */
void strtab_fix(struct strtab *t);
void strtab_reset(struct strtab *t);

#endif
