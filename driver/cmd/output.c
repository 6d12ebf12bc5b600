// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports to stdout or into a directory. Without -o one format goes to
 * stdout, the summary if none is named; into a directory go JSON and text if
 * none is named, and the summary is shown on stdout.
 */
#include "cmd/output.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

static int add_format(struct output *out, const char *name, size_t len,
		      struct err *err)
{
	const struct report_format *f;
	char word[32];

	if (len >= sizeof(word))
		len = sizeof(word) - 1;
	memcpy(word, name, len);
	word[len] = '\0';
	f = report_format_find(word);
	if (!f)
		return err_set(err, ERR_USAGE,
			       "no format '%s'; there are: %s", word,
			       report_format_names());
	for (size_t i = 0; i < out->nr; i++)
		if (out->formats[i] == f)
			return 0;
	BUG_ON(out->nr == OUTPUT_MAX);
	out->formats[out->nr++] = f;
	return 0;
}

static int add_formats(struct output *out, const char *list, struct err *err)
{
	for (;;) {
		size_t len = strcspn(list, ",");
		int rc = add_format(out, list, len, err);

		if (rc || !list[len])
			return rc;
		list += len + 1;
	}
}

/* Can a file be made in @dir? Better to know it now than after the work. */
static int check_writable(const char *dir, struct err *err)
{
	if (access(dir, W_OK | X_OK) == 0)
		return 0;
	return err_set(err, ERR_IO, "cannot write to directory '%s'", dir);
}

int output_prepare(struct output *out, const struct output_opts *o,
		   struct err *err)
{
	bool to_stdout = !o->dir || strcmp(o->dir, "-") == 0;
	int rc = 0;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < o->formats.nr && !rc; i++)
		rc = add_formats(out, o->formats.v[i], err);
	if (rc)
		return rc;
	if (to_stdout) {
		if (!out->nr)
			return add_formats(out, o->dir ? "json" : "summary",
					   err);
		if (out->nr > 1)
			return err_set(err, ERR_USAGE, "only one format fits "
				       "on stdout; name a directory with -o");
		return 0;
	}
	if (!out->nr)
		rc = add_formats(out, "json,text", err);
	out->dir = o->dir;
	out->table = true;
	if (!rc)
		rc = dir_make(o->dir, err);
	return rc ? rc : check_writable(o->dir, err);
}

int output_write(const struct output *out, const struct report *r, bool quiet,
		 struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc = 0;

	for (size_t i = 0; i < out->nr && !rc; i++) {
		const struct report_format *f = out->formats[i];

		if (!out->dir) {
			rc = report_write(f, r, "-", err);
			break;
		}
		strbuf_clear(&path);
		strbuf_addf(&path, "%s/%s", out->dir, f->file);
		rc = report_write(f, r, path.buf, err);
		if (!rc && !quiet)
			say_note("wrote %s", path.buf);
	}
	if (!rc && out->table)
		rc = emit_summary(stdout, r, err);
	strbuf_release(&path);
	return rc;
}
