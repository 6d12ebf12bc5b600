/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interned strings: equal strings have equal ids.
 *
 * Ids depend on the order of insertion, hence on threads; nothing that leaves
 * the program may depend on them. Atom 0 is the empty string.
 */
#ifndef BASE_ATOM_H
#define BASE_ATOM_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

typedef uint32_t atom_t;

struct atoms;

struct atoms *atoms_new(void);
void atoms_free(struct atoms *t);

/* All strings of a table as plain arrays, which can be kept in a file. */
struct atom_image {
	const char *text;	/* each with its NUL, by id */
	const uint32_t *offsets;	/* of each in text; nr + 1 */
	const uint32_t *table;	/* ids by hash; 0: free */
	uint32_t nr, nr_slots;	/* nr_slots: a power of two above nr */
};

/** atoms_image() - @t as an image, allocated for the caller. Return: false
 * when it is too large for one. Context: nobody adds to @t meanwhile. */
bool atoms_image(const struct atoms *t, struct atom_image *out);
void atom_image_free(struct atom_image *image);

/** atoms_from() - a table that begins with the strings of @image, which have
 * the same ids. @image's arrays are borrowed. */
struct atoms *atoms_from(const struct atom_image *image);

/** atoms_expect() - make room for about @nr strings, which saves growing there
 * step by step. Context: before the first string. */
void atoms_expect(struct atoms *t, size_t nr);

/** atom() - the id of the @len bytes at @s. Context: any thread, lock-free
 * for strings already known. */
atom_t atom(struct atoms *t, const char *s, size_t len);
atom_t atom_of(struct atoms *t, const char *s);

/** atom_batch() - the ids of the @nr strings at @s into @out, as atom_of() one
 * by one, but several times as fast. @nr: at most ATOM_BATCH. */
#define ATOM_BATCH 32
void atom_batch(struct atoms *t, const char *const *s, size_t nr, atom_t *out);

/** atom_find() - the id of @s if it was interned, else 0. */
atom_t atom_find(const struct atoms *t, const char *s);

/** atom_str() - the string of @id: borrowed, NUL terminated, never NULL. */
const char *atom_str(const struct atoms *t, atom_t id);

/** atoms_count() - ids are 0 .. count-1. */
uint32_t atoms_count(const struct atoms *t);

#endif
