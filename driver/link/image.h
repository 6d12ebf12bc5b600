/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A linked program as bytes, to be kept between runs, and back.
 *
 * The bytes are good for the same knowledge and the same linker only: who keeps
 * them sees to that. They are
 * not for other machines, and whoever loads them must know by a checksum that
 * they are what was saved.
 */
#ifndef LINK_IMAGE_H
#define LINK_IMAGE_H

#include <sys/uio.h>

#include "base/arena.h"
#include "link/program.h"

/* The bytes are those of all parts, in order. */
struct program_image {
	struct iovec *parts;
	size_t nr, cap, len;		/* len: bytes of all */
	struct atom_image atoms;
	struct arena arena;
};

/**
 * program_save() - @p as bytes.
 * @out: need not be initialised; borrows from @p; program_image_release() it
 *
 * Return: false when @p is too large for it.
 */
bool program_save(const struct program *p, struct program_image *out);
void program_image_release(struct program_image *image);

/* Bytes that were saved: 8-byte aligned, borrowed until program_free(). */
struct image_bytes {
	const void *data;
	size_t len;
	const void *mapping;	/* see base/pages.h; NULL: none */
};

/**
 * program_load() - the program that program_link() would make of @files, from
 * that of the same files or of most of them.
 * @changed: out: files that were others then, or were not there, or are gone
 *
 * Return: NULL when @bytes are of no use: link anew. Files without ids have
 * none.
 */
struct program *program_load(const struct image_bytes *bytes,
			     const struct program_input *files, size_t nr,
			     const struct knowledge *k,
			     const struct program_opts *opts, size_t *changed);

/** program_version() - changes whenever the linker or the format changes. */
const char *program_version(void);

#endif
