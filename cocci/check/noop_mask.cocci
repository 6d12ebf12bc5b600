// SPDX-License-Identifier: GPL-2.0-only
/// Find masks that or GFP_NOFS or GFP_NOIO to one that has all their bits: nothing
/// is restricted. Drop the word.
///
//# Whoever wrote it may have meant the restriction: look before you apply.
//
// Confidence: High
// Copyright: (C) 2025 the gfpscope authors
// Comments: the result is the same code
// Options: --no-includes --include-headers
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@noop@
position p;
constant R = {GFP_NOFS, GFP_NOIO};
constant K = {GFP_KERNEL, GFP_KERNEL_ACCOUNT, GFP_USER, GFP_HIGHUSER};
@@
(
 K | R@p
|
 R@p | K
)

@depends on patch@
position noop.p;
constant R = {GFP_NOFS, GFP_NOIO};
constant K = {GFP_KERNEL, GFP_KERNEL_ACCOUNT, GFP_USER, GFP_HIGHUSER};
@@
(
 K
-| R@p
|
-R@p |
 K
)

// The places, marked.
@depends on context@
position noop.p;
constant R;
@@
*R@p

@script:python depends on org@
p << noop.p;
@@
coccilib.org.print_todo(p[0], "this restricts nothing: the other word has all its bits")

@script:python depends on report@
p << noop.p;
@@
coccilib.report.print_report(p[0], "this restricts nothing: the other word has all its bits")
