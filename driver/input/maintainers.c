// SPDX-License-Identifier: GPL-2.0-only
/*
 * MAINTAINERS: text in, recipients of a path out.
 *
 * A section is a title and the "X: value" lines below it. F: and X: patterns
 * are shell patterns that stand for a path and, ending in '/', for all below;
 * N: patterns are Perl expressions, of which what POSIX knows is understood.
 * Half a second of get_maintainer.pl per file becomes some 100 microseconds.
 */
#include "input/maintainers.h"

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "input/mailbox.h"
#include "input/source.h"

/* The script cuts longer titles. */
#define TITLE_MAX 50

/* Not a person to bother. */
static const char penguin_chief[] =
	"Linus Torvalds <torvalds@linux-foundation.org>";

struct field {
	char type;		/* 'F' of "F: fs/ext4/" */
	const char *value;
	regex_t *regex;		/* of an N:, NULL: not understood */
};

struct section {
	const char *title;
	size_t first, end;	/* its fields */
};

struct maintainers {
	struct field *fields;
	size_t nr_fields, cap_fields;
	struct section *sections;
	size_t nr_sections, cap_sections;
	size_t nr_odd;
	struct mailmap mailmap;
	struct arena strings;
	bool (*is_dir)(void *ctx, const char *path);
	void *ctx;
};

/* An expression of Perl's as POSIX writes it. Blanks mean nothing, as the
 * script uses /x. */
static void translate(const char *perl, struct strbuf *posix)
{
	for (; *perl; perl++) {
		if (isspace((unsigned char)*perl))
			continue;
		if (str_starts(perl, "(?:")) {
			strbuf_addc(posix, '(');
			perl += 2;
		} else if (str_starts(perl, "\\d")) {
			strbuf_adds(posix, "[0-9]");
			perl++;
		} else if (*perl == '\\' && perl[1]) {
			strbuf_add(posix, perl++, 2);
		} else {
			strbuf_addc(posix, *perl);
		}
	}
}

static regex_t *compile(struct maintainers *m, const char *value)
{
	regex_t *regex = xmalloc(sizeof(*regex));
	struct strbuf sb = STRBUF_INIT;
	bool odd = strstr(value, "(?") && !strstr(value, "(?:");

	translate(value, &sb);
	if (odd || regcomp(regex, sb.buf, REG_EXTENDED | REG_NOSUB)) {
		free(regex);
		regex = NULL;
		m->nr_odd++;
	}
	strbuf_release(&sb);
	return regex;
}

static const char *copy(struct maintainers *m, const char *s, size_t len)
{
	char *p = arena_alloc(&m->strings, len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

static void add_field(struct maintainers *m, const char *line, size_t len)
{
	struct field *f;
	size_t skip = 2;

	while (skip < len && isspace((unsigned char)line[skip]))
		skip++;
	GROW(m->fields, m->nr_fields, m->cap_fields);
	f = &m->fields[m->nr_fields++];
	f->type = line[0];
	f->value = copy(m, line + skip, len - skip);
	f->regex = f->type == 'N' ? compile(m, f->value) : NULL;
	m->sections[m->nr_sections - 1].end = m->nr_fields;
}

/* Every line that is no field may be a title: only those are, in the end, that
 * fields follow. */
static void add_title(struct maintainers *m, const char *line, size_t len)
{
	struct section *s;

	if (m->nr_sections) {
		s = &m->sections[m->nr_sections - 1];
		if (s->first == s->end)
			m->nr_sections--;
	}
	GROW(m->sections, m->nr_sections, m->cap_sections);
	s = &m->sections[m->nr_sections++];
	s->title = copy(m, line, len);
	s->first = s->end = m->nr_fields;
}

static void add_line(struct maintainers *m, const char *line, size_t len)
{
	size_t blank = 0;

	while (blank < len && isspace((unsigned char)line[blank]))
		blank++;
	if (len >= 2 && line[0] >= 'A' && line[0] <= 'Z' && line[1] == ':') {
		if (!m->nr_sections)
			add_title(m, "", 0);
		add_field(m, line, len);
	} else if (blank < len && line[blank] != '#') {
		add_title(m, line, len);
	}
}

struct maintainers *maintainers_parse(const char *text, size_t len,
				      const char *mailmap, size_t mailmap_len,
				      bool (*is_dir)(void *ctx,
						     const char *path),
				      void *ctx)
{
	struct maintainers *m = xcalloc(1, sizeof(*m));
	const char *end = text + len;

	arena_init(&m->strings);
	mailmap_init(&m->mailmap, mailmap, mailmap_len);
	m->is_dir = is_dir;
	m->ctx = ctx;
	while (text < end) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));

		if (!nl)
			nl = end;
		add_line(m, text, (size_t)(nl - text));
		text = nl + 1;
	}
	return m;
}

static bool source_is_dir(void *ctx, const char *path)
{
	return source_has_dir(ctx, path);
}

struct maintainers *maintainers_load(struct source *s, struct err *err)
{
	struct strbuf text = STRBUF_INIT, mailmap = STRBUF_INIT;
	struct maintainers *m = NULL;

	if (source_read_file(s, "MAINTAINERS", &text, err))
		return NULL;
	/* Not every tree has one. */
	source_read_file(s, ".mailmap", &mailmap, NULL);
	m = maintainers_parse(text.buf, text.len, mailmap.buf, mailmap.len,
			      source_is_dir, s);
	strbuf_release(&text);
	strbuf_release(&mailmap);
	return m;
}

void maintainers_free(struct maintainers *m)
{
	size_t i;

	if (!m)
		return;
	for (i = 0; i < m->nr_fields; i++) {
		if (m->fields[i].regex)
			regfree(m->fields[i].regex);
		free(m->fields[i].regex);
	}
	free(m->fields);
	free(m->sections);
	mailmap_release(&m->mailmap);
	arena_release(&m->strings);
	free(m);
}

size_t maintainers_nr_odd(const struct maintainers *m)
{
	return m->nr_odd;
}

/* Does the class at *@pattern, "[bB]", hold @c? Moves behind it. */
static bool in_class(const char **pattern, char c)
{
	const char *p = *pattern + 1;
	bool negated = *p == '^', found = false;

	for (p += negated; *p && (*p != ']' || p == *pattern + 1 + negated);
	     p++) {
		if (p[1] == '-' && p[2] && p[2] != ']') {
			found |= *p <= c && c <= p[2];
			p += 2;
		} else {
			found |= *p == c;
		}
	}
	*pattern = p + (*p == ']');
	return found != negated;
}

/* One step of the pattern that is no '*'. */
static bool step(const char **pattern, char c)
{
	const char *p = *pattern;

	if (*p == '[' && strchr(p + 1, ']'))
		return in_class(pattern, c);
	*pattern = p + 1;
	return *p == '?' || *p == c;
}

/* Does @path begin with something that @pattern stands for? '*' and '?' stand
 * for '/' too; trying the last '*' again is enough. */
static bool begins_with(const char *path, const char *pattern)
{
	const char *star = NULL, *retry = NULL;

	while (*pattern) {
		if (*pattern == '*') {
			star = ++pattern;
			retry = path;
		} else if (*path && step(&pattern, *path)) {
			path++;
		} else if (star && *retry) {
			path = ++retry;
			pattern = star;
		} else {
			return false;
		}
	}
	return true;
}

static int count_slashes(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += *s == '/';
	return n;
}

/* Is the pattern, which @path begins with, a directory? Only a plain one can
 * be, and only the tree knows unless @path lies below. */
static bool names_dir(const struct maintainers *m, const char *pattern,
		      const char *path)
{
	size_t len = strlen(pattern);

	if (strpbrk(pattern, ".*?["))
		return false;
	return path[len] == '/' || (m->is_dir && m->is_dir(m->ctx, pattern));
}

/* How specific the match of an F: or X: is: its depth, or -2 for none. */
static int match_depth(const struct maintainers *m, const char *pattern,
		       const char *path)
{
	int depth = count_slashes(pattern);
	size_t len = strlen(pattern);

	if (!begins_with(path, pattern))
		return -2;
	if (!len || pattern[len - 1] != '/') {
		if (len && names_dir(m, pattern, path))
			return path[len] == '/' ? depth + 1 : -2;
		if (depth != count_slashes(path))
			return -2;
		depth++;
	}
	return *pattern == '*' ? -1 : depth;
}

/* The depth at which a section has the path, or -2. */
static int section_depth(const struct maintainers *m, const struct section *s,
			 const char *path)
{
	int depth = -2, d;
	size_t i;

	for (i = s->first; i < s->end; i++)
		if (m->fields[i].type == 'X' &&
		    match_depth(m, m->fields[i].value, path) != -2)
			return -2;
	for (i = s->first; i < s->end; i++) {
		const struct field *f = &m->fields[i];

		if (f->type == 'F') {
			d = match_depth(m, f->value, path);
			if (d != -2)
				depth = d;
		} else if (f->regex && !regexec(f->regex, path, 0, NULL, 0)) {
			depth = 0;
		}
	}
	return depth;
}

struct match {
	size_t section;
	int depth;
};

static int by_depth(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->depth != y->depth)
		return x->depth > y->depth ? -1 : 1;
	return x->section < y->section ? -1 : 1;
}

/* What is collected for one path. */
struct collector {
	struct maintainers *m;
	struct arena *arena;	/* of the result */
	struct recipient *people, *lists;
	size_t nr_people, cap_people, nr_lists, cap_lists;
	struct mailbox_set seen;
};

/* The last value of @type in @s, or NULL. */
static const char *last_value(const struct maintainers *m,
			      const struct section *s, char type)
{
	const char *value = NULL;
	size_t i;

	for (i = s->first; i < s->end; i++)
		if (m->fields[i].type == type)
			value = m->fields[i].value;
	return value;
}

static const char *short_title(struct arena *a, const struct section *s)
{
	size_t len = strlen(s->title);

	if (len <= TITLE_MAX)
		return arena_strdup(a, s->title);
	len = TITLE_MAX - 3;
	while (len && isspace((unsigned char)s->title[len - 1]))
		len--;
	return arena_printf(a, "%.*s...", (int)len, s->title);
}

static const char *maintainer_role(struct collector *c,
				   const struct section *s)
{
	static const char *const names[][2] = {
		{ "supported", "supporter" },
		{ "maintained", "maintainer" },
		{ "odd fixes", "odd fixer" },
		{ "orphan", "orphan minder" },
		{ "obsolete", "obsolete minder" },
		{ "buried alive in reporters", "chief penguin" },
	};
	const char *status = last_value(c->m, s, 'S');
	const char *title = short_title(c->arena, s);
	char *role, *p;
	size_t i;

	if (!status)
		status = "unknown";
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcasecmp(status, names[i][0]))
			return arena_printf(c->arena, "%s:%s", names[i][1],
					    title);
	role = arena_printf(c->arena, "%s", status);
	for (p = role; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return arena_printf(c->arena, "%s:%s", role, title);
}

static void add_person(struct collector *c, enum recipient_kind kind,
		       const char *text, size_t len, const char *role)
{
	struct mailbox box = mailbox_parse(c->arena, text, len);

	if (!*box.address || !mailbox_set_add(&c->seen, box))
		return;
	GROW(c->people, c->nr_people, c->cap_people);
	c->people[c->nr_people++] = (struct recipient){
		kind, mailbox_format(c->arena, box), role
	};
}

/* The length of the first mailbox of a list "A <a@x>, B <b@x>". */
static size_t first_of_list(const char *text)
{
	const char *comma = text, *close;

	while ((comma = strchr(comma, ','))) {
		close = comma;
		while (close > text && isspace((unsigned char)close[-1]))
			close--;
		if (close > text && close[-1] == '>' && strchr(comma, '@'))
			return (size_t)(comma - text);
		comma++;
	}
	return strlen(text);
}

static void add_people(struct collector *c, enum recipient_kind kind,
		       const char *text, const char *role)
{
	while (*text) {
		size_t len = first_of_list(text);

		add_person(c, kind, text, len, role);
		text += len + (text[len] == ',');
	}
}

static void add_list(struct collector *c, const struct section *s,
		     const char *value)
{
	size_t len = strcspn(value, " \t"), i;
	const char *extra = value + len, *kind = "open list", *title;
	const char *address = arena_printf(c->arena, "%.*s", (int)len, value);

	if (strstr(extra, "subscribers-only"))
		return;
	for (i = 0; i < c->nr_lists; i++)
		if (!strcasecmp(c->lists[i].address, address))
			return;
	if (strstr(extra, "moderated"))
		kind = "moderated list";
	title = short_title(c->arena, s);
	if (strcmp(title, "THE REST"))
		kind = arena_printf(c->arena, "%s:%s", kind, title);
	GROW(c->lists, c->nr_lists, c->cap_lists);
	c->lists[c->nr_lists++] = (struct recipient){
		RECIPIENT_LIST, address, kind
	};
}

static void add_section(struct collector *c, const struct section *s)
{
	size_t i;

	for (i = s->first; i < s->end; i++) {
		const struct field *f = &c->m->fields[i];

		if (f->type == 'L')
			add_list(c, s, f->value);
		else if (f->type == 'M')
			add_people(c, RECIPIENT_MAINTAINER, f->value,
				   maintainer_role(c, s));
		else if (f->type == 'R')
			add_people(c, RECIPIENT_REVIEWER, f->value,
				   arena_printf(c->arena, "reviewer:%s",
						short_title(c->arena, s)));
	}
}

/* One address per person, and the one .mailmap gives. */
static const char *final_address(struct collector *c,
				 struct mailbox_set *set, const char *text)
{
	struct mailbox box = mailbox_parse(c->arena, text, strlen(text));

	box = mailmap_apply(&c->m->mailmap, c->arena, box);
	box = mailbox_set_unify(set, box);
	box = mailmap_apply(&c->m->mailmap, c->arena, box);
	return mailbox_format(c->arena, box);
}

static void finish_one(struct collector *c, struct mailbox_set *set,
		       const struct recipient *r, struct recipients *out)
{
	const char *address = final_address(c, set, r->address);
	size_t i;

	if (r->kind != RECIPIENT_LIST && strstr(address, penguin_chief))
		return;
	for (i = 0; i < out->nr; i++)
		if (!strcmp(out->to[i].address, address))
			return;
	out->to[out->nr++] = (struct recipient){ r->kind, address, r->role };
}

static void finish(struct collector *c, struct recipients *out)
{
	struct mailbox_set set = { 0 };
	size_t i;

	out->to = ARENA_ARRAY(c->arena, struct recipient,
			      c->nr_people + c->nr_lists + 1);
	for (i = 0; i < c->nr_people; i++)
		finish_one(c, &set, &c->people[i], out);
	for (i = 0; i < c->nr_lists; i++)
		finish_one(c, &set, &c->lists[i], out);
	mailbox_set_release(&set);
	mailbox_set_release(&c->seen);
	free(c->people);
	free(c->lists);
}

/* The sections that have @path, most specific first; to be freed. */
static struct match *find_sections(struct maintainers *m, const char *path,
				   size_t *nr)
{
	struct match *found = NULL;
	size_t i, cap = 0;

	*nr = 0;
	for (i = 0; i < m->nr_sections; i++) {
		int depth = section_depth(m, &m->sections[i], path);

		if (depth == -2)
			continue;
		GROW(found, *nr, cap);
		found[(*nr)++] = (struct match){ i, depth };
	}
	if (*nr)
		qsort(found, *nr, sizeof(*found), by_depth);
	return found;
}

void maintainers_match(struct maintainers *m, const char *path,
		       struct arena *arena, struct recipients *out)
{
	struct collector c = { .m = m, .arena = arena };
	size_t nr, i;
	struct match *found = find_sections(m, path, &nr);

	memset(out, 0, sizeof(*out));
	for (i = 0; i < nr; i++) {
		const struct section *s = &m->sections[found[i].section];

		add_section(&c, s);
		if (out->subsystem || !strcmp(s->title, "THE REST"))
			continue;
		out->subsystem = arena_strdup(arena, s->title);
		out->status = arena_strdup(arena, last_value(m, s, 'S'));
	}
	finish(&c, out);
	free(found);
}
