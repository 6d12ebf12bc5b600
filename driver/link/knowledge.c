// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads knowledge directories into the tables of struct knowledge. Strict: a
 * table, key, type or word that the description of tables does not have, a
 * second entry with the same key in one directory and an entry without its
 * source are errors that name file and entry. Whether the entries make sense
 * together is knowledge_lint.c's question.
 */
#include "link/knowledge.h"

#include <dirent.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "link/knowledge_tables.h"

#define FILE_LIMIT ((size_t)16 << 20)	/* bytes of one file */
#define JSON_DEPTH 8

/* The entries of one table while files are read. */
struct pile {
	char *entries;		/* of the table's size each */
	size_t nr, cap;
	struct origin {
		char *key;
		size_t dir;
	} *origins;		/* parallel to entries */
	size_t origins_cap;
};

struct loader {
	struct knowledge *k;
	struct pile *piles;	/* parallel to know_tables */
	struct digest *digest;
	size_t dir;		/* number of the directory being read */
	const char *path;	/* of the file being read */
	struct err *err;
};

/* Where in a file an entry stands, for messages. */
struct place {
	const struct loader *l;
	const struct know_table *t;
	size_t index;
	const char *key;	/* a name to show, NULL: none known */
};

static int bad(const struct place *p, const char *field, const char *what)
{
	return err_set(p->l->err, ERR_FORMAT, "%s: %s[%zu]%s%s%s: %s%s%s",
		       p->l->path, p->t->name, p->index,
		       p->key ? " (" : "", p->key ? p->key : "",
		       p->key ? ")" : "", field ? field : "",
		       field ? ": " : "", what);
}

static int word_value(const struct place *p, const struct know_field *f,
		      struct json_object *v, uint16_t *out)
{
	const struct know_word *w;
	const char *s;

	if (!json_object_is_type(v, json_type_string))
		return bad(p, f->key, "not a word");
	s = json_object_get_string(v);
	for (w = f->words; w->name; w++) {
		if (strcmp(w->name, s))
			continue;
		*out = w->value;
		return 0;
	}
	return bad(p, f->key, "unknown word");
}

/* A single word, or for sets an array of them. */
static int read_words(const struct place *p, const struct know_field *f,
		      struct json_object *v, char *at)
{
	uint16_t sum = 0, one;
	size_t i;

	if (f->kind == FIELD_WORD || !json_object_is_type(v, json_type_array)) {
		if (word_value(p, f, v, &sum))
			return ERR_FORMAT;
	} else {
		for (i = 0; i < json_object_array_length(v); i++) {
			if (word_value(p, f, json_object_array_get_idx(v, i),
				       &one))
				return ERR_FORMAT;
			sum |= one;
		}
	}
	if (f->kind == FIELD_SET16)
		memcpy(at, &sum, sizeof(sum));
	else
		*(uint8_t *)at = (uint8_t)sum;
	return 0;
}

static int read_string(const struct place *p, const struct know_field *f,
		       struct json_object *v, char *at)
{
	const char *s;
	char *copy;

	if (!json_object_is_type(v, json_type_string))
		return bad(p, f->key, "not a string");
	s = json_object_get_string(v);
	if (!*s || strlen(s) != (size_t)json_object_get_string_len(v))
		return bad(p, f->key, "an empty string or one with a NUL");
	if (f->flags & FIELD_UNSTORED)
		return 0;
	copy = arena_strdup(&p->l->k->arena, s);
	memcpy(at, &copy, sizeof(copy));
	return 0;
}

static int read_field(const struct place *p, const struct know_field *f,
		      struct json_object *v, char *entry)
{
	char *at = entry + f->offset;
	int64_t n;

	switch (f->kind) {
	case FIELD_STRING:
		return read_string(p, f, v, at);
	case FIELD_BOOL:
		if (!json_object_is_type(v, json_type_boolean))
			return bad(p, f->key, "not true or false");
		*(bool *)at = json_object_get_boolean(v);
		return 0;
	case FIELD_ARG:
		n = json_object_get_int64(v);
		if (!json_object_is_type(v, json_type_int) || n < 0 ||
		    n > KNOW_MAX_ARG)
			return bad(p, f->key, "not the number of an argument");
		*(int8_t *)at = (int8_t)n;
		return 0;
	default:
		return read_words(p, f, v, at);
	}
}

static const struct know_field *find_field(const struct know_table *t,
					   const char *key)
{
	const struct know_field *f;

	for (f = t->fields; f->key; f++)
		if (!strcmp(f->key, key))
			return f;
	return NULL;
}

static void entry_init(const struct know_table *t, char *entry)
{
	const struct know_field *f;

	memset(entry, 0, t->size);
	for (f = t->fields; f->key; f++)
		if (f->kind == FIELD_ARG)
			*(int8_t *)(entry + f->offset) = -1;
}

/* Put @entry into its pile: a new one, or in place of an earlier directory's. */
static int pile_add(const struct place *p, struct pile *pile,
		    const char *entry)
{
	struct strbuf key = STRBUF_INIT;
	struct place full = *p;
	size_t i;

	know_key(p->t, entry, &key);
	if (!key.len) {
		strbuf_release(&key);
		return bad(p, NULL, "nothing says what the entry is about");
	}
	for (i = 0; i < pile->nr; i++)
		if (!strcmp(pile->origins[i].key, key.buf))
			break;
	if (i < pile->nr && pile->origins[i].dir == p->l->dir) {
		full.key = key.buf;
		bad(&full, NULL, "is there twice");
		strbuf_release(&key);
		return ERR_FORMAT;
	}
	if (i == pile->nr) {
		GROW(pile->origins, pile->nr, pile->origins_cap);
		if (pile->nr == pile->cap) {
			pile->cap = pile->cap ? 2 * pile->cap : 64;
			pile->entries = xreallocarray(pile->entries, pile->cap,
						      p->t->size);
		}
		pile->nr++;
	} else {
		free(pile->origins[i].key);
	}
	pile->origins[i] = (struct origin){ strbuf_detach(&key), p->l->dir };
	memcpy(pile->entries + i * p->t->size, entry, p->t->size);
	return 0;
}

/* All fields but the one that may be an array; that one is returned. */
static int read_fields(const struct place *p, struct json_object *o,
		       char *entry, const struct know_field **many,
		       struct json_object **list)
{
	struct json_object_iterator it = json_object_iter_begin(o);
	struct json_object_iterator end = json_object_iter_end(o);

	for (; !json_object_iter_equal(&it, &end); json_object_iter_next(&it)) {
		const char *key = json_object_iter_peek_name(&it);
		struct json_object *v = json_object_iter_peek_value(&it);
		const struct know_field *f = find_field(p->t, key);

		if (!strcmp(key, "note"))	/* for readers of the file */
			continue;
		if (!f)
			return bad(p, key, "unknown key");
		if ((f->flags & FIELD_MANY) &&
		    json_object_is_type(v, json_type_array)) {
			*many = f;
			*list = v;
			continue;
		}
		if (read_field(p, f, v, entry))
			return ERR_FORMAT;
	}
	return 0;
}

static int check_required(const struct place *p, struct json_object *o)
{
	const struct know_field *f;

	for (f = p->t->fields; f->key; f++)
		if ((f->flags & FIELD_REQUIRED) &&
		    !json_object_object_get_ex(o, f->key, NULL))
			return bad(p, f->key, "missing");
	return 0;
}

/* A name for messages: the first key field that is a string. */
static const char *shown_key(const struct know_table *t, struct json_object *o)
{
	const struct know_field *f;
	struct json_object *v;

	for (f = t->fields; f->key; f++) {
		if (!(f->flags & FIELD_KEY) ||
		    !json_object_object_get_ex(o, f->key, &v))
			continue;
		if (json_object_is_type(v, json_type_array))
			v = json_object_array_get_idx(v, 0);
		if (json_object_is_type(v, json_type_string))
			return json_object_get_string(v);
	}
	return NULL;
}

static int read_entry(struct place *p, struct pile *pile,
		      struct json_object *o)
{
	union {
		char bytes[256];
		void *align;
	} entry;
	const struct know_field *many = NULL;
	struct json_object *list = NULL;
	size_t i;

	BUG_ON(p->t->size > sizeof(entry));
	if (!json_object_is_type(o, json_type_object))
		return bad(p, NULL, "not an object");
	p->key = shown_key(p->t, o);
	entry_init(p->t, entry.bytes);
	if (check_required(p, o) ||
	    read_fields(p, o, entry.bytes, &many, &list))
		return ERR_FORMAT;
	if (!many)
		return pile_add(p, pile, entry.bytes);
	if (!json_object_array_length(list))
		return bad(p, many->key, "an empty array");
	for (i = 0; i < json_object_array_length(list); i++) {
		struct json_object *v = json_object_array_get_idx(list, i);

		if (read_field(p, many, v, entry.bytes) ||
		    pile_add(p, pile, entry.bytes))
			return ERR_FORMAT;
	}
	return 0;
}

static int read_table(struct loader *l, const char *name,
		      struct json_object *v)
{
	const struct know_table *t = know_table_find(name);
	size_t i;

	if (!strcmp(name, "about") || !strcmp(name, "$schema"))
		return 0;
	if (!t)
		return err_set(l->err, ERR_FORMAT, "%s: unknown table '%s'",
			       l->path, name);
	if (!json_object_is_type(v, json_type_array))
		return err_set(l->err, ERR_FORMAT, "%s: %s: not an array",
			       l->path, name);
	for (i = 0; i < json_object_array_length(v); i++) {
		struct place p = { l, t, i, NULL };

		if (read_entry(&p, &l->piles[t - know_tables],
			       json_object_array_get_idx(v, i)))
			return ERR_FORMAT;
	}
	return 0;
}

static int read_tables(struct loader *l, struct json_object *root)
{
	struct json_object_iterator it, end;

	if (!json_object_is_type(root, json_type_object))
		return err_set(l->err, ERR_FORMAT, "%s: not a JSON object",
			       l->path);
	it = json_object_iter_begin(root);
	end = json_object_iter_end(root);
	for (; !json_object_iter_equal(&it, &end); json_object_iter_next(&it))
		if (read_table(l, json_object_iter_peek_name(&it),
			       json_object_iter_peek_value(&it)))
			return ERR_FORMAT;
	return 0;
}

static int parse_text(struct loader *l, const struct strbuf *text,
		      struct json_object **root)
{
	struct json_tokener *tok = json_tokener_new_ex(JSON_DEPTH);
	enum json_tokener_error why;
	size_t i, line = 1, at;

	if (!tok)
		return err_set(l->err, ERR_FAILED, "%s: no JSON parser",
			       l->path);
	if (strlen(text->buf) != text->len) {
		json_tokener_free(tok);
		return err_set(l->err, ERR_FORMAT, "%s: has a NUL byte",
			       l->path);
	}
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT |
			       JSON_TOKENER_VALIDATE_UTF8);
	*root = json_tokener_parse_ex(tok, text->buf, (int)text->len + 1);
	why = json_tokener_get_error(tok);
	at = json_tokener_get_parse_end(tok);
	json_tokener_free(tok);
	if (why == json_tokener_success)
		return 0;
	for (i = 0; i < at && i < text->len; i++)
		line += text->buf[i] == '\n';
	json_object_put(*root);
	*root = NULL;
	return err_set(l->err, ERR_FORMAT, "%s:%zu: %s", l->path, line,
		       json_tokener_error_desc(why));
}

static int read_file(struct loader *l, const char *dir, const char *name)
{
	struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;
	struct json_object *root = NULL;
	int ret;

	strbuf_addf(&path, "%s/%s", dir, name);
	l->path = path.buf;
	ret = file_read(path.buf, FILE_LIMIT, &text, l->err);
	if (!ret) {
		digest_adds(l->digest, name);
		digest_add(l->digest, text.buf, text.len);
		ret = parse_text(l, &text, &root);
	}
	if (!ret)
		ret = read_tables(l, root);
	json_object_put(root);
	strbuf_release(&text);
	strbuf_release(&path);
	return ret;
}

static int is_knowledge_file(const struct dirent *d)
{
	return d->d_name[0] != '.' && str_ends(d->d_name, ".json");
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_dir(struct loader *l, const char *dir)
{
	struct dirent **names = NULL;
	int nr = scandir(dir, &names, is_knowledge_file, by_bytes);
	int i, ret = 0;

	if (nr < 0)
		return err_set(l->err, ERR_NOT_FOUND, "cannot read '%s': %s",
			       dir, strerror(errno));
	if (!nr)
		ret = err_set(l->err, ERR_NOT_FOUND,
			      "no knowledge in '%s': it has no .json file",
			      dir);
	for (i = 0; i < nr; i++) {
		if (!ret)
			ret = read_file(l, dir, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	return ret;
}

/* Move a pile into the knowledge's arena, or drop it. */
static void pile_finish(struct knowledge *k, const struct know_table *t,
			struct pile *pile)
{
	void *entries = arena_memdup(&k->arena, pile->entries,
				     pile->nr * t->size);
	size_t i;

	memcpy((char *)k + t->array, &entries, sizeof(entries));
	memcpy((char *)k + t->nr, &pile->nr, sizeof(pile->nr));
	for (i = 0; i < pile->nr; i++)
		free(pile->origins[i].key);
	free(pile->origins);
	free(pile->entries);
}

int knowledge_load(struct knowledge *k, const char *const *dirs,
		   size_t nr_dirs, struct err *err)
{
	struct loader l = { .k = k, .err = err };
	int ret = 0;
	size_t i;

	memset(k, 0, sizeof(*k));
	arena_init(&k->arena);
	l.piles = xcalloc(nr_know_tables, sizeof(*l.piles));
	l.digest = digest_new();
	for (l.dir = 0; l.dir < nr_dirs && !ret; l.dir++)
		ret = read_dir(&l, dirs[l.dir]);
	for (i = 0; i < nr_know_tables; i++)
		pile_finish(k, &know_tables[i], &l.piles[i]);
	free(l.piles);
	digest_hex(l.digest, k->digest, 64);
	if (ret)
		knowledge_release(k);
	return ret;
}

void knowledge_release(struct knowledge *k)
{
	arena_release(&k->arena);
	memset(k, 0, sizeof(*k));
	arena_init(&k->arena);
}
