/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From facts to a linked program, by way of the cache: a program of the same
 * knowledge and linker is taken from there, and is brought up to date when some
 * files have changed.
 */
#ifndef CMD_LINKING_H
#define CMD_LINKING_H

#include "cmd/reading.h"
#include "link/program.h"

/**
 * linking_run() - the program of all files of @in that have facts.
 * @changed: some facts are not those of the files: keep out of the cache
 *
 * Must be freed before reading_release().
 */
struct program *linking_run(struct reading *in, const struct knowledge *k,
			    bool changed);

#endif
