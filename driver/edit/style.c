// SPDX-License-Identifier: GPL-2.0-only
/*
 * A diff goes in, the complaints of the tree's own checkpatch.pl come out,
 * less those that the old lines had already: `if (!(p = kmalloc(..)))` was so
 * before.
 *
 * The script is the audited tree's and runs as Coccinelle does: shut in, with
 * limits, in a directory of its own.
 */
#include "edit/style.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"

#define SCRIPT		"scripts/checkpatch.pl"
#define WALL_SECONDS	120
#define MEMORY_BYTES	((size_t)1 << 30)

static int copy_file(const char *dir, const char *path,
		     int (*read)(void *ctx, const char *path,
				 struct strbuf *out, struct err *err),
		     void *ctx, bool *there, struct err *err)
{
	struct strbuf text = STRBUF_INIT, name = STRBUF_INIT;
	int ret = 0;

	*there = !read(ctx, path, &text, NULL);
	if (*there) {
		strbuf_addf(&name, "%s/%s", dir, path);
		ret = file_write(name.buf, text.buf, text.len, err);
	}
	strbuf_release(&text);
	strbuf_release(&name);
	return ret;
}

int style_init(struct style *s, const char *dir,
	       int (*read)(void *ctx, const char *path, struct strbuf *out,
			   struct err *err),
	       void *ctx, struct err *err)
{
	static const char *const others[] = {
		"scripts/spelling.txt", "scripts/const_structs.checkpatch",
	};
	struct strbuf name = STRBUF_INIT;
	bool there;
	size_t i;
	int ret;

	strbuf_addf(&name, "%s/scripts", dir);
	ret = dir_make(name.buf, err);
	strbuf_release(&name);
	if (!ret)
		ret = copy_file(dir, SCRIPT, read, ctx, &there, err);
	if (ret || !there)
		return ret;
	strbuf_addf(&name, "%s/" SCRIPT, dir);
	s->script = strbuf_detach(&name);
	for (i = 0; i < ARRAY_SIZE(others) && !ret; i++)
		ret = copy_file(dir, others[i], read, ctx, &there, err);
	return ret;
}

void style_release(struct style *s)
{
	free(s->script);
	s->script = NULL;
}

/* Its lines about @diff, appended to @out. False: it did not come to an end. */
static bool ask(const struct style *s, const char *dir,
		const struct strbuf *diff, double *cpu, struct strbuf *out)
{
	const char *argv[] = {
		"perl", s->script, "--no-tree", "--no-signoff", "--terse",
		"--show-types", "--no-summary", "--quiet", "--color=never",
		"-", NULL,
	};
	struct strbuf path = STRBUF_INIT;
	const char *env[] = { NULL, "HOME=/nonexistent", "LC_ALL=C", NULL };
	struct proc_opts o = {
		.dir = dir, .env = env, .input = diff->buf,
		.input_len = diff->len, .wall_seconds = WALL_SECONDS,
		.memory_bytes = MEMORY_BYTES, .output_bytes = 1 << 20,
		.sandbox = !s->no_sandbox,
	};
	struct proc_result r = { 0 };
	int ret;

	strbuf_addf(&path, "PATH=%s",
		    getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
	env[0] = path.buf;
	ret = proc_run(argv, &o, &r, NULL);
	*cpu += r.cpu;
	if (!ret && (r.status == 0 || (r.status == 1 && r.out.len)))
		strbuf_add(out, r.out.buf, r.out.len);
	else
		ret = ERR_FAILED;
	proc_result_release(&r);
	strbuf_release(&path);
	return !ret;
}

/* `-:12: WARNING:LONG_LINE: text`: where "LONG_LINE: text" starts, NULL. */
static const char *complaint(const char *line)
{
	static const char *const levels[] = { "ERROR:", "WARNING:" };
	const char *p;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		p = strstr(line, levels[i]);
		if (p && p < line + strcspn(line, "\n"))
			return p + strlen(levels[i]);
	}
	return NULL;
}

/* How many complaints of the type at @type are in @text? */
static size_t count(const char *text, const char *type)
{
	size_t len = strcspn(type, ":\n") + 1, nr = 0;
	const char *p;

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		p = complaint(text);
		nr += p && !strncmp(p, type, len);
	}
	return nr;
}

/* The first type that @now has more of than @before. */
static const char *first_new(const char *now, const char *before)
{
	const char *p, *text = now;

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		p = complaint(text);
		if (p && count(now, p) > count(before, p))
			return p;
	}
	return NULL;
}

static bool ask_back(const struct style *s, const char *dir,
		     const char *attributes, const struct diff_file *files,
		     size_t nr, double *cpu, struct strbuf *out)
{
	struct diff_file *back = xcalloc(nr, sizeof(*back));
	struct strbuf diff = STRBUF_INIT;
	bool ok;
	size_t i;

	for (i = 0; i < nr; i++)
		back[i] = (struct diff_file){
			.path = files[i].path,
			.old = files[i].new, .old_len = files[i].new_len,
			.new = files[i].old, .new_len = files[i].old_len,
		};
	ok = !diff_make(dir, attributes, back, nr, &diff, NULL) &&
	     ask(s, dir, &diff, cpu, out);
	strbuf_release(&diff);
	free(back);
	return ok;
}

enum check_state style_check(const struct style *s, const char *dir,
			     const char *attributes,
			     const struct strbuf *diff,
			     const struct diff_file *files, size_t nr,
			     double *cpu, struct strbuf *why)
{
	struct strbuf now = STRBUF_INIT, before = STRBUF_INIT;
	enum check_state state = CHECK_NOT_RUN;
	const char *p;

	if (!s->script || !ask(s, dir, diff, cpu, &now))
		goto out;
	p = first_new(now.buf, "");
	if (p && !ask_back(s, dir, attributes, files, nr, cpu, &before))
		goto out;
	p = p ? first_new(now.buf, before.buf) : NULL;
	state = p ? CHECK_FAILED : CHECK_OK;
	if (p)
		strbuf_add(why, p, strcspn(p, "\n"));
out:
	strbuf_release(&now);
	strbuf_release(&before);
	return state;
}
