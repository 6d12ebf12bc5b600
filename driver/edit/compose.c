// SPDX-License-Identifier: GPL-2.0-only
/*
 * The marked text and Coccinelle's answer go in; the changed source comes
 * out, or the reason why the answer is not to be trusted.
 *
 * Both are walked token by token. A token of the answer is either one of the
 * marked text in its place, or belongs to one of the few things that the
 * semantic patch inserts; a token of the marked text is missing only where a
 * mark or its cut says so. Everything else ends the walk. Between two tokens
 * that were neighbours before, the source's white space stays, so nothing is
 * re-wrapped or re-indented beside the changes themselves.
 */
#include "edit/compose.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/render.h"

struct walk {
	struct edit_file *f;
	struct text m, r;	/* marked, got */
	uint32_t *mark;		/* of each token of m, TOK_NONE */
	bool *cut;		/* of each token of m: goes with a mark */
	bool *ours;		/* of each token of r: inserted as a whole */
	struct item *items;
	size_t nr_items, cap_items;
	struct inserted *ins;
	struct err *err;
};

static bool is_one_of(const struct text *t, uint32_t i, const char *a,
		      const char *b)
{
	return text_is(t, i, a) || text_is(t, i, b);
}

/* Do the tokens from @i on read as the words of @s, one blank between each? */
static bool reads(const struct text *t, uint32_t i, const char *s)
{
	while (*s) {
		size_t n = strcspn(s, " ");

		if (i >= t->nr || t->v[i].len != n ||
		    memcmp(t->buf + t->v[i].off, s, n))
			return false;
		s += n;
		s += strspn(s, " ");
		i++;
	}
	return true;
}

static void claim(struct walk *w, uint32_t first, uint32_t n)
{
	uint32_t i;

	for (i = first; i < first + n && i < w->r.nr; i++)
		w->ours[i] = true;
}

/* A use of our flags in the answer: which of the inserted statements is it? */
static int claim_flags(struct walk *w, uint32_t i, const char *kind)
{
	const struct text *r = &w->r;
	char save[64], restore[64];
	bool declared = i >= 2 && reads(r, i - 2, "unsigned int");

	snprintf(save, sizeof(save), "= memalloc_%s_save ( ) ;", kind);
	snprintf(restore, sizeof(restore), "memalloc_%s_restore (", kind);
	if (reads(r, i + 1, save)) {
		claim(w, declared ? i - 2 : i, declared ? 8 : 6);
		w->ins->saves++;
		w->ins->declarations += declared;
		return 0;
	}
	if (declared && text_is(r, i + 1, ";")) {
		claim(w, i - 2, 4);
		w->ins->declarations++;
		return 0;
	}
	if (i >= 2 && reads(r, i - 2, restore) && reads(r, i + 1, ") ;")) {
		claim(w, i - 2, 5);
		w->ins->restores++;
		return 0;
	}
	return err_set(w->err, ERR_FAILED, "line %u: Coccinelle made an odd use of the saved flags",
		       r->v[i].line);
}

/* The variable for a returned value: `v =`, `return v ;` or `T v ;`. */
static int claim_value(struct walk *w, uint32_t i)
{
	const struct text *r = &w->r;
	uint32_t first = i;

	if (text_is(r, i + 1, "=")) {
		claim(w, i, 2);
		return 0;
	}
	if (i && text_is(r, i - 1, "return") && text_is(r, i + 1, ";")) {
		claim(w, i - 1, 3);
		return 0;
	}
	while (first && !text_is(r, first - 1, "{") &&
	       !text_is(r, first - 1, ";"))
		first--;
	if (!text_is(r, i + 1, ";") || first == i)
		return err_set(w->err, ERR_FAILED, "line %u: Coccinelle made an odd use of the value's variable",
			       r->v[i].line);
	claim(w, first, i + 2 - first);
	w->ins->temps++;
	return 0;
}

/* The header's line stands beside the mark for it; the file may have it
 * elsewhere, under some #if. */
static bool is_by_mark(const struct text *r, uint32_t i)
{
	uint32_t before = text_prev(r, i);

	return reads(r, i + 11, "# include \"nofs_next.h\"") ||
	       (before >= 3 && before != TOK_NONE &&
		reads(r, before - 3, "nofs_mark . h >"));
}

/* Find all that the semantic patch inserted by names that are ours alone. */
static int claim_all(struct walk *w)
{
	const char *include = "# include < linux / sched / mm . h >";
	uint32_t i;
	int ret = 0;

	/* without a scope to place, those names are the file's own */
	for (i = 0; w->f->restriction && i < w->r.nr && !ret; i++) {
		if (text_is(&w->r, i, NAME_NOFS))
			ret = claim_flags(w, i, "nofs");
		else if (text_is(&w->r, i, NAME_NOIO))
			ret = claim_flags(w, i, "noio");
		else if (text_is(&w->r, i, NAME_VALUE))
			ret = claim_value(w, i);
		else if (w->f->includes && reads(&w->r, i, include) &&
			 is_by_mark(&w->r, i)) {
			claim(w, i, 11);
			w->ins->includes++;
		}
	}
	return ret;
}

static bool mark_is_left(const struct walk *w, const struct mark *m)
{
	uint32_t i;

	for (i = 0; i < w->r.nr; i++)
		if (text_is(&w->r, i, m->text))
			return true;
	return false;
}

/* Which tokens of the marked text belong to a mark, and which go with one. */
static int set_up(struct walk *w)
{
	struct edit_file *f = w->f;
	uint32_t i, k, c, shift = 0, next = 0;

	for (k = 0; k < f->nr_marks; k++) {
		struct mark *m = &f->marks[k];
		uint32_t len = strlen(m->text);

		m->left = m->kind == MARK_EXPAND && m->text[0] == 'Z' &&
			  mark_is_left(w, m);
		for (i = next; i < w->m.nr && w->m.v[i].off < m->at + len; i++)
			if (w->m.v[i].off >= m->at)
				w->mark[i] = k;
		next = i;
		/* cuts are in the source: by now it is `shift` further on */
		for (c = 0; c < f->nr_cuts; c++)
			if (f->cuts[c].seq == m->seq && m->left)
				f->cuts[c].end = f->cuts[c].off;
	}
	for (i = 0, k = 0; i < w->m.nr; i++) {
		while (k < f->nr_marks && f->marks[k].at < w->m.v[i].off) {
			shift += strlen(f->marks[k].text) - f->marks[k].len;
			k++;
		}
		for (c = 0; c < f->nr_cuts && w->mark[i] == TOK_NONE; c++)
			if (w->m.v[i].off - shift >= f->cuts[c].off &&
			    w->m.v[i].off - shift < f->cuts[c].end)
				w->cut[i] = true;
	}
	return claim_all(w);
}

static struct item *put(struct walk *w, uint32_t r, uint32_t left,
			uint32_t right)
{
	struct item *it;

	GROW(w->items, w->nr_items, w->cap_items);
	it = &w->items[w->nr_items++];
	*it = (struct item){ .r = r, .left = left, .right = right };
	return it;
}

/* Comments may be indented anew; other tokens are the same or not. */
static bool same(const struct walk *w, uint32_t i, uint32_t j)
{
	const struct token *a = &w->m.v[i], *b = &w->r.v[j];
	const char *p = w->m.buf + a->off, *q = w->r.buf + b->off;
	const char *pe = p + a->len, *qe = q + b->len;

	if (a->kind != TOK_COMMENT || b->kind != TOK_COMMENT)
		return text_same(&w->m, i, &w->r, j);
	for (;; p++, q++) {
		while (p < pe && strchr(" \t\n", *p))
			p++;
		while (q < qe && strchr(" \t\n", *q))
			q++;
		if (p == pe || q == qe)
			return p == pe && q == qe;
		if (*p != *q)
			return false;
	}
}

/* A mask word was replaced: token @i of the marked text by @j and more. */
static uint32_t replaced(struct walk *w, uint32_t i, uint32_t j)
{
	const char *text = w->f->marks[w->mark[i]].text;

	if (!text_is(&w->r, j, text[1] == 'g' ? "mapping_gfp_mask" :
						 "GFP_KERNEL"))
		return 0;
	if (strcmp(text, "GFP_NLDP")) {
		put(w, j, i, i);
		return 1;
	}
	if (!reads(&w->r, j, "GFP_KERNEL | __GFP_NOLOCKDEP"))
		return 0;
	put(w, j, i, TOK_NONE);
	put(w, j + 1, TOK_NONE, TOK_NONE);
	put(w, j + 2, TOK_NONE, i);
	return 3;
}

/* Flags that were added behind a word that stays. */
static uint32_t added(struct walk *w, uint32_t j)
{
	static const char *const forms[] = {
		"| __GFP_IO | __GFP_FS", "| __GFP_FS",
	};
	uint32_t i, k, n;

	for (i = 0, n = 4; i < ARRAY_SIZE(forms); i++, n -= 2) {
		if (!reads(&w->r, j, forms[i]))
			continue;
		for (k = 0; k < n; k++)
			put(w, j + k, TOK_NONE, TOK_NONE);
		return n;
	}
	return 0;
}

/* The line in the source of token @i of the marked text. */
static uint32_t line_of(const struct walk *w, uint32_t i)
{
	const struct edit_file *f = w->f;
	uint32_t off = i < w->m.nr ? w->m.v[i].off : w->m.len, line = 1;
	uint32_t lo = 0, hi = f->text.nr;
	size_t k;

	for (k = f->nr_marks; k-- > 0;) {
		const struct mark *m = &f->marks[k];
		uint32_t len = strlen(m->text);

		if (m->at + len > off)
			continue;
		off = off - m->at - len + m->off + m->len;
		break;
	}
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (f->text.v[mid].off <= off) {
			line = f->text.v[mid].line;
			lo = mid + 1;
		} else {
			hi = mid;
		}
	}
	return line;
}

static int mismatch(struct walk *w, uint32_t i)
{
	return err_set(w->err, ERR_FAILED, "%s:%u: Coccinelle changed more than was planned",
		       w->f->path, line_of(w, i));
}

/* The brackets that go around a branch come in pairs. */
static bool insert_brace(struct walk *w, uint32_t j)
{
	uint32_t close = text_close(&w->r, j);

	if (close == TOK_NONE)
		return false;
	claim(w, j, 1);
	claim(w, close, 1);
	w->ins->braces++;
	return true;
}

/*
 * One token of the marked text that is a mark. Return: tokens of the answer
 * that it took, or a negative code.
 */
static int step_mark(struct walk *w, uint32_t i, uint32_t j)
{
	struct mark *m = &w->f->marks[w->mark[i]];
	struct item *it;
	uint32_t n;

	if (m->kind == MARK_RENAME) {
		if (!same(w, i, j))
			return mismatch(w, i);
		it = put(w, j, i, i);
		it->mark = w->mark[i] + 1;
		it->silent = i && w->mark[i - 1] == w->mark[i];
		if (!strchr("st", m->text[1]) || m->text[0] != 'Z')
			return 1;
		n = added(w, j + 1);
		m->left = !n;
		return 1 + n;
	}
	if (m->kind == MARK_INSERT) {
		if (text_is_word(&w->m, i) && j < w->r.nr && same(w, i, j))
			return err_set(w->err, ERR_FAILED, "%s:%u: Coccinelle could not change this place",
				       w->f->path, line_of(w, i));
		return 0;
	}
	if (j < w->r.nr && same(w, i, j)) {
		m->left = true;
		put(w, j, i, i)->mark = w->mark[i] + 1;
		return 1;
	}
	if (m->left)
		return mismatch(w, i);
	if (m->text[0] == 'G' || m->text[1] == 'g') {
		n = replaced(w, i, j);
		return n ? (int)n : mismatch(w, i);
	}
	/* the only parameter */
	if (m->text[1] == 'y' && text_is(&w->r, j, "void")) {
		put(w, j, i, i);
		return 1;
	}
	/* a flag that was the whole mask */
	if (text_is(&w->r, j, "0") && !is_one_of(&w->m, i + 1, "0", "|")) {
		put(w, j, i, i);
		return 1;
	}
	return 0;
}

/* A comment behind a statement goes with it. */
static bool is_cut_comment(const struct walk *w, uint32_t i, uint32_t j)
{
	return i && i < w->m.nr && w->m.v[i].kind == TOK_COMMENT &&
	       w->m.v[i].line == w->m.v[i - 1].line &&
	       w->cut[i - 1] && text_is(&w->m, i - 1, ";") &&
	       !(j < w->r.nr && same(w, i, j));
}

static int walk(struct walk *w)
{
	uint32_t i = 0, j = 0;
	int n;

	while (i < w->m.nr || j < w->r.nr) {
		if (j < w->r.nr && w->ours[j]) {
			put(w, j++, TOK_NONE, TOK_NONE);
		} else if (text_is(&w->r, j, "{") && !text_is(&w->m, i, "{") &&
			   insert_brace(w, j)) {
			continue;
		} else if (i < w->m.nr && w->mark[i] != TOK_NONE) {
			n = step_mark(w, i++, j);
			if (n < 0)
				return n;
			j += n;
		} else if (i < w->m.nr &&
			   (w->cut[i] || is_cut_comment(w, i, j))) {
			w->cut[i++] = true;
		} else if (i < w->m.nr && j < w->r.nr && same(w, i, j)) {
			put(w, j++, i, i);
			i++;
		} else {
			return mismatch(w, i);
		}
	}
	return 0;
}

int compose(struct edit_file *f, const struct strbuf *marked,
	    const struct strbuf *got, struct strbuf *out,
	    struct inserted *ins, struct err *err)
{
	struct walk w = { .f = f, .ins = ins, .err = err };
	int ret;

	memset(ins, 0, sizeof(*ins));
	text_init(&w.m, marked->buf, marked->len);
	text_init(&w.r, got->buf, got->len);
	w.mark = xmalloc((w.m.nr + 1) * sizeof(*w.mark));
	memset(w.mark, 0xff, (w.m.nr + 1) * sizeof(*w.mark));
	w.cut = xcalloc(w.m.nr + 1, sizeof(*w.cut));
	w.ours = xcalloc(w.r.nr + 1, sizeof(*w.ours));
	ret = set_up(&w);
	if (!ret)
		ret = walk(&w);
	if (!ret)
		render(f, &w.m, &w.r, w.items, w.nr_items, out);
	free(w.mark);
	free(w.cut);
	free(w.ours);
	free(w.items);
	text_release(&w.m);
	text_release(&w.r);
	return ret;
}
