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

// GFP_KERNEL and its kin have every bit of the restricted masks, and more.
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

// The word that restricts nothing goes.
@noop_patch depends on patch@
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

// The place, marked.
@noop_context depends on context@
position noop.p;
constant R;
@@
*R@p

// The place as an Org link.
@script:python noop_org depends on org@
p << noop.p;
@@
coccilib.org.print_todo(p[0], "this restricts nothing: the other word has all its bits")

// The place as a line of coccicheck's report.
@script:python noop_report depends on report@
p << noop.p;
@@
coccilib.report.print_report(p[0], "this restricts nothing: the other word has all its bits")
