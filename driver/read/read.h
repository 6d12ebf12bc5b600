/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Read one C file into facts. Never fails: odd source becomes notes.
 */
#ifndef READ_READ_H
#define READ_READ_H

#include "read/facts.h"

struct reader;

/**
 * reader_new() - a reader for one thread, with buffers that are reused.
 * @words, @nr_words: the mask words (knowledge); borrowed, must outlive it
 */
struct reader *reader_new(const struct mask_word *words, size_t nr_words);
void reader_free(struct reader *r);

/**
 * read_file() - the facts of the @len bytes at @src.
 * @arena: owns what @f points to afterwards
 *
 * @src need not be NUL terminated and may hold anything. Time is linear in
 * @len. Context: one thread per reader and arena.
 */
void read_file(struct reader *r, const char *src, size_t len,
	       struct arena *arena, struct facts *f);

/**
 * read_dump_tokens() - the tokens of the text at @src as the parser gets
 * them, one line of them for each line of the text, appended to @out.
 */
void read_dump_tokens(struct reader *r, const char *src, size_t len,
		      struct strbuf *out);

#endif
