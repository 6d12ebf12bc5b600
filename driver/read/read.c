// SPDX-License-Identifier: GPL-2.0-only
/*
 * One file after the other through lexer, arms and parser; all buffers are
 * kept for the next file.
 */
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "read/dump_tokens.h"
#include "read/parser.h"
#include "read/tidy.h"

/* So that lines and words fit into the bit fields of the facts. */
#define MAX_TEXT (64u << 20)

struct reader {
	struct strtab strings;
	struct mask_table masks;
	struct source src;
	struct builder builder;
	struct parser parser;
	char *text;
	size_t text_cap;
	char **copies;		/* of the mask words, padded */
	uint32_t nr_copies, cap_copies;
};

static void fix_words(struct reader *r, const struct mask_word *words,
		      size_t nr_words)
{
	/* padded: the string table reads eight bytes at a time */
#define X(word, class) { #word },
	static const char known[][64] = { READ_WORDS(X) };
#undef X

	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		uint32_t id = strtab_add(&r->strings, known[i],
					 strlen(known[i]));

		BUG_ON(id != i + 1);
	}
	r->masks.words = words;
	r->masks.of_id = xcalloc(NR_WORDS + nr_words + 1,
				 sizeof(*r->masks.of_id));
	for (size_t i = 0; i < nr_words && i < UINT16_MAX - 1; i++) {
		size_t len = strlen(words[i].name);
		char *copy = xcalloc(1, len + STRTAB_PAD);
		uint32_t id;

		memcpy(copy, words[i].name, len);
		id = strtab_add(&r->strings, copy, len);
		r->masks.of_id[id] = i + 1;
		GROW(r->copies, r->nr_copies, r->cap_copies);
		r->copies[r->nr_copies++] = copy;
	}
	r->masks.nr_ids = r->strings.nr;
	strtab_fix(&r->strings);
}

/* No buffer is ever NULL, so that one may point behind its last record. */
static void make_buffers(struct parser *p)
{
	GROW(p->words, 0, p->cap_words);
	GROW(p->masks_seen, 0, p->cap_masks_seen);
	GROW(p->args, 0, p->cap_args);
	GROW(p->arg_exprs, 0, p->cap_arg_exprs);
	GROW(p->path, 0, p->cap_path);
	GROW(p->guards, 0, p->cap_guards);
	GROW(p->uses, 0, p->cap_uses);
}

struct reader *reader_new(const struct mask_word *words, size_t nr_words)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	strtab_init(&r->strings);
	fix_words(r, words, nr_words);
	builder_init(&r->builder, &r->strings);
	r->parser.b = &r->builder;
	r->parser.strings = &r->strings;
	r->parser.masks = &r->masks;
	r->parser.src = &r->src;
	make_buffers(&r->parser);
	return r;
}

void reader_free(struct reader *r)
{
	struct parser *p;

	if (!r)
		return;
	p = &r->parser;
	idmap_release(&p->labels);
	idmap_release(&p->label_at);
	idmap_release(&p->vars);
	idmap_release(&p->shown);
	idmap_release(&p->names);
	idmap_release(&p->locals);
	idmap_release(&p->stringifies);
	idmap_release(&p->loops);
	free(p->words);
	free(p->masks_seen);
	free(p->args);
	free(p->arg_exprs);
	free(p->path);
	free(p->guards);
	free(p->label_blocks);
	free(p->computed);
	free(p->uses);
	builder_release(&r->builder);
	source_release(&r->src);
	strtab_release(&r->strings);
	for (uint32_t i = 0; i < r->nr_copies; i++)
		free(r->copies[i]);
	free(r->copies);
	free(r->masks.of_id);
	free(r->text);
	free(r);
}

static void take_text(struct reader *r, const char *src, size_t len)
{
	if (len + SOURCE_PAD > r->text_cap) {
		free(r->text);
		r->text_cap = 2 * len + SOURCE_PAD;
		r->text = xmalloc(r->text_cap);
	}
	if (len)
		memcpy(r->text, src, len);
	memset(r->text + len, 0, SOURCE_PAD);
	r->src.text = r->text;
	r->src.len = len;
}

void read_dump_tokens(struct reader *r, const char *src, size_t len,
		      struct strbuf *out)
{
	strtab_reset(&r->strings);
	take_text(r, src, len);
	lex_source(&r->src, &r->strings, &r->masks);
	arms_settle(&r->src, &r->src.tokens, &r->masks);
	dump_tokens(&r->src, &r->strings, out);
}

static void copy_notes(struct parser *p)
{
	memset(&p->fn, 0, sizeof(p->fn));
	for (uint32_t i = 0; i < p->src->nr_notes; i++)
		add_note(p, p->src->notes[i].kind, p->src->notes[i].line,
			 p->src->notes[i].text);
}

static void read_text(struct reader *r)
{
	struct parser *p = &r->parser;
	struct source *src = &r->src;

	lex_source(src, &r->strings, &r->masks);
	arms_settle(src, &src->tokens, &r->masks);
	copy_notes(p);
	idmap_clear(&p->stringifies);
	idmap_clear(&p->loops);
	labels_begin(p);
	p->fn.block = NO_BLOCK;
	p->nr_masks_seen = 0;
	p->nr_uses = 0;
	p->nr_args = 0;
	p->nr_path = 0;
	p->path_base = 0;
	parse_macros(p);
	if (src->has_masks)
		mask_count(p, 0, src->macro_tokens.nr, TOKEN_UNREAD);
	p->fn.block = NO_BLOCK;
	p->t = src->tokens.v;
	p->pos = 0;
	p->end = src->tokens.nr;
	parse_toplevel(p);
	if (src->has_masks)
		mask_count(p, 0, src->tokens.nr, TOKEN_UNREAD);
	tidy_exprs(&r->builder);
}

void read_file(struct reader *r, const char *src, size_t len,
	       struct arena *arena, struct facts *f)
{
	struct builder *b = &r->builder;

	memset(f, 0, sizeof(*f));
	strtab_reset(&r->strings);
	builder_clear(b);
	r->parser.arena = arena;
	if (len > MAX_TEXT || memchr(src, 0, len)) {
		struct note *n = builder_add_notes(b);

		n->kind = len > MAX_TEXT ? NOTE_LIMIT : NOTE_BINARY;
		builder_finish(b, arena, f);
		return;
	}
	take_text(r, src, len);
	read_text(r);
	builder_finish(b, arena, f);
	f->nr_lines = r->src.nr_lines;
	memcpy(f->roles, r->src.roles, sizeof(f->roles));
}
