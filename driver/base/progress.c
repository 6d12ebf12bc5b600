// SPDX-License-Identifier: GPL-2.0-only
/*
 * One line of progress, rewritten at most ten times a second and only after
 * the first second. Whoever reports progress draws the line; a thread that
 * finds another one drawing goes on with its work.
 */
#include "base/progress.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define MS_BEFORE_FIRST	1000
#define MS_BETWEEN	100

struct progress {
	const char *what;
	size_t total;			/* 0: unknown */
	atomic_size_t done;
	_Atomic int64_t next_draw;	/* ms, monotonic */
	pthread_mutex_t drawing;
	bool drawn;			/* under drawing */
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

struct progress *progress_start(const char *what, size_t total, bool quiet)
{
	struct progress *p;

	if (quiet || !isatty(STDERR_FILENO))
		return NULL;
	p = xcalloc(1, sizeof(*p));
	p->what = what;
	p->total = total;
	atomic_init(&p->next_draw, now_ms() + MS_BEFORE_FIRST);
	pthread_mutex_init(&p->drawing, NULL);
	return p;
}

static void draw(struct progress *p, size_t done)
{
	if (p->total)
		fprintf(stderr, "\r%s: %3zu%% (%zu/%zu)\033[K", p->what,
			done >= p->total ? 100 : done * 100 / p->total,
			done, p->total);
	else
		fprintf(stderr, "\r%s: %zu\033[K", p->what, done);
	fflush(stderr);
	p->drawn = true;
}

void progress_add(struct progress *p, size_t n)
{
	size_t done;
	int64_t now;

	if (!p)
		return;
	done = atomic_fetch_add(&p->done, n) + n;
	now = now_ms();
	if (now < atomic_load_explicit(&p->next_draw, memory_order_relaxed) ||
	    pthread_mutex_trylock(&p->drawing))
		return;
	atomic_store(&p->next_draw, now + MS_BETWEEN);
	draw(p, done);
	pthread_mutex_unlock(&p->drawing);
}

void progress_stop(struct progress *p)
{
	if (!p)
		return;
	if (p->drawn) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
	pthread_mutex_destroy(&p->drawing);
	free(p);
}
