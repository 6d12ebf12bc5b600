// SPDX-License-Identifier: GPL-2.0-only
/*
 * Threads that take chunks of a range until none is left. They live for one
 * call: starting a handful of threads costs nothing beside what they do.
 */
#include "base/workers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

struct job {
	atomic_size_t next;		/* first item nobody took */
	size_t nr_items, chunk;
	void (*fn)(void *ctx, unsigned int thread, size_t first, size_t end);
	void *ctx;
};

struct worker {
	struct job *job;
	unsigned int nr;
	pthread_t thread;
};

static void work(struct job *job, unsigned int nr)
{
	for (;;) {
		size_t first = atomic_fetch_add(&job->next, job->chunk);
		size_t end;

		if (first >= job->nr_items)
			return;
		end = first + job->chunk;
		if (end > job->nr_items || end < first)
			end = job->nr_items;
		job->fn(job->ctx, nr, first, end);
	}
}

static void *worker_main(void *arg)
{
	struct worker *w = arg;

	work(w->job, w->nr);
	return NULL;
}

unsigned int workers_default(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n > 0 ? (unsigned int)n : 1;
}

void workers_run(unsigned int nr_threads, size_t nr_items, size_t chunk,
		 void (*fn)(void *ctx, unsigned int thread, size_t first,
			    size_t end),
		 void *ctx)
{
	struct job job = { .nr_items = nr_items, .fn = fn, .ctx = ctx };
	unsigned int i, started = 0;
	struct worker *w;

	job.chunk = chunk ? chunk : 1;
	if (job.chunk > nr_items)
		job.chunk = nr_items ? nr_items : 1;
	if (!nr_threads)
		nr_threads = workers_default();
	w = xcalloc(nr_threads, sizeof(*w));
	/* The caller is thread 0; a thread that cannot start is not missed. */
	for (i = 1; i < nr_threads && i < nr_items; i++) {
		w[i].job = &job;
		w[i].nr = i;
		if (pthread_create(&w[i].thread, NULL, worker_main, &w[i]))
			break;
		started = i;
	}
	work(&job, 0);
	for (i = 1; i <= started; i++)
		pthread_join(w[i].thread, NULL);
	free(w);
}
