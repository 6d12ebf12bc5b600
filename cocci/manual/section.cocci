// SPDX-License-Identifier: GPL-2.0-only
/// Put a NOFS scope around each section of one lock in one function.
///
//# By hand: look at every path afterwards, above all at those that leave the
//# function with the lock held, or that take it under a condition. The header
//# <linux/sched/mm.h> and the comment are left to you.
//
// Confidence: Moderate
// Copyright: (C) 2025 the gfpscope authors
// Comments: spatch --sp-file section.cocci -D fn=F -D lock=mutex_lock -D unlock=mutex_unlock FILE
// Options: --no-includes --include-headers
// Requires: 1.1.1

// Where the lock is taken and given back, all over the function.
@locks@
identifier virtual.fn, virtual.lock;
position p;
@@
 fn(...) {
 <+...
 lock@p(...)
 ...+>
 }

// And where it is given back.
@unlocks@
identifier virtual.fn, virtual.unlock;
position q;
@@
 fn(...) {
 <+...
 unlock@q(...)
 ...+>
 }

// Both in one rule: a position does not outlive a change.
@scope@
identifier virtual.lock, virtual.unlock;
position locks.p, unlocks.q;
expression list ES;
@@
(
+nofs_flags = memalloc_nofs_save();
 lock@p(ES);
|
 unlock@q(ES);
+memalloc_nofs_restore(nofs_flags);
)

// The variable, once.
@declare depends on scope@
identifier virtual.fn;
@@
 fn(...) {
+unsigned int nofs_flags;
 ...
 }
