// SPDX-License-Identifier: GPL-2.0-only
/*
 * Link files, or take what was linked before.
 *
 * A record of the cache is a whole program; its key is made of the linker's
 * version, the knowledge and all paths with their blobs. Where there is none of
 * these very files, the last one that was linked is brought up to date. A
 * program is written when much of it is new. Programs get a part of the cache
 * only, so that they do not drive out the facts they are made of.
 */
#include "cmd/linking.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "input/factcache.h"
#include "link/image.h"

/* Programs get at most this part of the cache. */
#define CACHE_SHARE 4

/* One is written when more than one file in so many has changed since: to link
 * a few files again takes no longer than to write it. */
#define NEWS 50

/* Of 20 bytes of a key so many tell the files; the rest is the same for all
 * programs of this linker and knowledge. */
#define KEY_FILES 8

/* False when a file has no blob id. */
static bool make_key(const struct reading *in, const struct knowledge *k,
		     uint8_t key[SOURCE_OID_RAW])
{
	struct digest *d = digest_new();
	bool all = true;

	digest_adds(d, program_version());
	digest_adds(d, k->digest);
	digest_bytes(d, key + KEY_FILES, SOURCE_OID_RAW - KEY_FILES);
	d = digest_new();
	digest_add(d, key + KEY_FILES, SOURCE_OID_RAW - KEY_FILES);
	for (size_t i = 0; i < in->files->nr; i++) {
		const struct source_entry *e = &in->files->entries[i];

		if (e->skip != SKIP_NONE)
			continue;
		all &= e->has_oid;
		digest_adds(d, e->path);
		digest_add(d, e->oid, sizeof(e->oid));
	}
	digest_bytes(d, key, KEY_FILES);
	return all;
}

static size_t list_inputs(const struct reading *in, struct program_input *out)
{
	size_t i, nr = 0;

	for (i = 0; i < in->files->nr; i++)
		if (in->files->entries[i].skip == SKIP_NONE)
			out[nr++] = (struct program_input){
				in->files->entries[i].path, &in->facts[i],
				in->files->entries[i].has_oid ?
				in->files->entries[i].oid : NULL };
	return nr;
}

static void keep_program(struct reading *in, const uint8_t *key,
			 const struct program *p)
{
	struct program_image image;

	if (program_save(p, &image))
		factcache_keep(in->cache, key, image.parts, image.nr,
			       in->cache_size / CACHE_SHARE);
	program_image_release(&image);
}

/* What was linked of these files, or else the last program that was. */
static bool find_program(struct reading *in, const uint8_t *key,
			 struct image_bytes *out)
{
	const uint8_t *last = key;

	if (!factcache_get(in->cache, key, &out->data, &out->len)) {
		last = factcache_last(in->cache, key + KEY_FILES,
				      SOURCE_OID_RAW - KEY_FILES);
		/* The very one is there, then, and damaged. */
		if (!last || !memcmp(last, key, KEY_FILES) ||
		    !factcache_get(in->cache, last, &out->data,
					    &out->len))
			return false;
	}
	out->mapping = factcache_mapping(in->cache, last);
	return true;
}

/* What was linked is kept, and taken from where it was put: there it takes no
 * memory that cannot be given back. */
static struct program *move_program(struct reading *in, const uint8_t *key,
				    const struct program_input *files,
				    size_t nr, const struct knowledge *k,
				    struct program *p)
{
	struct program_opts opts = { .threads = in->nr_threads };
	struct program *kept = NULL;
	struct image_bytes bytes;
	size_t news;

	keep_program(in, key, p);
	factcache_settle(in->cache);
	if (factcache_get(in->cache, key, &bytes.data, &bytes.len)) {
		bytes.mapping = factcache_mapping(in->cache, key);
		kept = program_load(&bytes, files, nr, k, &opts, &news);
	}
	if (!kept)
		return p;
	program_free(p);
	mem_trim();
	return kept;
}

struct program *linking_run(struct reading *in, const struct knowledge *k,
			    bool changed)
{
	struct program_opts opts = { .threads = in->nr_threads };
	struct program_input *files = xcalloc(in->files->nr + 1,
					      sizeof(*files));
	size_t nr = list_inputs(in, files), news;
	struct program *p = NULL;
	struct image_bytes bytes;
	uint8_t key[SOURCE_OID_RAW];
	bool cached = !changed && in->cache && make_key(in, k, key);

	if (cached && find_program(in, key, &bytes))
		p = program_load(&bytes, files, nr, k, &opts, &news);
	if (!p) {
		p = program_link(files, nr, k, &opts);
		news = nr;
	}
	if (cached && news > nr / NEWS)
		p = move_program(in, key, files, nr, k, p);
	free(files);
	return p;
}
