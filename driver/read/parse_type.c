// SPDX-License-Identifier: GPL-2.0-only
/*
 * Declaration specifiers and declarators. Types are not known by name, so it
 * is the shape of the tokens that tells a declaration from an expression, as
 * it does for a human reader.
 */
#include <string.h>

#include "read/parser.h"

/* ---- specifiers ---- */

uint32_t skip_attributes(struct parser *p)
{
	uint32_t cleanup = 0;

	for (;;) {
		uint32_t id = word(p);
		uint32_t open = p->pos + 1;

		switch (class_of_id(id)) {
		case CLS_ATTRIBUTE: case CLS_ASM:
			p->pos++;
			if (kind(p) != '(')
				break;
			if (id == WORD___free || id == WORD___cleanup)
				cleanup = word_at(p, open + 1);
			skip_group(p);
			break;
		case CLS_QUALIFIER:
			p->pos++;
			break;
		default:
			return cleanup;
		}
	}
}

static void take_storage(struct specs *s, uint32_t id)
{
	switch (id) {
	case WORD_static: case WORD_STATIC:
		s->func_flags |= FUNC_STATIC;
		s->var_flags |= VAR_STATIC;
		break;
	case WORD_extern:
		s->var_flags |= VAR_EXTERN;
		break;
	case WORD_typedef:
		s->is_typedef = true;
		break;
	case WORD_inline: case WORD___inline: case WORD___inline__:
	case WORD___always_inline:
		s->func_flags |= FUNC_INLINE;
		break;
	}
}

/* `unsigned long int` is a long: which word says more? */
static int rank_of(uint32_t id)
{
	switch (id) {
	case WORD_unsigned: case WORD_signed: case WORD___signed__:
		return 0;
	case WORD_int:
		return 1;
	case WORD_long: case WORD_short:
		return 2;
	default:
		return 3;
	}
}

static void take_basic(struct specs *s, uint32_t id)
{
	if (class_of_id(s->type) != CLS_BASIC ||
	    rank_of(id) > rank_of(s->type))
		s->type = id;
	if (id == WORD_void)
		s->is_void = true;
	if (id == WORD_bool || id == WORD__Bool)
		s->func_flags |= FUNC_BOOL;
}

uint32_t anonymous_tag(struct parser *p, uint32_t i)
{
	return make_id(p, "<anon>%u:%u", p->t[i].line, p->t[i].column);
}

static void take_tag(struct parser *p, struct specs *s)
{
	bool is_enum = word(p) == WORD_enum;
	uint32_t at = p->pos++;

	skip_attributes(p);
	s->type = 0;
	if (kind(p) == TOK_NAME && class_of_id(word(p)) != CLS_STATEMENT)
		s->type = p->t[p->pos++].id;
	if (kind(p) == TOK_NAME && kind_at(p, p->pos + 1) == '{' &&
	    id_starts(p, s->type, "__"))
		s->type = p->t[p->pos++].id;	/* struct __packed_x tag { */
	if (!is_enum)
		s->var_flags |= VAR_STRUCT;
	skip_attributes(p);
	skip_marks(p);
	if (kind(p) != '{')
		return;
	s->has_body = true;
	if (is_enum) {
		scan_enum(p);
	} else {
		if (!s->type)
			s->type = anonymous_tag(p, at);
		parse_members(p, s->type);
	}
}

/* Does a type or a name stand at @i, behind what may be an annotation? */
static bool begins_declarator(struct parser *p, uint32_t i)
{
	uint8_t cls = class_at(p, i);

	if (kind_at(p, i) != TOK_NAME)
		return kind_at(p, i) == '*';
	return cls != CLS_ATTRIBUTE && cls != CLS_STATEMENT &&
	       !id_starts(p, word_at(p, i), "__");
}

/* There is a type already: is the identifier at @at still no declarator? */
static bool is_specifier(struct parser *p, uint32_t at, bool named)
{
	uint32_t i = at + 1;

	if (kind_at(p, i) == '*')
		return named || id_starts(p, word_at(p, at), "__");
	while (class_at(p, i) == CLS_QUALIFIER ||
	       class_at(p, i) == CLS_ATTRIBUTE || class_at(p, i) == CLS_ASM) {
		i++;
		if (kind_at(p, i) == '(')
			i = close_of(p, i) + 1;
	}
	return kind_at(p, i) == TOK_NAME || kind_at(p, i) == '*';
}

/*
 * An identifier among the specifiers: the type, unless there is one already;
 * then a macro that expands to an annotation. Return: it was no declarator.
 */
static bool take_name(struct parser *p, struct specs *s, bool *named)
{
	uint32_t id = word(p), at = p->pos;
	unsigned int next = kind_at(p, at + 1);
	bool typed = s->type || s->is_void;

	if (next == '(' && id_starts(p, id, "__")) {
		uint32_t behind = close_of(p, at + 1) + 1;

		if ((kind_at(p, at + 2) == TOK_STR &&
		     kind_at(p, behind) != ';') ||
		    begins_declarator(p, behind)) {
			p->pos = behind;
			return true;
		}
	}
	if (next == '(' && !typed &&
	    (s->is_typedef || kind_at(p, at + 2) == '*') &&
	    kind_at(p, close_of(p, at + 1) + 1) == '(') {
		s->type = id;	/* foo_t (*fn)(..), typedef foo_t (fn)(..) */
		p->pos++;
		return true;
	}
	if (next != TOK_NAME && next != '*')
		return false;
	if (typed && !is_specifier(p, at, *named))
		return false;
	if (!typed || (*named && !id_starts(p, id, "__"))) {
		s->type = id;
		*named = true;
	}
	p->pos++;
	return true;
}

void parse_specs(struct parser *p, struct specs *s)
{
	uint32_t start = p->pos;
	bool named = false;

	memset(s, 0, sizeof(*s));
	for (;; s->any = p->pos > start) {
		uint32_t id = word(p);

		switch (class_of_id(id)) {
		case CLS_STORAGE:
			take_storage(s, id);
			p->pos++;
			break;
		case CLS_QUALIFIER:
			if (id >= WORD___init && id <= WORD___exit_or_module)
				s->func_flags |= FUNC_INIT;
			p->pos++;
			break;
		case CLS_BASIC:
			take_basic(s, id);
			named = false;
			p->pos++;
			break;
		case CLS_TAG:
			take_tag(p, s);
			named = false;
			break;
		case CLS_TYPEOF:
			p->pos++;
			if (kind(p) == '(')
				skip_group(p);
			s->type = s->type ? s->type : id;
			break;
		case CLS_ATTRIBUTE:
			skip_attributes(p);
			break;
		case CLS_NONE: case CLS_TYPENAME: case CLS_SAME:
		case CLS_CONFIG: case CLS_SYNTAX:
			if (!id || !take_name(p, s, &named))
				goto out;
			break;
		default:
			goto out;
		}
	}
out:
	if (class_of_id(s->type) == CLS_TYPEOF)
		s->type = 0;
}

/* ---- declarators ---- */

static void pass_stars(struct parser *p, struct declarator *d)
{
	for (;;) {
		if (kind(p) == '*') {
			if (d->pointers < UINT8_MAX)
				d->pointers++;
			p->pos++;
			continue;
		}
		if (class_at(p, p->pos) == CLS_QUALIFIER ||
		    class_at(p, p->pos) == CLS_ATTRIBUTE)
			skip_attributes(p);
		else if (d->pointers && kind(p) == TOK_NAME &&
			 id_starts(p, word(p), "__") &&
			 kind_at(p, p->pos + 1) == TOK_NAME)
			p->pos++;	/* an annotation we do not know */
		else
			return;
	}
}

/* `(*name)(..)`, `(*name[N])(..)`, `(*name(params))(..)`, `(name)(params)` */
static void parse_nested(struct parser *p, struct declarator *d)
{
	uint32_t close = close_of(p, p->pos);
	bool pointer = false;

	for (p->pos++; p->pos < close; p->pos++) {
		if (kind(p) == '*' || kind(p) == '^')
			pointer = true;
		else if (kind(p) == TOK_NAME &&
			 (class_of_id(word(p)) == CLS_NONE ||
			  class_of_id(word(p)) >= CLS_TYPENAME) &&
			 kind_at(p, p->pos + 1) != TOK_NAME &&
			 kind_at(p, p->pos + 1) != '*')
			break;
		else if (kind(p) == '(')
			p->pos = close_of(p, p->pos);
	}
	if (p->pos < close) {
		d->at = p->pos;
		d->name = word(p);
		p->pos++;
		if (kind(p) == '(') {
			d->is_function = true;
			d->params = p->pos;
			d->pointers += pointer;
			pointer = false;
		} else if (kind(p) == '[') {
			d->flags |= VAR_ARRAY;
		}
	}
	p->pos = close < p->end ? close + 1 : p->end;
	if (kind(p) != '(') {
		d->pointers += pointer;
		return;
	}
	if (pointer)
		d->flags |= VAR_FNPTR;
	else if (!d->is_function) {
		d->is_function = true;
		d->params = p->pos;
	}
	skip_group(p);
}

static void parse_suffixes(struct parser *p, struct declarator *d)
{
	for (;;) {
		uint32_t cleanup;

		switch (kind(p)) {
		case '[':
			d->flags |= VAR_ARRAY;
			skip_group(p);
			continue;
		case '(':
			if (!d->is_function) {
				d->is_function = true;
				d->params = p->pos;
			}
			skip_group(p);
			continue;
		case TOK_NAME:
			cleanup = skip_attributes(p);
			if (cleanup)
				d->cleanup = cleanup;
			if (class_at(p, p->pos) != CLS_NONE ||
			    kind(p) != TOK_NAME)
				return;
			if (!id_starts(p, word(p), "__") &&
			    (!is_shouting(p, word(p)) ||
			     tok(p)->flags & TOK_FIRST))
				return;
			p->pos++;	/* an annotation we do not know */
			if (kind(p) == '(')
				skip_group(p);
			continue;
		default:
			return;
		}
	}
}

void parse_declarator(struct parser *p, struct declarator *d)
{
	memset(d, 0, sizeof(*d));
	pass_stars(p, d);
	d->at = p->pos;
	if (kind(p) == '(') {
		parse_nested(p, d);
	} else if (kind(p) == TOK_NAME &&
		   class_of_id(word(p)) != CLS_STATEMENT) {
		d->name = word(p);
		p->pos++;
		if (kind(p) == '(') {
			d->is_function = true;
			d->params = p->pos;
			skip_group(p);
			if (kind(p) == '(')
				return;		/* MACRO(name)(params) */
		}
	}
	parse_suffixes(p, d);
}

/* ---- is it a declaration? ---- */

static uint32_t pass_qualifiers(struct parser *p, uint32_t i)
{
	while (class_at(p, i) == CLS_QUALIFIER || kind_at(p, i) == '*')
		i++;
	return i;
}

/* `name name`, `name *name =`: the first is a type. */
static bool is_typed_name(struct parser *p)
{
	uint32_t i = p->pos + 1;
	unsigned int k = kind_at(p, i);

	if (k == TOK_NAME) {
		uint8_t cls = class_at(p, i);

		if (cls == CLS_STATEMENT || cls == CLS_ASM)
			return false;
		if (cls != CLS_NONE)
			return cls != CLS_UNEVALUATED && cls != CLS_CONSTANT;
		k = kind_at(p, i + 1);
		return k == ';' || k == '=' || k == ',' || k == '[' ||
		       k == TOK_NAME ||
		       (k == '(' && !(p->t[i].flags & TOK_FIRST));
	}
	if (k == '(' && kind_at(p, i + 1) == '*' &&
	    kind_at(p, i + 2) == TOK_NAME && kind_at(p, i + 3) == ')')
		return kind_at(p, i + 4) == '(';
	if (k != '*')
		return false;
	i = pass_qualifiers(p, i);
	if (kind_at(p, i) != TOK_NAME)
		return false;
	k = kind_at(p, i + 1);
	return k == ';' || k == '=' || k == ',' || k == '[' || k == TOK_EOF ||
	       k == TOK_NAME;
}

bool is_declaration(struct parser *p)
{
	switch (class_at(p, p->pos)) {
	case CLS_STORAGE: case CLS_BASIC: case CLS_TAG:
		return true;
	case CLS_TYPEOF: case CLS_QUALIFIER:
		return word(p) != WORD___extension__ ||
		       kind_at(p, p->pos + 1) == TOK_NAME;
	case CLS_ATTRIBUTE:
		return kind_at(p, p->pos + 1) != '(' ||
		       kind_at(p, close_of(p, p->pos + 1) + 1) == TOK_NAME;
	case CLS_NONE: case CLS_TYPENAME: case CLS_SYNTAX:
		return word(p) && is_typed_name(p);
	default:
		return false;
	}
}

/* ---- casts ---- */

struct type_scan {
	uint32_t type;
	bool keyword;	/* a word that only a type can have */
	bool named, pointer;
};

/* One word of what may be a type at @i. Return: the next token, 0: no type. */
static uint32_t scan_type_word(struct parser *p, uint32_t i,
			       struct type_scan *s)
{
	switch (class_at(p, i)) {
	case CLS_TAG:
		s->keyword = true;
		if (kind_at(p, i + 1) != TOK_NAME)
			return 0;
		s->type = p->t[i + 1].id;
		return i + 2;
	case CLS_BASIC:
		s->keyword = true;
		s->type = word_at(p, i);
		return i + 1;
	case CLS_TYPEOF:
		s->keyword = true;
		i++;
		if (kind_at(p, i) == '(')
			i = close_of(p, i) + 1;
		return i;
	case CLS_ATTRIBUTE:
		i++;
		return kind_at(p, i) == '(' ? close_of(p, i) + 1 : i;
	case CLS_QUALIFIER: case CLS_STORAGE:
		return i + 1;
	case CLS_NONE: case CLS_TYPENAME:
		if (s->keyword || s->named || s->pointer)
			return id_starts(p, word_at(p, i), "__") ? i + 1 : 0;
		s->named = true;
		s->type = word_at(p, i);
		return i + 1;
	default:
		return 0;
	}
}

static bool scan_type(struct parser *p, uint32_t i, uint32_t close,
		      struct type_scan *s)
{
	while (i && i < close) {
		switch (p->t[i].kind) {
		case TOK_NAME:
			i = scan_type_word(p, i, s);
			break;
		case '*':
			if (!s->keyword && !s->named)
				return false;
			s->pointer = true;
			i++;
			break;
		case '[':
			i = close_of(p, i) + 1;
			break;
		case '(':
			if ((!s->keyword && !s->named) ||
			    kind_at(p, i + 1) != '*')
				return false;
			s->pointer = true;
			s->type = 0;
			i = close_of(p, i) + 1;
			if (kind_at(p, i) == '(')
				i = close_of(p, i) + 1;
			break;
		default:
			return false;
		}
	}
	return i == close && (s->keyword || s->named);
}

/* Is token @i, behind `(name)`, one that only an operand begins with? */
static bool begins_operand(struct parser *p, uint32_t i, bool surely_type)
{
	switch (kind_at(p, i)) {
	case TOK_NAME:
		return class_at(p, i) != CLS_STATEMENT;
	case TOK_NUM: case TOK_CHAR: case TOK_STR: case '{': case '!':
	case '~':
		return true;
	case '(': case '&': case '*': case '-': case '+': case TOK_INC:
	case TOK_DEC:
		return surely_type;
	default:
		return false;
	}
}

bool is_cast(struct parser *p, uint32_t i, uint32_t *type, bool *pointer)
{
	uint32_t close = close_of(p, i);
	struct type_scan s = { 0 };
	bool surely;

	if (kind_at(p, i + 1) != TOK_NAME || close >= p->end ||
	    !scan_type(p, i + 1, close, &s))
		return false;
	surely = s.keyword || s.pointer ||
		 class_of_id(s.type) == CLS_TYPENAME ||
		 id_ends(p, s.type, "_t");
	if (!begins_operand(p, close + 1, surely))
		return false;
	if (type)
		*type = s.type;
	if (pointer)
		*pointer = s.pointer;
	return true;
}
