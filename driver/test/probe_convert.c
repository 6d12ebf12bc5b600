// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe_convert: what the edits can do, with the judgement left out.
 *
 * In: drop|function|section|inside|stacked, the program's data directory, a tree, a directory
 * for the diffs, paths below the tree. Every restricted site is treated as if
 * it had been decided: dropped; or dropped with a scope around its function;
 * or with one around (inside) the first lock of its function and all releases
 * of it, each change by itself or (stacked) on top of those before it.
 * $KBUILD: a build directory to compile the changed files with.
 * Out: the diffs, and one line with the counts after one for each refusal.
 *
 * The changes are right as edits and wrong as changes: nobody may apply them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edit/edit.h"
#include "emit/proposals.h"
#include "input/source.h"
#include "link/knowledge.h"
#include "read/read.h"

struct probe {
	const char *mode;
	struct knowledge k;
	struct source *source;
	struct result result;
	size_t cap;
	struct arena arena;
	size_t functions;
};

static int read_blob(void *ctx, const char *path, struct strbuf *out,
		     struct err *err)
{
	struct probe *p = ctx;

	return source_read_file(p->source, path, out, err);
}

static const struct know_api *find_api(const struct probe *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->k.nr_apis; i++)
		if (!strcmp(p->k.apis[i].name, name))
			return &p->k.apis[i];
	return NULL;
}

/* The lock that a call is about, as text of its line would have it. */
static void lock_key(const struct facts *f, const struct event *e,
		     const struct know_api *api, char *buf, size_t size)
{
	const struct expr *x;
	size_t n = 0;
	int i;

	buf[0] = '\0';
	if (api->lock_arg < 0 || api->lock_arg >= e->nr_args)
		return;
	x = &f->exprs[e->args + api->lock_arg];
	n = snprintf(buf, size, "%u:%s", x->kind,
		     x->kind == EXPR_NAME ? facts_str(f, x->base) : "");
	for (i = 0; i < x->nr_parts && n < size; i++)
		n += snprintf(buf + n, size - n, ".%s",
			      facts_str(f, f->words[x->parts + i]));
}

static void add_point(struct section_point **v, size_t *nr, struct arena *a,
		      const struct event *e, uint8_t success)
{
	struct section_point *n = ARENA_ARRAY(a, struct section_point, *nr + 1);

	if (*nr)
		memcpy(n, *v, *nr * sizeof(*n));
	n[*nr] = (struct section_point){
		.line = e->line, .column = e->column, .success = success,
		.callee = "", .result = "",
	};
	*v = n;
	++*nr;
}

/* All acquires and releases of the first lock; false: there is none. */
static bool find_lock(struct probe *p, const struct facts *f,
		      const struct func *fn, struct section *s)
{
	char first[128] = "", key[128];
	uint32_t i;

	for (i = fn->first_event; i < fn->first_event + fn->nr_events; i++) {
		const struct event *e = &f->events[i];
		const struct know_api *api;

		if (e->kind != EV_CALL)
			continue;
		api = find_api(p, facts_str(f, e->name));
		if (!api || api->op == API_NONE || api->op > API_UNLOCK)
			continue;
		lock_key(f, e, api, key, sizeof(key));
		if (!*first && api->op != API_UNLOCK)
			snprintf(first, sizeof(first), "%s", key);
		if (!*first || strcmp(first, key))
			continue;
		if (api->op == API_UNLOCK)
			add_point(&s->releases, &s->nr_releases, &p->arena, e,
				  CLASS_ANY);
		else
			add_point(&s->acquires, &s->nr_acquires, &p->arena, e,
				  api->op == API_LOCK ? CLASS_ANY :
				  api->success);
	}
	s->resource = "a lock";
	if (s->nr_acquires)
		s->line = s->acquires[0].line;
	return s->nr_acquires && s->nr_releases;
}

static struct section *make_section(struct probe *p, const struct facts *f,
				    const struct func *fn, const char *path,
				    uint8_t restriction)
{
	struct section *s = ARENA_NEW(&p->arena, struct section);

	s->path = path;
	s->function = arena_strdup(&p->arena, facts_str(f, fn->name));
	s->line = fn->line;
	s->resource = "nothing";
	s->restriction = restriction;
	s->whole_function = !strcmp(p->mode, "function");
	s->save_after = !strcmp(p->mode, "inside");
	if (!s->whole_function && !find_lock(p, f, fn, s))
		return NULL;
	p->functions++;
	return s;
}

static void add_sites(struct probe *p, const struct facts *f, const char *path)
{
	static struct section_point own;	/* line 0: the site's */
	bool drop = !strcmp(p->mode, "drop");
	struct section *section = NULL;
	opt_t fn = 0;
	uint32_t i;

	for (i = 0; i < f->nr_sites; i++) {
		const struct site *s = &f->sites[i];
		struct result_site *r;

		if (!drop && s->func != fn && s->func) {
			section = make_section(p, f, &f->funcs[s->func - 1],
					       path, s->restriction);
			fn = s->func;
		}
		if (!drop && (!s->func || !section ||
			      s->restriction != section->restriction))
			continue;
		GROW(p->result.sites, p->result.nr_sites, p->cap);
		r = &p->result.sites[p->result.nr_sites++];
		*r = (struct result_site){
			.path = path, .line = s->line, .column = s->column,
			.offset = s->offset, .len = s->len, .how = s->how,
			.form = s->form, .restriction = s->restriction,
			.function = s->func ? arena_strdup(&p->arena,
				facts_str(f, f->funcs[s->func - 1].name)) : "",
			.callee = arena_strdup(&p->arena,
					       facts_str(f, s->callee)),
			.mask = arena_strdup(&p->arena, facts_str(f, s->text)),
			.verdict = drop ? VERDICT_UNNEEDED : VERDICT_SCOPE,
			.confidence = CONF_HIGH, .reason = "probe",
			.scope_at = drop ? NULL : section,
			.through = &own, .nr_through = 1,
		};
	}
}

static int read_tree(struct probe *p, const char *const *paths, size_t nr,
		     struct err *err)
{
	struct reader *reader = reader_new(p->k.masks, p->k.nr_masks);
	struct source_list list;
	struct source_reader *sr;
	size_t i;
	int ret = source_list(p->source, paths, nr, &list, err);

	if (ret)
		goto out_reader;
	sr = source_reader_new(p->source, err);
	for (i = 0; i < list.nr && sr; i++) {
		const char *data;
		struct arena a;
		struct facts f;
		size_t len;

		if (source_read(sr, &list.entries[i], &data, &len, NULL))
			continue;
		arena_init(&a);
		read_file(reader, data, len, &a, &f);
		add_sites(p, &f, arena_strdup(&p->arena,
					      list.entries[i].path));
		arena_release(&a);
	}
	source_reader_free(sr);
	source_list_release(&list);
out_reader:
	reader_free(reader);
	return ret;
}

static int convert(struct probe *p, const char *data, const char *tree,
		   const char *out, struct err *err)
{
	struct strbuf rules = STRBUF_INIT;
	struct proposals proposals;
	struct edit_stats st;
	struct edit_opts o = {
		.words = p->k.masks, .nr_words = p->k.nr_masks,
		.worktree = tree, .read = read_blob, .ctx = p, .quiet = true,
		.stacked = !strcmp(p->mode, "stacked"),
		.build = getenv("KBUILD"),
	};
	size_t i, k, built = 0;
	int ret;

	proposals_init(&proposals);
	strbuf_addf(&rules, "%s/cocci/convert/nofs.cocci", data);
	o.rules = rules.buf;
	result_sort(&p->result);
	ret = edit_run(&o, &p->result, &proposals, &st, err);
	for (i = 0; i < proposals.nr_refused && !ret; i++)
		for (k = 0; k < proposals.refused[i].nr_sites; k++)
			printf("%s:%u:%u: %s(): %s\n",
			       proposals.refused[i].sites[k]->path,
			       proposals.refused[i].sites[k]->line,
			       proposals.refused[i].sites[k]->column,
			       proposals.refused[i].sites[k]->function,
			       proposals.refused[i].why);
	if (!ret)
		ret = proposals_write(out, &proposals, &p->result, "", false,
				      err);
	if (!ret)
		for (i = 0; i < proposals.nr; i++)
			built += proposals.v[i].checks.builds == CHECK_OK;
	if (!ret)
		printf("built %zu sites %zu done %zu refused %zu plans %zu diffs %zu functions %zu cpu %.1f\n",
		       built, st.sites, st.sites_done, st.sites_refused, st.plans,
		       proposals.nr, p->functions, st.cpu);
	proposals_release(&proposals);
	strbuf_release(&rules);
	return ret;
}

int main(int argc, char **argv)
{
	struct probe p = { .mode = argc > 1 ? argv[1] : "" };
	struct strbuf dir = STRBUF_INIT;
	struct err err = ERR_INIT;
	const char *dirs[1];
	int ret;

	if (argc < 6) {
		fputs("usage: probe_convert drop|function|section|inside|stacked DATA TREE OUT PATH..\n",
		      stderr);
		return 2;
	}
	arena_init(&p.arena);
	result_init(&p.result);
	strbuf_addf(&dir, "%s/cocci/kernel", argv[2]);
	dirs[0] = dir.buf;
	ret = knowledge_load(&p.k, dirs, 1, &err);
	if (!ret)
		ret = source_open_dir(&p.source, argv[3], &err);
	if (!ret)
		ret = read_tree(&p, (const char *const *)argv + 5, argc - 5,
				&err);
	if (!ret)
		ret = convert(&p, argv[2], argv[3], argv[4], &err);
	if (ret)
		fprintf(stderr, "probe_convert: %s\n", err.msg);
	free(p.result.sites);
	source_close(p.source);
	knowledge_release(&p.k);
	arena_release(&p.arena);
	result_release(&p.result);
	strbuf_release(&dir);
	err_clear(&err);
	return ret ? 3 : 0;
}
