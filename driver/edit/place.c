// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a new scope needs beside its ends: a variable for the old state, with
 * a name that is free and fits the file, its declaration's place, a variable
 * for a returned value, and the header.
 */
#include "edit/section.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/scopeapi.h"
#include "edit/stmt.h"

#define HEADER	"linux/sched/mm.h"

static bool has_word(const struct text *t, uint32_t first, uint32_t last,
		     const char *word)
{
	uint32_t i;

	for (i = first; i <= last && i < t->nr; i++)
		if (text_is(t, i, word))
			return true;
	return false;
}

static char *own(struct edit_file *f, const char *s, size_t n)
{
	char *p = arena_alloc(&f->arena, n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

/* `x = memalloc_nofs_save ( )` among the tokens: what is x? */
static uint32_t saved_in(const struct text *t, uint32_t first, uint32_t last,
			 uint8_t restriction)
{
	const char *save = scope_save(restriction);
	uint32_t i;

	for (i = first; i + 2 <= last && i + 2 < t->nr; i++)
		if (text_is_word(t, i) && text_is(t, i + 1, "=") &&
		    text_is(t, i + 2, save) &&
		    !(i && (text_is(t, i - 1, "->") || text_is(t, i - 1, "."))))
			return i;
	return TOK_NONE;
}

/* A name that says what it is, as the rest of the file uses it. */
static const char *usual_name(struct edit_file *f)
{
	const struct text *t = &f->text;
	uint32_t i = saved_in(t, 0, t->nr, f->restriction);
	char *s;

	if (i == TOK_NONE)
		return NULL;
	s = own(f, t->buf + t->v[i].off, t->v[i].len);
	return strstr(s, "nofs") || strstr(s, "noio") ? s : NULL;
}

static const char *free_name(struct edit_file *f, const struct body *b)
{
	const char *base = f->restriction == RESTRICT_NOIO ? NAME_NOIO :
							     NAME_NOFS;
	const char *s = usual_name(f);
	char buf[32];
	int i;

	if (s && !has_word(&f->text, b->name, b->close, s))
		return s;
	snprintf(buf, sizeof(buf), "%s", base);
	for (i = 2; has_word(&f->text, b->name, b->close, buf); i++)
		snprintf(buf, sizeof(buf), "%s%d", base, i);
	return own(f, buf, strlen(buf));
}

/* `NAME(x);` in capitals declares something, as LIST_HEAD does. */
static bool is_macro_decl(const struct text *t, uint32_t first, uint32_t *last)
{
	const struct token *tok = &t->v[first];
	uint32_t i, close;

	if (tok->kind != TOK_WORD)
		return false;
	for (i = 0; i < tok->len; i++)
		if (!isupper((unsigned char)t->buf[tok->off + i]) &&
		    !strchr("_0123456789", t->buf[tok->off + i]))
			return false;
	if (!text_is(t, text_next(t, first), "("))
		return false;
	close = text_close(t, text_next(t, first));
	*last = text_next(t, close);
	return text_is(t, *last, ";");
}

/*
 * The declarations at the head of the function: @last is the last variable
 * behind which another can be declared, @after the first token that is none
 * of them. Return: is there any declaration?
 */
static bool find_declarations(const struct text *t, const struct body *b,
			      uint32_t *last, uint32_t *after)
{
	uint32_t i = text_next(t, b->open), name, end;
	bool any = false;

	*last = TOK_NONE;
	while (i < b->close) {
		name = TOK_NONE;
		if (!stmt_is_decl(t, i, &name, &end) &&
		    !is_macro_decl(t, i, &end))
			break;
		if (t->v[i].directive)
			break;
		any = true;
		if (name != TOK_NONE)
			*last = name;
		i = text_next(t, end);
	}
	*after = i;
	return any;
}

/* A mark for the function's name gathers all that is to be said of it. */
void place_function(struct edit_file *f, const struct body *b,
		    const char *letters)
{
	char buf[16];

	if (!*letters)
		return;
	snprintf(buf, sizeof(buf), "Z%c_%s",
		 f->restriction == RESTRICT_NOIO ? 'i' : 'f', letters);
	mark_token(f, MARK_RENAME, b->name, buf);
}

int place_flags(struct edit_file *f, const struct body *b, bool whole,
		bool declared, struct err *err)
{
	const struct text *t = &f->text;
	uint32_t used = saved_in(t, b->open, b->close, f->restriction);
	uint32_t last, after;
	bool any = find_declarations(t, b, &last, &after);
	char letters[4] = "";
	size_t n = 0;

	if (f->flags)
		return err_set(err, ERR_FAILED, "%s: more than one function gets a scope",
			       f->path);
	if (used != TOK_NONE && !whole && !declared) {
		f->flags = own(f, t->buf + t->v[used].off, t->v[used].len);
	} else {
		f->flags = free_name(f, b);
		f->declarations += !declared;
	}
	if (f->temps)
		letters[n++] = any ? 't' : 'u';
	any |= f->temps;
	if (whole) {
		letters[n++] = any ? 'w' : 'o';
	} else if (used == TOK_NONE && !declared) {
		if (last != TOK_NONE)
			mark_token(f, MARK_RENAME, last,
				   f->restriction == RESTRICT_NOIO ? "Ziv" :
								     "Zfv");
		else
			letters[n++] = any ? 'd' : 'n';
	}
	letters[n] = '\0';
	place_function(f, b, letters);
	return 0;
}

/* A local variable of the type that the function returns. */
static const struct var *result_var(const struct edit_file *f,
				    const struct body *b)
{
	static const char *const names[] = {
		"ret", "err", "error", "rc", "retval", "res", "result",
		"status", "r",
	};
	const struct facts *facts = f->facts;
	const struct func *fn = b->fn;
	bool pointer = fn->flags & FUNC_POINTER;
	uint32_t i, k;

	for (i = fn->nr_params; i < fn->nr_vars; i++) {
		const struct var *v = &facts->vars[fn->first_var + i];

		if (v->type != fn->ret_type || v->pointers != pointer ||
		    v->flags & (VAR_STATIC | VAR_ARRAY | VAR_FNPTR))
			continue;
		for (k = 0; k < ARRAY_SIZE(names); k++)
			if (!strcmp(facts_str(facts, v->name), names[k]))
				return v;
	}
	return NULL;
}

int place_value(struct edit_file *f, const struct body *b, struct err *err)
{
	static const char *const names[] = { "ret", "retval", "result" };
	const struct var *v = result_var(f, b);
	const char *s = v ? facts_str(f->facts, v->name) : "";
	uint32_t last, after;
	size_t k;

	/* one that is declared in an inner block may be out of sight */
	find_declarations(&f->text, b, &last, &after);
	if (v && has_word(&f->text, b->open, after - 1, s)) {
		f->temp = own(f, s, strlen(s));
		return 0;
	}
	for (k = 0; k < ARRAY_SIZE(names); k++) {
		if (has_word(&f->text, b->name, b->close, names[k]))
			continue;
		f->temp = names[k];
		f->temps++;
		return 0;
	}
	return err_set(err, ERR_FAILED, "%s: no name is free for the returned value",
		       f->path);
}

/* ---- the header ---- */

struct include {
	uint32_t first, last;	/* tokens of the path: linux .. h, or "x.h" */
	const char *path;
	size_t len;
	bool angle;
};

/* The path of the #include at token @i; false: it is none. */
static bool include_at(const struct text *t, uint32_t i, struct include *inc)
{
	uint32_t p = i + 2;

	if (!text_is(t, i, "#") || !text_is(t, i + 1, "include") ||
	    p >= t->nr || !t->v[i].directive)
		return false;
	if (t->v[p].kind == TOK_STRING) {
		inc->first = inc->last = p;
		inc->path = t->buf + t->v[p].off + 1;
		inc->len = t->v[p].len - 2;
		inc->angle = false;
		return t->v[p].len > 2;
	}
	if (!text_is(t, p, "<"))
		return false;
	inc->first = p + 1;
	while (++p < t->nr && t->v[p].line == t->v[i].line &&
	       !text_is(t, p, ">"))
		inc->last = p;
	if (!text_is(t, p, ">") || p == inc->first)
		return false;
	inc->path = t->buf + t->v[inc->first].off;
	inc->len = t->v[p].off - t->v[inc->first].off;
	inc->angle = true;
	return true;
}

static bool is_path(const struct include *inc, const char *path)
{
	return inc->len == strlen(path) && !memcmp(inc->path, path, inc->len);
}

static int path_cmp(const struct include *inc, const char *path)
{
	size_t n = strlen(path), min = inc->len < n ? inc->len : n;
	int c = memcmp(inc->path, path, min);

	return c ? c : (int)inc->len - (int)n;
}

/* What place_include() learns on its way through the file. */
struct includes {
	struct include best, first_quoted;	/* .path NULL: none */
	struct include last;
	bool sorted, there;
};

static void see_include(struct includes *s, const struct include *inc)
{
	bool linux_path = inc->len > 6 && !memcmp(inc->path, "linux/", 6);

	if (!inc->angle) {
		if (!s->first_quoted.path)
			s->first_quoted = *inc;
		return;
	}
	if (!linux_path)
		return;
	if (s->last.path) {
		char before[128];

		snprintf(before, sizeof(before), "%.*s", (int)s->last.len,
			 s->last.path);
		if (path_cmp(inc, before) < 0)
			s->sorted = false;
	}
	s->last = *inc;
	if (path_cmp(inc, HEADER) < 0)
		s->best = *inc;
}

/* Only what stands outside any #if, but for the guard of a header. */
static void see_includes(const struct text *t, struct includes *s)
{
	struct include inc;
	bool guard = false;
	int depth = 0;
	uint32_t i;

	s->sorted = true;
	for (i = 0; i + 1 < t->nr; i++) {
		if (!text_is(t, i, "#") || !t->v[i].directive)
			continue;
		if (text_is(t, i + 1, "ifndef") && !depth && !guard &&
		    text_is(t, i + 3, "#") && text_is(t, i + 4, "define") &&
		    text_same(t, i + 2, t, i + 5))
			guard = true;
		else if (text_is(t, i + 1, "if") ||
			 text_is(t, i + 1, "ifdef") ||
			 text_is(t, i + 1, "ifndef"))
			depth++;
		else if (text_is(t, i + 1, "endif"))
			depth--;
		if (depth > 0 || !include_at(t, i, &inc))
			continue;
		s->there |= inc.angle && is_path(&inc, HEADER);
		see_include(s, &inc);
	}
}

int place_include(struct edit_file *f, struct err *err)
{
	const struct text *t = &f->text;
	struct includes s = { 0 };
	const struct include *inc;
	uint32_t first;

	see_includes(t, &s);
	if (s.there || f->includes)
		return 0;
	f->includes = 1;
	inc = s.sorted && s.best.path ? &s.best : &s.last;
	if (inc->path) {
		/* <linux/x.h>: linux and the slash stay */
		first = inc->first + 2;
		mark_add(f, MARK_RENAME, t->v[first].off,
			 t->v[inc->last - 1].off - t->v[first].off,
			 "nofs_mark");
		return 0;
	}
	inc = &s.first_quoted;
	if (!inc->path)
		return err_set(err, ERR_FAILED, "%s: no place for #include <" HEADER ">",
			       f->path);
	mark_add(f, MARK_RENAME, t->v[inc->first].off, t->v[inc->first].len,
		 "\"nofs_next.h\"");
	return 0;
}

void hide_names(struct edit_file *f)
{
	uint32_t i;
	size_t k;

	for (i = 0; i < f->text.nr; i++) {
		if (!text_is(&f->text, i, NAME_NOFS) &&
		    !text_is(&f->text, i, NAME_NOIO) &&
		    !text_is(&f->text, i, NAME_VALUE))
			continue;
		for (k = 0; k < f->nr_marks; k++)
			if (f->marks[k].off <= f->text.v[i].off &&
			    f->marks[k].off + f->marks[k].len >
			    f->text.v[i].off)
				break;
		if (k == f->nr_marks)
			mark_token(f, MARK_RENAME, i, "Zn");
	}
}
