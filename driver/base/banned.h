/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that nobody here may call: they write without a bound, keep
 * hidden state, swallow errors or start a shell.
 *
 * The Makefile includes this file before the first line of every source; the
 * standard headers that declare the names come first, so that only our own
 * uses are errors.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol
#pragma GCC poison system popen mktemp tmpnam gets

#endif
