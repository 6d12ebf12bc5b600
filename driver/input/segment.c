// SPDX-License-Identifier: GPL-2.0-only
/*
 * Segments of the cache: records in, one immutable file out; and back, as
 * bytes that are borrowed from the mapped file. A writer that dies at any
 * point leaves a temporary file, never a half segment. What the records mean
 * is not known here, nor which segments there are.
 */
#include "input/segment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>
#if __has_include(<libdeflate.h>)
#include <libdeflate.h>
#else
#include <zlib.h>
#endif

#include "base/mem.h"
#include "base/pages.h"

#define MAGIC	0x31676573706667ULL	/* "gfpseg1" */
#define FORMAT	1

#define BUFFER	(1 << 20)

/* A temporary file may be as old as this before its writer has locked it. */
#define STALE_SECONDS 60
/* This old it is a leftover even where locks do not work. */
#define DEAD_SECONDS (24 * 3600)

struct segment_writer {
	int dir, fd;
	char tmp[SEGMENT_NAME];
	struct segment_header header;
	struct segment_entry *entries;
	size_t nr, cap;
	uint64_t offset;	/* of the next byte, flushed or not */
	char *buffer;
	size_t buffered;
	off_t flushed;
};

static uint32_t checksum(uint32_t sum, const void *data, size_t len)
{
#if __has_include(<libdeflate.h>)
	return libdeflate_crc32(sum, data, len);
#else
	return (uint32_t)crc32_z(sum, data, len);
#endif
}

uint32_t segment_checksum(const uint8_t *key, const void *data, size_t len)
{
	return checksum(checksum(0, key, SEGMENT_KEY), data, len);
}

static uint32_t header_checksum(struct segment_header h)
{
	h.checksum = 0;
	return checksum(0, &h, sizeof(h));
}

/* On these a file that another machine removes takes its pages with it. */
static bool is_remote(int fd)
{
	static const uint32_t types[] = {
		0x6969,			/* NFS */
		0x517b, 0xff534d42, 0xfe534d42,	/* SMB */
		0x01021997,		/* 9P */
		0x00c36400,		/* Ceph */
		0x0bd00bd0,		/* Lustre */
		0x47504653,		/* GPFS */
		0x5346414f, 0x6b414653,	/* AFS */
		0x65735546,		/* FUSE */
	};
	struct statfs st;
	size_t i;

	if (fstatfs(fd, &st))
		return true;
	for (i = 0; i < ARRAY_SIZE(types); i++)
		if ((uint32_t)st.f_type == types[i])
			return true;
	return false;
}

static bool read_whole(int fd, char *p, size_t len)
{
	while (len) {
		ssize_t n = read(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

static int load(struct segment *s, int fd, const char *name, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st))
		goto io_error;
	if ((size_t)st.st_size < sizeof(struct segment_header))
		return err_set(err, ERR_FORMAT, "%s: cut off", name);
	s->size = (size_t)st.st_size;
	s->mapped = !is_remote(fd);
	if (s->mapped) {
		s->base = mmap(NULL, s->size, PROT_READ, MAP_SHARED, fd, 0);
		if (s->base != MAP_FAILED)
			return 0;
		s->base = NULL;
		goto io_error;
	}
	s->base = xmalloc(s->size);
	if (read_whole(fd, s->base, s->size))
		return 0;
io_error:
	return err_set(err, ERR_IO, "%s: %s", name, strerror(errno));
}

/* All that the header says about the file, and the index itself. */
static bool is_sound(const struct segment *s, const struct segment_header *h)
{
	size_t index_len = (size_t)h->nr * sizeof(struct segment_entry);

	return h->checksum == header_checksum(*h) && h->size == s->size &&
	       h->index % 8 == 0 && h->index >= sizeof(*h) &&
	       h->index <= s->size && index_len == s->size - h->index &&
	       h->index_checksum == checksum(0, s->base + h->index, index_len);
}

int segment_open(struct segment *s, int dir, const char *name, struct err *err)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
				   O_NONBLOCK);
	struct segment_header h;
	int ret;

	memset(s, 0, sizeof(*s));
	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
			       "%s: %s", name, strerror(errno));
	ret = load(s, fd, name, err);
	close(fd);
	if (ret) {
		segment_close(s);
		return ret;
	}
	memcpy(&h, s->base, sizeof(h));
	if (h.magic == MAGIC && h.format != FORMAT &&
	    h.checksum == header_checksum(h)) {
		s->foreign = true;
		return 0;
	}
	if (h.magic != MAGIC || !is_sound(s, &h)) {
		segment_close(s);
		return err_set(err, ERR_FORMAT, "%s: damaged", name);
	}
	memcpy(s->version, h.version, SEGMENT_VERSION);
	s->entries = (const void *)(s->base + h.index);
	s->nr = h.nr;
	return 0;
}

void segment_close(struct segment *s)
{
	if (s->base && s->mapped)
		munmap(s->base, s->size);
	else
		free(s->base);
	memset(s, 0, sizeof(*s));
}

const void *segment_get(const struct segment *s, const struct segment_entry *e)
{
	size_t end = (size_t)((const char *)s->entries - s->base);

	if (e->offset % 8 || e->offset > end || e->len > end - e->offset)
		return NULL;
	if (e->checksum != segment_checksum(e->key, s->base + e->offset,
					    e->len))
		return NULL;
	return s->base + e->offset;
}

void segment_want(const struct segment *s)
{
	struct pages run = { .advice = PAGES_WANTED };

	if (s->mapped)
		pages_add(&run, s->base, s->base, s->size);
	pages_flush(&run);
}

/* A name that no other writer has: by time, so that names sort by age. */
static void make_name(char *name, size_t size, const char *prefix)
{
	struct timespec now;
	uint32_t salt;

	if (getrandom(&salt, sizeof(salt), 0) != sizeof(salt))
		salt = (uint32_t)getpid();
	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(name, size, "%s%08llx%08lx-%08x" SEGMENT_SUFFIX, prefix,
		 (unsigned long long)now.tv_sec, (unsigned long)now.tv_nsec,
		 salt);
}

static int flush(struct segment_writer *w, struct err *err)
{
	const char *p = w->buffer;
	off_t first = w->flushed;

	while (w->buffered) {
		ssize_t n = write(w->fd, p, w->buffered);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_IO, "cannot write the cache: %s",
				       strerror(errno));
		p += n;
		w->buffered -= (size_t)n;
		w->flushed += n;
	}
	/* The disk starts now, so that it need not be waited for at the end. */
	sync_file_range(w->fd, first, w->flushed - first,
			SYNC_FILE_RANGE_WRITE);
	return 0;
}

static int put(struct segment_writer *w, const void *data, size_t len,
	       struct err *err)
{
	const char *p = data;

	while (len) {
		size_t n = BUFFER - w->buffered;
		int ret;

		if (n > len)
			n = len;
		memcpy(w->buffer + w->buffered, p, n);
		w->buffered += n;
		w->offset += n;
		p += n;
		len -= n;
		if (w->buffered < BUFFER)
			continue;
		ret = flush(w, err);
		if (ret)
			return ret;
	}
	return 0;
}

struct segment_writer *segment_begin(int dir, const char *version,
				     struct err *err)
{
	struct segment_writer *w = xcalloc(1, sizeof(*w));

	w->dir = dir;
	make_name(w->tmp, sizeof(w->tmp), SEGMENT_TMP);
	w->fd = openat(dir, w->tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		       0666);
	if (w->fd < 0) {
		err_set(err, ERR_IO, "cannot write the cache: %s",
			strerror(errno));
		free(w);
		return NULL;
	}
	/* Held until the end: says that the writer lives. */
	flock(w->fd, LOCK_EX | LOCK_NB);
	w->buffer = xmalloc(BUFFER);
	w->header.magic = MAGIC;
	w->header.format = FORMAT;
	memcpy(w->header.version, version, SEGMENT_VERSION);
	if (put(w, &w->header, sizeof(w->header), err)) {
		segment_abort(w);
		return NULL;
	}
	return w;
}

static struct segment_entry *new_entry(struct segment_writer *w,
				       const uint8_t *key)
{
	struct segment_entry *e;

	GROW(w->entries, w->nr, w->cap);
	e = &w->entries[w->nr++];
	memcpy(e->key, key, SEGMENT_KEY);
	e->offset = w->offset;
	e->len = 0;
	e->checksum = checksum(0, key, SEGMENT_KEY);
	return e;
}

static int pad(struct segment_writer *w, struct err *err)
{
	static const char zeros[8];

	return put(w, zeros, -w->offset % 8, err);
}

int segment_add(struct segment_writer *w, const uint8_t *key, uint32_t sum,
		const void *data, size_t len, struct err *err)
{
	struct segment_entry *e = new_entry(w, key);
	int ret = put(w, data, len, err);

	e->len = len;
	e->checksum = sum;
	return ret ? ret : pad(w, err);
}

int segment_addv(struct segment_writer *w, const uint8_t *key,
		 const struct iovec *pieces, size_t nr, struct err *err)
{
	struct segment_entry *e = new_entry(w, key);
	int ret = 0;

	for (size_t i = 0; !ret && i < nr; i++) {
		e->checksum = checksum(e->checksum, pieces[i].iov_base,
				       pieces[i].iov_len);
		e->len += pieces[i].iov_len;
		ret = put(w, pieces[i].iov_base, pieces[i].iov_len, err);
	}
	return ret ? ret : pad(w, err);
}

size_t segment_size(const struct segment_writer *w)
{
	return (size_t)w->offset + w->nr * sizeof(*w->entries);
}

/* The index, the header that knows it, and all of it on the disk. */
static int finish(struct segment_writer *w, struct err *err)
{
	struct segment_header *h = &w->header;
	size_t len = w->nr * sizeof(*w->entries);
	int ret;

	h->index = w->offset;
	h->nr = (uint32_t)w->nr;
	h->index_checksum = checksum(0, w->entries, len);
	ret = put(w, w->entries, len, err);
	if (!ret)
		ret = flush(w, err);
	if (ret)
		return ret;
	h->size = w->offset;
	h->checksum = header_checksum(*h);
	if (pwrite(w->fd, h, sizeof(*h), 0) != sizeof(*h) || fsync(w->fd))
		return err_set(err, ERR_IO, "cannot write the cache: %s",
			       strerror(errno));
	return 0;
}

int segment_commit(struct segment_writer *w, const char *prefix, char *name,
		   struct err *err)
{
	int ret;

	name[0] = '\0';
	if (!w->nr) {
		segment_abort(w);
		return 0;
	}
	ret = finish(w, err);
	make_name(name, SEGMENT_NAME, prefix);
	if (!ret && renameat(w->dir, w->tmp, w->dir, name))
		ret = err_set(err, ERR_IO, "cannot write the cache: %s",
			      strerror(errno));
	if (!ret) {
		fsync(w->dir);
		w->tmp[0] = '\0';
	}
	if (ret)
		name[0] = '\0';
	segment_abort(w);
	return ret;
}

void segment_abort(struct segment_writer *w)
{
	if (!w)
		return;
	if (w->tmp[0])
		unlinkat(w->dir, w->tmp, 0);
	close(w->fd);
	free(w->buffer);
	free(w->entries);
	free(w);
}

bool segment_is_stale(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct timespec now;
	time_t age = 0;
	struct stat st;
	bool stale;

	if (fd < 0)
		return false;
	clock_gettime(CLOCK_REALTIME, &now);
	if (!fstat(fd, &st))
		age = now.tv_sec - st.st_mtim.tv_sec;
	stale = age > DEAD_SECONDS || (age > STALE_SECONDS &&
				       !flock(fd, LOCK_EX | LOCK_NB));
	close(fd);
	return stale;
}
