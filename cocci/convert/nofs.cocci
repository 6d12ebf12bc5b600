// SPDX-License-Identifier: GPL-2.0-only
/// Turn restricted masks into plain ones and open scopes where the critical
/// sections are, at the places that gfpscope has marked.
///
//# Not for use by hand: without the marks it matches nothing. The marks are
//# names that replace tokens of a private copy of the file (f: nofs, i: noio):
//#
//#	GFP_DROP		mask word to become GFP_KERNEL
//#	GFP_NLDP		.. GFP_KERNEL | __GFP_NOLOCKDEP
//#	GFP_WRAP, GFP_WRIO	.. GFP_KERNEL, in a scope of its own (vmalloc)
//#	Zm1			flag word to be left out of its mask
//#	Zc1			bit that shall no longer be cleared
//#	Zd1			.. in a statement whose condition goes with it
//#	Zg1			mapping_gfp_constraint() of such bits
//#	Zs1, Zt1		flag word to which __GFP_FS (and __GFP_IO) is added
//#	Zp1, Zy1		parameter that goes; .. the only one
//#	Zx1			argument that goes
//#	Zfb1, Zfa1		call: open the scope before, after it
//#	Zfq1, Zfr1		call: close the scope before, after it
//#	ZfX(c), ZiX(c)		condition of an if: open the scope after the if
//#	ZfF(c), ZiF(c)		.. close it where the condition holds
//#	ZfU(), ZiU()		statement: open the scope here
//#	ZfV(), ZiV()		statement: close it here
//#	ZfR(e), ZiR(e)		value returned: close the scope before
//#	ZfT(v, e), ZiT(v, e)	.. and compute it first, into v
//#	ZfW(v, e)		value returned: compute it first, into v
//#	Zfv1, Ziv1		variable after which flags are declared
//#	Zf_x1, Zi_x1		function, x being letters out of
//#				d  declare the flags in front
//#				n  the same; there is no declaration yet
//#				w  open the scope in front
//#				o  the same; there is no declaration yet
//#				t  declare nofs_value, which ZfT sets
//#				u  the same; there is no declaration yet
//#	<linux/nofs_mark.h>	header after which sched/mm.h is included
//#	"nofs_next.h"		header before which it is
//#
//# Every rule looks at one statement and none at a whole function, unless it
//# must: that keeps the time linear in the number of marks, and a statement
//# that Coccinelle cannot reach still gets its change. A mark that no rule
//# takes stays; the driver finds it and refuses the change.
//
// Confidence: High
// Copyright: (C) 2025 the gfpscope authors
// Comments: no scripts and no virtual rules, so that a start costs 0.03 s
// Options: --no-includes --include-headers --max-width 100
// Requires: 1.1.1

// ---------------------------------------------------------------------------
// Masks
// ---------------------------------------------------------------------------

// A restricting word becomes the plain one.
@mask_plain@ @@
-GFP_DROP
+GFP_KERNEL

// The same, and lockdep is told that it is fine.
@mask_nolockdep@ @@
-GFP_NLDP
+GFP_KERNEL | __GFP_NOLOCKDEP

// A flag that restricts leaves its mask. Alone it was the whole mask.
@mask_flag@
identifier m =~ "^Zm[0-9]";
expression E;
@@
(
-m |
 E
|
 E
-| m
)

@mask_flag_alone@
identifier m =~ "^Zm[0-9]";
@@
(
-(m)
+0
|
-m
+0
)

// A mask that was put together by hand gets the bits that it lacks.
@mask_add@
identifier m =~ "^Zs[0-9]", n =~ "^Zt[0-9]";
@@
(
 m
+| __GFP_FS
|
 n
+| __GFP_IO | __GFP_FS
)

// A statement that does nothing but clear the bits goes, and with it (Zd) the
// condition that it stands under.
@clear_tested@
identifier c =~ "^Zd[0-9]", d =~ "^Zd[0-9]";
expression E, X;
@@
-if (X)
-	E &= \(~c\|~(c)\|~(c | d)\);

@clear_branch@
identifier c =~ "^Zc[0-9]";
expression E, X;
position p;
statement S;
@@
(
 if (X) E@p &= <+... c ...+>;
|
 if (X) E@p &= <+... c ...+>; else S
|
 if (X) S else E@p &= <+... c ...+>;
)

@clear_statement@
identifier c =~ "^Zc[0-9]", d =~ "^Zc[0-9]";
position p != clear_branch.p;
expression E;
@@
-E@p &= \(~c\|~(c)\|~(c | d)\);

// Nothing is cleared any more.
@clear_constraint@
identifier g =~ "^Zg[0-9]", c =~ "^Zc[0-9]", d =~ "^Zc[0-9]";
expression E;
@@
-g(E, \(~c\|~(c)\|~(c | d)\))
+mapping_gfp_mask(E)

// Otherwise the bits leave the set of those that are cleared.
@clear_in_parentheses@
identifier c =~ "^Zc[0-9]", d =~ "^Zc[0-9]", m;
@@
-(m & \(~c\|~(c)\|~(c | d)\))
+m

@clear_all@
identifier c =~ "^Zc[0-9]", d =~ "^Zc[0-9]";
expression E;
@@
 E
-& \(~c\|~(c)\|~(c | d)\)

@clear_all_but_one@
identifier c =~ "^Zc[0-9]", m !~ "^Zc[0-9]";
@@
-~(\(c | m\|m | c\))
+~m

// ---------------------------------------------------------------------------
// Parameters
// ---------------------------------------------------------------------------

// A parameter that is the same in every call leaves its function.
@fold_definition exists@
identifier f, p =~ "^Zp[0-9]";
@@
 f(...,
-gfp_t p,
 ...) { ... }

// The only one leaves nothing.
@fold_alone exists@
identifier f, p =~ "^Zy[0-9]";
@@
 f(
-gfp_t p
+void
 ) { ... }

// The same in declarations.
@fold_declaration@
identifier f, p =~ "^Zp[0-9]";
type T;
@@
 T f(...,
-gfp_t p,
 ...);

@fold_declaration_alone@
identifier f, p =~ "^Zy[0-9]";
type T;
@@
 T f(
-gfp_t p
+void
 );

// What was passed for it leaves the calls.
@fold_call@
identifier f, x =~ "^Zx[0-9]";
@@
 f(...,
-x,
 ...)

// ---------------------------------------------------------------------------
// Sections
// ---------------------------------------------------------------------------

// Open before a call, whatever the statement does with its result. Where the
// result is a variable's first value, the flags are declared in front of it.
@open_before@
identifier a =~ "^Zfb", b =~ "^Zib";
expression list ES;
expression E;
@@
(
+nofs_flags = memalloc_nofs_save();
 a(ES);
|
+nofs_flags = memalloc_nofs_save();
 E = <+... a(ES) ...+>;
|
+noio_flags = memalloc_noio_save();
 b(ES);
|
+noio_flags = memalloc_noio_save();
 E = <+... b(ES) ...+>;
)

@open_before_if@
identifier a =~ "^Zfb", b =~ "^Zib";
statement S1, S2;
@@
(
+nofs_flags = memalloc_nofs_save();
 if (<+... a(...) ...+>) S1 else S2
|
+noio_flags = memalloc_noio_save();
 if (<+... b(...) ...+>) S1 else S2
)

@open_before_declaration@
identifier a =~ "^Zfb", b =~ "^Zib", x;
type T;
@@
(
+unsigned int nofs_flags = memalloc_nofs_save();
 T x = <+... a(...) ...+>;
|
+unsigned int noio_flags = memalloc_noio_save();
 T x = <+... b(...) ...+>;
)

// Open after a call that always succeeds.
@open_after@
identifier a =~ "^Zfa", b =~ "^Zia";
expression list ES;
expression E;
@@
(
 a(ES);
+nofs_flags = memalloc_nofs_save();
|
 E = <+... a(ES) ...+>;
+nofs_flags = memalloc_nofs_save();
|
 b(ES);
+noio_flags = memalloc_noio_save();
|
 E = <+... b(ES) ...+>;
+noio_flags = memalloc_noio_save();
)

// Open after the check of a call that may fail.
@open_after_check@
expression E;
statement S1, S2;
@@
(
 if (
-ZfX(
 E
-)
 ) S1 else S2
+nofs_flags = memalloc_nofs_save();
|
 if (
-ZiX(
 E
-)
 ) S1 else S2
+noio_flags = memalloc_noio_save();
)

// Close again in the one statement of a branch. A branch with braces has a
// statement marked in it, see scope_end.
@branch_close_single@
expression E;
statement S1, S2;
@@
(
 if (
-ZfF(
 E
-)
 )
+{
+memalloc_nofs_restore(nofs_flags);
 S1
+}
 else S2
|
 if (
-ZiF(
 E
-)
 )
+{
+memalloc_noio_restore(noio_flags);
 S1
+}
 else S2
)

// A statement that stands for nothing but the scope.
@scope_start@ @@
(
-ZfU();
+nofs_flags = memalloc_nofs_save();
|
-ZiU();
+noio_flags = memalloc_noio_save();
)

@scope_end@ @@
(
-ZfV();
+memalloc_nofs_restore(nofs_flags);
|
-ZiV();
+memalloc_noio_restore(noio_flags);
)

// Close after a call, or before one: before it any kind of statement will do.
@close_after@
identifier r =~ "^Zfr", s =~ "^Zir";
expression list ES;
expression E;
@@
(
 r(ES);
+memalloc_nofs_restore(nofs_flags);
|
 E = <+... r(ES) ...+>;
+memalloc_nofs_restore(nofs_flags);
|
 s(ES);
+memalloc_noio_restore(noio_flags);
|
 E = <+... s(ES) ...+>;
+memalloc_noio_restore(noio_flags);
)

@close_before@
identifier r =~ "^Zfq", s =~ "^Ziq";
expression list ES;
expression E;
@@
(
+memalloc_nofs_restore(nofs_flags);
 r(ES);
|
+memalloc_nofs_restore(nofs_flags);
 E = <+... r(ES) ...+>;
|
+memalloc_noio_restore(noio_flags);
 s(ES);
|
+memalloc_noio_restore(noio_flags);
 E = <+... s(ES) ...+>;
)

@close_before_if@
identifier r =~ "^Zfq", s =~ "^Ziq";
statement S1, S2;
@@
(
+memalloc_nofs_restore(nofs_flags);
 if (<+... r(...) ...+>) S1 else S2
|
+memalloc_noio_restore(noio_flags);
 if (<+... s(...) ...+>) S1 else S2
)

@close_before_return@
identifier r =~ "^Zfq", s =~ "^Ziq";
@@
(
+memalloc_nofs_restore(nofs_flags);
 return <+... r(...) ...+>;
|
+memalloc_noio_restore(noio_flags);
 return <+... s(...) ...+>;
)

// ---------------------------------------------------------------------------
// Returns inside a scope
// ---------------------------------------------------------------------------

// What is returned needs no work: close, then return.
@return_plain@
expression E;
@@
(
+memalloc_nofs_restore(nofs_flags);
 return
-ZfR(
 E
-)
 ;
|
+memalloc_noio_restore(noio_flags);
 return
-ZiR(
 E
-)
 ;
)

@return_nothing@ @@
(
+memalloc_nofs_restore(nofs_flags);
 return
-ZfR()
 ;
|
+memalloc_noio_restore(noio_flags);
 return
-ZiR()
 ;
)

// What is returned is computed inside the scope.
@return_computed@
expression E;
identifier v;
@@
(
-return ZfT(v, E);
+v = E;
+memalloc_nofs_restore(nofs_flags);
+return v;
|
-return ZiT(v, E);
+v = E;
+memalloc_noio_restore(noio_flags);
+return v;
)

// ---------------------------------------------------------------------------
// One call: vmalloc in trees where it does not look at the mask
// ---------------------------------------------------------------------------

@wrap_return@
expression E;
identifier v;
@@
-return ZfW(v, E);
+v = E;
+return v;

@wrap@
expression E, F;
@@
(
+nofs_flags = memalloc_nofs_save();
 E = <+...
-GFP_WRAP
+GFP_KERNEL
 ...+>;
+memalloc_nofs_restore(nofs_flags);
|
+noio_flags = memalloc_noio_save();
 F = <+...
-GFP_WRIO
+GFP_KERNEL
 ...+>;
+memalloc_noio_restore(noio_flags);
)

// ---------------------------------------------------------------------------
// Whole functions, declarations, header
// ---------------------------------------------------------------------------

@function_temporary@
identifier f =~ "^Z[fi]_[a-z]*t";
type T != void;
@@
 T f(...) {
+T nofs_value;
 ...
 }

@function_temporary_only@
identifier f =~ "^Z[fi]_[a-z]*u";
type T != void;
@@
 T f(...) {
+T nofs_value;
+
 ...
 }

@declare_after@
identifier v =~ "^Zfv", w =~ "^Ziv";
type T;
initializer I;
@@
(
 T v;
+unsigned int nofs_flags;
|
 T v = I;
+unsigned int nofs_flags;
|
 T v[...];
+unsigned int nofs_flags;
|
 T v[...] = I;
+unsigned int nofs_flags;
|
 T w;
+unsigned int noio_flags;
|
 T w = I;
+unsigned int noio_flags;
|
 T w[...];
+unsigned int noio_flags;
|
 T w[...] = I;
+unsigned int noio_flags;
)

@declare_first@
identifier f =~ "^Zf_[a-z]*d";
@@
 f(...) {
+unsigned int nofs_flags;
 ...
 }

@declare_first_io@
identifier f =~ "^Zi_[a-z]*d";
@@
 f(...) {
+unsigned int noio_flags;
 ...
 }

@declare_only@
identifier f =~ "^Zf_[a-z]*n";
@@
 f(...) {
+unsigned int nofs_flags;
+
 ...
 }

@declare_only_io@
identifier f =~ "^Zi_[a-z]*n";
@@
 f(...) {
+unsigned int noio_flags;
+
 ...
 }

@function_open@
identifier f =~ "^Zf_[a-z]*w";
@@
 f(...) {
+unsigned int nofs_flags = memalloc_nofs_save();
 ...
 }

@function_open_io@
identifier f =~ "^Zi_[a-z]*w";
@@
 f(...) {
+unsigned int noio_flags = memalloc_noio_save();
 ...
 }

@function_open_only@
identifier f =~ "^Zf_[a-z]*o";
@@
 f(...) {
+unsigned int nofs_flags = memalloc_nofs_save();
+
 ...
 }

@function_open_only_io@
identifier f =~ "^Zi_[a-z]*o";
@@
 f(...) {
+unsigned int noio_flags = memalloc_noio_save();
+
 ...
 }

// Two scopes with nothing in between are one.
@adjacent@ @@
(
-memalloc_nofs_restore(nofs_flags);
-nofs_flags = memalloc_nofs_save();
|
-memalloc_noio_restore(noio_flags);
-noio_flags = memalloc_noio_save();
)

@include_after@ @@
 #include <linux/nofs_mark.h>
+#include <linux/sched/mm.h>

@include_before@ @@
+#include <linux/sched/mm.h>
 #include "nofs_next.h"
