// SPDX-License-Identifier: GPL-2.0-only
/// Find functions that can be left inside a NOFS or NOIO scope that they have
/// opened: the task goes on with the restriction for good.
///
//# `if (c) save .. if (c) restore` and the like look as if they leak: Coccinelle
//# does not know that both conditions are the same.
//
// Confidence: Moderate
// Copyright: (C) 2025 the gfpscope authors
// Comments: a scope that is kept in an object on purpose (a transaction) is no finding
// Options: --no-includes --include-headers
// Requires: 1.1.1

virtual context
virtual org
virtual report

// Who returns the saved value leaves it to the caller to close the scope.
@handed exists@
position r;
identifier I;
type T;
@@
(
 I = \(memalloc_nofs_save\|memalloc_noio_save\)();
|
 T I = \(memalloc_nofs_save\|memalloc_noio_save\)();
)
 ...
 return@r I;

// The saved value is in a variable, and a return is reached without it: it has
// not been handed to an object either, for another function to close the scope.
@leak exists@
position p, r != handed.r;
identifier I;
expression E;
type T;
@@
(
 I = \(memalloc_nofs_save@p\|memalloc_noio_save@p\)();
|
 T I = \(memalloc_nofs_save@p\|memalloc_noio_save@p\)();
)
 ... when != \(memalloc_nofs_restore\|memalloc_noio_restore\)(I)
     when != E = I
 return@r ...;

// The place, marked.
@leak_context depends on context && leak@
position leak.p;
@@
*\(memalloc_nofs_save@p\|memalloc_noio_save@p\)()

// And the return that it is open at.
@leak_context_return depends on context && leak@
position leak.r;
@@
*return@r ...;

// The place as an Org link.
@script:python leak_org depends on org@
p << leak.p;
r << leak.r;
@@
coccilib.org.print_todo(p[0], "the scope opened here is still open at the return of line %s" % (r[0].line))

// The place as a line of coccicheck's report.
@script:python leak_report depends on report@
p << leak.p;
r << leak.r;
@@
coccilib.report.print_report(p[0], "the scope opened here is still open at the return of line %s" % (r[0].line))
