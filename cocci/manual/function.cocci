// SPDX-License-Identifier: GPL-2.0-only
/// Put a NOFS scope around all of one function.
///
//# By hand: what a return allocates is outside of the scope. The header
//# <linux/sched/mm.h> and the comment are left to you.
//
// Confidence: Moderate
// Copyright: (C) 2025 the gfpscope authors
// Comments: spatch --sp-file function.cocci -D fn=F FILE
// Options: --no-includes --include-headers
// Requires: 1.1.1

// All ways out; the end of a function that returns nothing is one of them.
@ways@
identifier virtual.fn;
position p;
@@
 fn(...) {
 <...
(
 return@p ...;
|
 return@p;
)
 ...>
 }

// The scope is closed in front of each of them.
@close@
position ways.p;
@@
(
+memalloc_nofs_restore(nofs_flags);
 return@p ...;
|
+memalloc_nofs_restore(nofs_flags);
 return@p;
)

// It is opened first of all.
@open depends on close@
identifier virtual.fn;
@@
 fn(...) {
+unsigned int nofs_flags = memalloc_nofs_save();
 ...
 }
