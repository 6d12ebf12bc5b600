// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sites of a file go in; the comments and messages that name what they
 * lose come out.
 *
 * Names only: "GFP_NOFS", "NOFS", "__GFP_FS" as words. A comment that tells
 * the reason in other words is not seen, and one that speaks of the scope
 * (memalloc_nofs_save) is no matter of the mask.
 */
#include "edit/stale.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "edit/stmt.h"

#define SCOPE_PREFIX	"memalloc_"

static bool is_name_char(int c)
{
	return isalnum(c) || c == '_';
}

/* Is @word in the comment or string, or the end of a word in it (GFP_NOFS)? */
static bool says(const struct text *t, uint32_t comment, const char *word)
{
	const char *p = t->buf + t->v[comment].off;
	const char *end = p + t->v[comment].len, *start;
	size_t n = strlen(word);

	for (; p + n <= end; p++) {
		if (strncasecmp(p, word, n) || (p + n < end &&
						is_name_char(p[n])))
			continue;
		for (start = p; is_name_char(start[-1]); start--)
			;
		if (start == p || (p[-1] == '_' &&
		    strncmp(start, SCOPE_PREFIX, strlen(SCOPE_PREFIX))))
			return true;
	}
	return false;
}

static bool names(const struct text *t, uint32_t comment,
		  const struct result_site *s)
{
	bool io = s->restriction == RESTRICT_NOIO;

	if (t->v[comment].kind != TOK_COMMENT &&
	    t->v[comment].kind != TOK_STRING)
		return false;
	if (says(t, comment, io ? "NOIO" : "NOFS"))
		return true;
	return s->form != FORM_WORD &&
	       says(t, comment, io ? "__GFP_IO" : "__GFP_FS");
}

static uint32_t line_end(const struct text *t, uint32_t i)
{
	const struct token *tok = &t->v[i];
	const char *p = t->buf + tok->off, *end = p + tok->len;
	uint32_t line = tok->line;

	for (; p < end; p++)
		line += *p == '\n';
	return line;
}

/* The comments right above token @first, no line free in between: the first
 * of them, @first itself without any. */
static uint32_t block_above(const struct text *t, uint32_t first)
{
	while (first && t->v[first - 1].kind == TOK_COMMENT &&
	       line_end(t, first - 1) + 1 >= t->v[first].line &&
	       /* what stands behind other code belongs to that */
	       (first < 2 || line_end(t, first - 2) < t->v[first - 1].line))
		first--;
	return first;
}

/* The statement of token @i, or what stands in its line. */
static void extent(const struct text *t, uint32_t i, uint32_t *first,
		   uint32_t *last)
{
	struct stmt s;

	*first = *last = i;
	if (!t->v[i].directive && stmt_at(t, i, &s) && s.first <= i &&
	    s.last >= i && s.last < t->nr) {
		*first = s.first;
		*last = s.last;
	}
	while (*first && t->v[*first - 1].line == t->v[*first].line &&
	       t->v[*first - 1].kind != TOK_COMMENT)
		(*first)--;
	while (*last + 1 < t->nr && t->v[*last + 1].line == t->v[*last].line)
		(*last)++;
}

uint32_t stale_at(const struct edit_file *f, const struct result_site *site,
		  uint32_t i)
{
	const struct text *t = &f->text;
	uint32_t first, last;

	if (i >= t->nr)
		return TOK_NONE;
	extent(t, i, &first, &last);
	for (i = block_above(t, first); i <= last; i++)
		if (names(t, i, site))
			return i;
	return TOK_NONE;
}

static const struct func *func_around(const struct edit_file *f,
				      uint32_t line)
{
	const struct func *best = NULL;
	uint32_t i;

	for (i = 0; i < f->facts->nr_funcs; i++) {
		const struct func *fn = &f->facts->funcs[i];

		if (fn->line <= line && line <= fn->end_line)
			best = fn;
	}
	return best;
}

/* Where the comments above the function at token @i begin. */
static uint32_t head_of(const struct text *t, uint32_t i)
{
	while (i && t->v[i - 1].kind != TOK_COMMENT &&
	       !t->v[i - 1].directive && !text_is(t, i - 1, ";") &&
	       !text_is(t, i - 1, "}"))
		i--;	/* type and storage class, on lines of their own */
	return block_above(t, i);
}

void stale_near(const struct edit_file *f, struct strbuf *out)
{
	const struct text *t = &f->text;
	const struct func *fn;
	uint32_t i = 0, told = 0;
	size_t k;

	for (k = 0; k < f->nr_sites; k++) {
		fn = func_around(f, f->sites[k]->line);
		if (!fn)
			continue;
		for (i = 0; i < t->nr && t->v[i].line < fn->line; i++)
			;
		if (i == t->nr)
			continue;
		for (i = head_of(t, i); i < t->nr &&
		     t->v[i].line <= fn->end_line; i++) {
			/* sites come in order, so do their comments */
			if (t->v[i].line <= told ||
			    !names(t, i, f->sites[k]))
				continue;
			told = t->v[i].line;
			strbuf_addf(out, "%s%s:%u", out->len ? ", " : "",
				    f->path, told);
		}
	}
}
