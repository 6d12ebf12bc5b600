// SPDX-License-Identifier: GPL-2.0-only
/// Use GFP_KERNEL for GFP_NOFS and GFP_NOIO in one function.
///
//# By hand: nothing is asked about who calls the function, and with what held.
//
// Confidence: Low
// Copyright: (C) 2025 the gfpscope authors
// Comments: spatch --sp-file drop.cocci -D fn=F FILE
// Options: --no-includes --include-headers
// Requires: 1.1.1

// Code that control cannot reach keeps its masks.
@drop@
identifier virtual.fn;
@@
 fn(...) {
 <...
(
-GFP_NOFS
+GFP_KERNEL
|
-GFP_NOIO
+GFP_KERNEL
)
 ...>
 }
