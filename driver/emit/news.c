// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is new, tree by tree.
 *
 * In: reports with their marks. Out: text for the digest and for each list.
 * Keeps text only, so that one tree at a time needs memory. Decides nothing:
 * what counts as new stands in the marks.
 */
#include "emit/news.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "emit/explain.h"
#include "emit/text.h"
#include "emit/trend.h"

/* Chains are told of so many new things of a tree in the digest, and of so many
 * in a mail; of the others a line. */
#define CHAINS_MAX 20

#define NO_TREE SIZE_MAX

void news_init(struct news *n, const char *run, struct night_words wanted,
	       enum confidence confidence)
{
	memset(n, 0, sizeof(*n));
	n->run = run;
	n->wanted = wanted;
	n->confidence = (uint8_t)confidence;
	strbuf_init(&n->failed);
	strbuf_init(&n->told);
	strbuf_init(&n->quiet);
}

void news_release(struct news *n)
{
	for (size_t i = 0; i < n->nr_lists; i++) {
		free(n->lists[i].address);
		strbuf_release(&n->lists[i].body);
		strbuf_release(&n->lists[i].trees);
	}
	free(n->lists);
	strbuf_release(&n->failed);
	strbuf_release(&n->told);
	strbuf_release(&n->quiet);
	memset(n, 0, sizeof(*n));
}

/* Names of trees and refs are ours to trust no more than source is. */
static void add_text(struct strbuf *sb, const char *s)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	BUG_ON(!f);
	text_put(f, s);
	fclose(f);
	strbuf_add(sb, text, len);
	free(text);
}

void news_failed(struct news *n, const char *name, const char *why,
		 const char *last)
{
	n->nr_trees++;
	n->nr_failed++;
	strbuf_adds(&n->failed, "FAILED  ");
	add_text(&n->failed, name);
	strbuf_adds(&n->failed, ": ");
	add_text(&n->failed, why);
	if (last[0])
		strbuf_addf(&n->failed, " (its last report is of %s)", last);
	strbuf_addc(&n->failed, '\n');
}

/* ---- the lists ---- */

static bool is_wanted(const struct news *n, const char *address)
{
	for (size_t i = 0; i < n->wanted.nr; i++)
		if (strcasecmp(n->wanted.v[i], address) == 0)
			return true;
	return !n->wanted.nr;
}

/* The list that stands for the whole kernel gets what no other one does. */
static bool is_for_all(const struct recipient *r)
{
	return strcmp(r->role, "open list") == 0;
}

static bool has_own_list(const struct news *n, const struct recipients *to)
{
	for (size_t i = 0; i < to->nr; i++)
		if (to->to[i].kind == RECIPIENT_LIST &&
		    !is_for_all(&to->to[i]) &&
		    is_wanted(n, to->to[i].address))
			return true;
	return false;
}

static struct news_list *list_of(struct news *n, const char *address)
{
	size_t at = 0;

	while (at < n->nr_lists && strcmp(n->lists[at].address, address) < 0)
		at++;
	if (at < n->nr_lists && !strcmp(n->lists[at].address, address))
		return &n->lists[at];
	GROW(n->lists, n->nr_lists, n->cap_lists);
	memmove(n->lists + at + 1, n->lists + at,
		(n->nr_lists - at) * sizeof(*n->lists));
	n->nr_lists++;
	n->lists[at] = (struct news_list){
		.address = xstrdup(address),
		.body = STRBUF_INIT, .trees = STRBUF_INIT,
		.last_tree = NO_TREE,
	};
	return &n->lists[at];
}

/* ---- one tree ---- */

/* A tree as it is taken in. */
struct taking {
	struct news *n;
	const struct news_tree *t;
	struct strbuf head, items, closed;
	size_t nr_new, nr_closed;
	/* New as well, but nothing to act on. */
	size_t suppressed, rejected, settled;
};

/* Indented, so that no line of it begins with "From ". */
static void add_indented(struct strbuf *sb, const char *text)
{
	strbuf_addc(sb, '\n');
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (len)
			strbuf_adds(sb, "    ");
		strbuf_add(sb, text, len);
		strbuf_addc(sb, '\n');
		text += len + (text[len] == '\n');
	}
}

static void tell_lists(struct taking *k, const char *path, const char *text,
		       const char *line)
{
	struct recipients to = { 0 };
	struct arena a;
	bool own;

	if (!k->t->maintainers)
		return;
	arena_init(&a);
	maintainers_match(k->t->maintainers, path, &a, &to);
	own = has_own_list(k->n, &to);
	for (size_t i = 0; i < to.nr; i++) {
		struct news_list *l;

		if (to.to[i].kind != RECIPIENT_LIST ||
		    !is_wanted(k->n, to.to[i].address) ||
		    (own && is_for_all(&to.to[i])))
			continue;
		l = list_of(k->n, to.to[i].address);
		if (l->last_tree != k->n->nr_trees) {
			l->last_tree = k->n->nr_trees;
			strbuf_add(&l->body, k->head.buf, k->head.len);
			strbuf_adds(&l->trees, l->trees.len ? ", " : "");
			add_text(&l->trees, k->t->name);
		}
		add_indented(&l->body, l->nr++ < CHAINS_MAX ? text : line);
	}
	arena_release(&a);
}

/* Number @i of the sites or findings, in full and as one line. */
static char *full_text(const struct report *r, bool site, size_t i)
{
	const struct explain_set set = {
		.sites = &i, .nr_sites = site,
		.findings = &i, .nr_findings = !site,
	};
	const struct explain_opts opts = { 0 };
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	BUG_ON(!f);
	explain_put_text(f, r, &set, &opts);
	fclose(f);
	return text;
}

static char *line_text(const struct result *r, bool site, size_t i)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	BUG_ON(!f);
	text_put(f, site ? r->sites[i].path : r->findings[i].path);
	fprintf(f, ":%u: ", (unsigned int)(site ? r->sites[i].line
						: r->findings[i].line));
	if (site)
		text_put_site(f, &r->sites[i]);
	else
		text_put_finding(f, &r->findings[i]);
	fclose(f);
	return text;
}

static void take_new(struct taking *k, bool site, size_t i)
{
	const struct result *r = k->t->report->result;
	uint8_t confidence = site ? r->sites[i].confidence
				  : r->findings[i].confidence;
	char *full = full_text(k->t->report, site, i);
	char *line = line_text(r, site, i);

	add_indented(&k->items, k->nr_new++ < CHAINS_MAX ? full : line);
	if (confidence <= k->n->confidence)
		tell_lists(k, site ? r->sites[i].path : r->findings[i].path,
			   full, line);
	else
		k->n->nr_unsure++;
	free(full);
	free(line);
}

static bool is_news(const struct mark *m)
{
	return m->delta == DELTA_NEW || m->delta == DELTA_CHANGED;
}

static bool is_rejected(const struct mark *m)
{
	return m->decision && m->decision->kind == DECIDE_REJECT;
}

/* What is new of one confidence. */
static void take_sure(struct taking *k, uint8_t confidence)
{
	const struct report *r = k->t->report;
	const struct result *res = r->result;

	for (size_t i = 0; i < res->nr_findings; i++) {
		const struct mark *m = report_finding_mark(r, i);

		if (res->findings[i].confidence == confidence && is_news(m) &&
		    !m->suppressed)
			take_new(k, false, i);
	}
	for (size_t i = 0; i < res->nr_sites; i++) {
		const struct mark *m = report_site_mark(r, i);

		if (res->sites[i].confidence == confidence && is_news(m) &&
		    !m->suppressed && !is_rejected(m) &&
		    verdict_asks(res->sites[i].verdict))
			take_new(k, true, i);
	}
}

static void count_silent(struct taking *k)
{
	const struct report *r = k->t->report;

	for (size_t i = 0; i < r->result->nr_findings; i++) {
		const struct mark *m = report_finding_mark(r, i);

		k->suppressed += is_news(m) && m->suppressed;
	}
	for (size_t i = 0; i < r->result->nr_sites; i++) {
		const struct mark *m = report_site_mark(r, i);

		if (!is_news(m))
			continue;
		if (m->suppressed)
			k->suppressed++;
		else if (is_rejected(m))
			k->rejected++;
		else if (!verdict_asks(r->result->sites[i].verdict))
			k->settled++;
	}
}

static void take_all_new(struct taking *k)
{
	for (int c = CONF_HIGH; c < CONF_NR; c++)
		take_sure(k, (uint8_t)c);
	count_silent(k);
}

/* Gone, or judged so now that nothing is asked for any more. */
static bool is_closed(const struct delta_site *d)
{
	return d->before && verdict_asks(d->before->verdict) &&
	       (!d->now || !verdict_asks(d->now->verdict));
}

static void close_line(struct taking *k, const char *path,
		       const char *function, const char *what, const char *id)
{
	struct strbuf *sb = &k->closed;

	k->nr_closed++;
	strbuf_adds(sb, "    ");
	add_text(sb, path);
	strbuf_adds(sb, ": ");
	if (function[0]) {
		add_text(sb, function);
		strbuf_adds(sb, "(): ");
	}
	strbuf_addf(sb, "%s [%s]\n", what, id);
}

static void take_closed(struct taking *k, const struct delta *d)
{
	for (size_t i = 0; i < d->nr_findings; i++) {
		const struct result_finding *f = d->findings[i].before;

		if (d->findings[i].kind == DELTA_GONE)
			close_line(k, f->path, f->function, rule_name(f->rule),
				   f->id);
	}
	for (size_t i = 0; i < d->nr_sites; i++) {
		const struct result_site *s = d->sites[i].before;

		if (is_closed(&d->sites[i]))
			close_line(k, s->path, s->function,
				   verdict_name(s->verdict), s->id);
	}
}

static void add_revision(struct strbuf *sb, const struct tree_info *t)
{
	add_text(sb, t->describe[0] ? t->describe : t->revision);
	if (t->describe[0] && t->revision[0])
		strbuf_addf(sb, " (%.12s)", t->revision);
}

static void make_head(struct taking *k)
{
	const struct news_tree *t = k->t;
	struct strbuf *sb = &k->head;

	strbuf_addc(sb, '\n');
	add_text(sb, t->name);
	strbuf_adds(sb, ": ");
	add_revision(sb, &t->report->result->tree);
	if (t->before) {
		strbuf_adds(sb, ", before: ");
		add_revision(sb, t->before);
		strbuf_addf(sb, " of %s", t->before_run);
	}
	strbuf_addc(sb, '\n');
	if (t->new_tool)
		strbuf_adds(sb, "  gfpscope or its knowledge is another than "
			    "then; that may be why there is news\n");
	if (t->remark[0]) {
		strbuf_adds(sb, "  ");
		add_text(sb, t->remark);
		strbuf_addc(sb, '\n');
	}
}

static void add_totals(struct strbuf *sb, const struct result *r)
{
	uint64_t sites[VERDICT_NR] = { 0 };

	for (size_t i = 0; i < r->nr_sites; i++)
		sites[r->sites[i].verdict]++;
	strbuf_addf(sb, "%zu sites, %" PRIu64 " of them ask for a change, %zu "
		    "findings", r->nr_sites, trend_open(sites),
		    r->nr_findings);
}

static void add_silent(struct taking *k, struct strbuf *sb)
{
	if (k->suppressed + k->rejected + k->settled)
		strbuf_addf(sb, "  also new: %zu suppressed, %zu rejected "
			    "before, %zu that need nothing\n", k->suppressed,
			    k->rejected, k->settled);
}

/* The tree's part of the digest: in full when there is something to tell. */
static void add_part(struct taking *k)
{
	const struct news_tree *t = k->t;
	const struct result *r = t->report->result;
	bool first = !t->report->marks || !t->report->marks->delta;
	bool tell = first || k->nr_new || k->nr_closed || t->remark[0] ||
		    t->new_tool;
	struct strbuf *sb = tell ? &k->n->told : &k->n->quiet;

	if (!tell) {
		strbuf_adds(sb, "  ");
		add_text(sb, t->name);
		strbuf_adds(sb, ": ");
		add_revision(sb, &r->tree);
		strbuf_adds(sb, ": ");
		add_totals(sb, r);
		strbuf_addc(sb, '\n');
		add_silent(k, sb);
		return;
	}
	strbuf_add(sb, k->head.buf, k->head.len);
	strbuf_adds(sb, "  ");
	add_totals(sb, r);
	strbuf_adds(sb, first ? "; nothing to compare with, so nothing is "
		    "new\n" : "\n");
	add_silent(k, sb);
	if (!t->maintainers)
		strbuf_adds(sb, "  it has no MAINTAINERS: no mails for it\n");
	if (k->nr_new)
		strbuf_addf(sb, "  new: %zu\n", k->nr_new);
	strbuf_add(sb, k->items.buf, k->items.len);
	if (k->nr_closed)
		strbuf_addf(sb, "\n  closed: %zu\n%s", k->nr_closed,
			    k->closed.buf);
}

void news_add(struct news *n, const struct news_tree *t)
{
	struct taking k = {
		.n = n, .t = t, .head = STRBUF_INIT, .items = STRBUF_INIT,
		.closed = STRBUF_INIT,
	};

	make_head(&k);
	take_all_new(&k);
	if (t->report->marks && t->report->marks->delta)
		take_closed(&k, t->report->marks->delta);
	add_part(&k);
	n->nr_trees++;
	n->nr_new += k.nr_new;
	strbuf_release(&k.head);
	strbuf_release(&k.items);
	strbuf_release(&k.closed);
}
