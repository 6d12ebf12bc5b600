// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interned strings. A hash picks one of 64 shards; a shard has an open
 * addressing table of words that only ever gains entries, and the memory of
 * its strings. A word is a string's address with 16 bits of its hash above:
 * user space has 47 or 48 bits of addresses wherever we run.
 *
 * Looking up takes no lock: the table's words and its pointer are read with
 * acquire order, and a string is complete before its word appears. A full
 * table is replaced by one of twice its size; the old one is kept until the
 * end for those who still read it (all of them together are no larger than
 * the newest). Who misses takes the shard's lock and looks again.
 *
 * Strings are found from their ids by a two-level array that never moves.
 *
 * A table may begin with an image, the strings of an earlier one as they lie
 * in a file: its ids are the first ones, and it is asked first.
 */
#include "base/atom.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

#define SHARD_BITS	6
#define NR_SHARDS	(1u << SHARD_BITS)
#define TABLE_MIN	64u
#define ADDR_BITS	48
#define ADDR_MASK	(((uint64_t)1 << ADDR_BITS) - 1)
#define PAGE_BITS	16
#define PAGE_IDS	(1u << PAGE_BITS)
#define NR_PAGES	(1u << (32 - PAGE_BITS))

struct text {
	atom_t id;
	uint32_t len;
	uint32_t hash;		/* its place in a table */
	char s[];		/* len bytes and a NUL */
};

struct table {
	struct table *older;
	uint32_t mask;		/* number of slots - 1 */
	_Atomic uint64_t slots[];	/* see word_of(); 0: free */
};

struct shard {
	_Atomic(struct table *) table;
	uint32_t nr;		/* entries, under lock */
	pthread_mutex_t lock;
	struct arena texts;	/* under lock */
};

typedef _Atomic(const struct text *) text_slot;

struct atoms {
	struct atom_image image;	/* borrowed; nr is 0: none */
	struct shard shards[NR_SHARDS];
	_Atomic uint32_t count;
	_Atomic(text_slot *) pages[NR_PAGES];
};

static const struct text empty_text = { .s = { 0 } };

static uint64_t mix(uint64_t a, uint64_t b)
{
	__uint128_t m = (__uint128_t)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

static uint64_t hash_of(const char *s, size_t len)
{
	uint64_t h = len ^ 0x8c5f3b1d2e6a4997ULL, w;

	for (; len >= 8; s += 8, len -= 8) {
		memcpy(&w, s, 8);
		h = mix(h ^ w, 0x9e3779b97f4a7c15ULL);
	}
	w = 0;
	if (len >= 4) {
		uint32_t first, last;

		memcpy(&first, s, 4);
		memcpy(&last, s + len - 4, 4);
		w = (uint64_t)first << 32 | last;
	} else if (len) {
		w = (uint64_t)(unsigned char)s[0] << 16 |
		    (uint64_t)(unsigned char)s[len / 2] << 8 |
		    (unsigned char)s[len - 1];
	}
	return mix(h ^ w, 0xd6e8feb86659fd93ULL);
}

static unsigned int shard_of(uint64_t hash)
{
	return hash >> (64 - SHARD_BITS);
}

static struct table *table_new(uint32_t nr_slots, struct table *older)
{
	struct table *tab = xcalloc(1, sizeof(*tab) +
				    nr_slots * sizeof(tab->slots[0]));

	tab->mask = nr_slots - 1;
	tab->older = older;
	return tab;
}

struct atoms *atoms_new(void)
{
	struct atoms *t = xcalloc(1, sizeof(*t));
	unsigned int i;

	for (i = 0; i < NR_SHARDS; i++) {
		struct shard *sh = &t->shards[i];

		atomic_init(&sh->table, table_new(TABLE_MIN, NULL));
		pthread_mutex_init(&sh->lock, NULL);
		arena_init(&sh->texts);
	}
	atomic_init(&t->count, 1);
	return t;
}

struct atoms *atoms_from(const struct atom_image *image)
{
	struct atoms *t = atoms_new();

	if (image->nr) {
		t->image = *image;
		atomic_store(&t->count, image->nr);
	}
	return t;
}

void atoms_expect(struct atoms *t, size_t nr)
{
	size_t slots = TABLE_MIN, want = nr / NR_SHARDS / 5 * 8;
	unsigned int i;

	BUG_ON(atomic_load(&t->count) != 1 || t->image.nr);
	while (slots < want && slots < UINT32_MAX / 4)
		slots *= 2;
	for (i = 0; i < NR_SHARDS && slots > TABLE_MIN; i++) {
		free(atomic_load(&t->shards[i].table));
		atomic_store(&t->shards[i].table,
			     table_new((uint32_t)slots, NULL));
	}
}

static void shard_release(struct shard *sh)
{
	struct table *tab = atomic_load(&sh->table), *older;

	for (; tab; tab = older) {
		older = tab->older;
		free(tab);
	}
	pthread_mutex_destroy(&sh->lock);
	arena_release(&sh->texts);
}

void atoms_free(struct atoms *t)
{
	unsigned int i;

	if (!t)
		return;
	for (i = 0; i < NR_SHARDS; i++)
		shard_release(&t->shards[i]);
	for (i = 0; i < NR_PAGES; i++) {
		text_slot *page = atomic_load(&t->pages[i]);

		free(page);
	}
	free(t);
}

static const struct text *text_of(const struct atoms *t, atom_t id)
{
	const struct text *text = NULL;
	text_slot *page;

	if (!id)
		return &empty_text;
	page = atomic_load_explicit(&t->pages[id >> PAGE_BITS],
				    memory_order_acquire);
	if (page)
		text = atomic_load_explicit(&page[id & (PAGE_IDS - 1)],
					    memory_order_acquire);
	return text ? text : &empty_text;
}

/* Shard, tag and place are different bits of the hash. */
static uint64_t word_of(const struct text *text, uint64_t hash)
{
	return (uint64_t)(uintptr_t)text | (hash >> 32 & 0xffff) << ADDR_BITS;
}

static const struct text *word_text(uint64_t word)
{
	return (const struct text *)(uintptr_t)(word & ADDR_MASK);
}

/* The id of the string, or 0 and in *@free_slot where its word belongs. */
static atom_t probe(const struct table *tab, uint64_t hash, const char *s,
		    size_t len, uint32_t *free_slot)
{
	uint32_t i = (uint32_t)hash & tab->mask;
	uint64_t tag = hash >> 32 & 0xffff;

	for (;; i = (i + 1) & tab->mask) {
		uint64_t word = atomic_load_explicit(&tab->slots[i],
						     memory_order_acquire);
		const struct text *text = word_text(word);

		if (!word)
			break;
		if (word >> ADDR_BITS == tag && text->len == len &&
		    memcmp(text->s, s, len) == 0)
			return text->id;
	}
	*free_slot = i;
	return 0;
}

/* The string's address in the id array; pages appear as they are needed. */
static text_slot *text_slot_of(struct atoms *t, atom_t id)
{
	_Atomic(text_slot *) *pagep = &t->pages[id >> PAGE_BITS];
	text_slot *page = atomic_load(pagep), *fresh;

	if (!page) {
		fresh = xcalloc(PAGE_IDS, sizeof(*fresh));
		if (atomic_compare_exchange_strong(pagep, &page, fresh))
			page = fresh;
		else
			free(fresh);
	}
	return &page[id & (PAGE_IDS - 1)];
}

/* Twice the slots; readers of the old table miss what comes from now on. */
static struct table *table_grow(struct shard *sh, struct table *old)
{
	struct table *tab;
	uint32_t i, j;

	if (old->mask >= UINT32_MAX / 4)
		BUG("too many atoms");
	tab = table_new((old->mask + 1) * 2, old);
	for (i = 0; i <= old->mask; i++) {
		uint64_t word = atomic_load(&old->slots[i]);

		if (!word)
			continue;
		j = word_text(word)->hash & tab->mask;
		while (atomic_load_explicit(&tab->slots[j],
					    memory_order_relaxed))
			j = (j + 1) & tab->mask;
		atomic_init(&tab->slots[j], word);
	}
	atomic_store_explicit(&sh->table, tab, memory_order_release);
	return tab;
}

static struct text *text_new(struct arena *a, uint64_t hash, const char *s,
			     size_t len)
{
	struct text *text;

	if (len >= UINT32_MAX)
		BUG("atom of %zu bytes", len);
	text = arena_alloc_aligned(a, sizeof(*text) + len + 1,
				   _Alignof(struct text));
	if ((uintptr_t)text & ~ADDR_MASK)
		BUG("address %p has more than %d bits", (void *)text,
		    ADDR_BITS);
	text->len = (uint32_t)len;
	text->hash = (uint32_t)hash;
	memcpy(text->s, s, len);
	text->s[len] = '\0';
	return text;
}

/* Called with the shard's lock held. */
static atom_t insert(struct atoms *t, struct shard *sh, uint64_t hash,
		     const char *s, size_t len)
{
	struct table *tab = atomic_load(&sh->table);
	uint32_t slot = 0;
	atom_t id = probe(tab, hash, s, len, &slot);
	struct text *text;

	if (id)
		return id;
	if (sh->nr >= (tab->mask + 1) / 8 * 5) {
		tab = table_grow(sh, tab);
		probe(tab, hash, s, len, &slot);
	}
	id = atomic_fetch_add(&t->count, 1);
	if (!id)
		BUG("too many atoms");
	text = text_new(&sh->texts, hash, s, len);
	text->id = id;
	atomic_store_explicit(text_slot_of(t, id), text, memory_order_release);
	atomic_store_explicit(&tab->slots[slot], word_of(text, hash),
			      memory_order_release);
	sh->nr++;
	return id;
}

/* The id that the image has for the string, 0: none. */
static atom_t image_find(const struct atom_image *m, uint64_t hash,
			 const char *s, size_t len)
{
	uint32_t i = (uint32_t)hash;

	if (!m->nr)
		return 0;
	for (;; i++) {
		atom_t id = m->table[i & (m->nr_slots - 1)];

		if (!id)
			return 0;
		if (m->offsets[id + 1] - m->offsets[id] == len + 1 &&
		    !memcmp(m->text + m->offsets[id], s, len))
			return id;
	}
}

atom_t atom(struct atoms *t, const char *s, size_t len)
{
	uint64_t hash = hash_of(s, len);
	struct shard *sh = &t->shards[shard_of(hash)];
	uint32_t slot;
	atom_t id;

	if (!len)
		return 0;
	id = image_find(&t->image, hash, s, len);
	if (!id)
		id = probe(atomic_load_explicit(&sh->table,
						memory_order_acquire),
			   hash, s, len, &slot);
	if (id)
		return id;
	pthread_mutex_lock(&sh->lock);
	id = insert(t, sh, hash, s, len);
	pthread_mutex_unlock(&sh->lock);
	return id;
}

/* A string on its way to its id. */
struct query {
	const struct table *tab;
	uint64_t hash;
	size_t len;
};

/* Nearly all of the time goes into waiting for memory: for the table's words,
 * then for the strings they lead to. Here all of them are waited for at once. */
void atom_batch(struct atoms *t, const char *const *s, size_t nr, atom_t *out)
{
	struct query q[ATOM_BATCH];
	uint32_t unused;
	size_t i;

	BUG_ON(nr > ATOM_BATCH);
	for (i = 0; i < nr; i++) {
		const struct shard *sh;

		q[i].len = strlen(s[i]);
		q[i].hash = hash_of(s[i], q[i].len);
		sh = &t->shards[shard_of(q[i].hash)];
		q[i].tab = atomic_load_explicit(&sh->table,
						memory_order_acquire);
		__builtin_prefetch(&q[i].tab->slots[(uint32_t)q[i].hash &
						    q[i].tab->mask]);
	}
	for (i = 0; i < nr; i++) {
		uint32_t at = (uint32_t)q[i].hash & q[i].tab->mask;

		__builtin_prefetch(word_text(atomic_load_explicit(
			&q[i].tab->slots[at], memory_order_acquire)));
	}
	for (i = 0; i < nr; i++) {
		out[i] = q[i].len ? probe(q[i].tab, q[i].hash, s[i], q[i].len,
					  &unused) : 0;
		if (q[i].len && !out[i])
			out[i] = atom(t, s[i], q[i].len);
	}
}

atom_t atom_of(struct atoms *t, const char *s)
{
	return atom(t, s, strlen(s));
}

atom_t atom_find(const struct atoms *t, const char *s)
{
	size_t len = strlen(s);
	uint64_t hash = hash_of(s, len);
	const struct shard *sh = &t->shards[shard_of(hash)];
	uint32_t slot;
	atom_t id;

	if (!len)
		return 0;
	id = image_find(&t->image, hash, s, len);
	if (id)
		return id;
	return probe(atomic_load_explicit(&sh->table, memory_order_acquire),
		     hash, s, len, &slot);
}

const char *atom_str(const struct atoms *t, atom_t id)
{
	if (id < t->image.nr)
		return t->image.text + t->image.offsets[id];
	return text_of(t, id)->s;
}

uint32_t atoms_count(const struct atoms *t)
{
	return atomic_load(&t->count);
}

static void image_add(struct atom_image *m, uint32_t *table, atom_t id,
		      size_t len)
{
	const char *s = m->text + m->offsets[id];
	uint32_t i = (uint32_t)hash_of(s, len) & (m->nr_slots - 1);

	while (table[i])
		i = (i + 1) & (m->nr_slots - 1);
	table[i] = id;
}

static size_t atom_len(const struct atoms *t, atom_t id)
{
	if (id < t->image.nr)
		return t->image.offsets[id + 1] - t->image.offsets[id] - 1;
	return text_of(t, id)->len;
}

bool atoms_image(const struct atoms *t, struct atom_image *m)
{
	uint32_t nr = atoms_count(t), *offsets, *table;
	size_t text = 0;
	char *to;
	atom_t id;

	memset(m, 0, sizeof(*m));
	for (id = 0; id < nr; id++)
		text += atom_len(t, id) + 1;
	if (text > UINT32_MAX || nr > UINT32_MAX / 4)
		return false;
	for (m->nr_slots = TABLE_MIN; m->nr_slots / 8 * 5 < nr;)
		m->nr_slots *= 2;
	m->nr = nr;
	m->text = to = xmalloc(text);
	m->offsets = offsets = xmalloc(((size_t)nr + 1) * sizeof(*offsets));
	m->table = table = xcalloc(m->nr_slots, sizeof(*table));
	offsets[0] = 0;
	for (id = 0; id < nr; id++) {
		size_t len = atom_len(t, id);

		memcpy(to + offsets[id], atom_str(t, id), len + 1);
		offsets[id + 1] = offsets[id] + (uint32_t)len + 1;
		if (id)
			image_add(m, table, id, len);
	}
	return true;
}

void atom_image_free(struct atom_image *m)
{
	free((void *)m->text);
	free((void *)m->offsets);
	free((void *)m->table);
	memset(m, 0, sizeof(*m));
}
