/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside the parser: its state and who does what. Nothing outside of
 * driver/read includes this.
 *
 *	parse_file.c	declarations at file level, function definitions
 *	parse_macro.c	#define bodies
 *	parse_type.c	specifiers, declarators, casts
 *	parse_struct.c	members, parameters, enumerators
 *	parse_init.c	initialisers
 *	parse_stmt.c	statements: the control-flow graph
 *	parse_jump.c	labels, goto, return, guards
 *	parse_switch.c	switch, BUG_ON()
 *	cond.c		conditions: short circuits, what an edge proves
 *	fork.c		?: that decides what is stored or returned
 *	parse_expr.c	expressions: values and assignments
 *	assign.c	assignments
 *	parse_call.c	calls and what looks like one
 *	mask.c		mask words, sites
 *	parse_util.c	looking at tokens and words; notes
 *	value.c		values as expressions of the facts
 *	value_ops.c	what operators make of values
 *	cfg.c		blocks, edges, events of one function
 */
#ifndef READ_PARSER_H
#define READ_PARSER_H

#include "read/builder.h"
#include "read/idmap.h"
#include "read/lex.h"
#include "read/words.h"

/* Nesting that is followed; the stack stays below a megabyte. */
#define MAX_DEPTH 200
#define MAX_PARTS 64
#define MAX_ARGS 250
/* Guards that are held at a time: every return releases all of them. */
#define MAX_GUARDS 50
#define NO_BLOCK UINT32_MAX

/* What a value says when it is used as a condition. */
enum test_kind {
	TEST_VALUE,	/* true when it is not zero */
	TEST_CLASS,	/* true when it is one of test_classes */
	TEST_BITS,	/* true when value & test_operand is not zero */
	TEST_EQUAL,	/* true when value == test_operand */
	TEST_MORE,	/* true when value > test_operand */
	TEST_OPAQUE,	/* nothing */
};

/*
 * What an expression evaluates to, before it becomes a struct expr. Fields as
 * there, but strings are ids of the string table and parts lie in
 * parser.words.
 */
struct value {
	uint8_t kind, ops, nr_parts, classes;
	uint16_t mask;
	uint8_t test;			/* enum test_kind */
	uint8_t test_classes;
	bool negated;			/* the test is turned round */
	bool derefs;			/* first member is reached by -> */
	uint32_t base, parts;
	opt_t sub;
	opt_t test_operand;		/* facts.exprs */
	uint32_t first_mask, end_mask;	/* its words in parser.masks_seen */
	uint32_t first, end;		/* its tokens */
};

/* A mask word that was met and whose role is not known yet. */
struct mask_seen {
	uint32_t token;
	uint32_t word;			/* in mask_table.words */
	uint32_t first, end;		/* tokens of the ~(..) around it */
	bool negated;
	bool follows;			/* part of the group of an earlier one */
	bool done;
};

/* What `goto` in a loop or switch means; a pair of blocks. */
struct jump {
	uint32_t to;			/* NO_BLOCK: nowhere */
	uint32_t nr_guards;		/* guards that stay held there */
};

struct switch_state {
	uint32_t head;			/* NO_BLOCK: cannot be reached */
	opt_t subject;
	bool inside, has_default;
};

/* A guard that is held. */
struct guard {
	str_t name;
	opt_t value;
	uint32_t args;
	uint8_t nr_args;
	uint32_t at, end;		/* tokens: its own, the one that ends
					 * its block */
};

/* A variable that was dereferenced and where, see EV_USE. */
struct use {
	uint32_t id, at;
};

/* The function that is being read. */
struct function_state {
	opt_t func;			/* facts.funcs; 0: file level */
	struct builder_mark start;	/* what was there before it */
	uint32_t first_block, first_edge;	/* in the builder */
	uint32_t block;			/* current; NO_BLOCK: unreachable */
	struct jump on_break, on_continue;
	struct switch_state in_switch;
	unsigned int tentative;		/* depth of ?:, && and || */
	uint32_t after_guard;		/* see parse_guard() */
	uint32_t end;			/* token behind its body */
	bool labels_found;		/* label_at is complete */
	bool broken;
};

struct parser {
	struct builder *b;
	struct strtab *strings;
	struct arena *arena;		/* for made-up strings */
	const struct mask_table *masks;
	struct source *src;
	struct token *t;		/* the tokens that are being read */
	uint32_t pos, end;		/* next token; tokens before end */
	unsigned int depth;
	bool in_macro;		/* of a #define */
	struct function_state fn;
	struct event no_event;		/* what file level emits goes here */
	struct idmap labels;		/* label -> block */
	struct idmap label_at;		/* label that was seen -> token */
	struct idmap vars;		/* variable -> index in facts.vars */
	struct idmap shown;		/* parameter whose use was shown */
	struct idmap names, locals;	/* scratch of tidy_function() */
	struct idmap stringifies;	/* macro with # in its body */
	struct idmap loops;		/* is a name that of a loop macro? */
	uint32_t *words, nr_words, cap_words;
	struct mask_seen *masks_seen;
	uint32_t nr_masks_seen, cap_masks_seen;
	struct value *args;		/* arguments of the calls being read */
	struct expr *arg_exprs;		/* the same, as expressions */
	uint32_t nr_args, cap_args, cap_arg_exprs;
	uint32_t *path, nr_path, cap_path;	/* members, see parse_init.c */
	uint32_t path_base;
	struct guard *guards;
	uint32_t nr_guards, cap_guards;
	uint32_t *label_blocks, nr_label_blocks, cap_label_blocks;
	uint32_t *computed, nr_computed, cap_computed;
	struct use *uses;
	uint32_t nr_uses, cap_uses;
	struct value last;		/* of the last expression statement */
};

/* ---- tokens ---- */

static inline const struct token *tok(const struct parser *p)
{
	return &p->t[p->pos];
}

static inline unsigned int kind_at(const struct parser *p, uint32_t i)
{
	return i < p->end ? p->t[i].kind : TOK_EOF;
}

static inline unsigned int kind(const struct parser *p)
{
	return kind_at(p, p->pos);
}

static inline uint32_t word_at(const struct parser *p, uint32_t i)
{
	return kind_at(p, i) == TOK_NAME ? p->t[i].id : WORD_NONE;
}

static inline uint32_t word(const struct parser *p)
{
	return word_at(p, p->pos);
}

static inline bool accept(struct parser *p, unsigned int k)
{
	if (kind(p) != k)
		return false;
	p->pos++;
	return true;
}

static inline bool is_mark_kind(unsigned int k)
{
	return k >= TOK_PP_IF && k <= TOK_PP_ENDIF;
}

extern const uint8_t word_classes[NR_WORDS];

/* enum word_class of a string id. */
static inline uint8_t class_of_id(uint32_t id)
{
	return id < NR_WORDS ? word_classes[id] : CLS_NONE;
}

static inline uint8_t class_at(const struct parser *p, uint32_t i)
{
	return class_of_id(word_at(p, i));
}

const char *id_str(const struct parser *p, uint32_t id, uint32_t *len);
bool id_starts(const struct parser *p, uint32_t id, const char *prefix);
bool id_ends(const struct parser *p, uint32_t id, const char *suffix);
bool id_has(const struct parser *p, uint32_t id, const char *part);
/** is_shouting() - no small letter in it, as in names of constants. */
bool is_shouting(const struct parser *p, uint32_t id);
/** make_id() - the id of a made-up string. */
uint32_t make_id(struct parser *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/** close_of() - the bracket that closes the one at @i; p->end without one. */
uint32_t close_of(const struct parser *p, uint32_t i);
/** skip_group() - past the group whose opening bracket is next. */
void skip_group(struct parser *p);
void skip_marks(struct parser *p);

/** broken() - the function is not understood at token @i. */
void broken(struct parser *p, enum note_kind why, uint32_t i,
	    const char *text);
void add_note(struct parser *p, enum note_kind what, uint32_t line,
	      const char *text);
/** too_deep() - enter a level; at the bound: note it and say true. Each call
 * that said false needs a p->depth-- afterwards. */
bool too_deep(struct parser *p);

/* ---- parse_type.c ---- */

struct specs {
	uint32_t type;		/* string id, 0: none */
	uint16_t func_flags;	/* FUNC_STATIC, FUNC_INLINE, .. */
	uint8_t var_flags;	/* VAR_STATIC, VAR_EXTERN, VAR_STRUCT */
	bool is_typedef;
	bool is_void;
	bool any;		/* something was there */
	bool has_body;		/* struct, union or enum with a body */
};

struct declarator {
	uint32_t name;		/* string id, 0: none */
	uint32_t at;		/* token of the name */
	uint8_t pointers;
	uint8_t flags;		/* VAR_FNPTR, VAR_ARRAY */
	bool is_function;	/* name(params) */
	uint32_t params;	/* token of `(`, 0: none */
	uint32_t cleanup;	/* __free(name), 0: none */
};

/** parse_specs() - declaration specifiers up to the declarator. */
void parse_specs(struct parser *p, struct specs *s);
void parse_declarator(struct parser *p, struct declarator *d);
bool is_declaration(struct parser *p);
/** is_type_name() - the `(` at @i begins a cast or compound literal. @type:
 * its tag or typedef; @basic: an arithmetic type or void. */
bool is_cast(struct parser *p, uint32_t i, uint32_t *type, bool *pointer);
/** skip_attributes() - past annotations; the name in __free() or 0. */
uint32_t skip_attributes(struct parser *p);
void parse_members(struct parser *p, uint32_t owner);
void parse_params(struct parser *p, uint32_t open);
void scan_enum(struct parser *p);
uint32_t anonymous_tag(struct parser *p, uint32_t i);

/* ---- parse_init.c ---- */

struct object {			/* what is initialised */
	uint32_t type, var;	/* string ids */
	uint32_t line;
};

/** parse_init() - at the `{` or the expression of an initialiser. @o NULL:
 * entries without brackets, up to p->end, of an object that is not known. */
void parse_init(struct parser *p, const struct object *o);

/* ---- parse_stmt.c, parse_jump.c ---- */

void parse_stmt(struct parser *p);
/** parse_block() - statements up to token @end. */
void parse_block(struct parser *p, uint32_t end);
/** parse_declaration() - a local one. */
void parse_declaration(struct parser *p);
bool parse_jump_stmt(struct parser *p);
bool parse_label(struct parser *p);
void parse_switch(struct parser *p);
void parse_case(struct parser *p);
void parse_guard(struct parser *p, bool scoped);
void parse_scoped(struct parser *p, uint32_t out, uint32_t keep);
void parse_class_var(struct parser *p);
void parse_bug_on(struct parser *p);
void release_guards(struct parser *p, uint32_t keep);
void jump_to_label(struct parser *p, uint32_t id);
void labels_begin(struct parser *p);
void labels_end(struct parser *p);
void take_label_address(struct parser *p, uint32_t id);

/* ---- cond.c ---- */

struct branch {			/* edges whose target is not known yet, */
	opt_t on_true;		/* chained by edge.to */
	opt_t on_false;
};

/** parse_cond() - the condition in tokens up to @end, from p->pos. */
void parse_cond(struct parser *p, uint32_t end, struct branch *br);
/** branch_class() - one way if @v is one of @classes, the other if not. */
void branch_class(struct parser *p, const struct value *v,
		  unsigned int classes, struct branch *br);
/** patch() - let all edges of chain @list lead to @block. */
void patch(struct parser *p, opt_t list, uint32_t block);

/* ---- fork.c ---- */

/* What becomes of a value that several paths give. */
struct fork {
	void (*take)(struct parser *p, struct fork *f, struct value *v);
	bool truth;		/* a && b is two paths, too */
	uint32_t at;		/* token of the operator or `return` */
	unsigned int op, flags;	/* see assign() */
	struct value *to;
	unsigned int classes;	/* of all values together */
};

/** fork_value() - read the expression at p->pos and let f->take() have its
 * value, on each path that one of its ?: makes. */
void fork_value(struct parser *p, struct fork *f);

/* ---- parse_expr.c ---- */

void parse_expr(struct parser *p, struct value *v);	/* with commas */
void parse_assign(struct parser *p, struct value *v);	/* without */
/** parse_operand() - operators above && only. */
void parse_operand(struct parser *p, struct value *v);
/** parse_case_value() - the constant of a case label. */
void parse_case_value(struct parser *p, struct value *v);
/** assign_rest() - v is an lvalue and an assignment operator is next. */
void assign_rest(struct parser *p, struct value *v);
/** assign_value() - read what @to is set to by the operator before p->pos.
 * Return: its classes. */
unsigned int assign_value(struct parser *p, struct value *to, uint32_t at,
			  unsigned int flags);
/** assign() - @to takes @from by the operator at token @at. */
void assign(struct parser *p, struct value *to, struct value *from,
	    uint32_t at, unsigned int op, unsigned int flags);
void value_init(struct parser *p, struct value *v);
void value_other(struct value *v, unsigned int classes);
/** value_classes() - what it can evaluate to, its test included. */
unsigned int value_classes(const struct value *v);
void value_name(struct parser *p, struct value *v, uint32_t id);
bool is_assign_op(unsigned int k);
/** value_expr() - as an expression of the facts. */
struct expr value_expr(struct parser *p, const struct value *v);
/** value_store() - the same, stored. */
opt_t value_store(struct parser *p, const struct value *v);
/** value_subject() - what its test is about, stored. */
opt_t value_subject(struct parser *p, const struct value *v);
/** value_operand() - what a test compares with, stored; says nothing of uses. */
opt_t value_operand(struct parser *p, const struct value *v);
void value_add_part(struct parser *p, struct value *v, uint32_t id);

/* ---- value_ops.c: what operators make of values ---- */

void combine(struct parser *p, struct value *l, struct value *r,
	     unsigned int op);
void apply_prefix(struct parser *p, struct value *v, unsigned int op);
void choose(struct parser *p, struct value *a, const struct value *b);

/* ---- parse_call.c ---- */

/** parse_call() - @v is called; the `(` is next. @at: token of the name. */
void parse_call(struct parser *p, struct value *v, uint32_t at);
/** parse_args() - arguments up to the bracket that closes; pushed to p->args.
 * Return: how many. */
uint32_t parse_args(struct parser *p, uint32_t close);
/** store_args() - the last @nr of p->args as a run of expressions. */
uint32_t store_args(struct parser *p, uint32_t nr);
void parse_asm(struct parser *p);
void parse_generic(struct parser *p, struct value *v);

/* ---- mask.c ---- */

/** mask_meet() - the word at p->pos: its mask bits, noted as seen. */
uint16_t mask_meet(struct parser *p);
/** mask_count() - count the mask words among tokens [@first, @end) that
 * nobody has met. */
void mask_count(struct parser *p, uint32_t first, uint32_t end, int role);
/** mask_negate() - `~` at token @at stands before @v. */
void mask_negate(struct parser *p, struct value *v, uint32_t at);
/** mask_tested() - the words of @v are only looked at; none is left in it. */
void mask_tested(struct parser *p, struct value *v);
void mask_role(struct parser *p, uint32_t first, uint32_t end, int role);
/** mask_sites() - the words of @v restrict: make sites of them. @how: enum
 * site_how; @callee: string id; @event: in facts.events, 0: none */
void mask_sites(struct parser *p, const struct value *v, int how,
		unsigned int arg, uint32_t callee, opt_t event);
/** mask_returned() - the words of @v are in the value of the last event, a
 * return of the current function. */
void mask_returned(struct parser *p, const struct value *v);
/** mask_rest() - what is left from @first on becomes SITE_OTHER. */
void mask_rest(struct parser *p, uint32_t first);

/* ---- cfg.c ---- */

void function_begin(struct parser *p, uint32_t func);
void function_end(struct parser *p);
uint32_t new_block(struct parser *p);
/** start_block() - events go to @block from now on. */
void start_block(struct parser *p, uint32_t block);
/** add_edge() - from the current block. */
void add_edge(struct parser *p, uint32_t to);
opt_t add_edge_if(struct parser *p, uint32_t from, uint32_t to, opt_t cond,
		  bool taken);
/** emit() - append an event at token @at: valid until the next. */
struct event *emit(struct parser *p, enum event_kind k, uint32_t at);
/** last_event() - the event that emit() made last. */
opt_t last_event(const struct parser *p);
void note_use(struct parser *p, uint32_t id, uint32_t at);
void flush_uses(struct parser *p);
void add_var(struct parser *p, const struct specs *s,
	     const struct declarator *d, unsigned int flags);

/* ---- entry points ---- */

void parse_toplevel(struct parser *p);
void parse_macros(struct parser *p);
/** parse_body() - statements in tokens [@first, @end) as function @func. */
void parse_body(struct parser *p, uint32_t func, uint32_t first,
		uint32_t end);

#endif
