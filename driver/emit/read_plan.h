/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A plan: sites and sections that somebody decided by hand, as JSON. It lets
 * edits be made and tested where no judgement is needed.
 *
 *	{"sites": [{"path", "at": [line, "token"], "function", "verdict",
 *		"callee", "mask", "reason", "restriction": "nofs|noio",
 *		"form": "word|clear|assembled|noop", "scope": <section>,
 *		"reclaim": ["function", ..]}],
 *	 "sections": [{"path", "function", "resource", "restriction",
 *		"save_after", "whole_function",
 *		"acquires": [{"at", "success": ["zero", "positive", "error"]}],
 *		"releases": [{"at"}]}]}
 *
 * "at" may have a third element: the how-many-th such token of the line.
 */
#ifndef EMIT_READ_PLAN_H
#define EMIT_READ_PLAN_H

#include "base/err.h"
#include "judge/result.h"

/**
 * plan_file_read() - load the plan at @path into @r (initialised, empty).
 * @read: gives the source, so that places can be found in it
 *
 * Return: 0, ERR_NOT_FOUND, ERR_IO, ERR_FORMAT (the message names the place).
 */
int plan_file_read(const char *path,
		   int (*read)(void *ctx, const char *path, struct strbuf *out,
			       struct err *err),
		   void *ctx, struct result *r, struct err *err);

#endif
