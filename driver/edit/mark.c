// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decided sites go in, marks come out: which tokens of the file are renamed
 * so that the semantic patch finds them and nothing else.
 *
 * A mask is changed only where its shape is known; any other is refused with
 * the reason. Marks are as wide as what they replace wherever that is three
 * bytes or more, so that Coccinelle sees no line longer than it was.
 */
#include "edit/mark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/stmt.h"

#define MAX_TABS	16
#define CONSTRAINT	"mapping_gfp_constraint"

void edit_file_init(struct edit_file *f, const char *path, const char *src,
		    size_t len, const struct facts *facts)
{
	memset(f, 0, sizeof(*f));
	arena_init(&f->arena);
	f->path = path;
	f->src = src;
	f->len = len;
	f->facts = facts;
	text_init(&f->text, src, len);
}

void edit_file_release(struct edit_file *f)
{
	text_release(&f->text);
	free(f->sites);
	free(f->marks);
	free(f->cuts);
	free(f->functions);
	arena_release(&f->arena);
	memset(f, 0, sizeof(*f));
}

struct mark *mark_add(struct edit_file *f, uint8_t kind, uint32_t off,
		      uint32_t len, const char *text)
{
	struct mark *m;

	GROW(f->marks, f->nr_marks, f->cap_marks);
	m = &f->marks[f->nr_marks];
	*m = (struct mark){
		.kind = kind, .off = off, .len = len, .site = TOK_NONE,
		.seq = f->nr_marks,
	};
	BUG_ON(strlen(text) >= sizeof(m->text));
	memcpy(m->text, text, strlen(text) + 1);
	f->nr_marks++;
	return m;
}

struct mark *mark_token(struct edit_file *f, uint8_t kind, uint32_t i,
			const char *prefix)
{
	const struct token *tok = &f->text.v[i];
	char text[80];
	size_t n;

	n = snprintf(text, sizeof(text), "%s%zu", prefix, f->nr_marks);
	while (n < tok->len && n + 1 < sizeof(text))
		text[n++] = '_';
	text[n] = '\0';
	return mark_add(f, kind, tok->off, tok->len, text);
}

void mark_cut(struct edit_file *f, const struct mark *m, uint32_t first,
	      uint32_t last)
{
	const struct token *end = &f->text.v[last];

	GROW(f->cuts, f->nr_cuts, f->cap_cuts);
	f->cuts[f->nr_cuts++] = (struct cut){
		.off = f->text.v[first].off, .end = end->off + end->len,
		.seq = m->seq,
	};
}

static bool is_cut(const struct edit_file *f, uint32_t i)
{
	size_t k;

	for (k = 0; k < f->nr_cuts; k++)
		if (f->cuts[k].off <= f->text.v[i].off &&
		    f->text.v[i].off < f->cuts[k].end)
			return true;
	return false;
}

struct mark *mark_wrap(struct edit_file *f, uint32_t first, uint32_t last,
		       const char *head)
{
	const struct token *end = &f->text.v[last];

	mark_add(f, MARK_INSERT, end->off + end->len, 0, ")");
	return mark_add(f, MARK_INSERT, f->text.v[first].off, 0, head);
}

static int tabs_of(const struct text *t, uint32_t i)
{
	const char *p = t->buf + t->v[i].off;
	const char *line = memrchr(t->buf, '\n', p - t->buf);
	int tabs = 0;

	for (line = line ? line + 1 : t->buf; line < p && *line == '\t'; line++)
		tabs++;
	return tabs < MAX_TABS ? tabs : MAX_TABS;
}

void mark_statement(struct edit_file *f, uint32_t i, const char *text)
{
	static const char tabs[] = "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t";
	const struct text *t = &f->text;
	uint32_t next = text_next(t, i);
	char buf[80];

	_Static_assert(sizeof(tabs) - 1 == MAX_TABS, "as many tabs as allowed");
	/* behind a comment on the same line */
	while (i + 1 < t->nr && t->v[i + 1].kind == TOK_COMMENT &&
	       t->v[i + 1].line == t->v[i].line)
		i++;
	if (text_is(t, i, ";") && !text_is(t, next, "}") && i + 1 < t->nr) {
		/* the blank line behind declarations stays theirs */
		next = i + 1;
		snprintf(buf, sizeof(buf), "%s\n%.*s", text, tabs_of(t, next),
			 tabs);
		mark_add(f, MARK_INSERT, t->v[next].off, 0, buf);
		return;
	}
	snprintf(buf, sizeof(buf), "\n%.*s%s",
		 tabs_of(t, next) + text_is(t, next, "}"), tabs, text);
	mark_add(f, MARK_INSERT, t->v[i].off + t->v[i].len, 0, buf);
}

static bool has_mark(const struct edit_file *f, uint32_t from, uint32_t to)
{
	size_t i;

	for (i = 0; i < f->nr_marks; i++)
		if (f->marks[i].off >= from && f->marks[i].off <= to)
			return true;
	return false;
}

/* The braces of a function's body, if they are where they should be. */
static bool find_braces(const struct text *t, const struct func *fn,
			uint32_t *from, uint32_t *open, uint32_t *close)
{
	uint32_t i = *from;

	while (i < t->nr && t->v[i].line < fn->line)
		i++;
	*from = i;
	while (i < t->nr && t->v[i].line <= fn->end_line &&
	       !text_is(t, i, "{")) {
		if (text_is(t, i, "("))
			i = text_close(t, i);
		i = i == TOK_NONE ? i : i + 1;
	}
	*open = i;
	*close = text_is(t, i, "{") ? text_close(t, i) : TOK_NONE;
	return *close != TOK_NONE && t->v[*close].line == fn->end_line;
}

/*
 * Coccinelle's time goes with the size of what it reads, and a function that
 * it cannot parse may take others down. What is no part of the plan becomes
 * an empty body; one with a #define stays, others may need it.
 */
void mark_bodies(struct edit_file *f)
{
	const struct text *t = &f->text;
	uint32_t k, i, from = 0, open, close, start, end;

	for (k = 0; k < f->facts->nr_funcs; k++) {
		const struct func *fn = &f->facts->funcs[k];

		if (fn->flags & FUNC_MACRO ||
		    !find_braces(t, fn, &from, &open, &close))
			continue;
		start = t->v[open].off;
		end = t->v[close].off + t->v[close].len;
		for (i = open; i < close; i++)
			if (t->v[i].directive)
				break;
		if (i < close || close - open < 20 ||
		    has_mark(f, start, end))
			continue;
		mark_add(f, MARK_RENAME, start, end - start, "{ }");
	}
}

static const struct mask_word *find_word(const struct edit_file *f, uint32_t i)
{
	size_t w;

	for (w = 0; w < f->nr_words; w++)
		if (text_is(&f->text, i, f->words[w].name))
			return &f->words[w];
	return NULL;
}

/* __GFP_FS or __GFP_IO, by what it sets. */
static bool is_fs_io_bit(const struct mask_word *w)
{
	uint16_t sets = w ? w->sets & ~MASK_PRESENT : 0;

	return w && w->is_bit && sets && !(sets & ~(MASK_FS | MASK_IO));
}

/* Is token @i an operand that may become `A | B` as it stands? */
static bool may_be_or(const struct text *t, uint32_t i)
{
	static const char *const good[] = {
		"|", "(", ")", ",", ";", "=", "|=", "?", ":", "{", "}",
		"return",
	};
	uint32_t prev = text_prev(t, i), next = text_next(t, i);
	bool before = false, after = false;
	size_t k;

	for (k = 0; k < ARRAY_SIZE(good); k++) {
		before |= text_is(t, prev, good[k]);
		after |= text_is(t, next, good[k]);
	}
	/* The body of an object macro ends with its line. */
	if (t->v[i].directive)
		before = after = true;
	return before && after;
}

/* A flag word leaves the mask: the neighbours must be `|` or nothing. */
static bool may_leave(const struct text *t, uint32_t i)
{
	return may_be_or(t, i) && !text_is(t, text_prev(t, i), "|=");
}

/* The `|` that goes with a flag is the one before it, if there is one. */
static void mark_flag(struct edit_file *f, uint32_t i)
{
	const struct text *t = &f->text;
	uint32_t prev = text_prev(t, i), next = text_next(t, i);
	struct mark *m = mark_token(f, MARK_EXPAND, i, "Zm");

	m->site = f->nr_sites;
	if (text_is(t, prev, "|") && !is_cut(f, prev))
		mark_cut(f, m, prev, i);
	else if (text_is(t, next, "|"))
		mark_cut(f, m, i, next);
	else if (text_is(t, prev, "(") && text_is(t, next, ")") &&
		 !text_is_word(t, text_prev(t, prev)))
		mark_cut(f, m, prev, next);
}

static int mark_word(struct edit_file *f, const struct result_site *site,
		     uint32_t i, enum proposal_kind kind, struct err *err)
{
	const struct mask_word *w = find_word(f, i);
	bool nolockdep = kind == PROPOSE_NOLOCKDEP &&
			 !strstr(site->mask, "__GFP_NOLOCKDEP");
	bool io = site->restriction == RESTRICT_NOIO;
	const char *text = "GFP_DROP";

	if (!w || !w->restricts)
		return err_set(err, ERR_FAILED,
			       "no known mask word stands at the site");
	if (w->is_bit || kind == PROPOSE_NOOP || site->form == FORM_NOOP) {
		if (nolockdep)
			return err_set(err, ERR_FAILED, "%s has no form for lockdep",
				       w->name);
		if (!may_leave(&f->text, i))
			return err_set(err, ERR_FAILED, "%s is no part of a plain `A | B` mask",
				       w->name);
		mark_flag(f, i);
		return 0;
	}
	if (nolockdep) {
		if (!may_be_or(&f->text, i))
			return err_set(err, ERR_FAILED, "%s stands beside an operator that binds tighter than |",
				       w->name);
		text = "GFP_NLDP";
	} else if (kind == PROPOSE_VMALLOC) {
		text = io ? "GFP_WRIO" : "GFP_WRAP";
	}
	mark_add(f, MARK_EXPAND, f->text.v[i].off, f->text.v[i].len,
		 text)->site = f->nr_sites;
	return 0;
}

/*
 * The `if` of `if (c) x &= ~__GFP_FS;` where the statement starts at @first
 * and ends at @end, if the test can go away with it: not when it has an else
 * or does any work itself. TOK_NONE otherwise.
 */
static uint32_t test_of(const struct text *t, uint32_t first, uint32_t end)
{
	uint32_t close = text_prev(t, first), open, i;

	if (!text_is(t, close, ")"))
		return TOK_NONE;
	open = text_open(t, close);
	if (open == TOK_NONE || !text_is(t, text_prev(t, open), "if") ||
	    text_is(t, text_next(t, end), "else") ||
	    text_is(t, text_prev(t, text_prev(t, open)), "else"))
		return TOK_NONE;
	for (i = open + 1; i < close; i++)
		if (text_is(t, i, "(") || text_is(t, i, "=") ||
		    text_is(t, i, "++") || text_is(t, i, "--"))
			return TOK_NONE;
	return text_prev(t, open);
}

/* `~` or `~( .. )` around token @i: @first is the `~`. */
static int cleared_group(const struct text *t, uint32_t i, uint32_t *first,
			 uint32_t *last)
{
	uint32_t p;

	if (text_is(t, i, "&") || text_is(t, i, "&="))
		i = text_next(t, i);
	if (text_is(t, i, "~"))
		i = text_next(t, i);
	if (text_is(t, i, "("))
		i = text_next(t, i);
	p = text_prev(t, i);
	if (text_is(t, p, "~")) {
		*first = p;
		*last = i;
		return 0;
	}
	while (p != TOK_NONE && (text_is_word(t, p) || text_is(t, p, "|")))
		p = text_prev(t, p);
	if (!text_is(t, p, "(") || !text_is(t, text_prev(t, p), "~") ||
	    text_close(t, p) == TOK_NONE)
		return -1;
	*first = text_prev(t, p);
	*last = text_close(t, p);
	return 0;
}

/* `(m & ~..)` with a plain name m and no call: the parentheses go, too. */
static bool is_in_parentheses(const struct text *t, uint32_t op, uint32_t last)
{
	uint32_t name = text_prev(t, op), open = text_prev(t, name);
	uint32_t before = text_prev(t, open);

	return text_is_word(t, name) && text_is(t, open, "(") &&
	       text_is(t, text_next(t, last), ")") &&
	       (!text_is_word(t, before) || text_is(t, before, "return"));
}

/* mapping_gfp_constraint(m, ~__GFP_FS) is mapping_gfp_mask(m). */
static int mark_constraint(struct edit_file *f, uint32_t first, uint32_t last)
{
	const struct text *t = &f->text;
	uint32_t comma = text_prev(t, first), close = text_next(t, last);
	uint32_t name = text_prev(t, text_open(t, close)), i;
	struct mark *m = NULL;

	if (!text_is(t, comma, ",") || !text_is(t, close, ")") ||
	    !text_is(t, name, CONSTRAINT))
		return -1;
	for (i = first; i <= last; i++) {
		if (!text_is_word(t, i))
			continue;
		m = mark_token(f, MARK_EXPAND, i, "Zc");
		m->site = f->nr_sites;
	}
	mark_cut(f, m, comma, last);
	mark_token(f, MARK_EXPAND, name, "Zg")->site = f->nr_sites;
	return 0;
}

/*
 * All bits of the group [@first, @last] are ours: with it goes the operator
 * before it, or the statement that does nothing else.
 */
static int mark_group(struct edit_file *f, uint32_t first, uint32_t last)
{
	const struct text *t = &f->text;
	uint32_t op = text_prev(t, first), end = text_next(t, last);
	uint32_t begin = op, test = TOK_NONE, i;
	struct mark *m = NULL;
	struct stmt s;

	if (text_is(t, op, "&=") && text_is(t, end, ";")) {
		if (!stmt_at(t, op, &s) || s.kind != STMT_EXPR)
			return -1;
		begin = s.first;
		test = test_of(t, begin, end);
		begin = test == TOK_NONE ? begin : test;
	} else if (text_is(t, op, "&")) {
		end = last;
	} else {
		return mark_constraint(f, first, last);
	}
	for (i = first; i <= last; i++) {
		if (!text_is_word(t, i))
			continue;
		m = mark_token(f, MARK_EXPAND, i,
			       test == TOK_NONE ? "Zc" : "Zd");
		m->site = f->nr_sites;
	}
	mark_cut(f, m, begin, end);
	if (end == last && is_in_parentheses(t, op, last)) {
		mark_cut(f, m, text_prev(t, text_prev(t, op)),
			 text_prev(t, text_prev(t, op)));
		mark_cut(f, m, text_next(t, last), text_next(t, last));
	}
	return 0;
}

/* `~(c | X)` becomes `~X`. */
static void mark_one_of_two(struct edit_file *f, uint32_t i, uint32_t first,
			    uint32_t last)
{
	const struct text *t = &f->text;
	uint32_t or = text_is(t, text_next(t, i), "|") ? text_next(t, i) :
							 text_prev(t, i);
	struct mark *m = mark_token(f, MARK_EXPAND, i, "Zc");

	m->site = f->nr_sites;
	mark_cut(f, m, text_next(t, first), text_next(t, first));
	mark_cut(f, m, or < i ? or : i, or < i ? i : or);
	mark_cut(f, m, last, last);
}

static int mark_clear(struct edit_file *f, uint32_t i, struct err *err)
{
	const struct text *t = &f->text;
	uint32_t first, last, nr = 0, others = 0;

	if (cleared_group(t, i, &first, &last))
		return err_set(err, ERR_FAILED,
			       "the mask is not cleared by a plain ~(..)");
	for (i = first; i <= last; i++) {
		if (is_fs_io_bit(find_word(f, i)))
			nr++;
		else if (text_is_word(t, i))
			others++;
	}
	if (!nr || nr > 2 || (!others && mark_group(f, first, last)))
		return err_set(err, ERR_FAILED,
			       "no & ~__GFP_FS or &= ~__GFP_FS of a known shape");
	for (i = first; others && i <= last; i++) {
		if (!is_fs_io_bit(find_word(f, i)))
			continue;
		if (nr == 1 && others == 1)
			mark_one_of_two(f, i, first, last);
		else
			mark_flag(f, i);
	}
	return 0;
}

/* Flags or-ed by hand: add what is missing after the word at @i. */
static int mark_assembled(struct edit_file *f, const struct result_site *site,
			  uint32_t i, struct err *err)
{
	bool io = site->restriction == RESTRICT_NOIO;

	if (!find_word(f, i) || !may_be_or(&f->text, i))
		return err_set(err, ERR_FAILED,
			       "the mask is put together in a way that is not known");
	/* The word stays, so a rename; that it grew is for the proof to see. */
	mark_token(f, MARK_RENAME, i, io ? "Zt" : "Zs")->site = f->nr_sites;
	return 0;
}

int mark_site(struct edit_file *f, const struct result_site *site,
	      enum proposal_kind kind, struct err *err)
{
	uint32_t i = text_at(&f->text, site->offset);
	size_t before = f->nr_marks, cuts = f->nr_cuts;
	int ret;

	if (i == TOK_NONE)
		return err_set(err, ERR_FAILED, "no token starts at the site");
	if (site->form == FORM_CLEAR)
		ret = mark_clear(f, i, err);
	else if (site->form == FORM_ASSEMBLED)
		ret = mark_assembled(f, site, i, err);
	else
		ret = mark_word(f, site, i, kind, err);
	if (ret) {
		f->nr_marks = before;
		f->nr_cuts = cuts;
		return ret;
	}
	GROW(f->sites, f->nr_sites, f->cap_sites);
	f->sites[f->nr_sites++] = site;
	return 0;
}

static int mark_cmp(const void *pa, const void *pb)
{
	const struct mark *a = pa, *b = pb;

	if (a->off != b->off)
		return a->off < b->off ? -1 : 1;
	/* insertions come before what stands there */
	if (!a->len != !b->len)
		return a->len ? 1 : -1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* A word of the source that would be taken for a mark. */
static bool looks_like_mark(const struct text *t, uint32_t i)
{
	const char *p = t->buf + t->v[i].off;
	uint32_t n = t->v[i].len;

	if (t->v[i].kind != TOK_WORD)
		return false;
	if (n == 8 && !memcmp(p, "GFP_", 4) &&
	    (!memcmp(p + 4, "DROP", 4) || !memcmp(p + 4, "NLDP", 4) ||
	     !memcmp(p + 4, "WRAP", 4) || !memcmp(p + 4, "WRIO", 4)))
		return true;
	if (n < 3 || p[0] != 'Z')
		return false;
	return (strchr("fi", p[1]) && strchr("_abqrvXGFERTVW", p[2])) ||
	       (strchr("mcdgnpstxy", p[1]) && p[2] >= '0' && p[2] <= '9');
}

int marks_apply(struct edit_file *f, struct strbuf *out, struct err *err)
{
	uint32_t pos = 0;
	size_t i;

	for (i = 0; i < f->text.nr; i++)
		if (looks_like_mark(&f->text, i))
			return err_set(err, ERR_FAILED,
				       "%s:%u: a name like a mark of ours",
				       f->path, f->text.v[i].line);
	qsort(f->marks, f->nr_marks, sizeof(*f->marks), mark_cmp);
	for (i = 0; i < f->nr_marks; i++) {
		struct mark *m = &f->marks[i];

		if (m->off < pos)
			return err_set(err, ERR_FAILED,
				       "two changes want the same token");
		strbuf_add(out, f->src + pos, m->off - pos);
		m->at = out->len;
		strbuf_adds(out, m->text);
		pos = m->off + m->len;
	}
	strbuf_add(out, f->src + pos, f->len - pos);
	return 0;
}
