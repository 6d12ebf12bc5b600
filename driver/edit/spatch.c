// SPDX-License-Identifier: GPL-2.0-only
/*
 * A text and a semantic patch go in, the changed text comes out. Coccinelle
 * runs in a directory of its own with nothing in it that could change its
 * mind (a .cocciconfig here or in the home directory would), with every
 * option given, under limits and in a cage where the system has one.
 *
 * That it ended well says nothing about what it changed: callers check.
 */
#include "edit/spatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/proc.h"

#define WALL_SECONDS	120
#define MEMORY_BYTES	((size_t)2 << 30)
#define OUTPUT_LIMIT	((size_t)128 << 20)

static char *join(const char *dir, const char *prefix, const char *name)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "%s/%s%s", dir, prefix, name);
	return strbuf_detach(&sb);
}

int spatch_failed(const struct proc_result *r, struct err *err)
{
	const char *p = r->err.buf;

	while ((str_starts(p, "warning:") || str_starts(p, "Warning:") ||
		str_starts(p, "init_defs_builtins:") ||
		str_starts(p, "HANDLING:")) && strchr(p, '\n'))
		p = strchr(p, '\n') + 1;
	if (r->status < 0)
		return err_set(err, ERR_FAILED, "Coccinelle was ended by signal %d",
			       -r->status);
	return err_set(err, ERR_FAILED, "Coccinelle failed: %.*s",
		       *p ? (int)strcspn(p, "\n") : 16,
		       *p ? p : "it does not say ");
}

int spatch_exec(const struct spatch *s, const char *const *words,
		struct proc_result *r, struct err *err)
{
	const char *argv[SPATCH_WORDS + 2] = {
		s->program ? s->program : "spatch",
	};
	struct strbuf env_home = STRBUF_INIT, env_tmp = STRBUF_INIT;
	struct strbuf env_path = STRBUF_INIT;
	const char *path = getenv("PATH");
	const char *env[] = { NULL, NULL, NULL, "LC_ALL=C",
			      "PYTHONUNBUFFERED=1", NULL };
	struct proc_opts o = {
		.dir = s->dir, .env = env,
		.wall_seconds = s->wall_seconds ? s->wall_seconds :
						  WALL_SECONDS,
		.memory_bytes = s->memory_bytes ? s->memory_bytes :
						  MEMORY_BYTES,
		.output_bytes = s->output_bytes ? s->output_bytes : 1 << 20,
		.sandbox = !s->no_sandbox,
	};
	size_t nr = 1;
	int ret;

	for (; *words; words++) {
		BUG_ON(nr > SPATCH_WORDS);
		argv[nr++] = *words;
	}
	strbuf_addf(&env_home, "HOME=%s", s->dir);
	strbuf_addf(&env_tmp, "TMPDIR=%s", s->dir);
	strbuf_addf(&env_path, "PATH=%s", path ? path : "/usr/bin:/bin");
	env[0] = env_home.buf;
	env[1] = env_tmp.buf;
	env[2] = env_path.buf;
	ret = proc_run(argv, &o, r, err);
	strbuf_release(&env_home);
	strbuf_release(&env_tmp);
	strbuf_release(&env_path);
	return ret;
}

static int run(const struct spatch *s, const char *in, const char *out,
	       struct proc_result *r, struct err *err)
{
	const char *const words[] = {
		"--very-quiet", "--no-show-diff", "--no-includes",
		"--include-headers", "--max-width", "100", "--jobs", "1",
		"--temp-files", s->dir, "--sp-file", s->rules, in, "-o", out,
		NULL,
	};

	return spatch_exec(s, words, r, err);
}

int spatch_run(const struct spatch *s, const char *name,
	       const struct strbuf *in, struct strbuf *out, double *cpu,
	       struct err *err)
{
	struct proc_result r = { 0 };
	char *from = join(s->dir, "", name), *to = join(s->dir, "new_", name);
	int ret;

	unlink(to);
	ret = file_put(from, in->buf, in->len, err);
	if (ret)
		goto out_names;
	ret = run(s, from, to, &r, err);
	if (cpu)
		*cpu += r.cpu;
	if (!ret && r.status)
		ret = spatch_failed(&r, err);
	if (!ret && access(to, F_OK))
		ret = spatch_failed(&r, err);
	if (!ret)
		ret = file_read(to, OUTPUT_LIMIT, out, err);
	proc_result_release(&r);
	unlink(from);
	unlink(to);
out_names:
	free(from);
	free(to);
	return ret;
}

bool spatch_python(const struct spatch *s, struct strbuf *out)
{
	static const char *const words[] = {
		"-I", "-S", "-c", "import sys; print(sys.executable)", NULL,
	};
	struct spatch python = *s;
	struct proc_result r = { 0 };
	struct err err = ERR_INIT;
	const char *p;
	bool ok;

	python.program = "python3";
	ok = !spatch_exec(&python, words, &r, &err) && !r.status;
	p = ok ? r.out.buf : "";
	/* one line, one absolute path */
	ok = p[0] == '/' && p[strcspn(p, "\n")] && !p[strcspn(p, "\n") + 1];
	if (ok)
		strbuf_add(out, p, strcspn(p, "\n"));
	err_clear(&err);
	proc_result_release(&r);
	return ok;
}

static bool is_binary(const char *path)
{
	char head[4] = "";
	FILE *f = access(path, X_OK) ? NULL : fopen(path, "re");
	bool ok = f && fread(head, sizeof(head), 1, f) == 1 &&
		  !memcmp(head, "\177ELF", sizeof(head));

	if (f)
		fclose(f);
	return ok;
}

bool spatch_any_python(struct strbuf *out)
{
	const char *p = getenv("PATH");
	struct strbuf path = STRBUF_INIT;
	bool ok = false;
	size_t len;

	for (p = p ? p : "/usr/bin:/bin"; *p && !ok; p += len + !!p[len]) {
		len = strcspn(p, ":");
		strbuf_clear(&path);
		strbuf_add(&path, p, len);
		strbuf_adds(&path, "/python3");
		ok = *p == '/' && is_binary(path.buf);
	}
	if (ok)
		strbuf_adds(out, path.buf);
	strbuf_release(&path);
	return ok;
}

int spatch_version(const char *program, struct strbuf *out, struct err *err)
{
	const char *argv[] = { program ? program : "spatch", "--version",
			       NULL };
	struct strbuf path = STRBUF_INIT;
	const char *env[] = { NULL, "HOME=/nonexistent", "LC_ALL=C", NULL };
	/* a .cocciconfig would be obeyed here, too */
	struct proc_opts o = { .wall_seconds = 10, .dir = "/", .env = env };
	struct proc_result r = { 0 };
	const char *word = "version ", *p;
	unsigned long major, minor = 0;
	char *end;
	int ret;

	strbuf_addf(&path, "PATH=%s",
		    getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
	env[0] = path.buf;
	ret = proc_run(argv, &o, &r, err);

	if (!ret) {
		p = strstr(r.out.buf, word);
		p = p ? p + strlen(word) : "?";
		major = strtoul(p, &end, 10);
		if (*end == '.')
			minor = strtoul(end + 1, NULL, 10);
		if (major < 1 || (major == 1 && minor < 1))
			ret = err_set(err, ERR_FAILED, "Coccinelle %.*s is too old, 1.1 is needed",
				      (int)strcspn(p, " \n"), p);
		else
			strbuf_add(out, p, strcspn(p, " \n"));
	}
	proc_result_release(&r);
	strbuf_release(&path);
	return ret;
}
