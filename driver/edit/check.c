// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules and a tree go in, sorted items come out. First every blob is looked
 * at: what the cache knows is taken from there, what has none of the words
 * that a rule asks for is done. The rest is handed to Coccinelle in small
 * batches, rule by rule, on as many threads as there are.
 *
 * A record of the cache belongs to a rule, a path and a blob: scripts see the
 * path. What failed is not kept, and neither is anything of a rule that has a
 * script for the end of all files, which is given all of them at once.
 */
#include "edit/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/workers.h"
#include "edit/slice.h"
#include "edit/spatch.h"
#include "input/factcache.h"
#include "read/read.h"

#define BATCH_MAX	96
#define BATCH_WORTH	32	/* files that take as long as a start */

/* A rule and a file that it has to be run on. */
struct pair {
	uint32_t rule, entry;
};

struct batch {
	const struct pair *pairs;
	size_t nr;
};

struct worker {
	struct source_reader *source;
	struct reader *reader;
	struct check_place place;
	struct arena arena;		/* of what is found */
	struct arena scratch;		/* of one batch */
	struct pair *pairs;
	size_t nr_pairs, cap_pairs;
	struct check_items items;
	struct strbuf record;
	uint8_t *seen;
	uint64_t *files, *cached;	/* by rule */
	uint64_t unreadable, nr_files;
	char *dir;
};

struct check {
	const struct check_opts *o;
	struct check_result *r;
	struct worker *workers;
	struct batch *batches;
	size_t nr_batches, cap_batches;
	struct progress *progress;
	char *dir;
	struct strbuf python, any_python;
};

/* ---- the cache ---- */

static void record_key(const struct check_rule *rule,
		       const struct source_entry *e, uint8_t *key)
{
	uint64_t h = 14695981039346656037u;

	for (const char *p = e->path; *p; p++)
		h = (h ^ (unsigned char)*p) * 1099511628211u;
	for (size_t i = 0; i < SOURCE_OID_RAW; i++)
		key[i] = (uint8_t)(e->oid[i] ^ rule->key[i] ^
				   (uint8_t)(h >> 8 * (i % 8)));
}

static bool is_cacheable(const struct check *c, const struct check_rule *rule,
			 const struct source_entry *e)
{
	return c->o->cache && e->has_oid && !rule->smpl.at_end;
}

static void take_items(struct worker *w, const struct check_items *items,
		       uint32_t rule, const char *path)
{
	for (size_t i = 0; i < items->nr; i++) {
		GROW(w->items.v, w->items.nr, w->items.cap);
		w->items.v[w->items.nr] = items->v[i];
		w->items.v[w->items.nr].rule = rule;
		w->items.v[w->items.nr++].path = path;
	}
}

static bool take_cached(struct check *c, struct worker *w, uint32_t rule,
			const struct source_entry *e)
{
	const struct check_rule *r = &c->r->rules[rule];
	struct check_items items = { NULL, 0, 0 };
	uint8_t key[SOURCE_OID_RAW];
	const void *data;
	size_t len;
	bool ok;

	if (!is_cacheable(c, r, e))
		return false;
	record_key(r, e, key);
	if (!factcache_get(c->o->cache, key, &data, &len))
		return false;
	/* one byte: no word of the rule is in it */
	if (len == 1)
		return true;
	ok = check_load(&items, &w->arena, data, len);
	if (ok) {
		take_items(w, &items, rule, e->path);
		w->files[rule]++;
		w->cached[rule]++;
	}
	free(items.v);
	return ok;
}

static void keep(struct check *c, struct worker *w, uint32_t rule,
		 const struct source_entry *e, const struct check_items *items)
{
	const struct check_rule *r = &c->r->rules[rule];
	uint8_t key[SOURCE_OID_RAW];

	if (!is_cacheable(c, r, e))
		return;
	record_key(r, e, key);
	if (!items) {
		factcache_put(c->o->cache, key, "", 1);
		return;
	}
	strbuf_clear(&w->record);
	check_save(items, &w->record);
	factcache_put(c->o->cache, key, w->record.buf, w->record.len);
}

/* ---- which files ---- */

static bool looks_at(const struct check_rule *rule,
		     const struct source_entry *e)
{
	return !rule->skipped && (rule->headers || !str_ends(e->path, ".h"));
}

static void add_pair(struct worker *w, uint32_t rule, size_t entry)
{
	GROW(w->pairs, w->nr_pairs, w->cap_pairs);
	w->pairs[w->nr_pairs++] = (struct pair){ rule, (uint32_t)entry };
}

static void unreadable(struct worker *w, const struct source_entry *e,
		       const char *why)
{
	struct check_items items = { NULL, 0, 0 };
	struct check_item it = { .kind = FOUND_FAILED, .path = e->path,
				 .function = "", .text = why };

	check_add(&items, &w->arena, &it);
	take_items(w, &items, UINT32_MAX, e->path);
	free(items.v);
	w->unreadable++;
}

static void look_at(struct check *c, struct worker *w, size_t i)
{
	struct source_entry *e = &c->o->files->entries[i];
	struct err err = ERR_INIT;
	const char *data = NULL;
	size_t len = 0;

	if (e->skip != SKIP_NONE)
		return;
	w->nr_files++;
	for (uint32_t k = 0; k < c->r->nr_rules; k++) {
		const struct check_rule *rule = &c->r->rules[k];

		if (!looks_at(rule, e) || take_cached(c, w, k, e))
			continue;
		if (!data && source_read(w->source, e, &data, &len, &err)) {
			if (e->skip == SKIP_UNREADABLE)
				unreadable(w, e, err.msg ? err.msg :
					   source_skip_text(e->skip));
			err_clear(&err);
			return;
		}
		memset(w->seen, 0, rule->smpl.nr_words + 1);
		if (!rule->smpl.any_file)
			smpl_scan(&rule->smpl, data, len, w->seen);
		if (smpl_wants_file(&rule->smpl, w->seen))
			add_pair(w, k, i);
		else
			keep(c, w, k, e, NULL);
	}
}

static void look_chunk(void *ctx, unsigned int nr, size_t first, size_t end)
{
	struct check *c = ctx;

	for (size_t i = first; i < end; i++)
		look_at(c, &c->workers[nr], i);
	progress_add(c->progress, end - first);
}

static int cmp_pairs(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;

	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

/* Each batch starts a Coccinelle: no more of them than keep all busy, and none
 * for less work than its start. */
static size_t batch_size(const struct check *c, size_t nr)
{
	size_t batches = nr / BATCH_WORTH, n;

	if (batches > c->o->threads)
		batches = c->o->threads;
	n = batches ? (nr + batches - 1) / batches : nr;
	return n > BATCH_MAX ? BATCH_MAX : n;
}

/* All pairs in order, cut into batches. The caller frees. */
static struct pair *make_batches(struct check *c)
{
	struct pair *all;
	size_t nr = 0, i, k, end, size;

	for (i = 0; i < c->o->threads; i++)
		nr += c->workers[i].nr_pairs;
	all = xcalloc(nr + 1, sizeof(*all));
	nr = 0;
	for (i = 0; i < c->o->threads; i++) {
		const struct worker *w = &c->workers[i];

		if (w->nr_pairs)
			memcpy(all + nr, w->pairs,
			       w->nr_pairs * sizeof(*all));
		nr += w->nr_pairs;
	}
	qsort(all, nr, sizeof(*all), cmp_pairs);
	for (i = 0; i < nr; i = end) {
		for (end = i; end < nr && all[end].rule == all[i].rule; end++)
			;
		size = c->r->rules[all[i].rule].smpl.at_end ?
			end - i : batch_size(c, end - i);
		for (k = i; k < end; k += size) {
			GROW(c->batches, c->nr_batches, c->cap_batches);
			c->batches[c->nr_batches++] = (struct batch){
				all + k, end - k < size ? end - k : size };
		}
	}
	return all;
}

/* ---- running ---- */

/* False when the file is gone; it was there a moment ago. */
static bool load_input(struct check *c, struct worker *w,
		       const struct pair *pair, struct check_input *in)
{
	const struct check_rule *rule = &c->r->rules[pair->rule];
	struct source_entry *e = &c->o->files->entries[pair->entry];
	struct err err = ERR_INIT;
	struct facts *facts;
	const char *data;

	memset(in, 0, sizeof(*in));
	strbuf_init(&in->cut);
	in->path = e->path;
	if (source_read(w->source, e, &data, &in->len, &err)) {
		unreadable(w, e, err.msg ? err.msg : "cannot be read");
		err_clear(&err);
		return false;
	}
	in->text = arena_memdup(&w->scratch, data, in->len);
	facts = ARENA_NEW(&w->scratch, struct facts);
	read_file(w->reader, in->text, in->len, &w->scratch, facts);
	in->facts = facts;
	slice_make(&rule->smpl, facts, in->text, in->len, w->seen, &in->cut);
	return true;
}

static void run_batch(struct check *c, struct worker *w,
		      const struct batch *b)
{
	struct check_input *in = xcalloc(b->nr, sizeof(*in));
	uint32_t rule = b->pairs->rule;
	size_t nr = 0, i;
	const struct pair **pairs = xcalloc(b->nr, sizeof(*pairs));

	for (i = 0; i < b->nr; i++)
		if (load_input(c, w, &b->pairs[i], &in[nr]))
			pairs[nr++] = &b->pairs[i];
	if (nr)
		check_batch(&c->r->rules[rule], c->o, &w->place, in, nr,
			    c->r->rules[rule].smpl.at_end);
	w->files[rule] += nr;
	for (i = 0; i < nr; i++) {
		take_items(w, &in[i].found, rule, in[i].path);
		if (!in[i].failed)
			keep(c, w, rule,
			     &c->o->files->entries[pairs[i]->entry],
			     &in[i].found);
		free(in[i].found.v);
		strbuf_release(&in[i].cut);
	}
	free(in);
	free(pairs);
	arena_release(&w->scratch);
}

static void run_chunk(void *ctx, unsigned int nr, size_t first, size_t end)
{
	struct check *c = ctx;

	for (size_t i = first; i < end; i++) {
		run_batch(c, &c->workers[nr], &c->batches[i]);
		progress_add(c->progress, c->batches[i].nr);
	}
}

static int check_rule(struct check *c, const struct check_rule *rule,
		      struct err *err)
{
	struct strbuf dir = STRBUF_INIT;
	int rc;

	strbuf_addf(&dir, "%s/rule%zu", c->dir, (size_t)(rule - c->r->rules));
	rc = dir_make(dir.buf, err);
	if (!rc)
		rc = check_syntax(rule, c->o, dir.buf, err);
	dir_remove(dir.buf, NULL);
	strbuf_release(&dir);
	return rc;
}

/* A rule that Coccinelle has taken once in this version it takes again. */
static int check_rules(struct check *c, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; i < c->r->nr_rules && !rc; i++) {
		const struct check_rule *rule = &c->r->rules[i];
		const void *data;
		size_t len;

		if (rule->skipped ||
		    factcache_get(c->o->cache, rule->key, &data, &len))
			continue;
		rc = check_rule(c, rule, err);
		if (!rc)
			factcache_put(c->o->cache, rule->key, "", 1);
	}
	return rc;
}

static int start_worker(struct check *c, struct worker *w, unsigned int nr,
			struct err *err)
{
	struct strbuf dir = STRBUF_INIT;
	size_t words = 0;
	int rc;

	for (size_t i = 0; i < c->r->nr_rules; i++)
		if (c->r->rules[i].smpl.nr_words > words)
			words = c->r->rules[i].smpl.nr_words;
	w->seen = xcalloc(words + 1, 1);
	w->files = xcalloc(c->r->nr_rules + 1, sizeof(*w->files));
	w->cached = xcalloc(c->r->nr_rules + 1, sizeof(*w->cached));
	w->reader = reader_new(NULL, 0);
	strbuf_addf(&dir, "%s/%u", c->dir, nr);
	rc = dir_make(dir.buf, err);
	w->dir = strbuf_detach(&dir);
	w->place = (struct check_place){ .dir = w->dir, .arena = &w->arena };
	if (rc)
		return rc;
	w->source = source_reader_new(c->o->source, err);
	return w->source ? 0 : err->code;
}

static void stop_worker(struct worker *w)
{
	source_reader_free(w->source);
	if (w->reader)
		reader_free(w->reader);
	arena_release(&w->arena);
	strbuf_release(&w->record);
	free(w->pairs);
	free(w->items.v);
	free(w->seen);
	free(w->files);
	free(w->cached);
	free(w->dir);
}

static int cmp_items(const void *va, const void *vb)
{
	const struct check_item *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (c)
		return c;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	c = strcmp(a->text, b->text);
	if (c)
		return c;
	return a->end_column < b->end_column ? -1 :
	       a->end_column > b->end_column;
}

static void collect(struct check *c)
{
	struct check_result *r = c->r;
	size_t nr = 0;

	for (unsigned int i = 0; i < c->o->threads; i++)
		nr += c->workers[i].items.nr;
	r->items = ARENA_ARRAY(&r->arena, struct check_item, nr);
	for (unsigned int i = 0; i < c->o->threads; i++) {
		struct worker *w = &c->workers[i];

		for (size_t k = 0; k < w->items.nr; k++) {
			struct check_item *it = &r->items[r->nr_items++];

			*it = w->items.v[k];
			it->path = arena_strdup(&r->arena, it->path);
			it->function = arena_strdup(&r->arena, it->function);
			it->text = arena_strdup(&r->arena, it->text);
		}
		for (size_t k = 0; k < r->nr_rules; k++) {
			r->rules[k].files += w->files[k];
			r->rules[k].cached += w->cached[k];
		}
		r->cpu += w->place.cpu;
		r->nr_files += w->nr_files;
		r->nr_unreadable += w->unreadable;
	}
	qsort(r->items, r->nr_items, sizeof(*r->items), cmp_items);
}

/* Asked for once, where a batch has a rule that wants it. */
static void find_python(struct check *c)
{
	struct spatch s = { .dir = c->workers[0].dir,
			    .no_sandbox = c->o->no_sandbox };
	bool any = false, asked = false;
	size_t i;

	for (i = 0; i < c->nr_batches; i++) {
		const struct smpl *smpl =
			&c->r->rules[c->batches[i].pairs->rule].smpl;

		any |= smpl->python && !smpl->imports;
		asked |= smpl->python && smpl->imports;
	}
	if (any && !spatch_any_python(&c->any_python))
		asked = true;
	if (asked)
		spatch_python(&s, &c->python);
	for (i = 0; i < c->o->threads; i++) {
		struct check_place *place = &c->workers[i].place;

		place->python = c->python.len ? c->python.buf : NULL;
		place->any_python = c->any_python.len ? c->any_python.buf :
							place->python;
	}
}

static void work(struct check *c)
{
	const struct check_opts *o = c->o;
	struct pair *pairs;
	size_t nr = 0;

	c->progress = progress_start("looking", o->files->nr, o->quiet);
	workers_run(o->threads, o->files->nr, 64, look_chunk, c);
	progress_stop(c->progress);
	pairs = make_batches(c);
	find_python(c);
	for (size_t i = 0; i < c->nr_batches; i++)
		nr += c->batches[i].nr;
	c->progress = progress_start("checking", nr, o->quiet);
	workers_run(o->threads, c->nr_batches, 1, run_chunk, c);
	progress_stop(c->progress);
	free(pairs);
	collect(c);
}

int check_run(struct check_result *r, const struct check_opts *o,
	      struct err *err)
{
	struct check c = { .o = o, .r = r, .python = STRBUF_INIT,
			   .any_python = STRBUF_INIT };
	int rc = 0;

	c.dir = dir_temp("gfpscope-check", err);
	if (!c.dir)
		return err->code;
	c.workers = xcalloc(o->threads, sizeof(*c.workers));
	for (unsigned int i = 0; i < o->threads; i++) {
		arena_init(&c.workers[i].arena);
		arena_init(&c.workers[i].scratch);
		strbuf_init(&c.workers[i].record);
	}
	for (unsigned int i = 0; i < o->threads && !rc; i++)
		rc = start_worker(&c, &c.workers[i], i, err);
	if (!rc)
		rc = check_rules(&c, err);
	if (!rc)
		work(&c);
	for (unsigned int i = 0; i < o->threads; i++)
		stop_worker(&c.workers[i]);
	free(c.workers);
	free(c.batches);
	dir_remove(c.dir, NULL);
	free(c.dir);
	strbuf_release(&c.python);
	strbuf_release(&c.any_python);
	return rc;
}

void check_result_init(struct check_result *r)
{
	memset(r, 0, sizeof(*r));
	arena_init(&r->arena);
}

void check_result_release(struct check_result *r)
{
	for (size_t i = 0; i < r->nr_rules; i++)
		smpl_release(&r->rules[i].smpl);
	free(r->rules);
	arena_release(&r->arena);
	memset(r, 0, sizeof(*r));
}
