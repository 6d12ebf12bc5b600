// SPDX-License-Identifier: GPL-2.0-only
/*
 * A unified diff as the fix of a SARIF result.
 *
 * In: a diff in git's form. Out: for each file its replacements, one for each
 * run of removed and added lines: whole lines, by their old numbers.
 */
#include "emit/sarif.h"

#include <stdlib.h>
#include <string.h>

struct fix {
	struct jsonw *w;
	bool in_file;
	uint32_t line;		/* old number of the next old line, 0: no hunk */
	uint32_t removed;	/* lines of the run so far */
	uint32_t start;		/* old line where the run begins */
	struct strbuf added;
	bool in_run;
};

static void put_position(struct fix *f, uint32_t end)
{
	jsonw_object_flat(f->w, "deletedRegion");
	jsonw_uint(f->w, "startLine", f->start);
	jsonw_uint(f->w, "startColumn", 1);
	jsonw_uint(f->w, "endLine", end);
	jsonw_uint(f->w, "endColumn", 1);
	jsonw_end(f->w);
}

static void end_run(struct fix *f)
{
	if (!f->in_run)
		return;
	jsonw_object_flat(f->w, NULL);
	put_position(f, f->start + f->removed);
	jsonw_object_flat(f->w, "insertedContent");
	jsonw_strn(f->w, "text", f->added.buf, f->added.len);
	jsonw_end(f->w);
	jsonw_end(f->w);
	f->in_run = false;
	f->removed = 0;
	strbuf_clear(&f->added);
}

static void end_file(struct fix *f)
{
	end_run(f);
	if (!f->in_file)
		return;
	jsonw_end(f->w);
	jsonw_end(f->w);
	f->in_file = false;
}

static void begin_run(struct fix *f)
{
	if (f->in_run)
		return;
	f->in_run = true;
	f->start = f->line;
}

static void begin_file(struct fix *f, const char *path, size_t len)
{
	struct strbuf sb = STRBUF_INIT;

	end_file(f);
	strbuf_add(&sb, path, len);
	jsonw_object(f->w, NULL);
	sarif_put_uri(f->w, sb.buf);
	jsonw_array(f->w, "replacements");
	f->in_file = true;
	strbuf_release(&sb);
}

static void take_line(struct fix *f, const char *s, size_t len)
{
	if (len > 6 && strncmp(s, "--- a/", 6) == 0 && !f->line) {
		begin_file(f, s + 6, len - 6);
	} else if (str_starts(s, "diff --git ")) {
		end_run(f);
		f->line = 0;
	} else if (str_starts(s, "@@ -")) {
		end_run(f);
		f->line = (uint32_t)strtoul(s + 4, NULL, 10);
		/* "-N,0" names the line before the insertion. */
		if (strncmp(s + 4 + strspn(s + 4, "0123456789"), ",0 ", 3) == 0)
			f->line++;
	} else if (f->line && s[0] == '-') {
		begin_run(f);
		f->removed++;
		f->line++;
	} else if (f->line && s[0] == '+') {
		begin_run(f);
		strbuf_add(&f->added, s + 1, len - 1);
		strbuf_addc(&f->added, '\n');
	} else if (f->line && s[0] == ' ') {
		end_run(f);
		f->line++;
	}
}

void sarif_put_fix(struct jsonw *w, const struct proposal *p)
{
	struct fix f = { .w = w };
	const char *s = p->diff;

	strbuf_init(&f.added);
	jsonw_array(w, "fixes");
	jsonw_object(w, NULL);
	jsonw_object_flat(w, "description");
	jsonw_str(w, "text", p->title[0] ? p->title : "proposed change");
	jsonw_end(w);
	jsonw_array(w, "artifactChanges");
	while (*s) {
		size_t len = strcspn(s, "\n");

		take_line(&f, s, len);
		s += len + (s[len] == '\n');
	}
	end_file(&f);
	jsonw_end(w);
	jsonw_end(w);
	jsonw_end(w);
	strbuf_release(&f.added);
}
