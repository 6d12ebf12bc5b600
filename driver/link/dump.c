// SPDX-License-Identifier: GPL-2.0-only
/*
 * The call graph as diffable text: functions by path and line with what they
 * are, under each its calls with their targets.
 */
#include "link/program.h"

static const char *const hows[] = { "", "*", "?", "&" };
static const char *const whys[] = { "", "extern", "pointer", "many" };
static const char *const entries[] = {
	"", "work", "thread", "timer", "rcu", "irq", "init", "syscall", "other",
};

static void dump_place(const struct program *p, uint32_t fn, struct strbuf *out)
{
	strbuf_addf(out, "%s:%u %s", program_fn_file(p, fn)->path,
		    program_func(p, fn)->line,
		    atom_str(program_atoms(p), program_fn(p, fn)->name));
}

static void dump_call(const struct program *p, uint32_t fn, uint32_t event,
		      struct strbuf *out)
{
	const struct facts *f = program_fn_file(p, fn)->facts;
	const struct event *ev = &f->events[event];
	enum unresolved_why why = program_unresolved(p, fn, event);
	const struct target *t;
	size_t i, nr;

	strbuf_addf(out, "\t%u:%u %s%s", ev->line, ev->column,
		    facts_str(f, ev->name),
		    ev->kind == EV_ICALL ? " (pointer)" : "");
	if (why != RESOLVED)
		strbuf_addf(out, " unresolved: %s", whys[why]);
	strbuf_addc(out, '\n');
	t = program_targets(p, fn, event, &nr);
	for (i = 0; i < nr; i++) {
		strbuf_addf(out, "\t\t%s", hows[t[i].how]);
		dump_place(p, t[i].fn, out);
		strbuf_addc(out, '\n');
	}
}

static void dump_fn(const struct program *p, uint32_t fn, struct strbuf *out)
{
	const struct func *func = program_func(p, fn);
	const struct facts *f = program_fn_file(p, fn)->facts;
	const struct fn *x = program_fn(p, fn);
	uint32_t size, ev, i;

	dump_place(p, fn, out);
	for (i = ENTRY_WORK; i <= ENTRY_OTHER; i++)
		if (x->entries & 1u << i)
			strbuf_addf(out, " entry:%s", entries[i]);
	if (x->addr_taken)
		strbuf_adds(out, " taken");
	if (x->called)
		strbuf_adds(out, " called");
	if (x->escapes)
		strbuf_adds(out, " escapes");
	program_scc(p, x->scc, &size);
	strbuf_addf(out, " scc:%u", x->scc);
	if (size > 1)
		strbuf_addf(out, "/%u", size);
	strbuf_addc(out, '\n');
	for (ev = func->first_event; ev < func->first_event + func->nr_events;
	     ev++)
		if (f->events[ev].kind == EV_CALL ||
		    f->events[ev].kind == EV_ICALL)
			dump_call(p, fn, ev, out);
}

void program_dump(const struct program *p, struct strbuf *out)
{
	uint32_t fn;

	for (fn = 0; fn < program_nr_fns(p); fn++)
		dump_fn(p, fn, out);
}
