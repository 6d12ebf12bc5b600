// SPDX-License-Identifier: GPL-2.0-only
/*
 * Proposals go in; a directory with a diff for each and proposals.json comes
 * out. The JSON has the members "proposals" and "refused" of the report, with
 * the tree they belong to, and "wrappers".
 */
#include "emit/proposals.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/version.h"
#include "emit/json.h"

#define ID_LEN	16

/* The @n-th's, from 0. */
static void add_name(struct strbuf *sb, const struct proposals *p, size_t n,
		     bool numbered)
{
	if (numbered)
		strbuf_addf(sb, "%04zu-", n + 1);
	strbuf_addf(sb, "%s.diff", p->v[n].id);
}

static bool is_ours(const struct proposals *p, bool numbered, const char *name)
{
	struct strbuf sb = STRBUF_INIT;
	bool ours = false;
	size_t i;

	for (i = 0; i < p->nr && !ours; i++) {
		strbuf_clear(&sb);
		add_name(&sb, p, i, numbered);
		ours = !strcmp(sb.buf, name);
	}
	strbuf_release(&sb);
	return ours;
}

/* Is it a name that add_name() gives? */
static bool is_diff(const char *name)
{
	size_t n = strspn(name, "0123456789");

	if (n >= 4 && n < ID_LEN && name[n] == '-')
		name += n + 1;
	return strspn(name, "0123456789abcdef") == ID_LEN &&
	       !strcmp(name + ID_LEN, ".diff");
}

/* Diffs of a run before this one. */
static void remove_stale(const char *dir, const struct proposals *p,
			 bool numbered)
{
	struct strbuf path = STRBUF_INIT;
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		if (!is_diff(e->d_name) || is_ours(p, numbered, e->d_name))
			continue;
		strbuf_clear(&path);
		strbuf_addf(&path, "%s/%s", dir, e->d_name);
		unlink(path.buf);
	}
	if (d)
		closedir(d);
	strbuf_release(&path);
}

static int write_diff(const char *dir, const struct proposals *p, size_t n,
		      bool numbered, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	int ret;

	strbuf_addf(&path, "%s/", dir);
	add_name(&path, p, n, numbered);
	ret = file_write(path.buf, p->v[n].diff, strlen(p->v[n].diff), err);
	strbuf_release(&path);
	return ret;
}

/* Functions whose parameter is of no use any more. */
static void put_wrappers(struct jsonw *w, const struct proposals *p)
{
	size_t i, k;

	jsonw_array(w, "wrappers");
	for (i = 0; i < p->nr; i++) {
		for (k = 0; k < p->v[i].nr_wrappers; k++) {
			const struct wrapper *v = &p->v[i].wrappers[k];

			jsonw_object_flat(w, NULL);
			jsonw_str(w, "proposal", p->v[i].id);
			jsonw_str(w, "path", v->path);
			jsonw_uint(w, "line", v->line);
			jsonw_str(w, "function", v->function);
			jsonw_str(w, "parameter", v->parameter);
			jsonw_uint(w, "calls", v->calls);
			jsonw_str(w, "state", v->folded ? "folded" :
				  v->why ? "refused" : "noted");
			jsonw_str(w, "why", v->why ? v->why : "");
			jsonw_end(w);
		}
	}
	jsonw_end(w);
}

static int write_index(const char *dir, const struct proposals *p,
		       const struct result *r, const char *spatch,
		       struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	struct outfile o;
	struct jsonw w;
	int ret;

	strbuf_addf(&path, "%s/proposals.json", dir);
	ret = outfile_open(&o, path.buf, err);
	strbuf_release(&path);
	if (ret)
		return ret;
	jsonw_init(&w, o.f);
	jsonw_object(&w, NULL);
	jsonw_str(&w, "schema", "gfpscope-proposals/1");
	jsonw_object(&w, "tool");
	jsonw_str(&w, "name", "gfpscope");
	jsonw_str(&w, "version", GFPSCOPE_VERSION);
	jsonw_str(&w, "spatch", spatch);
	jsonw_str(&w, "knowledge", r->knowledge ? r->knowledge : "");
	jsonw_end(&w);
	jsonw_object(&w, "tree");
	jsonw_str(&w, "revision", r->tree.revision ? r->tree.revision : "");
	jsonw_str(&w, "describe", r->tree.describe ? r->tree.describe : "");
	jsonw_str(&w, "kernel", r->tree.kernel ? r->tree.kernel : "");
	jsonw_end(&w);
	json_put_proposals(&w, p);
	put_wrappers(&w, p);
	jsonw_end(&w);
	return outfile_commit(&o, err);
}

/* Did a run before this one write into @dir? Else its diffs are none of ours. */
static bool has_index(const char *dir)
{
	struct strbuf path = STRBUF_INIT;
	bool has;

	strbuf_addf(&path, "%s/proposals.json", dir);
	has = !access(path.buf, F_OK);
	strbuf_release(&path);
	return has;
}

int proposals_write(const char *dir, const struct proposals *p,
		    const struct result *r, const char *spatch, bool numbered,
		    struct err *err)
{
	int ret = dir_make(dir, err);
	bool was_here = has_index(dir);
	size_t i;

	for (i = 0; i < p->nr && !ret; i++)
		ret = write_diff(dir, p, i, numbered, err);
	if (!ret)
		ret = write_index(dir, p, r, spatch, err);
	if (!ret && was_here)
		remove_stale(dir, p, numbered);
	return ret;
}
