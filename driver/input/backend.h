/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kind of source provides; between source.c and the kinds, not for
 * the layers above.
 */
#ifndef INPUT_BACKEND_H
#define INPUT_BACKEND_H

#include "input/pathspec.h"
#include "input/source.h"

struct source_ops {
	/* Append what @ps selects, in any order; flag what cannot be read. */
	int (*list)(struct source *s, struct pathspec *ps,
		    struct source_list *l, struct err *err);
	struct source_reader *(*reader_new)(struct source *s, struct err *err);
	void (*reader_free)(struct source_reader *r);
	/* The bytes, or a code with @e->skip set; no look at what they are. */
	int (*read)(struct source_reader *r, struct source_entry *e,
		    const char **data, size_t *len, struct err *err);
	int (*read_file)(struct source *s, const char *path,
			 struct strbuf *sb, struct err *err);
	bool (*has_dir)(struct source *s, const char *path);
	void (*close)(struct source *s);
};

/* First member of each kind's own struct. */
struct source {
	const struct source_ops *ops;
	struct source_info info;
};

/* Likewise. */
struct source_reader {
	struct source *source;
};

/**
 * source_offer() - append the file @path if it is C (or a submodule) and @ps
 * selects it; the path is copied, a name that must not reach the file system
 * is flagged.
 */
void source_offer(struct source_list *l, struct pathspec *ps, const char *path,
		  uint32_t mode, const uint8_t *oid, enum source_skip skip);

/** source_add_unread() - append a directory that cannot be listed. */
void source_add_unread(struct source_list *l, const char *path);

/** source_skip() - flag @e and fill @err with its path and the reason. */
int source_skip(struct source_entry *e, enum source_skip skip, int code,
		struct err *err);

/** source_blob_oid() - the id git gives to a blob of these bytes. */
void source_blob_oid(const void *data, size_t len, uint8_t *oid);

#endif
