/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Are facts that came from outside safe to use?
 */
#ifndef READ_FACTS_CHECK_H
#define READ_FACTS_CHECK_H

#include "read/facts.h"

/**
 * facts_check() - is every index within its array, every string terminated,
 * and no expression part of itself?
 */
bool facts_check(const struct facts *f);

#endif
