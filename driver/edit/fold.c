// SPDX-License-Identifier: GPL-2.0-only
/*
 * A changed file goes in; out comes which of its static functions are handed
 * nothing but GFP_KERNEL any more, and, if that is asked for, the file without
 * their parameters: definition, declarations and calls change together. One
 * that other files call is done file by file, by whoever has seen them all.
 *
 * Only what is seen whole is folded: a function whose name stands anywhere but
 * in front of its arguments keeps what it has.
 */
#include "edit/fold.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "edit/compose.h"
#include "edit/prove.h"
#include "edit/section.h"

#define PLAIN	"GFP_KERNEL"
#define TYPE	"gfp_t"

struct folding {
	struct converter *c;
	struct edit_file f;
	struct facts facts;
	struct arena arena;
	const struct func *fn;
	const char *name, *param;
	uint32_t index, nr_params;
	bool tree;		/* one of several files */
	struct body b;		/* name: TOK_NONE where it is not defined */
	struct err err;
};

/* The @n-th of what the commas between @open and @close part: its tokens. */
static bool nth_part(const struct text *t, uint32_t open, uint32_t close,
		     uint32_t n, uint32_t *first, uint32_t *last)
{
	uint32_t i = text_next(t, open), at = 0;

	if (i == TOK_NONE || close == TOK_NONE)
		return false;
	*first = i;
	for (; i < close; i = text_next(t, i)) {
		if (text_is(t, i, "(") || text_is(t, i, "[") ||
		    text_is(t, i, "{"))
			i = text_close(t, i);
		if (i >= close)
			return false;
		if (!text_is(t, i, ","))
			continue;
		if (at++ == n)
			break;
		*first = text_next(t, i);
	}
	*last = text_prev(t, i);
	return at + (i >= close) > n && *first < close;
}

static bool refuse(struct folding *v, uint32_t i, const char *why)
{
	if (!v->err.msg)
		err_set(&v->err, ERR_FAILED, "%s%s%u: %s",
			v->tree ? v->f.path : "line", v->tree ? ":" : " ",
			i < v->f.text.nr ? v->f.text.v[i].line : 1, why);
	return false;
}

/* One of the list goes, with a comma. */
static void mark_part(struct folding *v, uint32_t open, uint32_t first,
		      uint32_t last, const char *prefix)
{
	const struct text *t = &v->f.text;
	struct mark *m = mark_token(&v->f, MARK_EXPAND, last, prefix);
	uint32_t prev = text_prev(t, first), next = text_next(t, last);

	if (prev != open)
		first = prev;
	else if (text_is(t, next, ","))
		last = next;
	mark_cut(&v->f, m, first, last);
}

static bool has_word(const struct text *t, uint32_t comment, const char *word)
{
	const struct token *c = &t->v[comment];
	struct text in;
	uint32_t i;
	bool found = false;

	text_init(&in, t->buf + c->off + 2, c->len - 2);
	for (i = 0; i < in.nr; i++)
		found |= text_is(&in, i, word);
	text_release(&in);
	return found;
}

/* The comment above the function, or a declaration of it, must not go on to
 * tell of the parameter. */
static bool check_comment(struct folding *v, uint32_t i)
{
	const struct text *t = &v->f.text;

	while (i && !text_is(t, i - 1, ";") && !text_is(t, i - 1, "}")) {
		i--;
		if (t->v[i].kind == TOK_COMMENT && has_word(t, i, v->param))
			return refuse(v, i, "a comment tells of the parameter");
		if (t->v[i].directive)
			break;
	}
	return true;
}

/* `gfp_t NAME` of the definition or of a declaration before it. */
static bool mark_head(struct folding *v, uint32_t at)
{
	const struct text *t = &v->f.text;
	uint32_t open = text_next(t, at), close = text_close(t, open);
	uint32_t first, last;

	if (!nth_part(t, open, close, v->index, &first, &last) ||
	    !text_is(t, first, TYPE) || text_next(t, first) != last ||
	    !text_is_word(t, last))
		return refuse(v, at, "the parameter is not declared as \"" TYPE " name\"");
	if (at != v->b.name && !text_is(t, text_next(t, close), ";"))
		return refuse(v, at, "the declaration is not of a known shape");
	if (!check_comment(v, at))
		return false;
	mark_part(v, open, first, last, v->nr_params == 1 ? "Zy" : "Zp");
	return true;
}

static bool in_function(const struct folding *v, uint32_t line)
{
	uint32_t i;

	for (i = 0; i < v->facts.nr_funcs; i++)
		if (v->facts.funcs[i].line <= line &&
		    line <= v->facts.funcs[i].end_line)
			return true;
	return false;
}

/* What a call hands over, a single token; TOK_NONE. */
static uint32_t argument(const struct folding *v, uint32_t at)
{
	const struct text *t = &v->f.text;
	uint32_t open = text_next(t, at), first, last;

	if (!nth_part(t, open, text_close(t, open), v->index, &first, &last))
		return TOK_NONE;
	return first == last ? first : TOK_NONE;
}

static bool is_member(const struct text *t, uint32_t i)
{
	return i && (text_is(t, text_prev(t, i), ".") ||
		     text_is(t, text_prev(t, i), "->"));
}

static bool is_definition(const struct folding *v, uint32_t at)
{
	uint32_t i;

	for (i = 0; i < v->facts.nr_funcs; i++)
		if (v->facts.funcs[i].line == v->f.text.v[at].line &&
		    !strcmp(facts_str(&v->facts, v->facts.funcs[i].name),
			    v->name))
			return true;
	return false;
}

/* Is the mask GFP_KERNEL in all calls? Counts them. */
static bool all_plain(const struct folding *v, uint32_t *calls)
{
	const struct text *t = &v->f.text;
	uint32_t i;

	for (i = 0; i < t->nr; i++) {
		if (!text_is(t, i, v->name) || i == v->b.name ||
		    is_member(t, i) || !text_is(t, text_next(t, i), "(") ||
		    !in_function(v, t->v[i].line) || is_definition(v, i))
			continue;
		if (!text_is(t, argument(v, i), PLAIN))
			return false;
		++*calls;
	}
	return true;
}

/* A use of the parameter's value becomes the constant. */
static bool mark_use(struct folding *v, uint32_t i)
{
	const struct text *t = &v->f.text;
	uint32_t prev = text_prev(t, i), next = text_next(t, i);
	const struct token *n = &t->v[next];

	if (t->v[i].directive)
		return refuse(v, i, "a line of the preprocessor has the parameter");
	if (text_is(t, prev, TYPE))
		return refuse(v, i, "the parameter's name is declared again");
	if ((text_is(t, prev, "&") && !text_is_word(t, text_prev(t, prev)) &&
	     !text_is(t, text_prev(t, prev), ")")) ||
	    text_is(t, prev, "++") || text_is(t, prev, "--") ||
	    text_is(t, next, "++") || text_is(t, next, "--") ||
	    (t->buf[n->off + n->len - 1] == '=' && !text_is(t, next, "==") &&
	     !text_is(t, next, "!=")))
		return refuse(v, i, "the parameter is changed, or its address is taken");
	mark_add(&v->f, MARK_EXPAND, t->v[i].off, t->v[i].len, "GFP_DROP");
	return true;
}

/* EXPORT_SYMBOL(name), EXPORT_SYMBOL_GPL(name), .. */
static bool is_exported(const struct text *t, uint32_t i)
{
	uint32_t open = text_prev(t, i), word;

	if (!text_is(t, open, "("))
		return false;
	word = text_prev(t, open);
	return text_is_word(t, word) &&
	       str_starts(t->buf + t->v[word].off, "EXPORT_");
}

static bool mark_all(struct folding *v)
{
	const struct text *t = &v->f.text;
	bool here = v->b.name != TOK_NONE;
	bool ok = !here || mark_head(v, v->b.name);
	uint32_t i;

	for (i = 0; i < t->nr && ok; i++) {
		if (here && i > v->b.open && i < v->b.close &&
		    !is_member(t, i) &&
		    text_is(t, i, v->param)) {
			ok = mark_use(v, i);
			continue;
		}
		if (!text_is(t, i, v->name) || i == v->b.name ||
		    is_member(t, i))
			continue;
		if (t->v[i].directive)
			ok = refuse(v, i, "a macro or another directive has its name");
		else if (is_exported(t, i))
			ok = refuse(v, i, "it is exported, and modules that are not here may call it");
		else if (!text_is(t, text_next(t, i), "("))
			ok = refuse(v, i, "its address is taken");
		else if (!in_function(v, t->v[i].line))
			ok = mark_head(v, i);
		else
			mark_part(v, text_next(t, i), argument(v, i),
				  argument(v, i), "Zx");
	}
	return ok;
}

static const struct func *find(const struct facts *facts, const char *name)
{
	const struct func *fn = NULL;
	uint32_t i;

	for (i = 0; i < facts->nr_funcs; i++) {
		if (strcmp(facts_str(facts, facts->funcs[i].name), name))
			continue;
		if (fn)
			return NULL;	/* one of two, by some #if */
		fn = &facts->funcs[i];
	}
	return fn;
}

/* One parameter less, in the function and in its calls, and no mark left. */
static bool is_proven(struct folding *v, const struct strbuf *text)
{
	const struct func *fn;
	struct facts after;
	uint32_t i, calls = 0, before = 0;

	for (i = 0; i < v->f.nr_marks; i++)
		if (v->f.marks[i].left)
			return refuse(v, v->b.name, "Coccinelle does not reach all of its uses");
	read_file(v->c->reader, text->buf, text->len, &v->arena, &after);
	fn = find(&after, v->name);
	if (v->b.name != TOK_NONE &&
	    (!fn || fn->nr_params != v->nr_params - 1))
		return refuse(v, v->b.name, "the function did not come out as planned");
	for (i = 0; i < v->facts.nr_events; i++)
		before += v->facts.events[i].kind == EV_CALL &&
			  !strcmp(facts_str(&v->facts, v->facts.events[i].name),
				  v->name);
	for (i = 0; i < after.nr_events; i++)
		calls += after.events[i].kind == EV_CALL &&
			 !strcmp(facts_str(&after, after.events[i].name),
				 v->name) &&
			 after.events[i].nr_args == v->nr_params - 1;
	if (calls != before)
		return refuse(v, v->b.name, "its calls did not come out as planned");
	return !prove_sites(&v->f, &after, &v->err);
}

/* Take it away; on success @text is the new one. */
static bool take_away(struct folding *v, const char *path,
		      struct strbuf *text)
{
	const char *name = strrchr(path, '/');
	struct strbuf marked = STRBUF_INIT, got = STRBUF_INIT;
	struct strbuf out = STRBUF_INIT;
	struct inserted ins;
	bool ok = mark_all(v);

	if (ok)
		mark_bodies(&v->f);
	v->f.folds = true;
	ok = ok && !marks_apply(&v->f, &marked, &v->err) &&
	     !spatch_run(&v->c->spatch, name ? name + 1 : path, &marked, &got,
			 &v->c->cpu, &v->err) &&
	     !compose(&v->f, &marked, &got, &out, &ins, &v->err) &&
	     is_proven(v, &out);
	if (ok) {
		strbuf_clear(text);
		strbuf_add(text, out.buf, out.len);
	}
	strbuf_release(&marked);
	strbuf_release(&got);
	strbuf_release(&out);
	return ok;
}

/* The only parameter of the type. */
static bool find_param(struct folding *v)
{
	uint32_t i, nr = 0;

	for (i = 0; i < v->fn->nr_params; i++) {
		const struct var *p = &v->facts.vars[v->fn->first_var + i];

		if (strcmp(facts_str(&v->facts, p->type), TYPE))
			continue;
		nr++;
		v->index = i;
		v->param = facts_str(&v->facts, p->name);
		if (p->pointers || p->flags & (VAR_ARRAY | VAR_FNPTR))
			return false;
	}
	v->nr_params = v->fn->nr_params;
	return nr == 1 && *v->param;
}

static void look_at(struct folding *v, const char *path, struct strbuf *text,
		    struct arena *a)
{
	struct wrapper w = { .path = path, .function = v->name };
	struct converter *c = v->c;

	read_file(c->reader, text->buf, text->len, &v->arena, &v->facts);
	v->fn = find(&v->facts, v->name);
	if (!v->fn || !(v->fn->flags & FUNC_STATIC) || !find_param(v))
		return;
	edit_file_init(&v->f, path, text->buf, text->len, &v->facts);
	v->f.words = c->o->words;
	v->f.nr_words = c->o->nr_words;
	w.parameter = v->param;
	w.line = v->fn->line;
	if (!body_find(&v->f, v->name, v->fn->line, &v->b, &v->err) &&
	    all_plain(v, &w.calls) && w.calls) {
		w.folded = c->fold && take_away(v, path, text);
		if (c->fold && !w.folded)
			w.why = v->err.msg;
		w.function = arena_strdup(a, w.function);
		w.parameter = arena_strdup(a, w.parameter);
		w.why = w.why ? arena_strdup(a, w.why) : NULL;
		GROW(c->wrappers, c->nr_wrappers, c->cap_wrappers);
		c->wrappers[c->nr_wrappers++] = w;
	}
	edit_file_release(&v->f);
}

void fold_params(struct converter *c, const char *path,
		 const struct result_site *const *sites, size_t nr,
		 struct strbuf *text, struct arena *a)
{
	size_t i, k, n = strlen(path);

	if (n < 3 || strcmp(path + n - 2, ".c"))
		return;
	for (i = 0; i < nr; i++) {
		struct folding v = { .c = c, .err = ERR_INIT };

		if (!sites[i] || sites[i]->how != SITE_ARG)
			continue;
		for (k = 0; k < i; k++)
			if (sites[k] && !strcmp(sites[k]->callee,
						sites[i]->callee))
				break;
		if (k < i)
			continue;
		v.name = sites[i]->callee;
		arena_init(&v.arena);
		look_at(&v, path, text, a);
		arena_release(&v.arena);
		err_clear(&v.err);
	}
}

/* ---- functions that other files call ---- */

static void open_file(struct folding *v, const struct mask_word *words,
		      size_t nr_words, const char *path,
		      const struct strbuf *text)
{
	edit_file_init(&v->f, path, text->buf, text->len, &v->facts);
	v->f.words = words;
	v->f.nr_words = nr_words;
	v->b.name = TOK_NONE;
}

bool fold_define(struct fold_target *t, const char *path,
		 const struct facts *facts)
{
	struct folding v = { .facts = *facts, .name = t->function };
	uint32_t i;

	for (i = 0; i < facts->nr_funcs; i++) {
		if (strcmp(facts_str(facts, facts->funcs[i].name),
			   t->function))
			continue;
		v.fn = &facts->funcs[i];
		if (t->path || v.fn->flags & (FUNC_STATIC | FUNC_MACRO |
					      FUNC_GENERATED)) {
			t->other = true;
			continue;
		}
		if (!find_param(&v))
			return false;
		t->path = path;
		t->parameter = v.param;
		t->line = v.fn->line;
		t->index = v.index;
		t->nr_params = v.nr_params;
	}
	return true;
}

bool fold_is_plain(struct fold_target *t, const char *path,
		   const struct strbuf *text, const struct facts *facts)
{
	struct folding v = {
		.facts = *facts, .name = t->function, .index = t->index,
	};
	bool plain;

	open_file(&v, NULL, 0, path, text);
	if (!strcmp(path, t->path))
		body_find(&v.f, v.name, t->line, &v.b, NULL);
	plain = all_plain(&v, &t->calls);
	edit_file_release(&v.f);
	return plain;
}

int fold_file(struct converter *c, const struct fold_target *t,
	      const char *path, const struct strbuf *src,
	      struct strbuf *out, struct err *err)
{
	struct folding v = {
		.c = c, .name = t->function, .param = t->parameter,
		.index = t->index, .nr_params = t->nr_params, .tree = true,
		.err = ERR_INIT,
	};
	bool here = !strcmp(path, t->path), ok;
	struct wrapper w = {
		.path = t->path, .function = t->function, .line = t->line,
		.parameter = t->parameter, .calls = t->calls, .folded = true,
	};

	if (t->other)
		return err_set(err, ERR_FAILED, "there is another definition of the name, by some #if or in another file");
	if (memchr(src->buf, '\r', src->len))
		return err_set(err, ERR_FAILED, "%s: lines end in CR LF", path);
	arena_init(&v.arena);
	strbuf_add(out, src->buf, src->len);
	read_file(c->reader, out->buf, out->len, &v.arena, &v.facts);
	open_file(&v, c->o->words, c->o->nr_words, path, out);
	v.fn = find(&v.facts, v.name);
	ok = !here || (v.fn && !body_find(&v.f, v.name, v.fn->line, &v.b,
					  &v.err));
	ok = ok && take_away(&v, path, out);
	if (ok && here) {
		GROW(c->wrappers, c->nr_wrappers, c->cap_wrappers);
		c->wrappers[c->nr_wrappers++] = w;
	}
	if (!ok)
		err_set(err, ERR_FAILED, "%s", v.err.msg ? v.err.msg :
			"the function is not found again");
	edit_file_release(&v.f);
	arena_release(&v.arena);
	err_clear(&v.err);
	return ok ? 0 : ERR_FAILED;
}
