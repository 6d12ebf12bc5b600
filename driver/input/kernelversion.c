// SPDX-License-Identifier: GPL-2.0-only
/*
 * VERSION, PATCHLEVEL, SUBLEVEL and EXTRAVERSION out of a kernel's Makefile.
 * Only plain assignments before the first other code are understood, which is
 * what the kernel has had since its first Makefile; make is not run.
 */
#include "input/kernelversion.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "input/source.h"

/* The value of "NAME = value" if the line is one: borrowed, may be empty. */
static bool assigned(const char *line, size_t len, const char *name,
		     const char **value, size_t *value_len)
{
	size_t n = strlen(name);
	const char *end = line + len;

	if (len <= n || memcmp(line, name, n))
		return false;
	line += n;
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	if (line == end || *line++ != '=')
		return false;
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	while (end > line && strchr(" \t\r", end[-1]))
		end--;
	*value = line;
	*value_len = (size_t)(end - line);
	return true;
}

static bool number(const char *s, size_t len, unsigned int *out)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9' || i > 5)
			return false;
		n = n * 10 + (unsigned int)(s[i] - '0');
	}
	*out = n;
	return len > 0;
}

static bool plain(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i] <= ' ' || s[i] > '~' || s[i] == '$')
			return false;
	return len < 32;
}

int kernel_version_parse(struct kernel_version *v, const char *makefile,
			 size_t len, struct err *err)
{
	static const char *const names[] = {
		"VERSION", "PATCHLEVEL", "SUBLEVEL", "EXTRAVERSION",
	};
	const char *p = makefile, *end = makefile + len, *extra = "";
	bool seen[ARRAY_SIZE(names)] = { 0 };
	unsigned int n[3] = { 0 };
	size_t extra_len = 0, i;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p)), *value;
		size_t line = (size_t)((nl ? nl : end) - p), value_len;

		for (i = 0; i < ARRAY_SIZE(names); i++) {
			if (seen[i] || !assigned(p, line, names[i], &value,
						 &value_len))
				continue;
			if (i < 3)
				seen[i] = number(value, value_len, &n[i]);
			else if ((seen[i] = plain(value, value_len)))
				extra = value, extra_len = value_len;
		}
		p += line + 1;
	}
	if (!seen[0] || !seen[1])
		return err_set(err, ERR_FORMAT,
			       "the Makefile has no VERSION and PATCHLEVEL of a kernel");
	v->version = n[0];
	v->patchlevel = n[1];
	v->sublevel = n[2];
	snprintf(v->text, sizeof(v->text), "%u.%u.%u%.*s", n[0], n[1], n[2],
		 (int)extra_len, extra);
	return 0;
}

int kernel_version_of(struct kernel_version *v, struct source *s,
		      struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	int ret = source_read_file(s, "Makefile", &sb, err);

	memset(v, 0, sizeof(*v));
	if (!ret)
		ret = kernel_version_parse(v, sb.buf, sb.len, err);
	strbuf_release(&sb);
	return ret;
}

int kernel_version_cmp(const struct kernel_version *v, unsigned int version,
		       unsigned int patchlevel, unsigned int sublevel)
{
	if (v->version != version)
		return v->version < version ? -1 : 1;
	if (v->patchlevel != patchlevel)
		return v->patchlevel < patchlevel ? -1 : 1;
	if (v->sublevel != sublevel)
		return v->sublevel < sublevel ? -1 : 1;
	return 0;
}
