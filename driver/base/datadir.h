/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the program's data is: the directory that has cocci/ and reports/.
 */
#ifndef BASE_DATADIR_H
#define BASE_DATADIR_H

#include "base/err.h"

/**
 * datadir_find() - the first of these that has a cocci/ in it:
 *
 * $GFPSCOPE_DATA (which must be right if it is set); the directory above the
 * program's (a source tree); ../share/gfpscope from there (an installation
 * that was moved); the place that `make install` was told.
 *
 * Owner: the caller frees. Return: NULL with ERR_NOT_FOUND in @err.
 */
char *datadir_find(struct err *err);

#endif
