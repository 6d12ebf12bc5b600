// SPDX-License-Identifier: GPL-2.0-only
/*
 * For people who wonder what became of an #if or a macro.
 */
#include "read/dump_tokens.h"

#include <inttypes.h>

static const char *const multi[] = {
	"->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||",
	"...", "##", "|=", "&=", "op=",
};

static void put_token(const struct source *src, const struct strtab *strings,
		      const struct token *t, struct strbuf *out)
{
	switch (t->kind) {
	case TOK_NAME:
		strbuf_add(out, strings->v[t->id].s, strings->v[t->id].len);
		break;
	case TOK_NUM: case TOK_CHAR: case TOK_STR:
		strbuf_add(out, src->text + t->offset, t->id);
		break;
	case TOK_PP_IF:
		strbuf_adds(out, "<if>");
		break;
	case TOK_PP_ELSE:
		strbuf_adds(out, t->flags & TOK_LAST_ARM ? "<else>" : "<elif>");
		break;
	case TOK_PP_ENDIF:
		strbuf_adds(out, "<endif>");
		break;
	default:
		if (t->kind >= TOK_ARROW)
			strbuf_adds(out, multi[t->kind - TOK_ARROW]);
		else
			strbuf_addc(out, t->kind);
	}
}

static void put_tokens(const struct source *src, const struct strtab *strings,
		       const struct token *t, uint32_t nr, struct strbuf *out)
{
	uint32_t line = 0;

	for (uint32_t i = 0; i < nr; i++) {
		if (t[i].line != line)
			strbuf_addf(out, "%s%" PRIu32 ":", i ? "\n" : "",
				    t[i].line);
		line = t[i].line;
		strbuf_addc(out, ' ');
		put_token(src, strings, &t[i], out);
	}
	if (nr)
		strbuf_addc(out, '\n');
}

void dump_tokens(const struct source *src, const struct strtab *strings,
		 struct strbuf *out)
{
	put_tokens(src, strings, src->tokens.v, src->tokens.nr, out);
	for (uint32_t i = 0; i < src->nr_macros; i++) {
		const struct macro *m = &src->macros[i];

		strbuf_adds(out, "#define ");
		strbuf_add(out, strings->v[m->name].s,
			   strings->v[m->name].len);
		strbuf_addc(out, '\n');
		put_tokens(src, strings, src->macro_tokens.v + m->first, m->nr,
			   out);
	}
}
