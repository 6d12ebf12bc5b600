// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mail addresses by the rules of the kernel's get_maintainer.pl, quirks
 * included: a name that mail must quote is quoted, two spellings of a name or
 * of an address are one person. No parser of RFC 5322; nothing here fails.
 */
#include "input/mailbox.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"

/* A piece of text, not NUL terminated. */
struct span {
	const char *s, *end;
};

static struct span trimmed(const char *s, const char *end)
{
	while (s < end && isspace((unsigned char)*s))
		s++;
	while (end > s && isspace((unsigned char)end[-1]))
		end--;
	return (struct span){ s, end };
}

static const char *span_dup(struct arena *a, struct span t)
{
	return arena_printf(a, "%.*s", (int)(t.end - t.s), t.s);
}

static bool must_quote(struct span t)
{
	for (; t.s < t.end; t.s++)
		if (!isalnum((unsigned char)*t.s) && !strchr("_ -", *t.s))
			return true;
	return false;
}

/* The name without its quotes, and with them where mail wants them. */
static const char *quoted_name(struct arena *a, struct span t)
{
	struct strbuf sb = STRBUF_INIT;
	const char *name;

	if (t.s < t.end && *t.s == '"')
		t.s++;
	if (t.s < t.end && t.end[-1] == '"')
		t.end--;
	if (!must_quote(t))
		return span_dup(a, t);
	strbuf_addc(&sb, '"');
	for (; t.s < t.end; t.s++) {
		if (*t.s == '"' && sb.buf[sb.len - 1] != '\\')
			strbuf_addc(&sb, '\\');
		strbuf_addc(&sb, *t.s);
	}
	strbuf_addc(&sb, '"');
	name = arena_strdup(a, sb.buf);
	strbuf_release(&sb);
	return name;
}

/* The last @ of @t with something before it, or NULL. */
static const char *last_at(struct span t)
{
	const char *p;

	for (p = t.end; p > t.s + 1; p--)
		if (p[-1] == '@')
			return p - 1;
	return NULL;
}

struct mailbox mailbox_parse(struct arena *a, const char *text, size_t len)
{
	const char *end = text + len, *at, *close;
	const char *open = memchr(text, '<', len);
	struct span name = { text, text }, address = { text, text };

	close = open ? memrchr(open, '>', (size_t)(end - open)) : NULL;
	if (close && last_at((struct span){ open + 1, close })) {
		name = trimmed(text, open);
		address = trimmed(open + 1, close);
	} else {
		at = last_at((struct span){ text, end });
		if (at) {
			for (close = at; close < end; close++)
				if (isspace((unsigned char)*close))
					break;
			address = trimmed(text, close);
		}
	}
	return (struct mailbox){ quoted_name(a, name), span_dup(a, address) };
}

const char *mailbox_format(struct arena *a, struct mailbox m)
{
	if (!*m.name)
		return m.address;
	return arena_printf(a, "%s <%s>", m.name, m.address);
}

static void map_add(struct mailmap *map, const char *key, const char *name,
		    const char *address)
{
	GROW(map->entries, map->nr, map->cap);
	map->entries[map->nr++] = (struct mailmap_entry){ key, name, address };
}

/* "<address>" at @t->s, which moves behind it and the blanks that follow. */
static bool take_address(struct span *t, struct span *address)
{
	const char *close;

	if (t->s == t->end || *t->s != '<')
		return false;
	close = memchr(t->s, '>', (size_t)(t->end - t->s));
	if (!close || close == t->s + 1)
		return false;
	*address = (struct span){ t->s + 1, close };
	*t = trimmed(close + 1, t->end);
	return true;
}

/* Text up to the next '<'. */
static bool take_name(struct span *t, struct span *name)
{
	const char *open = memchr(t->s, '<', (size_t)(t->end - t->s));

	if (!open)
		return false;
	*name = trimmed(t->s, open);
	t->s = open;
	return true;
}

/*
 * The four forms of a line:
 *	Name <key>		<address> <key>
 *	Name <address> <key>	Name <address> Other Name <key>
 */
static void map_line(struct mailmap *map, struct span t)
{
	struct arena *a = &map->strings;
	struct span name, address, other, key;
	struct mailbox wrong;
	const char *real = NULL;

	if (!take_name(&t, &name) || !take_address(&t, &address))
		return;
	if (name.s < name.end)
		real = quoted_name(a, name);
	if (t.s == t.end) {
		if (real)
			map_add(map, span_dup(a, address), real, NULL);
		return;
	}
	if (!take_name(&t, &other) || !take_address(&t, &key) || t.s != t.end)
		return;
	wrong.name = quoted_name(a, other);
	wrong.address = span_dup(a, key);
	if (*wrong.name && !real)
		return;
	map_add(map, mailbox_format(a, wrong), real, span_dup(a, address));
}

void mailmap_init(struct mailmap *map, const char *text, size_t len)
{
	const char *end = text + len;

	memset(map, 0, sizeof(*map));
	arena_init(&map->strings);
	while (text < end) {
		size_t left = (size_t)(end - text);
		const char *nl = memchr(text, '\n', left), *hash;

		if (!nl)
			nl = end;
		hash = memchr(text, '#', (size_t)(nl - text));
		map_line(map, trimmed(text, hash ? hash : nl));
		text = nl + 1;
	}
}

void mailmap_release(struct mailmap *map)
{
	free(map->entries);
	map->entries = NULL;
	map->nr = map->cap = 0;
	arena_release(&map->strings);
}

/* Later lines win, name and address each for themselves. */
static bool map_find(const struct mailmap *map, const char *key,
		     struct mailbox *m)
{
	const char *name = NULL, *address = NULL;
	bool found = false;
	size_t i;

	for (i = 0; i < map->nr; i++) {
		const struct mailmap_entry *e = &map->entries[i];

		if (strcmp(e->key, key))
			continue;
		found = true;
		if (e->name)
			name = e->name;
		if (e->address)
			address = e->address;
	}
	if (name)
		m->name = name;
	if (address)
		m->address = address;
	return found;
}

struct mailbox mailmap_apply(const struct mailmap *map, struct arena *a,
			     struct mailbox m)
{
	struct mailbox real = m;

	if (!map_find(map, mailbox_format(a, m), &real))
		map_find(map, m.address, &real);
	return real;
}

static struct mailbox *set_find(struct mailbox_set *set, struct mailbox m)
{
	size_t i;

	for (i = 0; *m.name && i < set->nr; i++)
		if (!strcasecmp(set->boxes[i].name, m.name))
			return &set->boxes[i];
	for (i = 0; *m.address && i < set->nr; i++)
		if (!strcasecmp(set->boxes[i].address, m.address))
			return &set->boxes[i];
	return NULL;
}

static void set_append(struct mailbox_set *set, struct mailbox m)
{
	GROW(set->boxes, set->nr, set->cap);
	set->boxes[set->nr++] = m;
}

bool mailbox_set_add(struct mailbox_set *set, struct mailbox m)
{
	if (set_find(set, m))
		return false;
	set_append(set, m);
	return true;
}

struct mailbox mailbox_set_unify(struct mailbox_set *set, struct mailbox m)
{
	struct mailbox *known = set_find(set, m);

	if (known)
		return *known;
	set_append(set, m);
	return m;
}

void mailbox_set_release(struct mailbox_set *set)
{
	free(set->boxes);
	set->boxes = NULL;
	set->nr = set->cap = 0;
}
