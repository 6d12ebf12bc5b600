// SPDX-License-Identifier: GPL-2.0-only
/*
 * The description of every knowledge table, and what can be done with a
 * description alone: printing an entry and its key, writing the schema.
 * Reading files is knowledge.c's.
 */
#include "link/knowledge_tables.h"

#include <string.h>

#include "base/mem.h"

static const struct know_word mask_words[] = {
	{ "fs", MASK_FS },
	{ "io", MASK_IO },
	{ "reclaim", MASK_RECLAIM },
	{ "present", MASK_PRESENT },
	{ "nolockdep", MASK_NOLOCKDEP },
	{ "pf-nofs", MASK_PF_NOFS },
	{ "pf-noio", MASK_PF_NOIO },
	{ "pf-noreclaim", MASK_PF_NORECLAIM },
	{ NULL, 0 },
};

static const struct know_word restriction_words[] = {
	{ "none", RESTRICT_NONE },
	{ "nofs", RESTRICT_NOFS },
	{ "noio", RESTRICT_NOIO },
	{ NULL, 0 },
};

static const struct know_word op_words[] = {
	{ "none", API_NONE },
	{ "lock", API_LOCK },
	{ "trylock", API_LOCK_TRY },
	{ "lock-wait", API_LOCK_WAIT },
	{ "unlock", API_UNLOCK },
	{ "save", API_SCOPE_SAVE },
	{ "restore", API_SCOPE_RESTORE },
	{ "wait", API_WAIT },
	{ "downgrade", API_DOWNGRADE },
	{ NULL, 0 },
};

static const struct know_word mode_words[] = {
	{ "write", MODE_WRITE },
	{ "read", MODE_READ },
	{ NULL, 0 },
};

static const struct know_word class_words[] = {
	{ "zero", CLASS_ZERO },
	{ "positive", CLASS_POS },
	{ "error", CLASS_ERR },
	{ NULL, 0 },
};

static const struct know_word entry_words[] = {
	{ "work", ENTRY_WORK },
	{ "thread", ENTRY_THREAD },
	{ "timer", ENTRY_TIMER },
	{ "rcu", ENTRY_RCU },
	{ "irq", ENTRY_IRQ },
	{ "init", ENTRY_INIT },
	{ "syscall", ENTRY_SYSCALL },
	{ "other", ENTRY_OTHER },
	{ NULL, 0 },
};

static const struct know_word boundary_words[] = {
	{ "stop", BOUND_STOP },
	{ "front-door", BOUND_FRONT_DOOR },
	{ "reclaim", BOUND_RECLAIM },
	{ NULL, 0 },
};

static const struct know_word component_words[] = {
	{ "leaf", COMP_LEAF },
	{ "library", COMP_LIBRARY },
	{ "generic", COMP_GENERIC },
	{ "stacking", COMP_STACKING },
	{ "foreign", COMP_FOREIGN },
	{ NULL, 0 },
};

#define FIELD(s, member, kind, flags, words, doc)			\
	{ #member, FIELD_##kind, (flags), offsetof(struct s, member),	\
	  (words), (doc) }
#define KEY_REQUIRED (FIELD_KEY | FIELD_REQUIRED)
#define KEY_MANY (FIELD_KEY | FIELD_REQUIRED | FIELD_MANY)
#define SOURCE(s)							\
	FIELD(s, source, STRING, FIELD_REQUIRED, NULL,			\
	      "Where this was read: kernel file and function, commit, "	\
	      "document.")
#define WHY(s, doc) FIELD(s, why, STRING, FIELD_REQUIRED, NULL, doc)
#define END { NULL, 0, 0, 0, NULL, NULL }

static const struct know_field mask_fields[] = {
	FIELD(mask_word, name, STRING, KEY_MANY, NULL,
	      "The word, or several that mean the same."),
	FIELD(mask_word, sets, SET16, 0, mask_words,
	      "What or-ing the word into a mask or into task flags sets."),
	FIELD(mask_word, restricts, WORD, 0, restriction_words,
	      "What an allocation loses when this word is its mask."),
	FIELD(mask_word, is_bit, BOOL, 0, NULL,
	      "One flag, not a whole mask."),
	{ "source", FIELD_STRING, FIELD_REQUIRED | FIELD_UNSTORED, 0, NULL,
	  "Where this was read: kernel file and function, commit, document." },
	END
};

static const struct know_field api_fields[] = {
	FIELD(know_api, name, STRING, KEY_MANY, NULL,
	      "The function or macro, or several that do the same."),
	FIELD(know_api, op, WORD, FIELD_REQUIRED, op_words,
	      "What a call does."),
	FIELD(know_api, mode, WORD, 0, mode_words,
	      "How a lock is taken, let go or (downgrade) kept."),
	FIELD(know_api, success, SET8, 0, class_words,
	      "trylock, lock-wait: the results with which it is held."),
	FIELD(know_api, restriction, WORD, 0, restriction_words,
	      "save, restore: what the scope denies; noio implies nofs."),
	FIELD(know_api, noreclaim, BOOL, 0, NULL,
	      "save, restore: the scope keeps out of reclaim altogether."),
	FIELD(know_api, adds, BOOL, 0, NULL,
	      "Comes on top of what the function's own code does."),
	FIELD(know_api, lock_arg, ARG, 0, NULL,
	      "The argument that is the lock, or the cookie of a restore."),
	FIELD(know_api, flags_arg, ARG, 0, NULL,
	      "The argument whose PF_ words say which scope, or see flag."),
	FIELD(know_api, flag, STRING, 0, NULL,
	      "Words joined by |: calls with one of them in flags_arg only."),
	FIELD(know_api, tries, STRING, 0, NULL,
	      "Likewise: with one of them it hardly ever waits."),
	FIELD(know_api, resource, STRING, 0, NULL,
	      "The pseudo-lock it acts on, when no argument is a lock."),
	FIELD(know_api, out_last, BOOL, 0, NULL,
	      "Puts the object where the last argument says; with NULL it keeps nothing."),
	FIELD(know_api, token_arg, ARG, 0, NULL,
	      "The transaction (see tokens) that holds what is taken, if it is not NULL."),
	FIELD(know_api, own, BOOL, 0, NULL,
	      "unlock: of much else, too; of this where the caller itself took it."),
	FIELD(know_api, release, STRING, 0, NULL,
	      "The api that lets go what this one took, ends what it began."),
	SOURCE(know_api),
	END
};

static const struct know_field guard_fields[] = {
	FIELD(know_guard, name, STRING, KEY_REQUIRED, NULL,
	      "The name that stands in guard() or scoped_guard()."),
	FIELD(know_guard, acquire, STRING, FIELD_REQUIRED, NULL,
	      "The api that its beginning is."),
	FIELD(know_guard, release, STRING, FIELD_REQUIRED, NULL,
	      "The api that its end is."),
	SOURCE(know_guard),
	END
};

static const struct know_field resource_fields[] = {
	FIELD(know_resource, name, STRING, KEY_REQUIRED, NULL,
	      "The pseudo-lock's name in apis, tokens and reports."),
	FIELD(know_resource, phrase, STRING, 0, NULL,
	      "The same within a sentence, with an article."),
	FIELD(know_resource, fs, BOOL, 0, NULL,
	      "Reclaim that may enter a file system can wait for it."),
	FIELD(know_resource, io, BOOL, 0, NULL,
	      "Reclaim that may start IO can wait for it."),
	FIELD(know_resource, instance, BOOL, 0, NULL,
	      "Reclaim only tries it, or takes it of other objects."),
	FIELD(know_resource, doubtful, BOOL, 0, NULL,
	      "Its apis may take nothing: flags of the object decide."),
	FIELD(know_resource, coarse, BOOL, 0, NULL,
	      "One name for many locks, or for what all may hold together."),
	FIELD(know_resource, counted, BOOL, 0, NULL,
	      "Many may hold it at a time; taking it waits for none of them."),
	FIELD(know_resource, transaction, BOOL, 0, NULL,
	      "It is begun and open, where a lock is taken and held."),
	WHY(know_resource, "How reclaim comes to wait for it."),
	SOURCE(know_resource),
	END
};

static const struct know_field allocator_fields[] = {
	FIELD(know_allocator, name, STRING, KEY_MANY, NULL,
	      "The function or macro, or several with the same arguments."),
	FIELD(know_allocator, gfp_arg, ARG, 0, NULL,
	      "The argument that is the mask; absent when there is none."),
	FIELD(know_allocator, implicit, SET16, 0, mask_words,
	      "The mask it uses when no argument is one."),
	FIELD(know_allocator, vmalloc, BOOL, 0, NULL,
	      "Takes page tables, too: see the fact vmalloc-honours-mask."),
	FIELD(know_allocator, fresh, BOOL, 0, NULL,
	      "What it gives has locks, and nobody else has it yet."),
	FIELD(know_allocator, doubtful, BOOL, 0, NULL,
	      "It may allocate nothing: objects that are not seen decide."),
	FIELD(know_allocator, op_type, STRING, 0, NULL,
	      "Struct of operations, one of which allocates in its place."),
	FIELD(know_allocator, op_member, STRING, 0, NULL,
	      "That operation; implicit is for components without one."),
	SOURCE(know_allocator),
	END
};

static const struct know_field reclaim_fields[] = {
	FIELD(know_reclaim, type, STRING, FIELD_KEY, NULL,
	      "Struct of operations."),
	FIELD(know_reclaim, member, STRING, FIELD_KEY, NULL,
	      "Its member that reclaim calls."),
	FIELD(know_reclaim, function, STRING, FIELD_KEY, NULL,
	      "Or the function that reclaim calls."),
	FIELD(know_reclaim, fs, BOOL, 0, NULL,
	      "Allocations with __GFP_FS reach it."),
	FIELD(know_reclaim, io, BOOL, 0, NULL,
	      "Allocations with __GFP_IO reach it."),
	FIELD(know_reclaim, any, BOOL, 0, NULL,
	      "Allocations that may reclaim reach it whatever their mask."),
	FIELD(know_reclaim, kswapd_only, BOOL, 0, NULL,
	      "Never run by the allocating task itself."),
	FIELD(know_reclaim, seldom, BOOL, 0, NULL,
	      "Only for objects in a state that reclaim hardly ever meets."),
	FIELD(know_reclaim, super, BOOL, 0, NULL,
	      "By the super block's shrinker, if that is active and its "
	      "s_umount can be read."),
	FIELD(know_reclaim, per_object, BOOL, 0, NULL,
	      "object_arg is the object that dies: nobody else holds its "
	      "locks."),
	FIELD(know_reclaim, object_arg, ARG, 0, NULL,
	      "The argument that is the object."),
	FIELD(know_reclaim, only_with, STRING, 0, NULL,
	      "Only in components that call this function."),
	FIELD(know_reclaim, chain, STRING, FIELD_REQUIRED, NULL,
	      "The functions from an allocation to the callback."),
	SOURCE(know_reclaim),
	END
};

static const struct know_field async_fields[] = {
	FIELD(know_async, name, STRING, KEY_MANY, NULL,
	      "The function or macro, or several with the same arguments."),
	FIELD(know_async, func_arg, ARG, FIELD_KEY, NULL,
	      "The argument that will run; absent: any that is a function."),
	FIELD(know_async, item_arg, ARG, 0, NULL,
	      "The argument that is the work item which will run it."),
	FIELD(know_async, kind, WORD, FIELD_REQUIRED, entry_words,
	      "The context in which it will run."),
	SOURCE(know_async),
	END
};

static const struct know_field work_fields[] = {
	FIELD(know_work, name, STRING, KEY_MANY, NULL,
	      "The function, or several with the same arguments."),
	FIELD(know_work, waits, BOOL, 0, NULL,
	      "It waits until what was queued has run, else it queues."),
	FIELD(know_work, item_arg, ARG, 0, NULL,
	      "The argument that is the work item; absent: all of the queue."),
	FIELD(know_work, queue_arg, ARG, 0, NULL,
	      "The argument that is the workqueue."),
	SOURCE(know_work),
	END
};

static const struct know_field callback_fields[] = {
	FIELD(know_callback, type, STRING, KEY_REQUIRED, NULL,
	      "The struct."),
	FIELD(know_callback, member, STRING, KEY_MANY, NULL,
	      "Its member, or several of them."),
	FIELD(know_callback, kind, WORD, FIELD_REQUIRED, entry_words,
	      "The context in which the functions kept there will run."),
	SOURCE(know_callback),
	END
};

static const struct know_field boundary_fields[] = {
	FIELD(know_boundary, function, STRING, FIELD_KEY | FIELD_MANY, NULL,
	      "Function, or the beginning of its name and '*'."),
	FIELD(know_boundary, path, STRING, FIELD_KEY, NULL,
	      "File or directory it is defined in."),
	FIELD(know_boundary, caller, STRING, FIELD_KEY, NULL,
	      "Only on the way from this function."),
	FIELD(know_boundary, unless_calls, STRING, 0, NULL,
	      "caller: not for components that call this function."),
	FIELD(know_boundary, kind, SET8, FIELD_REQUIRED, boundary_words,
	      "Which walks end there."),
	SOURCE(know_boundary),
	END
};

static const struct know_field component_fields[] = {
	FIELD(know_component, path, STRING, KEY_MANY, NULL,
	      "Directory or file; the longest that matches decides."),
	FIELD(know_component, kind, WORD, FIELD_REQUIRED, component_words,
	      "What the code there is."),
	FIELD(know_component, each, BOOL, FIELD_KEY, NULL,
	      "Each directory directly below is a component of its own."),
	FIELD(know_component, machine, BOOL, 0, NULL,
	      "Built for one kind of machine only."),
	FIELD(know_component, usual, BOOL, 0, NULL,
	      "machine: the one that the tree is read for."),
	SOURCE(know_component),
	END
};

static const struct know_field last_fields[] = {
	FIELD(know_last, function, STRING, KEY_MANY, NULL,
	      "Its result is true, or its argument runs, then only."),
	WHY(know_last, "What it does."),
	SOURCE(know_last),
	END
};

static const struct know_field size_fields[] = {
	FIELD(know_size, type, STRING, KEY_REQUIRED, NULL, "The struct."),
	FIELD(know_size, member, STRING, KEY_MANY, NULL,
	      "Its member that is never negative, or several."),
	SOURCE(know_size),
	END
};

static const struct know_field instance_fields[] = {
	FIELD(know_instance, type, STRING, KEY_REQUIRED, NULL,
	      "The struct, and all that embed it."),
	FIELD(know_instance, leads, BOOL, 0, NULL,
	      "What its members point to is in use by somebody, not its own."),
	FIELD(know_instance, tried, STRING, 0, NULL,
	      "Its lock that its shrinker tries, and goes away without."),
	WHY(know_instance, "Why reclaim cannot meet one that is in use."),
	SOURCE(know_instance),
	END
};

static const struct know_field token_fields[] = {
	FIELD(know_token, type, STRING, KEY_REQUIRED, NULL,
	      "The struct: whoever has a pointer to one that is not NULL .."),
	FIELD(know_token, restriction, WORD, 0, restriction_words,
	      ".. runs in a scope that denies this."),
	FIELD(know_token, resource, STRING, 0, NULL,
	      ".. holds this pseudo-lock."),
	WHY(know_token, "Why, and where it does not hold."),
	SOURCE(know_token),
	END
};

static const struct know_field subsystem_fields[] = {
	FIELD(know_subsystem, path, STRING, KEY_MANY, NULL,
	      "Directory or file."),
	FIELD(know_subsystem, nolockdep, BOOL, 0, NULL,
	      "Wants __GFP_NOLOCKDEP where only instances differ."),
	FIELD(know_subsystem, save_after_lock, BOOL, 0, NULL,
	      "Opens its scopes after it has the lock."),
	WHY(know_subsystem, "What the subsystem's people say or do."),
	SOURCE(know_subsystem),
	END
};

static const struct know_field version_fields[] = {
	FIELD(know_version, name, STRING, KEY_REQUIRED, NULL,
	      "The fact's name in the program."),
	FIELD(know_version, since, STRING, 0, NULL,
	      "First version in which it holds."),
	FIELD(know_version, until, STRING, 0, NULL,
	      "First version in which it does not hold any more."),
	WHY(know_version, "What changed."),
	SOURCE(know_version),
	END
};

static const struct know_field effect_fields[] = {
	FIELD(know_effect, function, STRING, KEY_MANY, NULL,
	      "The function."),
	FIELD(know_effect, opens, WORD, 0, restriction_words,
	      "The scope that is open after it."),
	FIELD(know_effect, closes, WORD, 0, restriction_words,
	      "The scope that is closed after it."),
	FIELD(know_effect, keeps, BOOL, 0, NULL,
	      "Leaves every scope and lock as it was."),
	FIELD(know_effect, success, SET8, 0, class_words,
	      "The results with which the scope is open."),
	WHY(know_effect, "Why its code does not show it."),
	SOURCE(know_effect),
	END
};

static const struct know_field store_fields[] = {
	FIELD(know_store, function, STRING, FIELD_KEY | FIELD_MANY, NULL,
	      "The function or macro that stores a mask .."),
	FIELD(know_store, type, STRING, FIELD_KEY, NULL,
	      ".. or the struct .."),
	FIELD(know_store, member, STRING, FIELD_KEY, NULL,
	      ".. and the member that keeps it."),
	FIELD(know_store, gfp_arg, ARG, 0, NULL,
	      "The argument that is the mask."),
	FIELD(know_store, local, BOOL, 0, NULL,
	      "It acts in code of the file system that stores it, and in "
	      "shared code that calls that."),
	FIELD(know_store, what, STRING, FIELD_REQUIRED, NULL,
	      "What keeps the mask, in words."),
	SOURCE(know_store),
	END
};

static const struct know_field context_fields[] = {
	FIELD(know_context, type, STRING, FIELD_KEY, NULL,
	      "Struct of operations."),
	FIELD(know_context, member, STRING, FIELD_KEY | FIELD_MANY, NULL,
	      "Its member."),
	FIELD(know_context, function, STRING, FIELD_KEY | FIELD_MANY, NULL,
	      "Or the function."),
	FIELD(know_context, resource, STRING, 0, NULL,
	      "The pseudo-lock that counts as held while it runs."),
	FIELD(know_context, worker, BOOL, 0, NULL,
	      "Reclaim waits for its progress."),
	FIELD(know_context, fs, BOOL, 0, NULL,
	      "worker: reclaim that may enter a file system does."),
	FIELD(know_context, io, BOOL, 0, NULL,
	      "worker: reclaim that may start IO does."),
	FIELD(know_context, restriction, WORD, 0, restriction_words,
	      "The scope in which every caller runs it."),
	FIELD(know_context, guarded, BOOL, 0, NULL,
	      "worker: its callers keep reclaim out where that matters."),
	FIELD(know_context, apart, BOOL, 0, NULL,
	      "The shrinker of its super block cannot run on it meanwhile."),
	WHY(know_context, "Why that is so."),
	SOURCE(know_context),
	END
};

#define TABLE(s, table, field_list, doc)				\
	{ #table, doc, sizeof(struct s), offsetof(struct knowledge, table), \
	  offsetof(struct knowledge, nr_##table), field_list }

const struct know_table know_tables[] = {
	TABLE(mask_word, masks, mask_fields,
	      "Words that have a meaning in gfp masks or task flags."),
	TABLE(know_api, apis, api_fields,
	      "Functions that act on a lock, a scope or a pseudo-lock."),
	TABLE(know_guard, guards, guard_fields,
	      "What guard() and scoped_guard() take and let go."),
	TABLE(know_resource, resources, resource_fields,
	      "Pseudo-locks: what no lock variable stands for."),
	TABLE(know_allocator, allocators, allocator_fields,
	      "Functions that allocate."),
	TABLE(know_reclaim, reclaim, reclaim_fields,
	      "Callbacks and functions that reclaim runs."),
	TABLE(know_async, asyncs, async_fields,
	      "Functions whose argument runs in a context of its own."),
	TABLE(know_work, works, work_fields,
	      "Functions that queue work items or wait for them."),
	TABLE(know_callback, callbacks, callback_fields,
	      "Members whose functions run in a context of their own."),
	TABLE(know_boundary, boundaries, boundary_fields,
	      "Where walks over the call graph end."),
	TABLE(know_component, components, component_fields,
	      "How the tree is cut into components."),
	TABLE(know_instance, instances, instance_fields,
	      "Types whose objects reclaim handles only when unused."),
	TABLE(know_last, lasts, last_fields,
	      "Functions that tell or act when the last reference is gone."),
	TABLE(know_size, sizes, size_fields,
	      "Numbers that are never negative though their type could be."),
	TABLE(know_token, tokens, token_fields,
	      "Types whose pointer proves a scope or a pseudo-lock."),
	TABLE(know_subsystem, subsystems, subsystem_fields,
	      "Rules of subsystems."),
	TABLE(know_version, versions, version_fields,
	      "Facts that depend on the version of the tree."),
	TABLE(know_effect, effects, effect_fields,
	      "Effects that the code of a function hides."),
	TABLE(know_store, stores, store_fields,
	      "Objects that keep a mask which acts where they are used."),
	TABLE(know_context, contexts, context_fields,
	      "What is so whenever a callback runs."),
};
const size_t nr_know_tables = ARRAY_SIZE(know_tables);

const struct know_table *know_table_find(const char *name)
{
	size_t i;

	for (i = 0; i < nr_know_tables; i++)
		if (!strcmp(know_tables[i].name, name))
			return &know_tables[i];
	return NULL;
}

const char *know_entries(const struct knowledge *k, const struct know_table *t,
			 size_t *nr)
{
	const char *entries;

	memcpy(nr, (const char *)k + t->nr, sizeof(*nr));
	memcpy(&entries, (const char *)k + t->array, sizeof(entries));
	return entries;
}

const char *know_string(const struct know_field *f, const void *entry)
{
	const char *s;

	if (f->kind != FIELD_STRING || (f->flags & FIELD_UNSTORED))
		return NULL;
	memcpy(&s, (const char *)entry + f->offset, sizeof(s));
	return s;
}

static bool entry_bool(const struct know_field *f, const void *entry)
{
	return *(const bool *)((const char *)entry + f->offset);
}

static int entry_arg(const struct know_field *f, const void *entry)
{
	return *(const int8_t *)((const char *)entry + f->offset);
}

void know_key(const struct know_table *t, const void *entry,
	      struct strbuf *out)
{
	const struct know_field *f;
	size_t start = out->len;

	for (f = t->fields; f->key; f++) {
		const char *s = know_string(f, entry);
		const char *dot = out->len > start ? "." : "";

		if (!(f->flags & FIELD_KEY))
			continue;
		if (f->kind == FIELD_BOOL && entry_bool(f, entry))
			strbuf_addf(out, "%s%s", dot, f->key);
		else if (f->kind == FIELD_ARG && entry_arg(f, entry) >= 0)
			strbuf_addf(out, "%s%d", dot, entry_arg(f, entry));
		else if (s)
			strbuf_addf(out, "%s%s", dot, s);
	}
}

static void print_words(const struct know_field *f, unsigned int value,
			struct strbuf *out)
{
	const struct know_word *w;
	const char *between = " ";

	strbuf_adds(out, f->key);
	for (w = f->words; w->name; w++) {
		if (f->kind == FIELD_WORD ? w->value != value
		    : !(w->value & value))
			continue;
		strbuf_addf(out, "%s%s", between, w->name);
		between = "|";
	}
}

static unsigned int field_value(const struct know_field *f, const void *entry)
{
	const char *at = (const char *)entry + f->offset;
	uint16_t wide;

	if (f->kind != FIELD_SET16)
		return *(const uint8_t *)at;
	memcpy(&wide, at, sizeof(wide));
	return wide;
}

static void print_field(const struct know_field *f, const void *entry,
			struct strbuf *out)
{
	switch (f->kind) {
	case FIELD_STRING:
		if (know_string(f, entry))
			strbuf_addf(out, ", %s \"%s\"", f->key,
				    know_string(f, entry));
		break;
	case FIELD_BOOL:
		if (entry_bool(f, entry))
			strbuf_addf(out, ", %s", f->key);
		break;
	case FIELD_ARG:
		if (entry_arg(f, entry) >= 0)
			strbuf_addf(out, ", %s %d", f->key,
				    entry_arg(f, entry));
		break;
	default:
		if (!field_value(f, entry))
			break;
		strbuf_adds(out, ", ");
		print_words(f, field_value(f, entry), out);
	}
}

void know_print(const struct know_table *t, const void *entry,
		struct strbuf *out)
{
	const struct know_field *f;

	know_key(t, entry, out);
	for (f = t->fields; f->key; f++)
		if (!(f->flags & (FIELD_KEY | FIELD_UNSTORED)))
			print_field(f, entry, out);
}
