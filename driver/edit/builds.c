// SPDX-License-Identifier: GPL-2.0-only
/*
 * A changed file and a build directory go in; whether the file compiles comes
 * out. kbuild keeps the command of each object in .NAME.o.cmd: it is run once
 * more on a copy of the changed text, checking only, with the directory of
 * the original in front for "quoted" headers. No shell takes part, and
 * nothing is written to the build directory.
 */
#include "edit/builds.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"

#define CMD_LIMIT	((size_t)4 << 20)
#define WALL_SECONDS	120
#define WHY_BYTES	600

struct words {
	char **v;
	size_t nr, cap;
};

static void add_word(struct words *w, const char *s)
{
	GROW(w->v, w->nr, w->cap);
	w->v[w->nr++] = s ? xstrdup(s) : NULL;
}

/* One word from *@p on; false at the end of the command. */
static bool next_word(const char **p, struct strbuf *word)
{
	const char *s = *p + strspn(*p, " \t");
	char quote = 0;

	strbuf_clear(word);
	if (!*s || *s == ';' || *s == '\n')
		return false;
	for (; *s && *s != '\n'; s++) {
		if (quote && *s == quote) {
			quote = 0;
		} else if (!quote && (*s == '\'' || *s == '"')) {
			quote = *s;
		} else if (!quote && (*s == ' ' || *s == '\t' || *s == ';')) {
			break;
		} else {
			if (*s == '\\' && quote != '\'' && s[1])
				s++;
			strbuf_addc(word, *s);
		}
	}
	*p = s;
	return true;
}

char **builds_split(const char *command)
{
	struct strbuf word = STRBUF_INIT;
	struct words w = { 0 };

	while (next_word(&command, &word))
		add_word(&w, word.buf);
	add_word(&w, NULL);
	strbuf_release(&word);
	return w.v;
}

static void free_words(char **v)
{
	size_t i;

	for (i = 0; v && v[i]; i++)
		free(v[i]);
	free(v);
}

/* The saved command of @path, NULL when there is none. */
static char **saved_command(const char *build, const char *path)
{
	struct strbuf name = STRBUF_INIT, text = STRBUF_INIT;
	const char *base = strrchr(path, '/'), *p;
	char **v = NULL;

	base = base ? base + 1 : path;
	if (!str_ends(path, ".c"))
		return NULL;
	strbuf_addf(&name, "%s/%.*s.%.*so.cmd", build, (int)(base - path),
		    path, (int)strlen(base) - 1, base);
	if (!file_read(name.buf, CMD_LIMIT, &text, NULL)) {
		p = strstr(text.buf, " := ");
		if (p)
			v = builds_split(p + strlen(" := "));
	}
	strbuf_release(&name);
	strbuf_release(&text);
	return v;
}

/* The command without its outputs, for @copy in place of the source. */
static char **make_command(char **saved, const char *path, const char *copy)
{
	struct strbuf dir = STRBUF_INIT;
	struct words w = { 0 };
	size_t i;

	for (i = 0; saved[i]; i++) {
		const char *s = saved[i], *slash;

		if (!strcmp(s, "-o") && saved[i + 1]) {
			i++;
		} else if (!strcmp(s, "-c") || str_starts(s, "-Wp,-M")) {
			continue;
		} else if (str_ends(s, path) && !saved[i + 1]) {
			slash = strrchr(s, '/');
			strbuf_clear(&dir);
			strbuf_add(&dir, s, slash ? slash - s : 0);
			add_word(&w, "-iquote");
			add_word(&w, dir.len ? dir.buf : ".");
		} else {
			add_word(&w, s);
		}
	}
	add_word(&w, "-fsyntax-only");
	add_word(&w, copy);
	add_word(&w, NULL);
	strbuf_release(&dir);
	return w.v;
}

/* The lines that say "error", some of them. */
static void explain(const struct strbuf *text, struct strbuf *why)
{
	const char *p = text->buf;

	while (*p && why->len < WHY_BYTES) {
		size_t n = strcspn(p, "\n");

		if (memmem(p, n, "error", 5)) {
			if (why->len)
				strbuf_adds(why, "; ");
			strbuf_add(why, p, n);
		}
		p += n + (p[n] == '\n');
	}
	if (!why->len)
		strbuf_adds(why, "the compiler failed and does not say why");
}

enum check_state builds_check(const char *build, const char *dir,
			      const char *path, const char *text, size_t len,
			      struct strbuf *why)
{
	char **saved = saved_command(build, path), **argv = NULL;
	const char *base = strrchr(path, '/');
	struct strbuf copy = STRBUF_INIT;
	struct proc_result r = { 0 };
	struct proc_opts o = { .dir = build, .wall_seconds = WALL_SECONDS };
	enum check_state state = CHECK_NOT_RUN;
	struct err err = ERR_INIT;

	if (!saved)
		return CHECK_NOT_RUN;
	strbuf_addf(&copy, "%s/%s", dir, base ? base + 1 : path);
	if (!file_write(copy.buf, text, len, &err)) {
		argv = make_command(saved, path, copy.buf);
		if (!proc_run((const char *const *)argv, &o, &r, &err))
			state = r.status ? CHECK_FAILED : CHECK_OK;
		if (state == CHECK_FAILED)
			explain(&r.err, why);
		proc_result_release(&r);
	}
	if (err.code)
		strbuf_adds(why, err.msg);
	unlink(copy.buf);
	err_clear(&err);
	free_words(saved);
	free_words(argv);
	strbuf_release(&copy);
	return state;
}
