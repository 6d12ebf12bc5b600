/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A small made-up result for the tests of reports: two equal sites, hostile
 * strings, chains, a finding, gaps; and proposals, one of them in latin-1.
 */
#ifndef TEST_SAMPLE_H
#define TEST_SAMPLE_H

#include <stdlib.h>
#include <string.h>

#include "edit/proposal.h"
#include "judge/result.h"

static struct step sample_steps[] = {
	{ "fs/a/super.c", "a_sync_fs", 7, "entry", "called by sync" },
	{ "fs/a/super.c", "a_sync_fs", 9, "scope", "memalloc_nofs_save()" },
	{ "fs/a/file.c", "a_write", 10, "site", "kmalloc(GFP_NOFS)" },
};
static struct section sample_section = {
	.path = "fs/a/file.c", .function = "a_write", .line = 8,
	.resource = "lock of struct a_info",
};
static const char *sample_unresolved[] = {
	"fs/inode.c:30: call through <b>ops->x</b> is not known",
};
static const char *sample_paths[] = { "fs", "drivers/b" };

static inline void sample_sites(struct result *r)
{
	static const struct result_site sites[] = {
		{ .path = "fs/inode.c", .function = "find", .callee = "alloc",
		  .mask = "GFP_NOFS", .line = 30, .column = 9, .len = 8,
		  .restriction = RESTRICT_NOFS, .verdict = VERDICT_UNKNOWN,
		  .confidence = CONF_LOW, .reason = "a call is not known",
		  .unresolved = sample_unresolved, .nr_unresolved = 1 },
		{ .path = "fs/a/file.c", .function = "a_write",
		  .callee = "kmalloc", .mask = "GFP_NOFS", .line = 12,
		  .column = 21, .len = 8, .restriction = RESTRICT_NOFS,
		  .verdict = VERDICT_REDUNDANT, .confidence = CONF_HIGH,
		  .reason = "a scope is open",
		  .evidence = { sample_steps, 3 } },
		{ .path = "fs/a/file.c", .function = "a_write",
		  .callee = "kmalloc", .mask = "GFP_NOFS", .line = 10,
		  .column = 21, .len = 8, .restriction = RESTRICT_NOFS,
		  .verdict = VERDICT_REDUNDANT, .confidence = CONF_HIGH,
		  .reason = "a scope is open",
		  .evidence = { sample_steps, 3 } },
		{ .path = "drivers/b/</script>\x1b[1m\xe9.c",
		  .function = "<img src=x onerror=alert(1)>",
		  .callee = "kmalloc", .mask = "GFP_NOIO", .line = 3,
		  .column = 1, .len = 8, .restriction = RESTRICT_NOIO,
		  .verdict = VERDICT_SCOPE, .confidence = CONF_MODERATE,
		  .reason = "lock \"x\" is held", .scope_at = &sample_section,
		  .evidence = { sample_steps, 1 },
		  .reclaim = { sample_steps + 1, 1 } },
	};

	r->nr_sites = sizeof(sites) / sizeof(sites[0]);
	r->sites = arena_memdup(&r->arena, sites, sizeof(sites));
}

static inline void sample_result(struct result *r)
{
	static const struct result_finding finding = {
		.path = "fs/a/file.c", .function = "a_read", .line = 40,
		.column = 3, .rule = RULE_MISSING_SCOPE,
		.confidence = CONF_MODERATE,
		.message = "kmalloc(GFP_KERNEL) under lock of line 300",
		.evidence = { sample_steps, 2 },
	};
	static const struct result_gap gap = {
		"fs/a/big.c", 0, "", "skipped", "binary",
	};

	result_init(r);
	sample_sites(r);
	r->findings = arena_memdup(&r->arena, &finding, sizeof(finding));
	r->nr_findings = 1;
	r->coverage.gaps = arena_memdup(&r->arena, &gap, sizeof(gap));
	r->coverage.nr_gaps = 1;
	r->coverage.files = 5;
	r->coverage.sites = r->nr_sites;
	r->coverage.tokens[TOKEN_SITE] = 4;
	r->tree.revision = "0123456789abcdef0123456789abcdef01234567";
	r->tree.describe = "v6.1";
	r->tree.kernel = "6.1.192";
	r->tree.paths = sample_paths;
	r->tree.nr_paths = 2;
	r->tree.commit_time = 1700000000;
	result_sort(r);
}

static inline void sample_proposals(struct proposals *p,
				    const struct result *r)
{
	static const char *files[] = { "fs/a/file.c" };
	struct proposal *v;

	proposals_init(p);
	p->v = calloc(1, sizeof(*p->v));
	p->nr = p->cap = 1;
	v = p->v;
	memcpy(v->id, "00112233445566ff", 17);
	v->kind = PROPOSE_DROP;
	v->nr_sites = 2;
	v->sites = arena_calloc(&p->arena, 2, sizeof(*v->sites));
	v->sites[0] = &r->sites[1];
	v->sites[1] = &r->sites[2];
	v->stays = v->sites + 1;
	v->nr_stays = 1;
	v->files = files;
	v->nr_files = 1;
	v->title = "drop GFP_NOFS inside the scope";
	v->changelog = "A scope is open.\n";
	v->diff = "diff --git a/fs/a/<img src=x>.c b/fs/a/<img src=x>.c\n"
		  "--- a/fs/a/<img src=x>.c\n+++ b/fs/a/<img src=x>.c\n"
		  "@@ -1,2 +1,2 @@ <img src=x onerror=alert(1)>\n"
		  " /* Andr\xe9 </script><img src=x onerror=alert(1)> */\n"
		  "-\tp = kmalloc(n, GFP_NOFS);\n"
		  "+\tp = kmalloc(n, GFP_KERNEL);\n";
	v->checks.applies = CHECK_OK;
	p->refused = calloc(1, sizeof(*p->refused));
	p->nr_refused = p->cap_refused = 1;
	p->refused[0].sites = arena_calloc(&p->arena, 1,
					   sizeof(*p->refused[0].sites));
	p->refused[0].sites[0] = &r->sites[0];
	p->refused[0].nr_sites = 1;
	p->refused[0].why = "the lock is released in another function";
}

#endif
