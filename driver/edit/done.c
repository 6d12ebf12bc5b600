// SPDX-License-Identifier: GPL-2.0-only
/*
 * One file for each finished plan, named by a digest of all that it was made
 * from. Lines of `word value`, an empty line, then the diff.
 */
#include "edit/done.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/version.h"

#define FORMAT		"gfpscope-done-2"
#define SIZE_LIMIT	((size_t)64 << 20)

void done_start(struct done_proposal *d, const char *rules,
		const char *version, const char *id)
{
	struct strbuf sb = STRBUF_INIT;

	d->digest = digest_new();
	digest_adds(d->digest, FORMAT GFPSCOPE_VERSION);
	digest_adds(d->digest, version);
	digest_adds(d->digest, id);
	file_read(rules, SIZE_LIMIT, &sb, NULL);
	done_add(d, sb.buf, sb.len);
	strbuf_release(&sb);
}

void done_add(struct done_proposal *d, const void *p, size_t n)
{
	digest_add(d->digest, &n, sizeof(n));
	digest_add(d->digest, p, n);
}

void done_add_points(struct done_proposal *d, const struct section_point *p,
		     size_t nr)
{
	size_t i;

	done_add(d, &nr, sizeof(nr));
	for (i = 0; i < nr; i++) {
		uint32_t n[] = { p[i].line, p[i].column, p[i].success };

		done_add(d, n, sizeof(n));
	}
}

void done_add_section(struct done_proposal *d, const struct section *s)
{
	uint8_t how[3];

	if (!s)
		return;
	how[0] = s->restriction;
	how[1] = s->save_after;
	how[2] = s->whole_function;
	done_add(d, how, sizeof(how));
	done_add_points(d, s->acquires, s->nr_acquires);
	done_add_points(d, s->releases, s->nr_releases);
}

void done_finish(struct done_proposal *d)
{
	digest_hex(d->digest, d->key, sizeof(d->key) - 1);
	d->digest = NULL;
}

static char *file_name(const char *dir, const struct done_proposal *d)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "%s/%s", dir, d->key);
	return strbuf_detach(&sb);
}

/* One line `word value`. False: not one of ours. */
static bool parse_line(struct done_proposal *d, struct arena *a, char *line)
{
	char *value = strchr(line, ' '), *end;
	unsigned long n;

	if (!value)
		return false;
	*value++ = '\0';
	n = strtoul(value, &end, 10);
	if (!strcmp(line, "remarks"))
		d->remarks = arena_strdup(a, value);
	else if (!strcmp(line, "extent") && n < EXTENT_NR)
		d->extent = n;
	else if (!strcmp(line, "applies") && n <= CHECK_FAILED)
		d->checks.applies = n;
	else if (!strcmp(line, "balanced") && n <= CHECK_FAILED)
		d->checks.balanced = n;
	else if (!strcmp(line, "rereads") && n <= CHECK_FAILED)
		d->checks.rereads = n;
	else if (!strcmp(line, "style") && n <= CHECK_FAILED)
		d->checks.style = n;
	else if (!strcmp(line, "builds") && n <= CHECK_FAILED)
		d->checks.builds = n;
	else if (!strcmp(line, "why") && n < d->nr_why && *end == ' ')
		d->why[n] = arena_strdup(a, end + 1);
	else
		return false;
	return true;
}

int done_load(const char *dir, struct done_proposal *d, struct arena *a,
	      struct strbuf *diff)
{
	char *name = file_name(dir, d), *p, *nl;
	struct strbuf sb = STRBUF_INIT;
	int ret = file_read(name, SIZE_LIMIT, &sb, NULL);

	d->why = ARENA_ARRAY(a, const char *, d->nr_why);
	d->remarks = "";
	p = sb.buf;
	if (!ret && !str_starts(p, FORMAT "\n"))
		ret = ERR_FORMAT;
	if (!ret)
		p += strlen(FORMAT "\n");
	while (!ret && *p != '\n') {
		nl = strchr(p, '\n');
		if (!nl) {
			ret = ERR_FORMAT;
			break;
		}
		*nl = '\0';
		if (!parse_line(d, a, p))
			ret = ERR_FORMAT;
		p = nl + 1;
	}
	if (!ret)
		strbuf_add(diff, p + 1, sb.buf + sb.len - p - 1);
	strbuf_release(&sb);
	free(name);
	return ret;
}

static void add_text(struct strbuf *sb, const char *s)
{
	for (; *s; s++)
		strbuf_addc(sb, *s == '\n' ? ' ' : *s);
	strbuf_addc(sb, '\n');
}

void done_save(const char *dir, const struct done_proposal *d,
	       const struct strbuf *diff)
{
	char *name = file_name(dir, d);
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	strbuf_addf(&sb, FORMAT "\napplies %u\nbalanced %u\nrereads %u\nstyle %u\nbuilds %u\nextent %u\nremarks ",
		    d->checks.applies, d->checks.balanced, d->checks.rereads,
		    d->checks.style, d->checks.builds, d->extent);
	add_text(&sb, d->remarks);
	for (i = 0; i < d->nr_why; i++) {
		if (!d->why[i])
			continue;
		strbuf_addf(&sb, "why %zu ", i);
		add_text(&sb, d->why[i]);
	}
	strbuf_addc(&sb, '\n');
	strbuf_add(&sb, diff->buf, diff->len);
	file_write(name, sb.buf, sb.len, NULL);
	strbuf_release(&sb);
	free(name);
}
