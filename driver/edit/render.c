// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens of a changed file go in, its text comes out: white space of the
 * source between old neighbours, Coccinelle's around what is new; comments
 * that Coccinelle moved go back to their lines; placeholder names become the
 * chosen ones; the first scope gets its comment.
 */
#include "edit/render.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#define MAX_LINES	3	/* of a comment's text */
#define WIDTH		80
#define TAB		8

struct render {
	const struct edit_file *f;
	const struct text *m, *r;
	const struct item *items;
	size_t nr;
	struct strbuf *out;
	bool noted;
	int shift;		/* columns that the rest of a statement moves */
};

static bool is_new(const struct item *it)
{
	return it->left == TOK_NONE && it->right == TOK_NONE;
}

/* A comment at the end of the line of the token before it. */
static bool trails(const struct text *m, uint32_t i)
{
	const struct token *a, *b = &m->v[i];

	if (!i || b->kind != TOK_COMMENT)
		return false;
	a = &m->v[i - 1];
	return !memchr(m->buf + a->off + a->len, '\n',
		       b->off - a->off - a->len);
}

/* Coccinelle inserts between a statement and the comment behind it. */
static void pull_comments(const struct text *m, struct item *items, size_t nr)
{
	size_t i, first;

	for (i = 1; i < nr; i++) {
		struct item comment = items[i];

		if (comment.left == TOK_NONE || !trails(m, comment.left))
			continue;
		for (first = i; first && is_new(&items[first - 1]); first--)
			;
		if (!first || first == i ||
		    items[first - 1].right != comment.left - 1)
			continue;
		memmove(items + first + 1, items + first,
			(i - first) * sizeof(*items));
		items[first] = comment;
	}
}

/* Does the statement that opens a scope start at token @i? */
static bool opens_scope(const struct text *r, uint32_t i)
{
	if (text_is(r, i, "unsigned"))
		i += 2;
	return (text_is(r, i, NAME_NOFS) || text_is(r, i, NAME_NOIO)) &&
	       text_is(r, i + 1, "=");
}

/* A comment right above the acquire stays with it: the scope opens before. */
static void push_comments(const struct text *m, const struct text *r,
			  struct item *items, size_t nr)
{
	size_t i, n, end;

	for (i = 1; i < nr; i++) {
		struct item comment = items[i - 1];

		if (!is_new(&items[i]) || !opens_scope(r, items[i].r) ||
		    text_is(r, items[i].r, "unsigned") ||
		    comment.left == TOK_NONE || trails(m, comment.left) ||
		    m->v[comment.left].kind != TOK_COMMENT)
			continue;
		for (end = i; end < nr && is_new(&items[end]); end++)
			;
		n = end - i;
		if (n != 6 || end == nr || items[end].left != comment.right + 1)
			continue;
		items[i].space_m = comment.left + 1;
		comment.space_r = items[i].r + 1;
		memmove(items + i - 1, items + i, n * sizeof(*items));
		items[end - 1] = comment;
	}
}

static void space_before(const struct text *t, uint32_t i, const char **p,
			 size_t *n)
{
	uint32_t from = i ? t->v[i - 1].off + t->v[i - 1].len : 0;

	*p = t->buf + from;
	*n = (i < t->nr ? t->v[i].off : t->len) - from;
}

static void space_of(const struct render *w, size_t i, const char **p,
		     size_t *n)
{
	const struct item *b = &w->items[i];

	if (b->space_m)
		space_before(w->m, b->space_m - 1, p, n);
	else if (b->space_r)
		space_before(w->r, b->space_r - 1, p, n);
	else if (b->left != TOK_NONE &&
		 (i ? b[-1].right : TOK_NONE) + 1 == b->left)
		space_before(w->m, b->left, p, n);
	else
		space_before(w->r, b->r, p, n);
}

static size_t columns(const char *p, size_t n)
{
	size_t i, col = 0;

	for (i = 0; i < n; i++)
		col += p[i] == '\t' ? TAB - col % TAB : 1;
	return col;
}

/* A line that goes on with a statement whose start grew or shrank. */
static void add_shifted(struct render *w, const char *p, size_t n)
{
	const char *line = memrchr(p, '\n', n);
	size_t col, i;

	if (!w->shift || !line) {
		strbuf_add(w->out, p, n);
		return;
	}
	line++;
	strbuf_add(w->out, p, line - p);
	col = columns(line, p + n - line) + w->shift;
	for (i = 0; i < col / TAB; i++)
		strbuf_addc(w->out, '\t');
	for (i = 0; i < col % TAB; i++)
		strbuf_addc(w->out, ' ');
}

/* `return f(..` became `v = f(..`: until the semicolon. */
static void set_shift(struct render *w, size_t i)
{
	const struct item *it = &w->items[i];

	if (is_new(it) && w->f->temp && text_is(w->r, it->r, NAME_VALUE) &&
	    text_is(w->r, it->r + 1, "="))
		w->shift = (int)strlen(w->f->temp) + 2 - (int)strlen("return");
	else if (text_is(w->r, it->r, ";"))
		w->shift = 0;
}

static void add_space(struct render *w, size_t i)
{
	const struct item *b = &w->items[i];
	const char *p;
	size_t n;

	if (i && is_new(b - 1) && text_is(w->r, b[-1].r, "}") &&
	    text_is(w->r, b->r, "else")) {
		strbuf_addc(w->out, ' ');
		return;
	}
	space_of(w, i, &p, &n);
	/* where a parameter or an argument was */
	if (w->f->folds && i && b[-1].right + 1 != b->left &&
	    (text_is(w->r, b->r, ")") || text_is(w->r, b->r, ",") ||
	     text_is(w->r, b[-1].r, "(")))
		n = 0;
	add_shifted(w, p, n);
	set_shift(w, i);
}

/* How much of @text goes into a line of @width? */
static size_t line_of(const char *text, size_t width)
{
	size_t take = strlen(text);

	if (take <= width)
		return take;
	for (take = width; take && text[take] != ' '; take--)
		;
	return take ? take : strcspn(text, " ");
}

static size_t nr_lines(const char *text, size_t width)
{
	size_t nr = 0;

	for (; *text; nr++) {
		text += line_of(text, width);
		text += strspn(text, " ");
	}
	return nr;
}

/*
 * Leave the longest way of "f() -> g() -> h()" shorter by one in the middle:
 * what matters is where it starts and what waits. False: all are short.
 */
static bool shorten(struct strbuf *sb)
{
	static const char arrow[] = " -> ";
	const size_t n = strlen(arrow);
	char *p = strstr(sb->buf, arrow), *next, *best = NULL, *end = NULL;

	for (; p && (next = strstr(p + n, arrow)); p = next) {
		/* between two arrows, and a function or the dots alone */
		if (memchr(p + n, ' ', next - p - n))
			continue;
		best = p;
		end = next;
	}
	if (!best)
		return false;
	if (!strncmp(best + n, "..", 2)) {
		/* dots are there already: the one before them goes */
		for (p = best; p > sb->buf && p[-1] != ' '; p--)
			;
		if (p - sb->buf < (ptrdiff_t)n || strncmp(p - n, arrow, n))
			return false;
		memmove(p - n, best, strlen(best) + 1);
		sb->len -= best - (p - n);
		return true;
	}
	p = best + n;
	memmove(p + 2, end, strlen(end) + 1);
	memcpy(p, "..", 2);
	sb->len -= end - p - 2;
	return true;
}

/* Networking wants text in the first line of a comment (coding-style). */
static bool starts_at_once(const char *path)
{
	return str_starts(path, "net/") || str_starts(path, "drivers/net/");
}

/* A comment in the kernel's form, indented by the @n bytes at @indent. */
static void add_comment(struct strbuf *out, const char *note, bool at_once,
			const char *indent, size_t n)
{
	size_t width = WIDTH - columns(indent, n) - strlen(" * "), take;
	struct strbuf sb = STRBUF_INIT;
	const char *text;

	strbuf_adds(&sb, note);
	while (nr_lines(sb.buf, width) > MAX_LINES && shorten(&sb))
		;
	text = sb.buf;
	if (sb.len + strlen("/*  */") <= WIDTH - columns(indent, n)) {
		strbuf_addf(out, "\n%.*s/* %s */", (int)n, indent, text);
		strbuf_release(&sb);
		return;
	}
	strbuf_addf(out, "\n%.*s/*", (int)n, indent);
	while (*text) {
		take = line_of(text, width);
		if (at_once && text == sb.buf)
			strbuf_addf(out, " %.*s", (int)take, text);
		else
			strbuf_addf(out, "\n%.*s * %.*s", (int)n, indent,
				    (int)take, text);
		text += take;
		text += strspn(text, " ");
	}
	strbuf_addf(out, "\n%.*s */", (int)n, indent);
	strbuf_release(&sb);
}

/* The first scope's comment, on lines of its own and as deep as the scope. */
static bool add_note(struct render *w, size_t i)
{
	const struct item *it = &w->items[i];
	const char *p, *line;
	size_t n;

	if (w->noted || !w->f->note || !is_new(it) ||
	    !opens_scope(w->r, it->r))
		return false;
	space_of(w, i, &p, &n);
	line = memrchr(p, '\n', n);
	if (!line)
		return false;
	w->noted = true;
	strbuf_add(w->out, p, line - p);
	add_comment(w->out, w->f->note, starts_at_once(w->f->path), line + 1,
		    p + n - line - 1);
	strbuf_add(w->out, line, p + n - line);
	return true;
}

static void add_item(struct render *w, size_t i)
{
	const struct item *it = &w->items[i];
	const struct token *tok = &w->r->v[it->r];
	const struct mark *m;

	if (it->mark) {
		m = &w->f->marks[it->mark - 1];
		strbuf_add(w->out, w->f->src + m->off, m->len);
	} else if (it->left != TOK_NONE && it->left == it->right &&
		   tok->kind == TOK_COMMENT) {
		tok = &w->m->v[it->left];
		strbuf_add(w->out, w->m->buf + tok->off, tok->len);
	} else if (w->f->flags && is_new(it) &&
		   (text_is(w->r, it->r, NAME_NOFS) ||
		    text_is(w->r, it->r, NAME_NOIO))) {
		strbuf_adds(w->out, w->f->flags);
	} else if (w->f->temp && is_new(it) &&
		   text_is(w->r, it->r, NAME_VALUE)) {
		strbuf_adds(w->out, w->f->temp);
	} else {
		strbuf_add(w->out, w->r->buf + tok->off, tok->len);
	}
}

void render(const struct edit_file *f, const struct text *marked,
	    const struct text *got, struct item *items, size_t nr,
	    struct strbuf *out)
{
	struct render w = {
		.f = f, .m = marked, .r = got, .items = items, .nr = nr,
		.out = out,
	};
	const char *p;
	size_t i, n;

	pull_comments(marked, items, nr);
	push_comments(marked, got, items, nr);
	for (i = 0; i < nr; i++) {
		if (items[i].silent)
			continue;
		if (!add_note(&w, i))
			add_space(&w, i);
		add_item(&w, i);
	}
	space_before(marked, marked->nr, &p, &n);
	strbuf_add(out, p, n);
}
