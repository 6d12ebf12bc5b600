// SPDX-License-Identifier: GPL-2.0-only
/*
 * One rule on a few files: they are written where Coccinelle runs, as they are
 * called in the tree, and taken away again with all else that is there by then.
 * Starting it, and the Python in it, costs more than many a file.
 *
 * Diffs come back for the text without the bodies that do not matter; they
 * are made anew from the whole of it.
 */
#include "edit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"
#include "edit/diff.h"
#include "edit/slice.h"
#include "edit/spatch.h"

#define OUTPUT_BYTES	((size_t)64 << 20)
#define GROUPS		".groups"
#define DEFAULT_SECONDS	200
#define MAX_DEFINES	16
#define RETRY_MAX	12	/* what failed is tried again by so many */

static unsigned int seconds_of(const struct check_opts *o)
{
	return o->seconds ? o->seconds : DEFAULT_SECONDS;
}

/* ---- diffs ---- */

static const char *line_at(const char *text, const char *end, size_t line)
{
	while (text < end && --line) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));

		text = nl ? nl + 1 : end;
	}
	return text;
}

static const char *skip_line(const char *p)
{
	p += strcspn(p, "\n");
	return *p ? p + 1 : p;
}

struct patching {
	const char *text, *end;	/* the whole file */
	const char *done;	/* copied up to here */
	struct strbuf out;
};

/*
 * The lines of one hunk, at its place in the whole text. False when what it
 * takes away is not there.
 */
static bool apply_hunk(struct patching *c, unsigned int at, bool insert,
		       const char **p)
{
	const char *here = line_at(c->text, c->end, at + insert);

	if (here < c->done)
		return false;
	strbuf_add(&c->out, c->done, (size_t)(here - c->done));
	while (**p == '-' || **p == '+' || **p == '\\') {
		const char *line = *p + 1, *next = skip_line(*p);
		size_t len = (size_t)(next - line);

		if (**p == '-') {
			size_t left = (size_t)(c->end - here);

			if (len > left)	/* no newline at the end */
				len = left;
			if (memcmp(here, line, len))
				return false;
			here += len;
		} else if (**p == '+') {
			strbuf_add(&c->out, line, len);
		}
		*p = next;
	}
	c->done = here;
	return true;
}

static void found_at(const struct check_rule *rule, struct check_place *place,
		     struct check_input *in, unsigned int line)
{
	struct check_item item = {
		.kind = FOUND_HIT, .line = line ? line : 1, .path = in->path,
		.text = rule->smpl.about[0] ? rule->smpl.about :
					      rule->smpl.name,
	};

	item.function = in->facts ? slice_function(in->facts, item.line) : "";
	check_add(&in->found, place->arena, &item);
}

/* The places of a diff become hits; the whole text changed becomes @c->out. */
static bool apply_diff(struct patching *c, const struct check_rule *rule,
		       struct check_place *place, struct check_input *in,
		       const char *p)
{
	while (*p) {
		unsigned int at, old = 1;

		if (sscanf(p, "@@ -%u", &at) != 1)
			return false;
		if (sscanf(p, "@@ -%u,%u ", &at, &old) != 2)
			old = 1;
		p = skip_line(p);
		found_at(rule, place, in, at);
		if (rule->smpl.mode == SMPL_CONTEXT)
			for (unsigned int i = 1; i < old; i++)
				found_at(rule, place, in, at + i);
		if (!apply_hunk(c, at, old == 0, &p))
			return false;
	}
	strbuf_add(&c->out, c->done, (size_t)(c->end - c->done));
	return true;
}

static void fail(struct check_place *place, struct check_input *in,
		 const char *why)
{
	struct check_item item = {
		.kind = FOUND_FAILED, .path = in->path, .function = "",
		.text = why,
	};

	check_add(&in->found, place->arena, &item);
	in->failed = true;
}

static void remake_diff(const struct check_rule *rule,
			struct check_place *place, struct check_input *in,
			size_t at)
{
	struct patching c = { in->text, in->text + in->len, in->text,
			      STRBUF_INIT };
	const char *lines = in->found.v[at].text;
	struct strbuf diff = STRBUF_INIT;
	struct err err = ERR_INIT;
	int rc;

	if (apply_diff(&c, rule, place, in, lines)) {
		struct diff_file f = { in->path, in->text, c.out.buf,
				       in->len, c.out.len };

		/* as the kernel's own .gitattributes has it */
		rc = diff_make(place->dir, "*.[ch] diff=cpp\n", &f, 1, &diff,
			       &err);
		if (rc)
			fail(place, in, err.msg);
	} else {
		fail(place, in, "Coccinelle's diff is of another text");
	}
	in->found.v[at].text = arena_strdup(place->arena, diff.buf);
	err_clear(&err);
	strbuf_release(&diff);
	strbuf_release(&c.out);
}

static void remake_diffs(const struct check_rule *rule,
			 struct check_place *place, struct check_input *in)
{
	size_t nr = in->found.nr;

	for (size_t i = 0; i < nr; i++)
		if (in->found.v[i].kind == FOUND_DIFF)
			remake_diff(rule, place, in, i);
}

/* ---- running ---- */

static int put_files(const struct check_place *place,
		     const struct check_input *in, size_t nr, struct err *err)
{
	struct strbuf groups = STRBUF_INIT, path = STRBUF_INIT;
	int rc = 0;

	for (size_t i = 0; i < nr && !rc; i++) {
		strbuf_addf(&groups, "%s%s\n", i ? "\n" : "", in[i].path);
		strbuf_clear(&path);
		strbuf_addf(&path, "%s/%s", place->dir, in[i].path);
		*strrchr(path.buf, '/') = '\0';
		rc = dir_make(path.buf, err);
		path.buf[strlen(path.buf)] = '/';
		if (!rc)
			rc = file_put(path.buf, in[i].cut.buf,
				      in[i].cut.len, err);
	}
	strbuf_clear(&path);
	strbuf_addf(&path, "%s/" GROUPS, place->dir);
	if (!rc)
		rc = file_put(path.buf, groups.buf, groups.len, err);
	strbuf_release(&groups);
	strbuf_release(&path);
	return rc;
}

/* -D of the mode and of the user; @text holds the latter. */
static size_t put_defines(const char **argv, struct strbuf *text,
			  const struct check_rule *rule,
			  const struct check_opts *o)
{
	size_t n = 0, at[MAX_DEFINES], i;

	if (rule->smpl.modes) {
		argv[n++] = "-D";
		argv[n++] = smpl_mode_name(rule->smpl.mode);
	}
	for (i = 0; i < o->nr_defs && i < MAX_DEFINES; i++) {
		const struct smpl_define *d = &o->defs[i];

		at[i] = text->len;
		strbuf_addf(text, "%s%s%s", d->name, d->value ? "=" : "",
			    d->value ? d->value : "");
		strbuf_addc(text, '\0');
	}
	for (i = 0; i < o->nr_defs && i < MAX_DEFINES; i++) {
		argv[n++] = "-D";
		argv[n++] = text->buf + at[i];
	}
	return n;
}

static int run(const struct check_rule *rule, const struct check_opts *o,
	       const struct check_place *place, size_t nr,
	       struct proc_result *r, struct err *err)
{
	struct spatch s = {
		.dir = place->dir, .no_sandbox = o->no_sandbox,
		.output_bytes = OUTPUT_BYTES,
		.wall_seconds = seconds_of(o) * (unsigned int)nr + 60,
	};
	struct strbuf defines = STRBUF_INIT, limit = STRBUF_INIT;
	const char *argv[SPATCH_WORDS + 1] = {
		"--quiet", "--verbose-parsing", "--no-includes",
		"--include-headers", "-U", "0", "--jobs", "1",
		"--temp-files", place->dir, "--timeout",
	};
	const char *python = rule->smpl.imports ? place->python :
						  place->any_python;
	size_t n = 11, i;
	int rc;

	strbuf_addf(&limit, "%u", seconds_of(o));
	argv[n++] = limit.buf;
	if (rule->smpl.mode == SMPL_REPORT || rule->smpl.mode == SMPL_ORG)
		argv[n++] = "--no-show-diff";
	if (rule->smpl.python && python) {
		argv[n++] = "--python";
		argv[n++] = python;
	}
	n += put_defines(argv + n, &defines, rule, o);
	for (i = 0; rule->extra[i]; i++)
		argv[n++] = rule->extra[i];
	argv[n++] = "--sp-file";
	argv[n++] = rule->smpl.file;
	argv[n++] = "--file-groups";
	argv[n++] = GROUPS;
	argv[n] = NULL;
	rc = spatch_exec(&s, argv, r, err);
	if (!rc && r->status)
		rc = spatch_failed(r, err);
	strbuf_release(&defines);
	strbuf_release(&limit);
	return rc;
}

static void forget(struct check_input *in, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		in[i].found.nr = 0;
		in[i].failed = false;
	}
}

/*
 * In a directory that no run before had: scripts may leave anything in theirs.
 * Return: 0, or why this has to be done again file by file.
 */
static int run_once(const struct check_rule *rule, const struct check_opts *o,
		    struct check_place *place, struct check_input *in,
		    size_t nr, bool together, struct err *err)
{
	struct check_place here = *place;
	struct proc_result r = { 0 };
	struct strbuf dir = STRBUF_INIT;
	int rc;

	strbuf_addf(&dir, "%s/%u", place->dir, place->runs++);
	here.dir = dir.buf;
	rc = dir_make(dir.buf, err);
	if (!rc)
		rc = put_files(&here, in, nr, err);
	if (!rc)
		rc = run(rule, o, &here, nr, &r, err);
	place->cpu += r.cpu;
	if (!rc && !check_parse(rule, place, r.out.buf, r.err.buf, in, nr,
				together))
		rc = err_set(err, ERR_FORMAT, "output that names no file");
	dir_remove(dir.buf, NULL);
	strbuf_release(&dir);
	proc_result_release(&r);
	return rc;
}

void check_batch(const struct check_rule *rule, const struct check_opts *o,
		 struct check_place *place, struct check_input *in, size_t nr,
		 bool together)
{
	struct err err = ERR_INIT;
	size_t part = nr > RETRY_MAX ? RETRY_MAX : 1, i;
	int rc = run_once(rule, o, place, in, nr, together, &err);

	if (rc == ERR_FAILED && rule->smpl.python && !rule->smpl.imports &&
	    place->any_python) {
		place->any_python = NULL;	/* perhaps it was that */
		err_clear(&err);
		forget(in, nr);
		rc = run_once(rule, o, place, in, nr, together, &err);
	}
	if (rc && nr > 1 && !together) {
		forget(in, nr);
		for (i = 0; i < nr; i += part)
			check_batch(rule, o, place, in + i,
				    nr - i < part ? nr - i : part, false);
		err_clear(&err);
		return;
	}
	if (rc) {
		for (i = 0; i < nr; i++)
			fail(place, &in[i], err.code == ERR_LIMIT ?
			     "out of time or memory" : err.msg);
		err_clear(&err);
	}
	for (i = 0; i < nr; i++)
		remake_diffs(rule, place, &in[i]);
}

int check_syntax(const struct check_rule *rule, const struct check_opts *o,
		 const char *dir, struct err *err)
{
	struct spatch s = { .dir = dir, .no_sandbox = o->no_sandbox,
			    .output_bytes = OUTPUT_BYTES };
	struct strbuf defines = STRBUF_INIT;
	struct proc_result r = { 0 };
	const char *argv[SPATCH_WORDS + 1] = {
		"--very-quiet", "--no-includes", "--temp-files", dir,
		"--parse-cocci", rule->smpl.file,
	};
	int rc;

	argv[6 + put_defines(argv + 6, &defines, rule, o)] = NULL;
	rc = spatch_exec(&s, argv, &r, err);
	if (!rc && r.status) {
		const char *p = strstr(r.err.buf, "error: ");
		const char *line = p ? strstr(p, "line ") : NULL;

		if (line)
			rc = err_set(err, ERR_FORMAT, "syntax error, %.*s",
				     (int)strcspn(line, ",\n"), line);
		else
			rc = spatch_failed(&r, err);
	}
	if (rc)
		err_prefix(err, "%s", rule->smpl.path);
	proc_result_release(&r);
	strbuf_release(&defines);
	return rc;
}
