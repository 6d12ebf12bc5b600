// SPDX-License-Identifier: GPL-2.0-only
/// Find scopes whose saved state is thrown away or overwritten: nobody can close
/// them as they were opened.
///
//# A kernel thread may well throw it away: it is meant to live in the scope.
//
// Confidence: High
// Copyright: (C) 2025 the gfpscope authors
// Comments: kjournald2() of jbd2 does the former on purpose
// Options: --no-includes --include-headers
// Requires: 1.1.1

virtual context
virtual org
virtual report

// Nobody looks at what memalloc_nofs_save() gives.
@dropped@
position p;
@@
 \(memalloc_nofs_save@p\|memalloc_noio_save@p\)();

// Saved twice into the same variable.
@overwritten exists@
position p, q;
identifier I;
type T;
@@
(
 I = \(memalloc_nofs_save@q\|memalloc_noio_save@q\)();
|
 T I = \(memalloc_nofs_save@q\|memalloc_noio_save@q\)();
)
 ... when != \(memalloc_nofs_restore\|memalloc_noio_restore\)(I)
 I = \(memalloc_nofs_save@p\|memalloc_noio_save@p\)();

// The place, marked.
@dropped_context depends on context@
position dropped.p;
@@
*\(memalloc_nofs_save@p\|memalloc_noio_save@p\)()

// The place, marked.
@overwritten_context depends on context@
position overwritten.p;
@@
*\(memalloc_nofs_save@p\|memalloc_noio_save@p\)()

// The place as an Org link.
@script:python dropped_org depends on org@
p << dropped.p;
@@
coccilib.org.print_todo(p[0], "the state that this scope needs to be closed is thrown away")

// The place as an Org link.
@script:python overwritten_org depends on org@
p << overwritten.p;
q << overwritten.q;
@@
coccilib.org.print_todo(p[0], "overwrites the state saved in line %s" % (q[0].line))

// The place as a line of coccicheck's report.
@script:python dropped_report depends on report@
p << dropped.p;
@@
coccilib.report.print_report(p[0], "the state that this scope needs to be closed is thrown away")

// The place as a line of coccicheck's report.
@script:python overwritten_report depends on report@
p << overwritten.p;
q << overwritten.q;
@@
coccilib.report.print_report(p[0], "overwrites the state saved in line %s" % (q[0].line))
