/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where equal runs of records stand in an array, so that they are stored once.
 */
#ifndef READ_RUNS_H
#define READ_RUNS_H

#include <stddef.h>
#include <stdint.h>

struct run_slot {
	uint32_t age;		/* other than the table's: free */
	uint32_t hash;
	uint32_t first, nr;
};

struct run_table {
	struct run_slot *v;
	uint32_t mask, nr, age;
};

void run_table_init(struct run_table *t);
void run_table_release(struct run_table *t);
void run_table_clear(struct run_table *t);

/**
 * run_table_put() - look up the @nr records of @size bytes at @run.
 * @base: the array; @next: where the caller will append the run if it is new
 *
 * Return: index of the first record of an equal run, or @next.
 */
uint32_t run_table_put(struct run_table *t, const void *base, size_t size,
		       const void *run, uint32_t nr, uint32_t next);

#endif
