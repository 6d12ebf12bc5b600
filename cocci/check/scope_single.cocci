// SPDX-License-Identifier: GPL-2.0-only
/// Find scopes around a single allocation: there the mask would have done. A
/// scope belongs where the lock or the transaction is taken that makes the
/// restriction necessary, so that all of its allocations are covered.
///
//# vmalloc() ignored masks before 5.17: there it was the only way.
//# What allocates further down than its mask argument needs the scope, too.
//
// Confidence: Moderate
// Copyright: (C) 2025 the gfpscope authors
// Comments: no patch: where the scope belongs is not in these three lines
// Options: --no-includes --include-headers
// Requires: 1.1.1

virtual context
virtual org
virtual report

// Save, one allocation, restore.
@single@
position p;
identifier I;
expression X;
identifier a =~ "^(k|kv|v|__v)[mz]?(m|z|c)?alloc(_array|_node|_track_caller)?$|^kmem_cache_z?alloc(_node)?$|^kmemdup(_nul)?$|^kstrdup(_const)?$|^alloc_pages?$|^__get_free_pages?$|^bio_alloc$";
expression list ES;
@@
(
 I = \(memalloc_nofs_save@p\|memalloc_noio_save@p\)();
 X = a(ES);
 \(memalloc_nofs_restore\|memalloc_noio_restore\)(I);
|
 unsigned int I = \(memalloc_nofs_save@p\|memalloc_noio_save@p\)();
 ... when != I
 X = a(ES);
 \(memalloc_nofs_restore\|memalloc_noio_restore\)(I);
)

// The place, marked.
@single_context depends on context@
position single.p;
@@
*\(memalloc_nofs_save@p\|memalloc_noio_save@p\)()

// The place as an Org link.
@script:python single_org depends on org@
p << single.p;
@@
coccilib.org.print_todo(p[0], "a scope around one allocation: it belongs to the lock or transaction")

// The place as a line of coccicheck's report.
@script:python single_report depends on report@
p << single.p;
@@
coccilib.report.print_report(p[0], "a scope around one allocation: it belongs to the lock or transaction")
