// SPDX-License-Identifier: GPL-2.0-only
/*
 * Proposals go in, the words of their mails come out.
 */
#include "emit/series_text.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/version.h"
#include "emit/mail.h"

static const char *detach(struct strbuf *sb, struct arena *a)
{
	const char *s = arena_strdup(a, sb->buf);

	strbuf_release(sb);
	return s;
}

const char *series_subject(const struct series_opts *o,
			   const struct proposal *p, struct arena *a)
{
	const char *prefix = o->prefix ? o->prefix(o->ctx, p) : "";

	return arena_printf(a, "%s%s%s", prefix, *prefix ? ": " : "",
			    p->title);
}

static const char *tree_name(const struct series_opts *o)
{
	const struct tree_info *t = &o->result->tree;

	return t->describe && *t->describe ? t->describe : t->revision;
}

const char *series_body(const struct series_opts *o, const struct proposal *p,
			struct arena *a)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_adds(&sb, p->changelog);
	strbuf_addf(&sb, "\nMade by gfpscope %s from %s: the sites were decided by its\n"
		    "analysis, the edit is that of cocci/convert/nofs.cocci with Coccinelle\n"
		    "%s. The result was read again: scopes balance on every path, and\n"
		    "nothing but what is described here has changed.%s No test has been run.\n",
		    GFPSCOPE_VERSION, tree_name(o), o->spatch,
		    p->checks.builds == CHECK_OK ? "\nThe changed files compile." : "");
	if (o->signoff)
		strbuf_addf(&sb, "\nSigned-off-by: %s\n", o->from);
	return detach(&sb, a);
}

static size_t nr_groups(const struct proposals *p)
{
	size_t i, k, nr = 0;

	for (i = 0; i < p->nr; i++) {
		for (k = 0; k < i; k++)
			if (!strcmp(p->v[k].group, p->v[i].group))
				break;
		nr += k == i;
	}
	return nr;
}

const char *series_cover_subject(const struct series_opts *o, struct arena *a)
{
	const struct proposals *p = o->proposals;

	if (nr_groups(p) == 1)
		return arena_printf(a, "%s: GFP_NOFS and GFP_NOIO where they are needed",
				    o->prefix ? o->prefix(o->ctx, &p->v[0]) :
						p->v[0].group);
	return "GFP_NOFS and GFP_NOIO where they are needed";
}

/* One line for each subsystem: patches, sites, kinds. */
static void add_table(struct strbuf *sb, const struct proposals *p)
{
	size_t i, k, kind;

	strbuf_addf(sb, "  %-36s %7s %6s  %s\n", "subsystem", "patches",
		    "sites", "kinds");
	for (i = 0; i < p->nr; i++) {
		size_t patches = 0, sites = 0;
		unsigned int kinds = 0;

		for (k = 0; k < i; k++)
			if (!strcmp(p->v[k].group, p->v[i].group))
				break;
		if (k < i)
			continue;
		for (k = i; k < p->nr; k++) {
			if (strcmp(p->v[k].group, p->v[i].group))
				continue;
			patches++;
			kinds |= 1u << p->v[k].kind;
			/* a scope's sites are counted by the patch after it */
			if (!p->v[k].scope_only)
				sites += p->v[k].nr_sites;
		}
		strbuf_addf(sb, "  %-36.36s %7zu %6zu ", p->v[i].group,
			    patches, sites);
		for (kind = 0; kind < PROPOSE_NR; kind++)
			if (kinds & 1u << kind)
				strbuf_addf(sb, " %s", proposal_kind_name(kind));
		strbuf_addc(sb, '\n');
	}
}

static void add_shortlog(struct strbuf *sb, const struct series_opts *o,
			 struct arena *a)
{
	const char *lt = strrchr(o->from, '<');
	int n = lt ? (int)(lt - o->from) : (int)strlen(o->from);
	size_t i;

	while (n && o->from[n - 1] == ' ')
		n--;
	strbuf_addf(sb, "%.*s (%zu):\n", n, o->from, o->proposals->nr);
	for (i = 0; i < o->proposals->nr; i++)
		strbuf_addf(sb, "  %s\n",
			    series_subject(o, &o->proposals->v[i], a));
}

static const char recipe[] =
"What was not done: no test has been run on this. What would show a mistake:\n"
"\n"
"- build with CONFIG_PROVE_LOCKING=y: lockdep knows of fs reclaim and tells of\n"
"  a lock that reclaim takes and that is held over a plain allocation;\n"
"- fstests -g auto, quota, rw under memory pressure (a small memory cgroup),\n"
"  and blktests for block drivers;\n"
"- CONFIG_FAILSLAB and CONFIG_FAIL_PAGE_ALLOC with task-filter, so that the\n"
"  error paths of the scopes are taken.\n";

/* Is there a patch that opens a scope, or one that does not? */
static bool has_kind(const struct proposals *p, bool scope)
{
	size_t i;

	for (i = 0; i < p->nr; i++) {
		uint8_t kind = p->v[i].kind;

		if ((kind == PROPOSE_SECTION || kind == PROPOSE_FUNCTION ||
		     kind == PROPOSE_VMALLOC) == scope)
			return true;
	}
	return false;
}

const char *series_cover(const struct series_opts *o, struct arena *a)
{
	const struct proposals *p = o->proposals;
	struct strbuf sb = STRBUF_INIT, diffs = STRBUF_INIT;
	bool drops = has_kind(p, false);
	size_t i, refused = 0;

	for (i = 0; i < p->nr_refused; i++)
		refused += p->refused[i].nr_sites;
	strbuf_adds(&sb, "GFP_NOFS and GFP_NOIO say that an allocation must not recurse into the\n"
		    "file system or into IO, not why.");
	if (drops)
		strbuf_adds(&sb, " This series drops them where a scope\n"
			    "already says so or where nothing that reclaim waits for is held.");
	if (has_kind(p, true))
		strbuf_addf(&sb, "\n%s opens memalloc_nofs_save() or memalloc_noio_save() scopes\n"
			    "where the critical section is, for those that are needed; each such\n"
			    "patch names the lock or transaction and the way by which reclaim gets\n"
			    "there.", drops ? "It also" : "This series");
	strbuf_adds(&sb, "\n\n");
	add_table(&sb, p);
	if (refused)
		strbuf_addf(&sb, "\n%zu more site%s decided but could not be changed by a checked edit;\n"
			    "%s left as %s.\n", refused,
			    refused == 1 ? " was" : "s were",
			    refused == 1 ? "it is" : "they are",
			    refused == 1 ? "it is" : "they are");
	strbuf_addf(&sb, "\nMade by gfpscope %s and Coccinelle %s from %s.\n"
		    "Every patch was read again after it was made: its scopes balance on every\n"
		    "path and nothing but what it describes has changed. In order, they apply\n"
		    "to the base commit below.\n\n%s\n",
		    GFPSCOPE_VERSION, o->spatch, tree_name(o), recipe);
	add_shortlog(&sb, o, a);
	strbuf_addc(&sb, '\n');
	for (i = 0; i < p->nr; i++)
		strbuf_adds(&diffs, p->v[i].diff);
	diffstat(diffs.buf, &sb);
	strbuf_release(&diffs);
	return detach(&sb, a);
}

const char *series_base(const struct series_opts *o, struct arena *a)
{
	const char *revision = o->result->tree.revision;

	if (!revision || strspn(revision, "0") == strlen(revision))
		return "";
	return arena_printf(a, "base-commit: %s\n", revision);
}
