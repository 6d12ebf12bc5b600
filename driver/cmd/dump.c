// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope dump: what is seen in files, as text. Takes C files, prints their
 * tokens or their facts, one file after the other, or the call graph of all of
 * them together. Looks at nothing but these files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/opts.h"
#include "base/str.h"
#include "base/workers.h"
#include "cmd/commands.h"
#include "link/knowledge.h"
#include "link/program.h"
#include "read/read.h"

struct dump_args {
	bool tokens, facts, graph;
	struct opt_list rules;
};

static int load_words(const struct cmd_env *env, const struct dump_args *a,
		      struct knowledge *k, struct err *err)
{
	struct strbuf own = STRBUF_INIT;
	const char **dirs = xcalloc(a->rules.nr + 1, sizeof(*dirs));
	int ret;

	strbuf_addf(&own, "%s/cocci/kernel", env->data);
	dirs[0] = own.buf;
	for (size_t i = 0; i < a->rules.nr; i++)
		dirs[i + 1] = a->rules.v[i];
	ret = knowledge_load(k, dirs, a->rules.nr + 1, err);
	free(dirs);
	strbuf_release(&own);
	return ret;
}

/* @named: say which file it is, as it is not the only one. */
static int dump_file(struct reader *r, const struct dump_args *a,
		     const char *path, bool named, struct err *err)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	struct arena arena;
	struct facts f;
	int ret;

	arena_init(&arena);
	ret = file_read(path, 0, &text, err);
	if (named)
		strbuf_addf(&out, "file %s\n", path);
	if (!ret && a->tokens) {
		read_dump_tokens(r, text.buf, text.len, &out);
	} else if (!ret) {
		read_file(r, text.buf, text.len, &arena, &f);
		facts_dump(&f, &out);
	}
	fwrite(out.buf, 1, out.len, stdout);
	arena_release(&arena);
	strbuf_release(&text);
	strbuf_release(&out);
	return ret;
}

/* The files as one tree: their paths are those of the tree. */
static int dump_graph(struct reader *r, const struct knowledge *k,
		      const char *const *paths, size_t nr, struct err *err)
{
	struct program_input *in = xcalloc(nr + 1, sizeof(*in));
	struct facts *facts = xcalloc(nr + 1, sizeof(*facts));
	struct program_opts opts = { .threads = workers_default() };
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	struct program *p;
	struct arena arena;
	int ret = 0;

	arena_init(&arena);
	for (size_t i = 0; !ret && i < nr; i++) {
		strbuf_clear(&text);
		ret = file_read(paths[i], 0, &text, err);
		if (!ret)
			read_file(r, text.buf, text.len, &arena, &facts[i]);
		in[i] = (struct program_input){ paths[i], &facts[i] };
	}
	if (!ret) {
		p = program_link(in, nr, k, &opts);
		program_dump(p, &out);
		fwrite(out.buf, 1, out.len, stdout);
		program_free(p);
	}
	arena_release(&arena);
	strbuf_release(&text);
	strbuf_release(&out);
	free(facts);
	free(in);
	return ret;
}

static int dump(const struct cmd_env *env, const struct dump_args *a,
		const char **paths, size_t nr, struct err *err)
{
	struct knowledge k;
	struct reader *r;
	int ret = load_words(env, a, &k, err);

	if (ret)
		return ret;
	r = reader_new(k.masks, k.nr_masks);
	if (a->graph)
		ret = dump_graph(r, &k, paths, nr, err);
	for (size_t i = 0; !a->graph && !ret && i < nr; i++)
		ret = dump_file(r, a, paths[i], nr > 1, err);
	reader_free(r);
	knowledge_release(&k);
	return ret;
}

int cmd_dump(const struct cmd_env *env, int argc, const char **argv)
{
	struct dump_args a = { 0 };
	const struct opt opts[] = {
		{ OPT_BOOL, 0, "tokens", &a.tokens, NULL,
		  "what is left of the text when #if arms are settled" },
		{ OPT_BOOL, 0, "facts", &a.facts, NULL,
		  "functions, sites and types (the default)" },
		{ OPT_BOOL, 0, "graph", &a.graph, NULL,
		  "calls of all FILEs together and what each may run" },
		{ OPT_LIST, 0, "rules", &a.rules, "DIR",
		  "more kernel knowledge; may be repeated" },
		{ OPT_END },
	};
	static const char *const usage[] = {
		"gfpscope dump [--tokens | --facts | --graph] FILE..", NULL
	};
	const struct opts_spec spec = {
		usage, "Shows what is made of files.", opts
	};
	struct err err = ERR_INIT;
	int ret;

	ret = opts_parse(&argc, argv, &spec, NULL, &err);
	if (ret > 0)
		return EXIT_DONE;
	if (!ret && (argc < 2 || a.tokens + a.facts + a.graph > 1))
		ret = err_set(&err, ERR_USAGE, argc < 2 ? "no file given" :
			      "--tokens, --facts and --graph exclude each "
			      "other");
	if (!ret)
		ret = dump(env, &a, argv + 1, (size_t)argc - 1, &err);
	opt_list_release(&a.rules);
	return ret ? cmd_failed("dump", &err) : EXIT_DONE;
}
