/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every unit test includes: cmocka, with the headers it wants first.
 */
#ifndef TEST_TEST_H
#define TEST_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
