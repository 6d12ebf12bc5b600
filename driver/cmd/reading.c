// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read files into facts.
 *
 * A record of the cache is the size of the source and the saved facts; its key
 * is the blob and the version of the reader with the mask words, on which
 * facts depend. What does not load is read from source again.
 *
 * Facts that were made are given to the cache, forgotten, and taken from there
 * when all files are read: mapped files are memory that the system can take
 * back, and that costs little to get. Where there is no cache to write to,
 * they stay in memory.
 */
#include "cmd/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "base/pages.h"
#include "base/progress.h"
#include "base/workers.h"
#include "input/factcache.h"
#include "read/read.h"

#define READ_CHUNK	32	/* files that a thread takes at once */

struct reading_thread {
	struct source_reader *source;
	struct reader *reader;
	struct arena arena;	/* of the facts that stay in memory */
	struct arena scratch;	/* of those that do not */
	struct strbuf record;
};

static bool take_cached(struct reading *r, const struct source_entry *e,
			size_t i)
{
	const void *data;
	uint64_t size;
	size_t len;

	if (!r->cache || !e->has_oid ||
	    !factcache_get(r->cache, e->oid, &data, &len) ||
	    len < sizeof(size))
		return false;
	memcpy(&size, data, sizeof(size));
	if (facts_load(&r->facts[i], (const char *)data + sizeof(size),
		       len - sizeof(size), NULL))
		return false;
	r->sizes[i] = (size_t)size;
	r->facts[i].mapping = factcache_mapping(r->cache, e->oid);
	r->facts[i].mapped = data;
	r->facts[i].mapped_len = len;
	return true;
}

/* Facts in the scratch arena go to the cache, or else to one that stays. */
static void keep(struct reading *r, struct reading_thread *t,
		 const struct source_entry *e, size_t i)
{
	uint64_t size = r->sizes[i];
	const char *copy;

	strbuf_clear(&t->record);
	strbuf_add(&t->record, &size, sizeof(size));
	facts_save(&r->facts[i], &t->record);
	r->kept[i] = factcache_put(r->cache, e->oid, t->record.buf,
				   t->record.len);
	if (!r->kept[i]) {
		copy = arena_memdup(&t->arena, t->record.buf + sizeof(size),
				    t->record.len - sizeof(size));
		if (facts_load(&r->facts[i], copy, t->record.len -
			       sizeof(size), NULL))
			BUG("facts just made do not load");
	}
	arena_clear(&t->scratch);
}

static void make_facts(struct reading *r, struct reading_thread *t, size_t i,
		       const char *data)
{
	const struct source_entry *e = &r->files->entries[i];

	if (!r->cache || !e->has_oid || r->settled) {
		read_file(t->reader, data, r->sizes[i], &t->arena,
			  &r->facts[i]);
		return;
	}
	read_file(t->reader, data, r->sizes[i], &t->scratch, &r->facts[i]);
	keep(r, t, e, i);
}

static bool read_source(struct reading *r, struct reading_thread *t, size_t i)
{
	struct source_entry *e = &r->files->entries[i];
	bool had_oid = e->has_oid;
	struct err err = ERR_INIT;
	const char *data;

	if (take_cached(r, e, i))
		return true;
	if (source_read(t->source, e, &data, &r->sizes[i], &err)) {
		r->failed[i] = xstrdup(err.msg ? err.msg :
				       source_skip_text(e->skip));
		err_clear(&err);
		return false;
	}
	/* The id of a plain file is known once its bytes are. */
	if (had_oid || !take_cached(r, e, i))
		make_facts(r, t, i, data);
	return true;
}

static void read_one(struct reading *r, struct reading_thread *t, size_t i)
{
	const struct facts *f = &r->facts[i];

	if (r->files->entries[i].skip != SKIP_NONE || !read_source(r, t, i))
		return;
	r->broken[i] = 0;
	for (uint32_t k = 0; !r->kept[i] && k < f->nr_funcs; k++)
		r->broken[i] += (f->funcs[k].flags & FUNC_BROKEN) != 0;
}

/* Of other chunks, the facts may be just being written. */
static void give_back(const struct reading *r, size_t first, size_t end)
{
	struct pages run = { .advice = PAGES_DONE };

	for (; first < end; first++)
		pages_add(&run, r->facts[first].mapping,
			  r->facts[first].mapped,
			  r->facts[first].mapped_len);
	pages_flush(&run);
}

static void read_chunk(void *ctx, unsigned int nr, size_t first, size_t end)
{
	struct reading *r = ctx;

	for (size_t i = first; i < end; i++)
		read_one(r, &r->threads[nr], i);
	give_back(r, first, end);
	progress_add(r->progress, end - first);
}

static void settle_chunk(void *ctx, unsigned int nr, size_t first, size_t end)
{
	struct reading *r = ctx;

	for (size_t i = first; i < end; i++) {
		if (!r->kept[i])
			continue;
		r->kept[i] = false;
		read_one(r, &r->threads[nr], i);
	}
	give_back(r, first, end);
}

static void read_all(struct reading *r)
{
	workers_run(r->nr_threads, r->files->nr, READ_CHUNK, read_chunk, r);
	if (!r->cache)
		return;
	factcache_settle(r->cache);
	r->settled = true;
	workers_run(r->nr_threads, r->files->nr, READ_CHUNK, settle_chunk, r);
}

/* Facts are good for the reader and the mask words that made them. */
static void cache_version(const struct knowledge *k, struct strbuf *sb)
{
	struct digest *d = digest_new();
	char hex[17];

	for (size_t i = 0; i < k->nr_masks; i++) {
		const struct mask_word *w = &k->masks[i];

		digest_adds(d, w->name);
		digest_add(d, &w->sets, sizeof(w->sets));
		digest_add(d, &w->restricts, sizeof(w->restricts));
		digest_add(d, &w->is_bit, sizeof(w->is_bit));
	}
	digest_hex(d, hex, 16);
	strbuf_addf(sb, "%s %s", facts_version(), hex);
}

/* Without a cache all is as well, only slower. */
static void open_cache(struct reading *r, const struct knowledge *k,
		       const struct reading_opts *o)
{
	struct strbuf dir = STRBUF_INIT, version = STRBUF_INIT;
	struct err err = ERR_INIT;

	r->cache_size = o->cache_size ? o->cache_size : FACTCACHE_SIZE;
	if (o->no_cache)
		return;
	if (o->cache_dir)
		strbuf_adds(&dir, o->cache_dir);
	else
		factcache_default_dir(&dir);
	if (dir.len) {
		cache_version(k, &version);
		r->cache = factcache_open(dir.buf, version.buf, &err);
		if (!r->cache && o->cache_dir)
			say_warning("no cache: %s", err.msg);
	}
	err_clear(&err);
	strbuf_release(&dir);
	strbuf_release(&version);
}

/* What is linked and judged later shall not find their buffers in its way. */
static void drop_readers(struct reading *r)
{
	for (unsigned int i = 0; i < r->nr_threads; i++) {
		struct reading_thread *t = &r->threads[i];

		source_reader_free(t->source);
		reader_free(t->reader);
		strbuf_release(&t->record);
		arena_release(&t->scratch);
		t->source = NULL;
		t->reader = NULL;
	}
}

int reading_run(struct reading *r, struct source *source,
		struct source_list *files, const struct knowledge *k,
		const struct reading_opts *o, struct err *err)
{
	memset(r, 0, sizeof(*r));
	r->files = files;
	r->facts = xcalloc(files->nr + 1, sizeof(*r->facts));
	r->sizes = xcalloc(files->nr + 1, sizeof(*r->sizes));
	r->broken = xcalloc(files->nr + 1, sizeof(*r->broken));
	r->failed = xcalloc(files->nr + 1, sizeof(*r->failed));
	r->kept = xcalloc(files->nr + 1, sizeof(*r->kept));
	r->nr_threads = o->threads;
	r->threads = xcalloc(o->threads, sizeof(*r->threads));
	for (unsigned int i = 0; i < o->threads; i++) {
		arena_init(&r->threads[i].arena);
		arena_init(&r->threads[i].scratch);
		strbuf_init(&r->threads[i].record);
	}
	for (unsigned int i = 0; i < o->threads; i++) {
		struct reading_thread *t = &r->threads[i];

		t->reader = reader_new(k->masks, k->nr_masks);
		t->source = source_reader_new(source, err);
		if (!t->source)
			return err->code;
	}
	open_cache(r, k, o);
	r->progress = progress_start("reading", files->nr, o->quiet);
	read_all(r);
	progress_stop(r->progress);
	drop_readers(r);
	return 0;
}

void reading_release(struct reading *r)
{
	drop_readers(r);
	for (unsigned int i = 0; i < r->nr_threads; i++)
		arena_release(&r->threads[i].arena);
	for (size_t i = 0; r->failed && i < r->files->nr; i++)
		free(r->failed[i]);
	if (r->cache)
		factcache_close(r->cache, r->cache_size, NULL);
	free(r->threads);
	free(r->facts);
	free(r->sizes);
	free(r->broken);
	free(r->failed);
	free(r->kept);
	memset(r, 0, sizeof(*r));
}
