// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts as text: one record a line, functions block by block. Made to be read
 * and to be diffed; nothing reads it back.
 */
#include <inttypes.h>

#include "base/mem.h"
#include "read/facts.h"

struct dump {
	const struct facts *f;
	struct strbuf *out;
	uint32_t first_event;	/* of the function: calls are numbered by it */
};

static const char *str(struct dump *d, str_t s)
{
	return facts_str(d->f, s);
}

/* ---- expressions ---- */

static void put_set(struct dump *d, unsigned int set, const char *const *names,
		    unsigned int nr)
{
	const char *sep = "{";

	for (unsigned int i = 0; i < nr; i++) {
		if (!(set & 1u << i))
			continue;
		strbuf_addf(d->out, "%s%s", sep, names[i]);
		sep = " ";
	}
	strbuf_adds(d->out, *sep == '{' ? "{}" : "}");
}

static void put_classes(struct dump *d, unsigned int classes)
{
	static const char *const names[] = { "zero", "pos", "err" };

	put_set(d, classes, names, ARRAY_SIZE(names));
}

static void put_mask(struct dump *d, unsigned int mask)
{
	static const char *const names[] = {
		"mask", "fs", "io", "reclaim", "-fs", "-io", "-reclaim",
		"nolockdep", "variable", "choice", "pf-nofs", "pf-noio",
		"pf-noreclaim",
	};

	put_set(d, mask, names, ARRAY_SIZE(names));
}

static void put_ops(struct dump *d, unsigned int ops)
{
	if (ops & EXPR_NOT)
		strbuf_addc(d->out, '!');
	if (ops & EXPR_NEG)
		strbuf_addc(d->out, '-');
	if (ops & EXPR_ADDR)
		strbuf_addc(d->out, '&');
	if (ops & EXPR_DEREF)
		strbuf_addc(d->out, '*');
}

static void put_parts(struct dump *d, const struct expr *e, const char *sep)
{
	const char *s = e->kind == EXPR_FLAGS ? "" : sep;

	for (unsigned int i = 0; i < e->nr_parts; i++) {
		strbuf_addf(d->out, "%s%s", s,
			    str(d, d->f->words[e->parts + i]));
		s = sep;
	}
}

/* What is before the innermost operand; the rest comes behind it. */
static const struct expr *put_head(struct dump *d, const struct expr *e)
{
	put_ops(d, e->ops);
	switch (e->kind) {
	case EXPR_OTHER:
		strbuf_addc(d->out, '?');
		break;
	case EXPR_NAME:
		strbuf_adds(d->out, str(d, e->base));
		put_parts(d, e, ".");
		break;
	case EXPR_CALL:
		strbuf_addf(d->out, "#%" PRIu32, e->base - d->first_event);
		put_parts(d, e, ".");
		break;
	case EXPR_CAST:
		strbuf_addf(d->out, "(%s)", str(d, e->base));
		put_parts(d, e, ".");
		break;
	case EXPR_NUM:
		strbuf_addf(d->out, "%" PRId32, (int32_t)e->base);
		break;
	case EXPR_STRING:
		strbuf_adds(d->out, "\"\"");
		break;
	case EXPR_FLAGS:
		put_parts(d, e, "|");
		break;
	}
	if (e->ops & EXPR_INDEXED)
		strbuf_adds(d->out, "[]");
	if (e->classes != CLASS_ANY && e->kind != EXPR_NUM &&
	    e->kind != EXPR_STRING)
		put_classes(d, e->classes);
	if (e->mask)
		put_mask(d, e->mask);
	if (!e->sub)
		return NULL;
	strbuf_adds(d->out, e->kind == EXPR_CAST ? " of " : "|");
	return &d->f->exprs[e->sub - 1];
}

static void put_expr(struct dump *d, const struct expr *e)
{
	while (e)
		e = put_head(d, e);
}

static void put_opt(struct dump *d, const char *before, opt_t e)
{
	if (!e)
		return;
	strbuf_adds(d->out, before);
	put_expr(d, &d->f->exprs[e - 1]);
}

/* ---- functions ---- */

static void put_type(struct dump *d, str_t type, unsigned int pointers,
		     str_t name)
{
	strbuf_addf(d->out, "%s ", type ? str(d, type) : "?");
	while (pointers--)
		strbuf_addc(d->out, '*');
	strbuf_adds(d->out, str(d, name));
}

static void put_event(struct dump *d, const struct event *e)
{
	static const char *const kinds[] = {
		"call", "icall", "assign", "return", "guard", "unguard",
		"mask", "use",
	};
	static const char *const ops[] = { " =", " |=", " &=", " ?=" };

	strbuf_addf(d->out, "    #%" PRIu32 " %" PRIu32 ":%u %s",
		    (uint32_t)(e - d->f->events) - d->first_event, e->line,
		    e->column, kinds[e->kind]);
	if (e->kind == EV_CALL || e->kind == EV_ICALL ||
	    e->kind == EV_GUARD || e->kind == EV_UNGUARD) {
		strbuf_addf(d->out, " %s(", str(d, e->name));
		for (unsigned int i = 0; i < e->nr_args; i++)
			put_opt(d, i ? ", " : "", e->args + i + 1);
		strbuf_addc(d->out, ')');
		put_opt(d, " through ", e->target);
		put_opt(d, " -> ", e->value);
	} else {
		put_opt(d, " ", e->target);
		if (e->kind == EV_ASSIGN)
			strbuf_adds(d->out, ops[e->op & 3]);
		put_opt(d, " ", e->value);
		if (e->name)
			strbuf_addf(d->out, " freed by %s", str(d, e->name));
	}
	if (e->flags & EVENT_IMPLICIT)
		strbuf_adds(d->out, " implicit");
	if (e->flags & EVENT_INIT)
		strbuf_adds(d->out, " init");
	if (e->flags & EVENT_TENTATIVE)
		strbuf_adds(d->out, " maybe");
	strbuf_addc(d->out, '\n');
}

static void put_edge(struct dump *d, const struct edge *e)
{
	const struct cond *c;

	strbuf_addf(d->out, "    -> %" PRIu32, e->to);
	if (e->cond) {
		c = &d->f->conds[e->cond - 1];
		strbuf_adds(d->out, e->taken ? " if " : " unless ");
		put_expr(d, &d->f->exprs[c->subject]);
		if (c->kind == COND_CLASS) {
			strbuf_adds(d->out, " in ");
			put_classes(d, c->classes);
		}
		put_opt(d, c->kind == COND_BITS ? " & " :
			   c->kind == COND_MORE ? " > " : " == ", c->operand);
	}
	strbuf_addc(d->out, '\n');
}

static void put_var(struct dump *d, const struct var *v)
{
	strbuf_addf(d->out, "  %s ", v->flags & VAR_PARAM ? "param" : "var");
	if (v->flags & VAR_STATIC)
		strbuf_adds(d->out, "static ");
	if (v->flags & VAR_STRUCT)
		strbuf_adds(d->out, "struct ");
	put_type(d, v->type, v->pointers, v->name);
	if (v->flags & VAR_ARRAY)
		strbuf_adds(d->out, "[]");
	if (v->flags & VAR_FNPTR)
		strbuf_adds(d->out, "()");
	strbuf_addc(d->out, '\n');
}

static void put_func_head(struct dump *d, const struct func *fn)
{
	static const char *const flags[] = {
		"static ", "inline ", "macro ", "void ", "pointer ",
		"BROKEN ", "generated ", "bool ", "init ",
	};

	strbuf_adds(d->out, "function ");
	for (unsigned int i = 0; i < ARRAY_SIZE(flags); i++) {
		if (fn->flags & 1u << i)
			strbuf_adds(d->out, flags[i]);
	}
	strbuf_addf(d->out, "%s", str(d, fn->name));
	if (fn->ret_type)
		strbuf_addf(d->out, " of %s", str(d, fn->ret_type));
	if (fn->maker)
		strbuf_addf(d->out, " by %s", str(d, fn->maker));
	strbuf_addf(d->out, " at %" PRIu32 ":%u-%" PRIu32 "\n", fn->line,
		    fn->column, fn->end_line);
}

static void put_func(struct dump *d, const struct func *fn)
{
	const struct facts *f = d->f;
	uint32_t k = 0;

	d->first_event = fn->first_event;
	put_func_head(d, fn);
	for (uint32_t i = 0; i < fn->nr_vars; i++)
		put_var(d, &f->vars[fn->first_var + i]);
	for (uint32_t i = 0; i < fn->nr_blocks; i++) {
		const struct block *b = &f->blocks[fn->first_block + i];

		strbuf_addf(d->out, "  block %" PRIu32 "\n", i);
		for (uint32_t n = 0; n < b->nr_events; n++)
			put_event(d, &f->events[b->first_event + n]);
		for (; k < fn->nr_edges &&
		     f->edges[fn->first_edge + k].from <= i; k++)
			put_edge(d, &f->edges[fn->first_edge + k]);
	}
	d->first_event = 0;
}

/* ---- everything else ---- */

static void put_members(struct dump *d)
{
	for (uint32_t i = 0; i < d->f->nr_members; i++) {
		const struct member *m = &d->f->members[i];

		strbuf_addf(d->out, "member %s %u: ", str(d, m->owner),
			    m->index);
		put_type(d, m->type, m->pointers, m->name);
		strbuf_addf(d->out, "%s%s%s\n",
			    m->flags & MEMBER_FNPTR ? "()" : "",
			    m->flags & MEMBER_ARRAY ? "[]" : "",
			    m->flags & MEMBER_EMBEDDED ? " embedded" : "");
	}
}

static void put_inits(struct dump *d)
{
	for (uint32_t i = 0; i < d->f->nr_inits; i++) {
		const struct init *in = &d->f->inits[i];

		strbuf_addf(d->out, "init %s %s", str(d, in->type),
			    str(d, in->var));
		for (uint32_t k = 0; k < in->nr_path; k++)
			strbuf_addf(d->out, ".%s",
				    str(d, d->f->words[in->path + k]));
		if (!in->nr_path)
			strbuf_addf(d->out, "[%u]", in->index);
		put_opt(d, " = ", in->value + 1);
		strbuf_addc(d->out, '\n');
	}
}

static void put_aliases(struct dump *d)
{
	static const char *const kinds[] = { "typedef", "macro", "fntype" };

	for (uint32_t i = 0; i < d->f->nr_aliases; i++) {
		const struct alias *a = &d->f->aliases[i];

		strbuf_addf(d->out, "alias %s %s", kinds[a->kind],
			    str(d, a->name));
		strbuf_addf(d->out, " %s", str(d, a->to));
		for (unsigned int k = 0; k < a->pointers; k++)
			strbuf_addc(d->out, '*');
		put_opt(d, " = ", a->value);
		strbuf_addc(d->out, '\n');
	}
}

static void put_names(struct dump *d)
{
	const struct facts *f = d->f;

	for (uint32_t i = 0; i < f->nr_globals; i++) {
		const struct global *g = &f->globals[i];

		strbuf_adds(d->out, "global ");
		if (g->flags & VAR_STATIC)
			strbuf_adds(d->out, "static ");
		put_type(d, g->type, g->pointers, g->name);
		strbuf_adds(d->out, g->flags & VAR_FNPTR ? "()\n" : "\n");
	}
	for (uint32_t i = 0; i < f->nr_protos; i++) {
		const struct proto *p = &f->protos[i];

		strbuf_adds(d->out, "proto ");
		put_type(d, p->ret_type, p->pointers, p->name);
		strbuf_addc(d->out, '\n');
	}
	for (uint32_t i = 0; i < f->nr_topmacros; i++) {
		const struct topmacro *m = &f->topmacros[i];

		strbuf_addf(d->out, "topmacro %" PRIu32 " %s", m->line,
			    str(d, m->name));
		for (uint32_t k = 0; k < m->nr_args; k++)
			strbuf_addf(d->out, " %s",
				    str(d, f->words[m->args + k]));
		strbuf_addc(d->out, '\n');
	}
}

static void put_sites(struct dump *d)
{
	static const char *const hows[] = {
		"arg", "assign", "field", "init", "return", "macro", "other",
	};
	static const char *const forms[] = {
		"word", "clear", "assembled", "noop",
	};

	for (uint32_t i = 0; i < d->f->nr_sites; i++) {
		const struct site *s = &d->f->sites[i];
		const struct func *fn = s->func ?
			&d->f->funcs[s->func - 1] : NULL;

		strbuf_addf(d->out, "site %" PRIu32 ":%u +%" PRIu32 ",%" PRIu32
			    " %s %s %s", s->line, s->column, s->offset, s->len,
			    hows[s->how], forms[s->form],
			    s->restriction == RESTRICT_NOIO ? "noio" : "nofs");
		strbuf_addf(d->out, " `%s` to %s", str(d, s->text),
			    str(d, s->callee));
		if (s->how == SITE_ARG)
			strbuf_addf(d->out, "(%u)", s->arg);
		if (fn)
			strbuf_addf(d->out, " in %s", str(d, fn->name));
		if (fn && s->event)
			strbuf_addf(d->out, " #%" PRIu32,
				    s->event - 1 - fn->first_event);
		strbuf_addc(d->out, ' ');
		put_mask(d, s->mask);
		strbuf_addc(d->out, '\n');
	}
}

static void put_notes(struct dump *d)
{
	static const char *const kinds[] = {
		"unbalanced-if", "broken-function", "limit", "unterminated",
		"binary", "odd",
	};

	for (uint32_t i = 0; i < d->f->nr_notes; i++) {
		const struct note *n = &d->f->notes[i];

		strbuf_addf(d->out, "note %" PRIu32 " %s %s", n->line,
			    kinds[n->kind], str(d, n->text));
		if (n->func)
			strbuf_addf(d->out, " in %s",
				    str(d, d->f->funcs[n->func - 1].name));
		strbuf_addc(d->out, '\n');
	}
}

static void put_roles(struct dump *d)
{
	static const char *const roles[] = {
		"site", "test", "definition", "table", "dropped", "directive",
		"grant", "unread",
	};

	strbuf_addf(d->out, "lines %" PRIu32 "\n", d->f->nr_lines);
	for (unsigned int i = 0; i < TOKEN_NR_ROLES; i++) {
		if (d->f->roles[i])
			strbuf_addf(d->out, "tokens %s %" PRIu32 "\n",
				    roles[i], d->f->roles[i]);
	}
}

void facts_dump(const struct facts *f, struct strbuf *out)
{
	struct dump d = { .f = f, .out = out };

	put_roles(&d);
	put_notes(&d);
	put_sites(&d);
	put_names(&d);
	put_aliases(&d);
	put_members(&d);
	put_inits(&d);
	for (uint32_t i = 0; i < f->nr_funcs; i++)
		put_func(&d, &f->funcs[i]);
}
