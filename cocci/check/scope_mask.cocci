// SPDX-License-Identifier: GPL-2.0-only
/// Find GFP_NOFS and GFP_NOIO inside an open scope that restricts as much: the
/// scope already does it, the mask only hides that. Use GFP_KERNEL.
///
//# Masks that are stored there and used elsewhere are no allocation in the scope.
//
// Confidence: Moderate
// Copyright: (C) 2025 the gfpscope authors
// Comments: one function only; gfpscope follows calls
// Options: --no-includes --include-headers
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

// NOIO restricts more than NOFS, not the other way round.
@inside exists@
position p;
identifier I;
type T;
@@
(
 I = memalloc_nofs_save();
 ... when any
     when != memalloc_nofs_restore(I)
 GFP_NOFS@p
|
 T I = memalloc_nofs_save();
 ... when any
     when != memalloc_nofs_restore(I)
 GFP_NOFS@p
|
 I = memalloc_noio_save();
 ... when any
     when != memalloc_noio_restore(I)
 \(GFP_NOFS@p\|GFP_NOIO@p\)
|
 T I = memalloc_noio_save();
 ... when any
     when != memalloc_noio_restore(I)
 \(GFP_NOFS@p\|GFP_NOIO@p\)
)

// A path that comes to the same place with no such scope open spoils it.
@outside exists@
position inside.p, o;
identifier f;
@@
 f(...) {
 ... when any
     when != \(memalloc_nofs_save\|memalloc_noio_save\)()
 GFP_NOFS@p@o
 ... when any
 }

// The same for NOIO, which only a NOIO scope covers.
@outside_io exists@
position inside.p, o;
identifier f;
@@
 f(...) {
 ... when any
     when != memalloc_noio_save()
 GFP_NOIO@p@o
 ... when any
 }

// What is left is inside on every path.
@sure@
position inside.p != {outside.o, outside_io.o}, q;
@@
 \(GFP_NOFS@p@q\|GFP_NOIO@p@q\)

// The scope restricts, the mask need not.
@sure_patch depends on patch@
position sure.q;
@@
(
-GFP_NOFS@q
+GFP_KERNEL
|
-GFP_NOIO@q
+GFP_KERNEL
)

// The place, marked.
@sure_context depends on context@
position sure.q;
@@
*\(GFP_NOFS@q\|GFP_NOIO@q\)

// The place as an Org link.
@script:python sure_org depends on org@
q << sure.q;
@@
coccilib.org.print_todo(q[0], "a restricted mask inside a scope that restricts as much")

// The place as a line of coccicheck's report.
@script:python sure_report depends on report@
q << sure.q;
@@
coccilib.report.print_report(q[0], "a restricted mask inside a scope that restricts as much")
