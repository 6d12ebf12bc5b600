/* SPDX-License-Identifier: GPL-2.0-only */
#define CF_ASSERT(x)	if (!(x)) return -EINVAL;
#define CF_FOR_ALL(s, i)	for ((i) = (s)->nr; (i); (i)--)
#define CF_HOT		__attribute__((__hot__))
