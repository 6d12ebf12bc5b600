// SPDX-License-Identifier: GPL-2.0-only
/// Find vmalloc() and its kin with GFP_NOFS or GFP_NOIO, which they ignore in
/// trees before 5.17: only a scope restricts them there.
///
//# For trees before 5.17 only; from then on the mask is honoured.
//
// Confidence: High
// Copyright: (C) 2025 the gfpscope authors
// Comments: kvmalloc() fell back to vmalloc() only with a mask that had GFP_KERNEL in it
// Options: --no-includes --include-headers
// Trees: before 5.17
// Requires: 1.1.1

virtual context
virtual org
virtual report

// Calls that got a restricted mask.
@ignored@
position p;
identifier a =~ "^__vmalloc(_node|_node_range)?$|^(ext4_|f2fs_)?kv[mzc]alloc(_array|_node)?$|^kvmemdup$|^kvrealloc$";
@@
 a@p(..., <+... \(GFP_NOFS\|GFP_NOIO\) ...+>, ...)

// The place, marked.
@ignored_context depends on context@
position ignored.p;
identifier a;
@@
*a@p(...)

// The place as an Org link.
@script:python ignored_org depends on org@
p << ignored.p;
@@
coccilib.org.print_todo(p[0], "before 5.17 the mask is ignored here: only a scope restricts it")

// The place as a line of coccicheck's report.
@script:python ignored_report depends on report@
p << ignored.p;
@@
coccilib.report.print_report(p[0], "before 5.17 the mask is ignored here: only a scope restricts it")
