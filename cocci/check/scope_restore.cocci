// SPDX-License-Identifier: GPL-2.0-only
/// Find scopes that are closed though they are not open on the way there, closed
/// twice, or closed by the function of the other kind.
///
//# Conditions that belong together are not known to do so, see scope_leak.
//
// Confidence: Moderate
// Copyright: (C) 2025 the gfpscope authors
// Comments: memalloc_nofs_restore() with a value that was never saved clears or sets the flag by chance
// Options: --no-includes --include-headers
// Requires: 1.1.1

virtual context
virtual org
virtual report

// A declaration that opens the scope itself is no finding.
@opened@
position d;
identifier I;
type T;
@@
 T I@d = \(memalloc_nofs_save\|memalloc_noio_save\)();

// From the declaration to the restore without a save.
@unsaved exists@
position p, d != opened.d;
identifier f, I;
type T;
@@
 f(...) {
 ... when any
 T I@d;
 ... when != I = \(memalloc_nofs_save\|memalloc_noio_save\)()
     when != \(memalloc_nofs_restore\|memalloc_noio_restore\)(I)
     when != &I
 \(memalloc_nofs_restore@p\|memalloc_noio_restore@p\)(I);
 ... when any
 }

// Two restores, no save in between.
@twice exists@
position p, q;
identifier I;
@@
 \(memalloc_nofs_restore@q\|memalloc_noio_restore@q\)(I);
 ... when != I = \(memalloc_nofs_save\|memalloc_noio_save\)()
 \(memalloc_nofs_restore@p\|memalloc_noio_restore@p\)(I);

// Saved by one, restored by the other.
@mixed exists@
position p, q;
identifier I;
type T;
@@
(
 I = memalloc_nofs_save@q();
 ... when != I = memalloc_noio_save()
 memalloc_noio_restore@p(I);
|
 I = memalloc_noio_save@q();
 ... when != I = memalloc_nofs_save()
 memalloc_nofs_restore@p(I);
|
 T I = memalloc_nofs_save@q();
 ... when != I = memalloc_noio_save()
 memalloc_noio_restore@p(I);
|
 T I = memalloc_noio_save@q();
 ... when != I = memalloc_nofs_save()
 memalloc_nofs_restore@p(I);
)

// The place, marked.
@unsaved_context depends on context@
position unsaved.p;
@@
*\(memalloc_nofs_restore@p\|memalloc_noio_restore@p\)(...)

// The place, marked.
@twice_context depends on context@
position twice.p;
@@
*\(memalloc_nofs_restore@p\|memalloc_noio_restore@p\)(...)

// The place, marked.
@mixed_context depends on context@
position mixed.p;
@@
*\(memalloc_nofs_restore@p\|memalloc_noio_restore@p\)(...)

// The place as an Org link.
@script:python unsaved_org depends on org@
p << unsaved.p;
@@
coccilib.org.print_todo(p[0], "closes a scope that may not have been opened")

// The place as an Org link.
@script:python twice_org depends on org@
p << twice.p;
q << twice.q;
@@
coccilib.org.print_todo(p[0], "closes a scope that was closed in line %s" % (q[0].line))

// The place as an Org link.
@script:python mixed_org depends on org@
p << mixed.p;
q << mixed.q;
@@
coccilib.org.print_todo(p[0], "closes by the function of another kind what was opened in line %s" % (q[0].line))

// The place as a line of coccicheck's report.
@script:python unsaved_report depends on report@
p << unsaved.p;
@@
coccilib.report.print_report(p[0], "closes a scope that may not have been opened")

// The place as a line of coccicheck's report.
@script:python twice_report depends on report@
p << twice.p;
q << twice.q;
@@
coccilib.report.print_report(p[0], "closes a scope that was closed in line %s" % (q[0].line))

// The place as a line of coccicheck's report.
@script:python mixed_report depends on report@
p << mixed.p;
q << mixed.q;
@@
coccilib.report.print_report(p[0], "closes by the function of another kind what was opened in line %s" % (q[0].line))
