// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory that mapped facts and programs take.
 *
 * What walks the tree in file order gives back what is behind it. What follows
 * calls has no order, and the system maps what surrounds a page, too: all comes
 * in that way. There a thread looks on and gives back everything when it is
 * too much; what is used then comes back, from the system's cache.
 */
#include "link/rest.h"

#include <pthread.h>
#include <time.h>

#include "base/mem.h"
#include "link/link.h"

/* How long it looks away. Some 30 MB come in meanwhile, when nothing else is
 * done. */
#define REST_NS 5000000L

/* Bytes of mapped files that are worth it, whatever else takes memory. */
#define REST_MIN ((size_t)256 << 20)

struct rest {
	const struct program *p;
	size_t limit;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool runs, end;
};

void link_advise(const struct program *p, size_t first, size_t end,
		 enum pages_advice advice)
{
	struct pages run = { .advice = advice };

	for (; first < end; first++) {
		const struct facts *f = p->files[first].facts;

		pages_add(&run, f->mapping, f->mapped, f->mapped_len);
	}
	pages_flush(&run);
}

void link_done(const struct program *p, size_t end)
{
	if (end % DONE_FILES == 0 || end == p->nr_files)
		link_advise(p, (end - 1) / DONE_FILES * DONE_FILES, end,
			    PAGES_DONE);
}

void link_rest_image(const struct image_bytes *bytes)
{
	struct pages run = { .advice = PAGES_DONE };

	pages_add(&run, bytes->mapping, bytes->data, bytes->len);
	pages_flush(&run);
}

void program_rest(const struct program *p)
{
	link_advise(p, 0, p->nr_files, PAGES_DONE);
	link_rest_image(&p->image);
}

static bool is_too_much(const struct rest *r)
{
	size_t mapped;

	return pages_resident(&mapped) > r->limit && mapped > REST_MIN;
}

static void *rest_main(void *arg)
{
	struct rest *r = arg;
	struct timespec until;

	pthread_mutex_lock(&r->lock);
	while (!r->end) {
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += REST_NS;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&r->ended, &r->lock, &until);
		if (!r->end && is_too_much(r))
			program_rest(r->p);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

struct rest *rest_begin(const struct program *p, size_t limit)
{
	struct rest *r = xcalloc(1, sizeof(*r));
	pthread_condattr_t attr;

	r->p = p;
	r->limit = limit;
	pthread_mutex_init(&r->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&r->ended, &attr);
	pthread_condattr_destroy(&attr);
	/* A thread that cannot start is not missed. */
	r->runs = !pthread_create(&r->thread, NULL, rest_main, r);
	return r;
}

void rest_end(struct rest *r)
{
	pthread_mutex_lock(&r->lock);
	r->end = true;
	pthread_cond_signal(&r->ended);
	pthread_mutex_unlock(&r->lock);
	if (r->runs)
		pthread_join(r->thread, NULL);
	pthread_cond_destroy(&r->ended);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
