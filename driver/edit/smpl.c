// SPDX-License-Identifier: GPL-2.0-only
/*
 * A semantic patch is taken apart as far as it is needed to know when it can
 * be left alone: its header lines, its virtual rules, and of each rule the
 * head, the declarations and the body. smpl_words.c looks into these.
 *
 * Not tried: to understand dependencies in full. A rule that may run without
 * another one having matched counts as one that stands on its own.
 */
#include "edit/smpl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"

#define FILE_LIMIT	((size_t)1 << 20)

struct reading {
	struct smpl *s;
	const struct smpl_define *defs;
	size_t nr_defs;
	char *text;		/* comments and strings blank */
};

static const char *const mode_names[SMPL_NR_MODES] = {
	[SMPL_REPORT] = "report", [SMPL_CONTEXT] = "context",
	[SMPL_ORG] = "org", [SMPL_PATCH] = "patch",
};

int smpl_mode_parse(const char *word)
{
	for (int i = 0; i < SMPL_NR_MODES; i++)
		if (!strcmp(mode_names[i], word))
			return i;
	return -1;
}

const char *smpl_mode_name(enum smpl_mode mode)
{
	BUG_ON((unsigned int)mode >= SMPL_NR_MODES);
	return mode_names[mode];
}

/* ---- words and nodes ---- */

static uint32_t hash_word(const char *p, size_t len)
{
	uint32_t h = 2166136261u;

	while (len--)
		h = (h ^ (unsigned char)*p++) * 16777619u;
	return h;
}

static uint32_t *find_slot(const struct smpl *s, const char *p, size_t len)
{
	size_t i = hash_word(p, len) & (s->nr_index - 1);

	for (; s->index[i]; i = (i + 1) & (s->nr_index - 1)) {
		const char *w = s->words[s->index[i] - 1];

		if (!strncmp(w, p, len) && !w[len])
			break;
	}
	return &s->index[i];
}

static void grow_index(struct smpl *s)
{
	s->nr_index = s->nr_index ? s->nr_index * 2 : 64;
	free(s->index);
	s->index = xcalloc(s->nr_index, sizeof(*s->index));
	for (size_t i = 0; i < s->nr_words; i++)
		*find_slot(s, s->words[i], strlen(s->words[i])) =
			(uint32_t)i + 1;
}

static uint32_t add_node(struct smpl *s, uint8_t op, uint32_t a, uint32_t b)
{
	GROW(s->nodes, s->nr_nodes, s->cap_nodes);
	s->nodes[s->nr_nodes] = (struct smpl_node){ op, a, b };
	return (uint32_t)s->nr_nodes++;
}

uint32_t smpl_node_word(struct smpl *s, const char *word, size_t len)
{
	uint32_t *slot;

	if (s->nr_words * 2 >= s->nr_index)
		grow_index(s);
	slot = find_slot(s, word, len);
	if (!*slot) {
		GROW(s->words, s->nr_words, s->cap_words);
		s->words[s->nr_words++] = xstrndup(word, len);
		*slot = (uint32_t)s->nr_words;
	}
	return add_node(s, NODE_WORD, *slot - 1, 0);
}

uint32_t smpl_node_and(struct smpl *s, uint32_t a, uint32_t b)
{
	if (a == NODE_YES || b == NODE_NO)
		return b;
	if (b == NODE_YES || a == NODE_NO)
		return a;
	return add_node(s, NODE_AND, a, b);
}

uint32_t smpl_node_or(struct smpl *s, uint32_t a, uint32_t b)
{
	if (a == NODE_NO || b == NODE_YES)
		return b;
	if (b == NODE_NO || a == NODE_YES)
		return a;
	return add_node(s, NODE_OR, a, b);
}

/* ---- reading ---- */

static char *blank_to(char *p, const char *end)
{
	for (; *p && p < end; p++)
		if (*p != '\n')
			*p = ' ';
	return p;
}

static char *string_end(char *p)
{
	char quote = *p++;

	for (; *p && *p != quote && *p != '\n'; p++)
		if (*p == '\\' && p[1])
			p++;
	return *p == quote ? p + 1 : p;
}

/* Scripts are blanked like code: nothing in them is looked at. */
static void blank(char *p)
{
	while (*p) {
		char *end;

		if (p[0] == '/' && p[1] == '/')
			p = blank_to(p, p + strcspn(p, "\n"));
		else if (p[0] == '/' && p[1] == '*' &&
			 (end = strstr(p + 2, "*/")) != NULL)
			p = blank_to(p, end + 2);
		else if (*p == '"' || *p == '\'')
			p = blank_to(p, string_end(p));
		else
			p++;
	}
}

/* The value of `// NAME: value`, the first one. */
static const char *header_line(struct smpl *s, const char *text,
			       const char *name)
{
	size_t len = strlen(name);

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		const char *p = text, *end;

		if (!str_starts(p, "//"))
			continue;
		p += 2 + strspn(p + 2, " \t");
		if (strncmp(p, name, len) || p[len] != ':')
			continue;
		p += len + 1;
		p += strspn(p, " \t");
		end = p + strcspn(p, "\n");
		while (end > p && isspace((unsigned char)end[-1]))
			end--;
		return arena_printf(&s->arena, "%.*s", (int)(end - p), p);
	}
	return "";
}

static const char *about_lines(struct smpl *s, const char *text)
{
	struct strbuf sb = STRBUF_INIT;
	const char *about;

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		const char *p = text;

		if (!str_starts(p, "///"))
			continue;
		p += 3 + strspn(p + 3, " \t");
		if (sb.len && *p != '\n')
			strbuf_addc(&sb, ' ');
		strbuf_add(&sb, p, strcspn(p, "\n"));
	}
	about = arena_strdup(&s->arena, sb.buf);
	strbuf_release(&sb);
	return about;
}

static void read_header(struct smpl *s, const char *text)
{
	s->about = about_lines(s, text);
	s->confidence = header_line(s, text, "Confidence");
	s->requires = header_line(s, text, "Requires");
	s->options = header_line(s, text, "Options");
	s->trees = header_line(s, text, "Trees");
}

/* `virtual a, b;` or `virtual a` on a line of its own. */
static void read_virtual(struct smpl *s, const char *p)
{
	const char *end = p + strcspn(p, "\n;");
	char word[32];

	while (p < end) {
		size_t len = strcspn(p, " \t,;\n");

		if (len && len < sizeof(word)) {
			memcpy(word, p, len);
			word[len] = '\0';
			if (smpl_mode_parse(word) >= 0)
				s->modes |= 1u << smpl_mode_parse(word);
		}
		p += len ? len : 1;
	}
}

static int choose_mode(struct smpl *s, int mode, struct err *err)
{
	static const enum smpl_mode order[] = {
		SMPL_REPORT, SMPL_CONTEXT, SMPL_ORG, SMPL_PATCH,
	};
	size_t i;

	if (!s->modes) {
		s->mode = s->stars ? SMPL_CONTEXT : SMPL_PATCH;
		if (mode < 0 || mode == (int)s->mode)
			return 0;
	} else if (mode < 0) {
		for (i = 0; !(s->modes & 1u << order[i]); i++)
			;
		s->mode = order[i];
		return 0;
	} else if (s->modes & 1u << mode) {
		s->mode = mode;
		return 0;
	}
	return err_set(err, ERR_USAGE, "'%s' has no %s mode", s->path,
		       smpl_mode_name(mode));
}

/* ---- rules ---- */

/*
 * `a && !(b || c)` of "depends on", bounded: what it is when no rule has
 * matched. Virtual rules are true or false; other rules are false, or what
 * @rules says. What is not understood is true.
 */
struct depends {
	const struct reading *r;
	const char *p, *end;
	bool rules;
	unsigned int depth;
};

static bool word_is(const char *p, size_t len, const char *word)
{
	return strlen(word) == len && !strncmp(p, word, len);
}

static bool is_given(const struct reading *r, const char *p, size_t len,
		     bool *is_virtual)
{
	*is_virtual = true;
	if (r->s->modes && word_is(p, len, mode_names[r->s->mode]))
		return true;
	for (size_t i = 0; i < r->nr_defs; i++)
		if (word_is(p, len, r->defs[i].name))
			return true;
	for (int i = 0; i < SMPL_NR_MODES; i++)
		if (r->s->modes & 1u << i && word_is(p, len, mode_names[i]))
			return false;
	*is_virtual = false;
	return false;
}

static void skip_blanks(struct depends *d)
{
	while (d->p < d->end && isspace((unsigned char)*d->p))
		d->p++;
}

static size_t name_len(const struct depends *d)
{
	size_t n = 0;

	while (d->p + n < d->end &&
	       (isalnum((unsigned char)d->p[n]) || d->p[n] == '_'))
		n++;
	return n;
}

static bool depends_or(struct depends *d);

static bool depends_term(struct depends *d)
{
	bool negative = false, value, is_virtual;
	size_t len;

	for (skip_blanks(d); d->p < d->end; skip_blanks(d)) {
		len = name_len(d);
		if (*d->p == '!') {
			negative = !negative;
			d->p++;
		} else if (word_is(d->p, len, "never")) {
			negative = !negative;
			d->p += len;
		} else if (word_is(d->p, len, "ever")) {
			d->p += len;
		} else {
			break;
		}
	}
	if (d->p < d->end && *d->p == '(' && d->depth++ < 16) {
		d->p++;
		value = depends_or(d);
		skip_blanks(d);
		if (d->p < d->end)
			d->p++;
		return value != negative;
	}
	len = name_len(d);
	if (!len || word_is(d->p, len, "file")) {
		d->p = d->end;
		return true;
	}
	value = is_given(d->r, d->p, len, &is_virtual);
	d->p += len;
	if (!is_virtual)
		/* either way, where the caller wants to know the most */
		return d->rules || negative;
	return value != negative;
}

static bool depends_and(struct depends *d)
{
	bool value = depends_term(d);

	for (skip_blanks(d); d->p + 1 < d->end && d->p[0] == '&';
	     skip_blanks(d)) {
		d->p += 2;
		value &= depends_term(d);
	}
	return value;
}

/* As deep as its brackets, which are counted. */
static bool depends_or(struct depends *d)
{
	bool value = depends_and(d);

	for (skip_blanks(d); d->p + 1 < d->end && d->p[0] == '|';
	     skip_blanks(d)) {
		d->p += 2;
		value |= depends_and(d);
	}
	return value;
}

static bool depends(const struct reading *r, const char *p, const char *end,
		    bool rules)
{
	struct depends d = { .r = r, .p = p, .end = end, .rules = rules };

	return depends_or(&d);
}

/* What comes after "depends on" in a head; the words that may follow it end
 * it. NULL when there is none. */
static const char *depends_part(const char *head, const char **end)
{
	static const char *const after[] = {
		" exists", " forall", " expression", " disable ", " extends ",
		" using ",
	};
	const char *p = strstr(head, "depends on"), *q;

	if (!p)
		return NULL;
	p += strlen("depends on");
	*end = p + strlen(p);
	for (size_t i = 0; i < ARRAY_SIZE(after); i++) {
		q = strstr(p, after[i]);
		if (q && q < *end)
			*end = q;
	}
	return p;
}

/* x << r.x without `= default`: runs where r has matched only. */
static bool script_inherits(const char *decls)
{
	const char *p = decls;

	if (strchr(decls, '='))
		return false;
	while ((p = strstr(p, "<<")) != NULL) {
		p += 2 + strspn(p + 2, " \t");
		if (!str_starts(p, "virtual"))
			return true;
	}
	return false;
}

static void add_rule(struct reading *r, const char *head, const char *decls,
		     const char *body)
{
	struct smpl *s = r->s;
	struct smpl_rule rule = { .root = true };
	const char *dep, *end;
	bool inherits = false;

	if (strstr(head, ":python") || strstr(head, ": python"))
		s->python = true;
	if (strstr(head, "initialize:"))
		return;
	if (strstr(head, "finalize:")) {
		s->at_end = true;
		return;
	}
	dep = depends_part(head, &end);
	if (dep && !depends(r, dep, end, true))
		return;		/* never runs in this mode */
	rule.script = strstr(head, "script:") != NULL;
	if (rule.script)
		inherits = script_inherits(decls);
	else
		rule.needs = smpl_words(s, decls, body, r->defs, r->nr_defs,
					&inherits);
	if (strstr(head, "extends") || strstr(head, "using"))
		rule.needs = NODE_YES;
	else if (inherits || (dep && !depends(r, dep, end, false)))
		rule.root = false;
	GROW(s->rules, s->nr_rules, s->cap_rules);
	s->rules[s->nr_rules++] = rule;
}

/* Start of the next line that begins with '@', or the end. */
static char *next_head(char *p)
{
	while (*p && *p != '@') {
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	return p;
}

static void read_rules(struct reading *r)
{
	char *p = next_head(r->text);

	while (*p) {
		char *head = p + 1, *decls, *body, *next;

		decls = strchr(head, '@');
		body = decls ? strstr(decls + 1, "@@") : NULL;
		if (!body) {
			r->s->any_file = r->s->whole = true;
			return;
		}
		next = next_head(body + 2);
		p = next;
		*decls++ = '\0';
		*body = '\0';
		body += 2;
		if (*next)
			next[-1] = '\0';
		add_rule(r, head, decls, body);
	}
}

static void read_virtuals(struct smpl *s, const char *p)
{
	for (; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		if (str_starts(p, "virtual "))
			read_virtual(s, p + 8);
		else if (*p == '*')
			s->stars = true;
		/* isomorphisms of their own may do without any word */
		else if (str_starts(p, "using ") || str_starts(p, "#spatch"))
			s->any_file = s->whole = true;
	}
}

/* What holds when no word is there at all. */
static void conclude(struct smpl *s)
{
	uint8_t *none = xcalloc(s->nr_words + 1, 1);

	if (smpl_wants_file(s, none))
		s->any_file = true;
	if (smpl_wants_function(s, none))
		s->whole = true;
	free(none);
}

static const char *base_name(struct smpl *s, const char *path)
{
	const char *p = strrchr(path, '/');
	char *name = arena_strdup(&s->arena, p ? p + 1 : path);

	if (str_ends(name, ".cocci"))
		name[strlen(name) - strlen(".cocci")] = '\0';
	return name;
}

int smpl_read(struct smpl *s, const char *path, int mode,
	      const struct smpl_define *defs, size_t nr_defs, struct err *err)
{
	struct reading r = { .s = s, .defs = defs, .nr_defs = nr_defs };
	struct strbuf text = STRBUF_INIT;
	struct digest *d;
	char *file;
	int rc;

	memset(s, 0, sizeof(*s));
	arena_init(&s->arena);
	add_node(s, NODE_YES, 0, 0);
	add_node(s, NODE_NO, 0, 0);
	grow_index(s);
	s->path = arena_strdup(&s->arena, path);
	s->name = base_name(s, path);
	rc = file_read(path, FILE_LIMIT, &text, err);
	if (rc) {
		strbuf_release(&text);
		return rc;
	}
	file = realpath(path, NULL);
	s->file = arena_strdup(&s->arena, file ? file : path);
	free(file);
	d = digest_new();
	digest_add(d, text.buf, text.len);
	digest_hex(d, s->digest, 64);
	s->imports = strstr(text.buf, "import") != NULL;
	read_header(s, text.buf);
	blank(text.buf);
	read_virtuals(s, text.buf);
	rc = choose_mode(s, mode, err);
	r.text = text.buf;
	if (!rc)
		read_rules(&r);
	conclude(s);
	smpl_scan_prepare(s);
	strbuf_release(&text);
	return rc;
}

void smpl_release(struct smpl *s)
{
	for (size_t i = 0; i < s->nr_words; i++)
		free(s->words[i]);
	free(s->words);
	free(s->skip);
	free(s->index);
	free(s->nodes);
	free(s->rules);
	arena_release(&s->arena);
	memset(s, 0, sizeof(*s));
}
