// SPDX-License-Identifier: GPL-2.0-only
/*
 * The nightly's configuration, from JSON.
 *
 * In: a file that a person wrote. Out: the trees, each with a directory name
 * of its own, and all paths absolute or as the program can open them. Does not
 * look at repositories: a missing one is that tree's trouble, not the night's.
 */
#include "emit/night_config.h"

#include <stdbool.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/str.h"
#include "emit/jsonr.h"
#include "emit/report.h"

#define CONFIG_MAX	((size_t)1 << 20)
#define KEEP_DEFAULT	14
#define TIMEOUT_DEFAULT	7200

struct reading {
	struct jsonr r;
	struct night_config *c;
	const char *base;	/* directory of the file, with a / at its end */
};

static void check_keys(struct jsonr *r, json_object *o,
		       const char *const *known)
{
	struct json_object_iterator i, end;

	if (!o)
		return;
	i = json_object_iter_begin(o);
	end = json_object_iter_end(o);
	for (; !json_object_iter_equal(&i, &end); json_object_iter_next(&i)) {
		const char *key = json_object_iter_peek_name(&i);
		size_t k = 0;

		while (known[k] && strcmp(known[k], key) != 0)
			k++;
		if (!known[k])
			jsonr_bad(r, key, "is no key that is known here");
	}
}

static const char *own_path(struct reading *in, const char *path)
{
	if (!path[0] || path[0] == '/')
		return path;
	return arena_printf(&in->c->arena, "%s%s", in->base, path);
}

static void read_words(struct reading *in, json_object *o, const char *key,
		       bool paths, struct night_words *w)
{
	json_object *a = jsonr_array_opt(&in->r, o, key, &w->nr);

	w->v = ARENA_ARRAY(&in->c->arena, const char *, w->nr);
	for (size_t i = 0; i < w->nr; i++) {
		w->v[i] = jsonr_item_str(&in->r, a, i, key);
		if (!w->v[i][0])
			jsonr_bad(&in->r, key, "has an empty word");
		if (paths)
			w->v[i] = own_path(in, w->v[i]);
	}
}

static unsigned int read_number(struct reading *in, json_object *o,
				const char *key, unsigned int absent,
				unsigned int least)
{
	unsigned int n;

	if (!o || !json_object_object_get_ex(o, key, NULL))
		return absent;
	n = jsonr_u32(&in->r, o, key);
	if (!in->r.rc && n < least)
		jsonr_bad(&in->r, key, "is too small");
	return n;
}

/* Letters, digits and ._- : what a directory and a subject can bear. */
static bool is_plain_name(const char *s)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

	return *s && *s != '.' && *s != '-' && !s[strspn(s, good)];
}

/* What git takes as a name of a branch, and nothing that is an option. */
static bool is_revision(const char *s)
{
	return *s && *s != '-' && !strpbrk(s, " \t\n\r\"'\\:?*[") &&
	       !strstr(s, "..") && strlen(s) < 200;
}

static const char *dir_of(struct arena *a, const char *name, const char *rev)
{
	char *dir = arena_printf(a, "%s/%s", name, rev), *p;

	for (p = dir + strlen(name) + 1; *p; p++)
		if (*p == '/' || (unsigned char)*p < 0x21)
			*p = '_';
	return dir;
}

static void add_tree(struct reading *in, const struct night_tree *repo,
		     const char *rev)
{
	struct night_config *c = in->c;
	struct night_tree *t;

	if (in->r.rc)
		return;
	if (!is_revision(rev)) {
		jsonr_bad(&in->r, "branches", "has one that is no revision");
		return;
	}
	t = &c->trees[c->nr_trees];
	*t = *repo;
	t->rev = rev;
	t->dir = dir_of(&c->arena, repo->name, rev);
	t->name = arena_printf(&c->arena, "%s/%s", repo->name, rev);
	for (size_t i = 0; i < c->nr_trees; i++)
		if (strcmp(c->trees[i].dir, t->dir) == 0)
			jsonr_bad(&in->r, t->dir, "would stand for two trees");
	c->nr_trees++;
}

static size_t count_branches(struct reading *in, json_object *repos, size_t nr)
{
	size_t sum = 0;

	for (size_t i = 0; i < nr; i++) {
		size_t n;

		jsonr_array(&in->r, jsonr_item_object(&in->r, repos, i,
						      "repositories"),
			    "branches", &n);
		sum += n;
	}
	return sum;
}

static void read_repository(struct reading *in, json_object *o)
{
	static const char *const known[] = {
		"name", "path", "fetch", "uri", "branches", "dirs", "suppress",
		"decisions", NULL,
	};
	struct jsonr *r = &in->r;
	struct night_tree t = { 0 };
	json_object *a;
	size_t nr;

	check_keys(r, o, known);
	t.name = jsonr_str(r, o, "name");
	if (!r->rc && !is_plain_name(t.name))
		jsonr_bad(r, "name", "must be letters, digits, . _ - only");
	t.repo = own_path(in, jsonr_str(r, o, "path"));
	if (!r->rc && !t.repo[0])
		jsonr_bad(r, "path", "is empty");
	t.fetch = jsonr_str_opt(r, o, "fetch");
	if (t.fetch[0] == '-')
		jsonr_bad(r, "fetch", "is no remote");
	t.uri = jsonr_str_opt(r, o, "uri");
	read_words(in, o, "dirs", false, &t.dirs);
	read_words(in, o, "suppress", true, &t.suppress);
	t.decisions = own_path(in, jsonr_str_opt(r, o, "decisions"));
	a = jsonr_array(r, o, "branches", &nr);
	if (!r->rc && !nr)
		jsonr_bad(r, "branches", "is empty");
	for (size_t i = 0; i < nr; i++)
		add_tree(in, &t, jsonr_item_str(r, a, i, "branches"));
}

static void read_formats(struct reading *in, json_object *o)
{
	struct night_config *c = in->c;
	struct night_words w;
	struct strbuf sb = STRBUF_INIT;

	read_words(in, o, "formats", false, &w);
	strbuf_adds(&sb, "json");
	if (!w.nr)
		strbuf_adds(&sb, ",text");
	for (size_t i = 0; i < w.nr && !in->r.rc; i++) {
		if (!report_format_find(w.v[i]))
			jsonr_bad(&in->r, "formats", "has one that there is not");
		strbuf_addf(&sb, ",%s", w.v[i]);
	}
	c->formats = arena_strdup(&c->arena, sb.buf);
	strbuf_release(&sb);
}

static void read_root(struct reading *in, json_object *o)
{
	static const char *const known[] = {
		"schema", "output", "keep", "formats", "from", "cache_dir",
		"jobs", "timeout", "propose", "rules", "lists",
		"mail_confidence", "repositories", NULL,
	};
	struct night_config *c = in->c;
	struct jsonr *r = &in->r;
	json_object *repos;
	size_t nr;

	if (json_object_get_type(o) != json_type_object) {
		jsonr_bad(r, "/", "is no object");
		return;
	}
	if (strcmp(jsonr_str(r, o, "schema"), "gfpscope-nightly/1") != 0)
		jsonr_bad(r, "schema", "is not gfpscope-nightly/1");
	check_keys(r, o, known);
	c->output = own_path(in, jsonr_str(r, o, "output"));
	if (!r->rc && !c->output[0])
		jsonr_bad(r, "output", "is empty");
	c->keep = read_number(in, o, "keep", KEEP_DEFAULT, 1);
	c->jobs = read_number(in, o, "jobs", 0, 0);
	c->timeout = read_number(in, o, "timeout", TIMEOUT_DEFAULT, 1);
	c->propose = jsonr_bool_opt(r, o, "propose");
	c->from = jsonr_str_opt(r, o, "from");
	if (strpbrk(c->from, "\r\n"))
		jsonr_bad(r, "from", "has a line end in it");
	c->cache_dir = own_path(in, jsonr_str_opt(r, o, "cache_dir"));
	read_formats(in, o);
	read_words(in, o, "rules", true, &c->rules);
	read_words(in, o, "lists", false, &c->lists);
	c->confidence = CONF_HIGH;
	if (jsonr_str_opt(r, o, "mail_confidence")[0])
		c->confidence = (uint8_t)jsonr_enum(r, o, "mail_confidence",
						    confidence_parse);
	repos = jsonr_array(r, o, "repositories", &nr);
	if (!r->rc && !nr)
		jsonr_bad(r, "repositories", "is empty");
	c->trees = ARENA_ARRAY(&c->arena, struct night_tree,
			       count_branches(in, repos, nr));
	for (size_t i = 0; i < nr && !r->rc; i++)
		read_repository(in, jsonr_item_object(r, repos, i,
						      "repositories"));
}

static const char *base_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_printf(a, "%.*s", (int)(slash + 1 - path), path)
		     : "";
}

int night_config_read(struct night_config *c, const char *path,
		      struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	struct reading in = { .r = { path, &c->arena, err, 0 }, .c = c };
	struct digest *d;
	json_object *o;

	memset(c, 0, sizeof(*c));
	arena_init(&c->arena);
	in.r.rc = file_read(path, CONFIG_MAX, &sb, err);
	if (in.r.rc)
		return in.r.rc;
	d = digest_new();
	digest_add(d, sb.buf, sb.len);
	digest_hex(d, c->digest, 16);
	in.base = base_of(&c->arena, path);
	o = jsonr_parse(&in.r, sb.buf, sb.len);
	if (!in.r.rc)
		read_root(&in, o);
	json_object_put(o);
	strbuf_release(&sb);
	return in.r.rc;
}

void night_config_release(struct night_config *c)
{
	arena_release(&c->arena);
	memset(c, 0, sizeof(*c));
}
