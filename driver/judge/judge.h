/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The judgement: from the program to verdicts and findings.
 */
#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include "base/err.h"
#include "judge/result.h"
#include "link/program.h"

struct judge_opts {
	unsigned int threads;	/* 0: one per online CPU */
	const char *kernel;	/* version of the tree, "6.1.192"; "" unknown */
	bool quiet;		/* no progress line */
};

/**
 * judge_run() - decide every site of @p and look for findings.
 * @r: sites, findings, gaps and the call counters of coverage are appended;
 *	everything is copied into its arena. The caller sorts.
 *
 * Return: 0. What could not be decided is an `unknown` site with reasons,
 * never an error.
 */
int judge_run(const struct program *p, const struct knowledge *k,
	      const struct judge_opts *o, struct result *r, struct err *err);

#endif
