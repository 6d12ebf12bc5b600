// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the header of a rule asks for, as far as it can be had: options that
 * mean something for a file on its own are passed on. Headers of the tree are
 * not at hand, so that those that ask for them are told to be ignored.
 */
#include "edit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"

static bool is_older(const char *have, const char *want)
{
	while (*have || *want) {
		char *a, *b;
		unsigned long x = strtoul(have, &a, 10);
		unsigned long y = strtoul(want, &b, 10);

		if (x != y)
			return x < y;
		if (a == have && b == want)
			return false;
		have = a + (*a == '.');
		want = b + (*b == '.');
	}
	return false;
}

/* Options that mean something for a file on its own, and take no value. */
static const char *option_of(const char *p, size_t len)
{
	static const char *const known[] = {
		"--no-loops", "--disable-worth-trying-opt",
		"--no-saved-typedefs", "--smpl-spacing", "--linux-spacing",
	};

	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (strlen(known[i]) == len && !strncmp(known[i], p, len))
			return known[i];
	return NULL;
}

static void take_options(struct check_rule *rule, struct arena *arena)
{
	struct strbuf ignored = STRBUF_INIT;
	const char *p = rule->smpl.options;
	size_t len, n = 0;

	rule->headers = false;
	for (p += strspn(p, " \t"); *p; p += len, p += strspn(p, " \t")) {
		const char *known;

		len = strcspn(p, " \t");
		if (len == 17 && !strncmp(p, "--include-headers", len)) {
			rule->headers = true;
			continue;
		}
		if (len == 13 && !strncmp(p, "--no-includes", len))
			continue;
		known = option_of(p, len);
		if (known && n + 1 < ARRAY_SIZE(rule->extra)) {
			rule->extra[n++] = known;
			continue;
		}
		if (ignored.len)
			strbuf_addc(&ignored, ' ');
		strbuf_add(&ignored, p, len);
	}
	rule->ignored = arena_strdup(arena, ignored.buf);
	strbuf_release(&ignored);
}

static void make_key(struct check_rule *rule, const struct check_opts *o)
{
	struct digest *d = digest_new();
	char hex[2 * SOURCE_OID_RAW + 1];
	unsigned int byte;
	size_t i;

	digest_adds(d, "check 2");
	digest_adds(d, o->spatch);
	digest_adds(d, rule->smpl.digest);
	digest_adds(d, rule->smpl.name);
	digest_adds(d, smpl_mode_name(rule->smpl.mode));
	for (i = 0; i < o->nr_defs; i++) {
		digest_adds(d, o->defs[i].name);
		digest_adds(d, o->defs[i].value ? o->defs[i].value : "");
	}
	digest_hex(d, hex, sizeof(hex) - 1);
	for (i = 0; i < SOURCE_OID_RAW; i++) {
		sscanf(hex + 2 * i, "%2x", &byte);
		rule->key[i] = (uint8_t)byte;
	}
}

void check_prepare(struct check_rule *rule, struct arena *arena,
		   const struct check_opts *o)
{
	take_options(rule, arena);
	make_key(rule, o);
	if (rule->smpl.requires[0] &&
	    is_older(o->spatch, rule->smpl.requires))
		rule->skipped = arena_printf(arena,
					     "needs Coccinelle %s, this is %s",
					     rule->smpl.requires, o->spatch);
}
