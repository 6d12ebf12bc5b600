/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Run another program: the only place of the project that forks.
 */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct proc_opts {
	const char *dir;		/* working directory, NULL: ours */
	const char *const *env;		/* "K=V" .. NULL; NULL: inherit ours */
	const char *input;		/* fed to stdin, NULL: /dev/null */
	size_t input_len;
	unsigned int wall_seconds;	/* 0: no limit */
	unsigned int cpu_seconds;	/* 0: no limit */
	size_t memory_bytes;		/* address space, 0: no limit */
	size_t output_bytes;		/* stdout and stderr each, 0: 64 MiB */
	bool sandbox;			/* read-only file system except @dir, no
					 * network, where the kernel allows */
};

struct proc_result {
	struct strbuf out, err;		/* owned */
	int status;			/* exit code, or -signal */
	bool timed_out, truncated, sandboxed;
	double cpu;			/* user + system seconds used */
};

/**
 * proc_run() - run @argv (NULL terminated, searched in PATH) to its end.
 *
 * The child gets its own process group and dies with us; on a limit the whole
 * group is killed. Return: 0 when it ran and ended on its own, whatever its
 * exit code; ERR_NOT_FOUND when there is no such program; ERR_LIMIT when a
 * limit ended it; ERR_IO otherwise. @r must be released in every case.
 * Context: any thread.
 */
int proc_run(const char *const *argv, const struct proc_opts *opts,
	     struct proc_result *r, struct err *err);
void proc_result_release(struct proc_result *r);

#endif
