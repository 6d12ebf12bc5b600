// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts as bytes: a header with the counts, then the arrays one after the
 * other, each 8-byte aligned, as they are in memory. Loading copies nothing;
 * facts_check.c makes sure that no index leads astray.
 */
#include <string.h>

#include "read/facts.h"
#include "read/facts_check.h"

#ifndef READER_DIGEST
#define READER_DIGEST "unknown"
#endif

#define FACTS_MAGIC 0x46707467u		/* "gtpF" */

enum { COUNT_BASE
#define X(type, name) , COUNT_##name
	FACTS_ARRAYS(X)
#undef X
	, NR_COUNTS };

struct facts_header {
	uint32_t magic;
	uint32_t nr_lines;
	uint32_t text_len, nr_strings;
	uint32_t roles[TOKEN_NR_ROLES];
	uint32_t counts[NR_COUNTS];
};

const char *facts_version(void)
{
	return "facts-1-" READER_DIGEST;
}

static void add_padded(struct strbuf *out, const void *p, size_t len)
{
	static const char zeroes[8];

	strbuf_add(out, p, len);
	strbuf_add(out, zeroes, -len & 7);
}

void facts_save(const struct facts *f, struct strbuf *out)
{
	struct facts_header h = {
		.magic = FACTS_MAGIC, .nr_lines = f->nr_lines,
		.text_len = f->text_len, .nr_strings = f->nr_strings,
	};

	memcpy(h.roles, f->roles, sizeof(h.roles));
#define X(type, name) h.counts[COUNT_##name] = f->nr_##name;
	FACTS_ARRAYS(X)
#undef X
	add_padded(out, &h, sizeof(h));
	add_padded(out, f->strings, f->nr_strings * sizeof(*f->strings));
	add_padded(out, f->text, f->text_len);
#define X(type, name) add_padded(out, f->name, f->nr_##name * sizeof(type));
	FACTS_ARRAYS(X)
#undef X
}

static size_t padded(size_t len)
{
	return len + (-len & 7);
}

size_t facts_size(const struct facts *f)
{
	size_t size = padded(sizeof(struct facts_header)) +
		      padded(f->nr_strings * sizeof(*f->strings)) +
		      padded(f->text_len);

#define X(type, name) size += padded(f->nr_##name * sizeof(type));
	FACTS_ARRAYS(X)
#undef X
	return size;
}

struct cursor {
	const char *p, *end;
};

/* The next array of @nr records of @size bytes, or NULL. */
static const void *take(struct cursor *c, size_t nr, size_t size)
{
	const char *p = c->p;
	size_t len = nr * size;

	len += -len & 7;
	if (!p || len > (size_t)(c->end - p)) {
		c->p = NULL;
		return NULL;
	}
	c->p = p + len;
	return p;
}

int facts_load(struct facts *f, const void *data, size_t len,
	       struct err *err)
{
	struct cursor c = { data, (const char *)data + len };
	const struct facts_header *h;

	memset(f, 0, sizeof(*f));
	h = take(&c, 1, sizeof(*h));
	if (!h || h->magic != FACTS_MAGIC)
		return err_set(err, ERR_FORMAT, "no facts: bad header");
	f->nr_lines = h->nr_lines;
	f->text_len = h->text_len;
	f->nr_strings = h->nr_strings;
	memcpy(f->roles, h->roles, sizeof(f->roles));
	f->strings = take(&c, f->nr_strings, sizeof(*f->strings));
	f->text = take(&c, f->text_len, 1);
#define X(type, name)							\
	f->nr_##name = h->counts[COUNT_##name];				\
	f->name = take(&c, f->nr_##name, sizeof(type));
	FACTS_ARRAYS(X)
#undef X
	if (!c.p || c.p != c.end)
		return err_set(err, ERR_FORMAT, "no facts: wrong size");
	if (!facts_check(f))
		return err_set(err, ERR_FORMAT, "no facts: bad index");
	return 0;
}
