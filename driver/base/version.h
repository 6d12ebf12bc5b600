/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The version of the program: this line is the only place that says it.
 */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define GFPSCOPE_VERSION "0.1.0"

#endif
