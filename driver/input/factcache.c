// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cache: a directory of segments, an index over those of one reader in
 * memory, and one segment at a time under way. Readers never see a segment
 * that grows; writers never touch one that is finished; to evict is to remove
 * a name, which those who have it open do not notice. So nobody waits for
 * anybody and there is no lock to be left behind.
 */
#include "input/factcache.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "input/segment.h"
#include "input/segments.h"

/* A segment is closed at this size: small enough to be evicted alone. */
#define SEGMENT_MAX ((size_t)64 << 20)

/* More files than this in the directory are too many whatever their size. */
#define SEGMENTS_MAX 4096

/* A segment counts as used when it was, to within this many seconds. */
#define TOUCH_SECONDS 3600

/* What the names of segments of factcache_keep() begin with. */
#define LARGE "large-"

struct part {
	struct segment segment;
	char *name;
	atomic_bool used;
	atomic_bool wanted;	/* its pages were asked for */
};

struct factcache {
	int dir;
	char version[SEGMENT_VERSION + 1];
	struct part *parts;
	size_t nr_parts, cap_parts;
	const struct segment_entry **entries;	/* what @index counts */
	uint32_t *part_of;			/* part of each of them */
	size_t nr_entries;
	struct map index;	/* first 8 bytes of the id -> entry */

	pthread_mutex_t lock;	/* for the rest */
	struct segment_writer *writer;	/* NULL: none under way */
	struct map written;
	struct err write_err;	/* why writing ended */
	char **finished;	/* segments written since factcache_settle() */
	size_t nr_finished, cap_finished;
	atomic_size_t hits, misses, damaged;
	size_t nr_written;
};

bool factcache_default_dir(struct strbuf *sb)
{
	const char *cache = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (cache && *cache == '/')
		strbuf_addf(sb, "%s/gfpscope", cache);
	else if (home && *home == '/')
		strbuf_addf(sb, "%s/.cache/gfpscope", home);
	else
		return false;
	return true;
}

static uint64_t key_of(const uint8_t *oid)
{
	uint64_t key;

	memcpy(&key, oid, sizeof(key));
	return key;
}

/* Take over a segment of our reader; drop what is damaged or left over. */
static void add_part(struct factcache *c, const char *name)
{
	struct err err = ERR_INIT;
	struct segment s;
	int ret;

	if (segment_is_unfinished(name)) {
		if (segment_is_stale(c->dir, name))
			unlinkat(c->dir, name, 0);
		return;
	}
	ret = segment_open(&s, c->dir, name, &err);
	err_clear(&err);
	if (ret == ERR_FORMAT) {
		atomic_fetch_add(&c->damaged, 1);
		unlinkat(c->dir, name, 0);
	}
	if (ret)
		return;
	if (s.foreign || strcmp(s.version, c->version)) {
		segment_close(&s);
		return;
	}
	GROW(c->parts, c->nr_parts, c->cap_parts);
	c->parts[c->nr_parts++] = (struct part){ s, xstrdup(name), false,
						 false };
}

/* Newest part first, so that what was written again replaces what it
 * replaces. @first: of the parts that are not in the index yet, the newest. */
static void index_parts(struct factcache *c, size_t first)
{
	size_t p, more = 0, fixed = c->nr_entries;
	uint32_t i;

	for (p = first; p < c->nr_parts; p++)
		more += c->parts[p].segment.nr;
	c->entries = xreallocarray(c->entries, fixed + more + 1,
				   sizeof(*c->entries));
	c->part_of = xreallocarray(c->part_of, fixed + more + 1,
				   sizeof(*c->part_of));
	for (p = c->nr_parts; p-- > first;) {
		const struct segment *s = &c->parts[p].segment;

		for (i = 0; i < s->nr; i++) {
			bool is_new;
			uint32_t *slot = map_at(&c->index,
						key_of(s->entries[i].key),
						&is_new);

			if (!is_new && *slot >= fixed)
				continue;
			*slot = (uint32_t)c->nr_entries;
			c->part_of[c->nr_entries] = (uint32_t)p;
			c->entries[c->nr_entries++] = &s->entries[i];
		}
	}
}

struct factcache *factcache_open(const char *dir, const char *version,
				 struct err *err)
{
	struct digest *d = digest_new();
	struct factcache *c;
	struct segments names;
	size_t i;
	int fd;

	digest_adds(d, version);
	c = xcalloc(1, sizeof(*c));
	digest_hex(d, c->version, SEGMENT_VERSION);
	dir_make(dir, NULL);
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		err_set(err, ERR_IO, "no cache in '%s': %s", dir,
			strerror(errno));
	if (fd < 0 || segments_list(fd, &names, err)) {
		if (fd >= 0)
			close(fd);
		free(c);
		return NULL;
	}
	c->dir = fd;
	pthread_mutex_init(&c->lock, NULL);
	map_init(&c->index);
	map_init(&c->written);
	for (i = 0; i < names.nr; i++)
		add_part(c, names.v[i]);
	segments_release(&names);
	index_parts(c, 0);
	return c;
}

bool factcache_get(struct factcache *c, const uint8_t *oid, const void **data,
		   size_t *len)
{
	const struct segment_entry *e = NULL;
	const void *bytes = NULL;
	struct part *part;
	uint32_t i;

	if (!c)
		return false;
	i = map_get(&c->index, key_of(oid), UINT32_MAX);
	if (i != UINT32_MAX && !memcmp(c->entries[i]->key, oid, SEGMENT_KEY))
		e = c->entries[i];
	if (e) {
		part = &c->parts[c->part_of[i]];
		if (!atomic_exchange(&part->wanted, true))
			segment_want(&part->segment);
		bytes = segment_get(&part->segment, e);
		if (!bytes)
			atomic_fetch_add(&c->damaged, 1);
		else if (!atomic_load_explicit(&part->used,
					       memory_order_relaxed))
			atomic_store(&part->used, true);
	}
	atomic_fetch_add_explicit(bytes ? &c->hits : &c->misses, 1,
				  memory_order_relaxed);
	if (!bytes)
		return false;
	*data = bytes;
	*len = e->len;
	return true;
}

/* Append a record. Gives back the segment when it is full: the caller
 * commits it without the lock, as the disk may take its time. */
static struct segment_writer *put_locked(struct factcache *c,
					 const uint8_t *oid, uint32_t sum,
					 const void *data, size_t len)
{
	struct segment_writer *full;
	bool is_new;

	map_at(&c->written, key_of(oid), &is_new);
	if (!is_new || c->write_err.code)
		return NULL;
	if (!c->writer)
		c->writer = segment_begin(c->dir, c->version, &c->write_err);
	if (!c->writer)
		return NULL;
	if (segment_add(c->writer, oid, sum, data, len, &c->write_err)) {
		segment_abort(c->writer);
		c->writer = NULL;
		return NULL;
	}
	c->nr_written++;
	if (segment_size(c->writer) < SEGMENT_MAX)
		return NULL;
	full = c->writer;
	c->writer = NULL;
	return full;
}

static void commit(struct factcache *c, struct segment_writer *w,
		   const char *prefix)
{
	struct err err = ERR_INIT;
	char name[SEGMENT_NAME];
	int ret = segment_commit(w, prefix, name, &err);

	pthread_mutex_lock(&c->lock);
	if (!ret && name[0]) {
		GROW(c->finished, c->nr_finished, c->cap_finished);
		c->finished[c->nr_finished++] = xstrdup(name);
	}
	if (ret && !c->write_err.code)
		err_set(&c->write_err, err.code, "%s", err.msg);
	pthread_mutex_unlock(&c->lock);
	err_clear(&err);
}

bool factcache_put(struct factcache *c, const uint8_t *oid, const void *data,
		   size_t len)
{
	struct segment_writer *full;
	uint32_t sum;
	bool taken;

	if (!c)
		return false;
	sum = segment_checksum(oid, data, len);
	pthread_mutex_lock(&c->lock);
	full = put_locked(c, oid, sum, data, len);
	taken = !c->write_err.code;
	pthread_mutex_unlock(&c->lock);
	if (full)
		commit(c, full, "");
	return taken;
}

void factcache_keep(struct factcache *c, const uint8_t *key,
		    const struct iovec *pieces, size_t nr, size_t room)
{
	struct segment_writer *w;
	size_t size = 0, i;

	for (i = 0; i < nr; i++)
		size += pieces[i].iov_len;
	if (!c || c->write_err.code || size > room)
		return;
	w = segment_begin(c->dir, c->version, &c->write_err);
	if (!w)
		return;
	if (segment_addv(w, key, pieces, nr, &c->write_err)) {
		segment_abort(w);
		return;
	}
	c->nr_written++;
	commit(c, w, LARGE);
	segments_drop(c->dir, LARGE, room, SEGMENTS_MAX);
}

const uint8_t *factcache_last(const struct factcache *c, const uint8_t *tail,
			      size_t len)
{
	uint32_t best = 0;
	const uint8_t *key = NULL;

	/* Parts are sorted by age, but for those of this run, which follow. */
	for (size_t i = 0; c && i < c->nr_entries; i++) {
		const struct segment_entry *e = c->entries[i];

		if (memcmp(e->key + SEGMENT_KEY - len, tail, len) ||
		    (key && c->part_of[i] <= best))
			continue;
		best = c->part_of[i];
		key = e->key;
	}
	return key;
}

void factcache_settle(struct factcache *c)
{
	size_t i, first = c ? c->nr_parts : 0;

	if (!c)
		return;
	if (c->writer)
		commit(c, c->writer, "");
	c->writer = NULL;
	for (i = 0; i < c->nr_finished; i++) {
		add_part(c, c->finished[i]);
		free(c->finished[i]);
	}
	c->nr_finished = 0;
	index_parts(c, first);
}

const void *factcache_mapping(const struct factcache *c, const uint8_t *oid)
{
	uint32_t i = c ? map_get(&c->index, key_of(oid), UINT32_MAX) :
			 UINT32_MAX;
	const struct segment *s;

	if (i == UINT32_MAX)
		return NULL;
	s = &c->parts[c->part_of[i]].segment;
	return s->mapped ? s->base : NULL;
}

/* A segment that was of use is as good as new. */
static void touch_used(struct factcache *c)
{
	struct timespec now;
	struct stat st;
	size_t i;

	clock_gettime(CLOCK_REALTIME, &now);
	for (i = 0; i < c->nr_parts; i++) {
		struct part *p = &c->parts[i];

		if (!atomic_load(&p->used) ||
		    fstatat(c->dir, p->name, &st, AT_SYMLINK_NOFOLLOW) ||
		    now.tv_sec - st.st_mtim.tv_sec < TOUCH_SECONDS)
			continue;
		utimensat(c->dir, p->name, NULL, AT_SYMLINK_NOFOLLOW);
	}
}

static void say_what_happened(const struct factcache *c)
{
	size_t damaged = atomic_load(&c->damaged);

	if (damaged)
		say_warning("cache: %zu damaged %s dropped, made again from source",
			    damaged, damaged == 1 ? "entry" : "entries");
	if (c->write_err.code)
		say_note("%s: going on without", c->write_err.msg);
}

void factcache_close(struct factcache *c, size_t size_max,
		     struct factcache_stats *stats)
{
	size_t i, evicted;

	if (stats)
		memset(stats, 0, sizeof(*stats));
	if (!c)
		return;
	if (c->writer)
		commit(c, c->writer, "");
	touch_used(c);
	evicted = segments_drop(c->dir, "", size_max ? size_max : SIZE_MAX,
			    SEGMENTS_MAX);
	say_what_happened(c);
	if (stats)
		*stats = (struct factcache_stats){
			.hits = atomic_load(&c->hits),
			.misses = atomic_load(&c->misses),
			.written = c->nr_written,
			.damaged = atomic_load(&c->damaged),
			.evicted = evicted,
		};
	for (i = 0; i < c->nr_parts; i++) {
		segment_close(&c->parts[i].segment);
		free(c->parts[i].name);
	}
	while (c->nr_finished)
		free(c->finished[--c->nr_finished]);
	free(c->finished);
	free(c->parts);
	free(c->entries);
	free(c->part_of);
	map_release(&c->index);
	map_release(&c->written);
	err_clear(&c->write_err);
	pthread_mutex_destroy(&c->lock);
	close(c->dir);
	free(c);
}

static size_t count_damaged(const struct segment *s)
{
	size_t damaged = 0;
	uint32_t i;

	for (i = 0; i < s->nr; i++)
		damaged += !segment_get(s, &s->entries[i]);
	return damaged;
}

/* The versions met so far, each SEGMENT_VERSION characters. */
static void note_version(struct factcache_info *info, struct strbuf *seen,
			 const char *version)
{
	if (strstr(seen->buf, version))
		return;
	strbuf_addf(seen, "%s ", version);
	info->versions++;
}

static void inspect_one(int dir, const char *name, bool records, FILE *out,
			struct factcache_info *info, struct strbuf *seen)
{
	struct err err = ERR_INIT;
	struct segment s;
	size_t damaged = 0;
	int ret;

	if (segment_is_unfinished(name)) {
		info->unfinished++;
		return;
	}
	ret = segment_open(&s, dir, name, &err);
	if (ret == ERR_NOT_FOUND)
		goto out_clear;
	info->segments++;
	if (ret) {
		info->damaged_segments++;
		if (out)
			fprintf(out, "%s\n", err.msg);
		goto out_clear;
	}
	if (records)
		damaged = count_damaged(&s);
	info->foreign += s.foreign;
	info->records += s.nr;
	info->bytes += s.size;
	info->damaged_records += damaged;
	if (!s.foreign)
		note_version(info, seen, s.version);
	if (out)
		fprintf(out, "%s: %zu bytes, %u records%s, %zu damaged\n", name,
			s.size, s.nr, s.foreign ? " (other format)" : "",
			damaged);
	segment_close(&s);
out_clear:
	err_clear(&err);
}

static int open_dir(const char *dir, struct segments *names, struct err *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ret;

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
			       "no cache in '%s': %s", dir, strerror(errno));
	ret = segments_list(fd, names, err);
	if (!ret)
		return fd;
	close(fd);
	return ret;
}

int factcache_inspect(const char *dir, bool records, FILE *out,
		      struct factcache_info *info, struct err *err)
{
	struct strbuf seen = STRBUF_INIT;
	struct segments names;
	int fd = open_dir(dir, &names, err);
	size_t i;

	memset(info, 0, sizeof(*info));
	if (fd < 0)
		return fd;
	for (i = 0; i < names.nr; i++)
		inspect_one(fd, names.v[i], records, out, info, &seen);
	strbuf_release(&seen);
	segments_release(&names);
	close(fd);
	return 0;
}

int factcache_clear(const char *dir, struct err *err)
{
	struct segments names;
	int fd = open_dir(dir, &names, err), ret = 0;
	size_t i;

	if (fd < 0)
		return fd;
	for (i = 0; i < names.nr; i++)
		if (unlinkat(fd, names.v[i], 0) && errno != ENOENT)
			ret = err_set(err, ERR_IO, "cannot remove '%s/%s': %s",
				      dir, names.v[i], strerror(errno));
	segments_release(&names);
	close(fd);
	return ret;
}
