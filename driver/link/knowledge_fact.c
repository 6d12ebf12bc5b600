// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules of subsystems by path, and version facts: which of them hold for the
 * version of a kernel. Versions are compared number by number ("6.1.192" is
 * after "6.1"); what follows the numbers ("-rc3") is not looked at, so a
 * release candidate counts as its release.
 */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "link/knowledge.h"

#define VERSION_PARTS 4

static bool version_parse(const char *s, unsigned int parts[VERSION_PARTS])
{
	int i;

	memset(parts, 0, VERSION_PARTS * sizeof(parts[0]));
	for (i = 0; i < VERSION_PARTS; i++) {
		unsigned int n = 0;

		if (!isdigit((unsigned char)*s))
			return i > 0;
		while (isdigit((unsigned char)*s) && n < 100000000)
			n = 10 * n + (unsigned int)(*s++ - '0');
		parts[i] = n;
		if (*s != '.')
			return true;
		s++;
	}
	return true;
}

bool knowledge_version_ok(const char *s)
{
	unsigned int parts[VERSION_PARTS];

	return version_parse(s, parts) && strspn(s, "0123456789.") == strlen(s)
	       && s[strlen(s) - 1] != '.';
}

int knowledge_version_cmp(const char *a, const char *b)
{
	unsigned int x[VERSION_PARTS], y[VERSION_PARTS];
	int i;

	version_parse(a, x);
	version_parse(b, y);
	for (i = 0; i < VERSION_PARTS; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

bool knowledge_fact(const struct knowledge *k, const char *name,
		    const char *kernel)
{
	unsigned int parts[VERSION_PARTS];
	size_t i;

	for (i = 0; i < k->nr_versions; i++) {
		const struct know_version *v = &k->versions[i];

		if (strcmp(v->name, name))
			continue;
		if (!version_parse(kernel, parts))
			return false;
		if (v->since && knowledge_version_cmp(kernel, v->since) < 0)
			return false;
		return !v->until ||
		       knowledge_version_cmp(kernel, v->until) < 0;
	}
	BUG("no version fact '%s'", name);
}

const struct know_subsystem *knowledge_subsystem(const struct knowledge *k,
						 const char *path)
{
	const struct know_subsystem *best = NULL;

	for (size_t i = 0; i < k->nr_subsystems; i++) {
		const struct know_subsystem *s = &k->subsystems[i];

		if (path_is_below(path, s->path) &&
		    (!best || strlen(s->path) > strlen(best->path)))
			best = s;
	}
	return best;
}
