/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words that the reader knows: C's keywords, the kernel's annotations and
 * the few macros that stand for syntax or for their own argument. Their string
 * ids are fixed: WORD_if is the id of "if" in every file.
 *
 * Words that are known for what they do (locks, allocators, scopes) do not
 * belong here but in the knowledge.
 */
#ifndef READ_WORDS_H
#define READ_WORDS_H

#include <stdint.h>

/* What a word is to the parser. */
enum word_class {
	CLS_NONE,	/* any other identifier */
	CLS_STATEMENT,	/* begins or continues a statement */
	CLS_STORAGE,	/* storage class or function specifier */
	CLS_QUALIFIER,	/* says nothing about a type that matters here */
	CLS_BASIC,	/* basic type */
	CLS_TAG,	/* struct, union, enum */
	CLS_TYPEOF,
	CLS_ATTRIBUTE,	/* annotation, with or without arguments */
	CLS_ASM,
	CLS_TYPENAME,	/* well-known typedef */
	CLS_CONSTANT,	/* NULL, true, false */
	CLS_UNEVALUATED,/* operator whose operand is not evaluated */
	CLS_SAME,	/* macro: value of its first argument */
	CLS_ERROR,	/* ERR_PTR and kin */
	CLS_CONTAINER,	/* container_of and kin: (pointer, type, member) */
	CLS_CONFIG,	/* compile-time question */
	CLS_DEAD,	/* does not return */
	CLS_SYNTAX,	/* guard() and kin, _Generic */
};

#define READ_WORDS(X)							\
	X(if, STATEMENT) X(else, STATEMENT) X(for, STATEMENT)		\
	X(while, STATEMENT) X(do, STATEMENT) X(switch, STATEMENT)	\
	X(case, STATEMENT) X(default, STATEMENT) X(goto, STATEMENT)	\
	X(return, STATEMENT) X(break, STATEMENT) X(continue, STATEMENT)	\
	X(static, STORAGE) X(extern, STORAGE) X(typedef, STORAGE)	\
	X(inline, STORAGE) X(__inline, STORAGE) X(__inline__, STORAGE)	\
	X(__always_inline, STORAGE) X(register, STORAGE)		\
	X(auto, STORAGE) X(STATIC, STORAGE) X(INIT, STORAGE)		\
	X(noinline, STORAGE) X(asmlinkage, STORAGE)			\
	X(__init, QUALIFIER) X(__exit, QUALIFIER) X(__meminit, QUALIFIER) \
	X(__net_init, QUALIFIER) X(__net_exit, QUALIFIER)		\
	X(__init_or_module, QUALIFIER) X(__exit_or_module, QUALIFIER)	\
	X(const, QUALIFIER) X(__const, QUALIFIER) X(volatile, QUALIFIER) \
	X(__volatile__, QUALIFIER) X(__volatile, QUALIFIER)		\
	X(restrict, QUALIFIER) X(__restrict, QUALIFIER)			\
	X(__restrict__, QUALIFIER) X(_Atomic, QUALIFIER)		\
	X(__extension__, QUALIFIER) X(__user, QUALIFIER)		\
	X(__iomem, QUALIFIER) X(__rcu, QUALIFIER)			\
	X(__percpu, QUALIFIER) X(__force, QUALIFIER)			\
	X(__kernel, QUALIFIER) X(__nocast, QUALIFIER)			\
	X(__bitwise, QUALIFIER) X(__maybe_unused, QUALIFIER)		\
	X(__must_check, QUALIFIER) X(__visible, QUALIFIER)		\
	X(__ref, QUALIFIER) X(__sched, QUALIFIER) X(__cold, QUALIFIER)	\
	X(__read_mostly, QUALIFIER) X(__ro_after_init, QUALIFIER)	\
	X(__noreturn, QUALIFIER) X(__pure, QUALIFIER) X(__weak, QUALIFIER) \
	X(__initdata, QUALIFIER) X(__initconst, QUALIFIER)		\
	X(__exitdata, QUALIFIER) X(__cpuidle, QUALIFIER)		\
	X(notrace, QUALIFIER) X(noinstr, QUALIFIER)			\
	X(__latent_entropy, QUALIFIER) X(__packed, QUALIFIER)		\
	X(__used, QUALIFIER) X(__randomize_layout, QUALIFIER)		\
	X(noinline_for_stack, QUALIFIER) X(__thread, QUALIFIER)		\
	X(__cacheline_aligned, QUALIFIER) X(__private, QUALIFIER)	\
	X(____cacheline_aligned_in_smp, QUALIFIER)			\
	X(____cacheline_aligned, QUALIFIER) X(__refdata, QUALIFIER)	\
	X(__cacheline_aligned_in_smp, QUALIFIER)			\
	X(__page_aligned_data, QUALIFIER) X(__page_aligned_bss, QUALIFIER) \
	X(void, BASIC) X(char, BASIC) X(short, BASIC) X(int, BASIC)	\
	X(long, BASIC) X(float, BASIC) X(double, BASIC)			\
	X(signed, BASIC) X(__signed__, BASIC) X(unsigned, BASIC)	\
	X(_Bool, BASIC) X(bool, BASIC) X(__int128, BASIC)		\
	X(struct, TAG) X(union, TAG) X(enum, TAG)			\
	X(typeof, TYPEOF) X(__typeof__, TYPEOF) X(__typeof, TYPEOF)	\
	X(__auto_type, TYPEOF) X(typeof_member, TYPEOF)			\
	X(typeof_unqual, TYPEOF) X(__unqual_scalar_typeof, TYPEOF)	\
	X(__attribute__, ATTRIBUTE) X(__attribute, ATTRIBUTE)		\
	X(__declspec, ATTRIBUTE) X(__printf, ATTRIBUTE)			\
	X(__scanf, ATTRIBUTE) X(__section, ATTRIBUTE)			\
	X(__aligned, ATTRIBUTE) X(__acquires, ATTRIBUTE)		\
	X(__releases, ATTRIBUTE) X(__must_hold, ATTRIBUTE)		\
	X(__alloc_size, ATTRIBUTE) X(__malloc, ATTRIBUTE)		\
	X(__assume_aligned, ATTRIBUTE) X(__counted_by, ATTRIBUTE)	\
	X(__cond_acquires, ATTRIBUTE) X(__alias, ATTRIBUTE)		\
	X(__free, ATTRIBUTE) X(__cleanup, ATTRIBUTE)			\
	X(__realloc_size, ATTRIBUTE) X(__diagnose_as, ATTRIBUTE)	\
	X(__alignas, ATTRIBUTE) X(_Alignas, ATTRIBUTE)			\
	X(asm, ASM) X(__asm__, ASM) X(__asm, ASM) X(asm_volatile_goto, ASM) \
	X(asm_inline, ASM) X(asm_goto_output, ASM)			\
	X(u8, TYPENAME) X(u16, TYPENAME) X(u32, TYPENAME)		\
	X(u64, TYPENAME) X(s8, TYPENAME) X(s16, TYPENAME)		\
	X(s32, TYPENAME) X(s64, TYPENAME) X(__u8, TYPENAME)		\
	X(__u16, TYPENAME) X(__u32, TYPENAME) X(__u64, TYPENAME)	\
	X(__s8, TYPENAME) X(__s16, TYPENAME) X(__s32, TYPENAME)		\
	X(__s64, TYPENAME) X(__le16, TYPENAME) X(__le32, TYPENAME)	\
	X(__le64, TYPENAME) X(__be16, TYPENAME) X(__be32, TYPENAME)	\
	X(__be64, TYPENAME) X(uint, TYPENAME) X(ulong, TYPENAME)	\
	X(uchar, TYPENAME)						\
	X(NULL, CONSTANT) X(true, CONSTANT) X(false, CONSTANT)		\
	X(sizeof, UNEVALUATED) X(__alignof__, UNEVALUATED)		\
	X(_Alignof, UNEVALUATED) X(offsetof, UNEVALUATED)		\
	X(sizeof_field, UNEVALUATED) X(offsetofend, UNEVALUATED)	\
	X(__builtin_offsetof, UNEVALUATED)				\
	X(__builtin_types_compatible_p, UNEVALUATED)			\
	X(_Static_assert, UNEVALUATED) X(static_assert, UNEVALUATED)	\
	X(BUILD_BUG_ON, UNEVALUATED) X(BUILD_BUG_ON_MSG, UNEVALUATED)	\
	X(BUILD_BUG_ON_ZERO, UNEVALUATED)				\
	X(likely, SAME) X(unlikely, SAME) X(READ_ONCE, SAME)		\
	X(__builtin_expect, SAME) X(ACCESS_PRIVATE, SAME)		\
	X(rcu_dereference, SAME) X(rcu_dereference_raw, SAME)		\
	X(rcu_dereference_protected, SAME)				\
	X(rcu_dereference_check, SAME) X(rcu_access_pointer, SAME)	\
	X(WARN_ON, SAME) X(WARN_ON_ONCE, SAME) X(smp_load_acquire, SAME) \
	X(ERR_PTR, ERROR) X(PTR_ERR, ERROR) X(ERR_CAST, ERROR)		\
	X(IS_ERR, ERROR) X(IS_ERR_OR_NULL, ERROR)			\
	X(PTR_ERR_OR_ZERO, ERROR) X(IS_ERR_VALUE, ERROR)		\
	X(container_of, CONTAINER) X(list_entry, CONTAINER)		\
	X(list_first_entry, CONTAINER) X(list_last_entry, CONTAINER)	\
	X(list_first_entry_or_null, CONTAINER)				\
	X(list_entry_rcu, CONTAINER) X(hlist_entry, CONTAINER)		\
	X(hlist_entry_safe, CONTAINER) X(rb_entry, CONTAINER)		\
	X(rb_entry_safe, CONTAINER) X(llist_entry, CONTAINER)		\
	X(hlist_bl_entry, CONTAINER) X(container_of_const, CONTAINER)	\
	X(IS_ENABLED, CONFIG) X(IS_BUILTIN, CONFIG) X(IS_MODULE, CONFIG) \
	X(IS_REACHABLE, CONFIG) X(__builtin_constant_p, CONFIG)		\
	X(BUG, DEAD) X(unreachable, DEAD) X(__builtin_unreachable, DEAD) \
	X(panic, DEAD)							\
	X(guard, SYNTAX) X(scoped_guard, SYNTAX)			\
	X(scoped_cond_guard, SYNTAX) X(CLASS, SYNTAX) X(_Generic, SYNTAX) \
	X(BUG_ON, SYNTAX)						\
	X(__label__, NONE) X(defined, NONE) X(fallthrough, NONE)	\
	X(__cplusplus, NONE) X(__CHECKER__, NONE) X(__ASSEMBLY__, NONE)	\
	X(__ASSEMBLER__, NONE) X(__KERNEL__, NONE) X(__cleanup__, NONE)	\
	X(cleanup, NONE)

enum word {
	WORD_NONE,
#define X(word, class) WORD_##word,
	READ_WORDS(X)
#undef X
	NR_WORDS
};

#endif
