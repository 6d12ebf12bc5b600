// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs of the nightly on disk: locked, listed, begun, finished, rotated.
 *
 * In: the output directory. Out: which run goes on and what earlier ones left.
 * Every file appears whole or not at all, and `done` is the last of a run, so
 * that a kill at any moment leaves a run that can be gone on with.
 */
#include "emit/nights.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "emit/jsonr.h"
#include "emit/jsonw.h"

#define ID_FORMAT	"%Y-%m-%dT%H%M%SZ"
#define ID_LEN		18

static const char *const states[NIGHT_NR] = {
	[NIGHT_OPEN] = "open",
	[NIGHT_OK] = "ok",
	[NIGHT_PARTIAL] = "partial",
	[NIGHT_FAILED] = "failed",
};

static bool is_id(const char *s)
{
	static const char form[] = "0000-00-00T000000Z";

	for (size_t i = 0; i < ID_LEN; i++)
		if (form[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	return !s[ID_LEN];
}

const char *nights_path(struct nights *n, size_t i, const char *dir,
			const char *file)
{
	return arena_printf(&n->arena, "%s/runs/%s%s%s%s%s", n->output,
			    n->runs[i].id, dir[0] ? "/" : "", dir,
			    file[0] ? "/" : "", file);
}

static bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* ---- open ---- */

/* Who holds it, as far as it says so. */
static int held(const char *path, int fd, struct err *err)
{
	char text[32] = "";
	ssize_t len = pread(fd, text, sizeof(text) - 1, 0);

	text[len > 0 ? len : 0] = '\0';
	text[strspn(text, "0123456789")] = '\0';
	return err_set(err, ERR_FAILED, "another nightly is at work: it holds "
		       "'%s'%s%s", path, text[0] ? ", process " : "", text);
}

static int lock(struct nights *n, struct err *err)
{
	const char *path = arena_printf(&n->arena, "%s/lock", n->output);
	char text[32];
	int len;

	n->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (n->lock < 0)
		return err_set(err, ERR_IO, "cannot open '%s': %s", path,
			       strerror(errno));
	if (flock(n->lock, LOCK_EX | LOCK_NB)) {
		if (errno == EWOULDBLOCK)
			return held(path, n->lock, err);
		return err_set(err, ERR_IO, "cannot lock '%s': %s", path,
			       strerror(errno));
	}
	len = snprintf(text, sizeof(text), "%ld\n", (long)getpid());
	if (ftruncate(n->lock, 0) || pwrite(n->lock, text, (size_t)len, 0) < 0)
		return err_set(err, ERR_IO, "cannot write '%s': %s", path,
			       strerror(errno));
	return 0;
}

static int cmp_runs(const void *a, const void *b)
{
	return strcmp(((const struct night_run *)a)->id,
		      ((const struct night_run *)b)->id);
}

static int list_runs(struct nights *n, struct err *err)
{
	const char *path = arena_printf(&n->arena, "%s/runs", n->output);
	struct dirent *e;
	DIR *d = opendir(path);

	if (!d)
		return err_set(err, ERR_IO, "cannot read '%s': %s", path,
			       strerror(errno));
	while ((e = readdir(d))) {
		if (!is_id(e->d_name))
			continue;
		GROW(n->runs, n->nr, n->cap);
		n->runs[n->nr].id = arena_strdup(&n->arena, e->d_name);
		n->runs[n->nr].done = false;
		n->nr++;
		n->runs[n->nr - 1].done =
			exists(nights_path(n, n->nr - 1, "", "done"));
	}
	closedir(d);
	if (n->nr)
		qsort(n->runs, n->nr, sizeof(*n->runs), cmp_runs);
	return 0;
}

int nights_open(struct nights *n, const char *output, struct err *err)
{
	int rc;

	memset(n, 0, sizeof(*n));
	arena_init(&n->arena);
	n->output = output;
	n->lock = -1;
	rc = dir_make(arena_printf(&n->arena, "%s/runs", output), err);
	if (!rc)
		rc = lock(n, err);
	return rc ? rc : list_runs(n, err);
}

void nights_close(struct nights *n)
{
	if (n->lock >= 0)
		close(n->lock);
	free(n->runs);
	arena_release(&n->arena);
	memset(n, 0, sizeof(*n));
	n->lock = -1;
}

/* ---- begin ---- */

static int64_t time_of(const char *id)
{
	struct tm tm = { 0 };

	return strptime(id, ID_FORMAT, &tm) ? timegm(&tm) : 0;
}

static bool same_config(struct nights *n, size_t i, const char *digest)
{
	struct strbuf sb = STRBUF_INIT;
	bool same = !file_read(nights_path(n, i, "", "config"), 4096, &sb,
			       NULL) && strcmp(sb.buf, digest) == 0;

	strbuf_release(&sb);
	return same;
}

static int begin_new(struct nights *n, const char *digest, int64_t now,
		     struct err *err)
{
	time_t when = (time_t)now;
	char id[32] = "";
	struct tm tm;

	/* Later than all others, also when the clock was set back. */
	if (n->nr && time_of(n->runs[n->nr - 1].id) >= now)
		when = (time_t)time_of(n->runs[n->nr - 1].id) + 1;
	if (gmtime_r(&when, &tm))
		strftime(id, sizeof(id), ID_FORMAT, &tm);
	if (!is_id(id))
		return err_set(err, ERR_FAILED, "the clock shows no usable "
			       "time");
	GROW(n->runs, n->nr, n->cap);
	n->runs[n->nr].id = arena_strdup(&n->arena, id);
	n->runs[n->nr].done = false;
	n->now = n->nr++;
	if (dir_make(nights_path(n, n->now, "", ""), err))
		return ERR_IO;
	return file_write(nights_path(n, n->now, "", "config"), digest,
			  strlen(digest), err);
}

int nights_begin(struct nights *n, const char *digest, int64_t now,
		 bool *resumed, struct err *err)
{
	size_t last = n->nr ? n->nr - 1 : 0;
	int64_t age = n->nr ? now - time_of(n->runs[last].id) : 0;

	/* An id may be ahead of the clock, see begin_new(). */
	*resumed = n->nr && !n->runs[last].done && age < NIGHT_RESUME &&
		   age > -NIGHT_RESUME && same_config(n, last, digest);
	if (!*resumed)
		return begin_new(n, digest, now, err);
	n->now = last;
	return 0;
}

/* ---- trees ---- */

static int state_parse(const char *s)
{
	for (int i = 0; i < NIGHT_NR; i++)
		if (strcmp(states[i], s) == 0)
			return i;
	return -1;
}

struct night_status nights_status(struct nights *n, size_t i, const char *dir)
{
	const char *path = nights_path(n, i, dir, "tree.json");
	struct night_status s = { NIGHT_OPEN, "", "", "" };
	struct strbuf sb = STRBUF_INIT;
	struct jsonr r = { path, &n->arena, NULL, 0 };
	json_object *o;

	if (file_read(path, 1 << 20, &sb, NULL))
		return s;
	o = jsonr_parse(&r, sb.buf, sb.len);
	if (o && json_object_get_type(o) == json_type_object) {
		s.state = (uint8_t)jsonr_enum(&r, o, "state", state_parse);
		s.why = jsonr_str(&r, o, "why");
		s.fetch = jsonr_str(&r, o, "fetch");
		s.before = jsonr_str(&r, o, "before");
	}
	json_object_put(o);
	strbuf_release(&sb);
	return r.rc ? (struct night_status){ NIGHT_OPEN, "", "", "" } : s;
}

int nights_set_status(struct nights *n, const char *dir,
		      const struct night_status *s, struct err *err)
{
	const char *path = nights_path(n, n->now, dir, "tree.json");
	struct outfile o;
	struct jsonw w;
	int rc = dir_make(nights_path(n, n->now, dir, ""), err);

	if (!rc)
		rc = outfile_open(&o, path, err);
	if (rc)
		return rc;
	jsonw_init(&w, o.f);
	jsonw_object(&w, NULL);
	jsonw_str(&w, "state", states[s->state]);
	jsonw_str(&w, "why", s->why);
	jsonw_str(&w, "fetch", s->fetch);
	jsonw_str(&w, "before", s->before);
	jsonw_end(&w);
	return outfile_commit(&o, err);
}

static bool has_report(struct nights *n, size_t i, const char *dir)
{
	uint8_t state = nights_status(n, i, dir).state;

	return state == NIGHT_OK || state == NIGHT_PARTIAL;
}

long nights_last_good(struct nights *n, const char *dir, size_t older)
{
	size_t i = older < n->now ? older : n->now;

	while (i-- > 0)
		if (n->runs[i].done && has_report(n, i, dir))
			return (long)i;
	return -1;
}

/* ---- finish ---- */

static int move_link(struct nights *n, struct err *err)
{
	const char *path = arena_printf(&n->arena, "%s/last", n->output);
	const char *tmp = arena_printf(&n->arena, "%s/last.new", n->output);
	const char *to = arena_printf(&n->arena, "runs/%s",
				      n->runs[n->now].id);

	unlink(tmp);
	if (symlink(to, tmp) || rename(tmp, path))
		return err_set(err, ERR_IO, "cannot make the link '%s': %s",
			       path, strerror(errno));
	return 0;
}

int nights_finish(struct nights *n, struct err *err)
{
	int rc = file_write(nights_path(n, n->now, "", "done"), "", 0, err);

	if (rc)
		return rc;
	n->runs[n->now].done = true;
	return move_link(n, err);
}

/* The newest report of each tree stays, however old it is. */
static void mark_needed(struct nights *n, const struct night_config *c,
			bool *needed)
{
	for (size_t t = 0; t < c->nr_trees; t++) {
		for (size_t i = n->nr; i-- > 0;) {
			if (!n->runs[i].done ||
			    !has_report(n, i, c->trees[t].dir))
				continue;
			needed[i] = true;
			break;
		}
	}
}

int nights_rotate(struct nights *n, const struct night_config *c,
		  size_t *removed, struct err *err)
{
	bool *needed = xcalloc(n->nr + 1, sizeof(*needed));
	size_t kept = 0;
	int rc = 0;

	*removed = 0;
	mark_needed(n, c, needed);
	for (size_t i = n->nr; i-- > 0 && !rc;) {
		bool stays = i >= n->now || needed[i];

		if (n->runs[i].done && kept < c->keep) {
			kept++;
			stays = true;
		}
		if (stays)
			continue;
		rc = dir_remove(nights_path(n, i, "", ""), err);
		*removed += !rc;
	}
	free(needed);
	return rc;
}
