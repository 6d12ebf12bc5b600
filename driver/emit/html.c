// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as one page that opens from disk and asks nobody for anything.
 *
 * In: the sorted result, and the page's source in reports/html. Out: page.html
 * with its include lines replaced: styles, scripts, the report's JSON. What
 * comes from a source tree stands in the JSON only, where no byte of it can
 * end the element; the scripts make text nodes of it.
 */
#include "emit/report.h"

#include <string.h>

#include "base/file.h"
#include "emit/chain_pool.h"
#include "emit/json.h"

static int read_part(const struct report *r, const char *name, size_t len,
		     struct strbuf *sb, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc;

	strbuf_addf(&path, "%s/reports/html/%.*s", r->data, (int)len, name);
	rc = file_read(path.buf, 0, sb, err);
	strbuf_release(&path);
	return rc;
}

static void put_report(FILE *f, const struct report *r)
{
	struct chain_pool *pool = chain_pool_new();
	struct jsonw w;

	jsonw_init(&w, f);
	w.in_script = true;
	w.compact = true;
	json_put_report(&w, r, pool);
	chain_pool_free(pool);
}

static void put_trend(FILE *f, const struct report *r)
{
	static const struct trend none;
	struct jsonw w;

	jsonw_init(&w, f);
	w.in_script = true;
	w.compact = true;
	trend_put_page(&w, r->trend ? r->trend : &none);
}

/* <!--include NAME-->, or include? for a part that may be missing. */
static int put_include(FILE *f, const struct report *r, const char *s,
		       size_t len, struct err *err)
{
	struct strbuf part = STRBUF_INIT;
	struct err ignored = ERR_INIT;
	bool optional = s[0] == '?';
	int rc;

	s += optional + 1;
	len -= (size_t)optional + 1;
	rc = read_part(r, s, len, &part, optional ? &ignored : err);
	if (!rc)
		fwrite(part.buf, 1, part.len, f);
	err_clear(&ignored);
	strbuf_release(&part);
	return optional ? 0 : rc;
}

static int put_line(FILE *f, const struct report *r, const char *s,
		    size_t len, struct err *err)
{
	static const char include[] = "<!--include", end[] = "-->";
	size_t head = sizeof(include) - 1, tail = sizeof(end) - 1;

	if (len > head + tail + 1 && strncmp(s, include, head) == 0 &&
	    strncmp(s + len - tail, end, tail) == 0)
		return put_include(f, r, s + head, len - head - tail, err);
	if (len == 13 && strncmp(s, "<!--report-->", 13) == 0) {
		put_report(f, r);
		return 0;
	}
	if (len == 12 && strncmp(s, "<!--trend-->", 12) == 0) {
		put_trend(f, r);
		return 0;
	}
	fwrite(s, 1, len, f);
	fputc('\n', f);
	return 0;
}

int emit_html(FILE *f, const struct report *r, struct err *err)
{
	struct strbuf page = STRBUF_INIT;
	const char *s;
	int rc;

	if (!r->data)
		return err_set(err, ERR_NOT_FOUND, "no source of the page");
	rc = read_part(r, "page.html", strlen("page.html"), &page, err);
	for (s = page.buf; !rc && *s;) {
		size_t len = strcspn(s, "\n");

		rc = put_line(f, r, s, len, err);
		s += len + (s[len] == '\n');
	}
	strbuf_release(&page);
	return rc;
}
