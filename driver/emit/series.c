// SPDX-License-Identifier: GPL-2.0-only
/*
 * Proposals go in, stacked and in order; a directory of mails comes out that
 * git am takes, and, if asked for, a branch with the same as commits.
 *
 * Says what the result says: no test is claimed, nobody's agreement is made
 * up, and nothing is ever sent.
 */
#include "emit/series.h"

#include <dirent.h>
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/version.h"
#include "emit/mail.h"
#include "emit/series_text.h"

struct people {
	const char **v;
	size_t nr, cap;
};

static void add_person(struct people *p, const char *address)
{
	size_t i;

	for (i = 0; i < p->nr; i++)
		if (!strcmp(p->v[i], address))
			return;
	GROW(p->v, p->nr, p->cap);
	p->v[p->nr++] = address;
}

/* Maintainers are addressed; reviewers and lists get a copy. */
static void add_recipients(const struct series_opts *o,
			   const struct proposal *p, struct arena *a,
			   struct people *to, struct people *cc)
{
	size_t i, k;

	for (i = 0; o->maintainers && i < p->nr_files; i++) {
		struct recipients r;

		maintainers_match(o->maintainers, p->files[i], a, &r);
		for (k = 0; k < r.nr; k++)
			add_person(r.to[k].kind == RECIPIENT_MAINTAINER ?
				   to : cc, r.to[k].address);
	}
	/* who is addressed needs no copy */
	for (i = 0; i < cc->nr; i++) {
		for (k = 0; k < to->nr; k++)
			if (!strcmp(cc->v[i], to->v[k]))
				break;
		if (k == to->nr)
			continue;
		memmove(cc->v + i, cc->v + i + 1,
			(cc->nr - i - 1) * sizeof(*cc->v));
		cc->nr--;
		i--;
	}
}

enum { SERIES_ID = 24 };	/* hex digits */

/* The same series has the same ids, and no other has. */
static char *series_id(const struct series_opts *o, struct arena *a)
{
	struct digest *d = digest_new();
	const char *at = strrchr(o->from, '@');
	char hex[SERIES_ID + 1];
	size_t i;

	digest_adds(d, o->result->tree.revision);
	for (i = 0; i < o->proposals->nr; i++) {
		digest_adds(d, o->proposals->v[i].id);
		digest_adds(d, o->proposals->v[i].diff);
	}
	digest_hex(d, hex, SERIES_ID);
	return arena_printf(a, "%s-v%u-%%04zu@%.*s", hex,
			    o->version ? o->version : 1,
			    at ? (int)strcspn(at + 1, ">") : 9,
			    at ? at + 1 : "localhost");
}

static const char *message_id(const char *format, size_t n, struct arena *a)
{
	const char *p = strstr(format, "%04zu");

	return arena_printf(a, "%.*s%04zu%s", (int)(p - format), format, n,
			    p + strlen("%04zu"));
}

/* Is the file at @path a mail of ours, by the form of its id? */
static bool is_our_mail(const char *path)
{
	static const char name[] = "\nMessage-Id: <";
	struct strbuf sb = STRBUF_INIT;
	const char *id = NULL;
	struct stat st;
	size_t n = 0;

	/* one that opens a pipe would wait for whoever writes to it */
	if (!lstat(path, &st) && S_ISREG(st.st_mode) && !file_read(path, 0, &sb, NULL))
		id = strstr(sb.buf, name);
	if (id) {
		id += strlen(name);
		n = strspn(id, "0123456789abcdef");
	}
	n = n == SERIES_ID && str_starts(id + n, "-v");
	strbuf_release(&sb);
	return n;
}

/* Patches of an earlier run would be taken for some of this one. What others
 * put there stays. */
static void remove_mails(const char *dir, unsigned int version)
{
	struct strbuf path = STRBUF_INIT, prefix = STRBUF_INIT;
	DIR *d = opendir(dir);
	struct dirent *e;

	if (version > 1)
		strbuf_addf(&prefix, "v%u-", version);
	while (d && (e = readdir(d))) {
		const char *name = e->d_name;

		if (!str_starts(name, prefix.buf) ||
		    !str_ends(name, ".patch") ||
		    strspn(name + prefix.len, "0123456789") != 4)
			continue;
		strbuf_clear(&path);
		strbuf_addf(&path, "%s/%s", dir, name);
		if (is_our_mail(path.buf))
			unlink(path.buf);
	}
	if (d)
		closedir(d);
	strbuf_release(&path);
	strbuf_release(&prefix);
}

static int write_mail(const char *dir, const struct mail *m,
		      unsigned int version, struct err *err)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	int ret;

	strbuf_addf(&path, "%s/", dir);
	mail_file_name(m, version, &path);
	mail_write(m, &text);
	ret = file_write(path.buf, text.buf, text.len, err);
	strbuf_release(&path);
	strbuf_release(&text);
	return ret;
}

/* What is the same in all mails of a series. */
struct frame {
	const struct series_opts *o;
	struct arena arena;
	const char *tag, *ids, *dir;
	struct people all_to, all_cc;
};

static int write_patch(struct frame *f, size_t i, struct err *err)
{
	const struct series_opts *o = f->o;
	const struct proposal *p = &o->proposals->v[i];
	struct people to = { 0 }, cc = { 0 };
	bool alone = o->proposals->nr == 1;
	size_t k;
	struct mail m = {
		.commit = o->commits ? o->commits[i] : NULL,
		.from = o->from, .date = o->result->tree.commit_time,
		.tag = f->tag, .number = i + 1, .total = o->proposals->nr,
		.subject = series_subject(o, p, &f->arena),
		.id = message_id(f->ids, i + 1, &f->arena),
		.parent = alone ? NULL : message_id(f->ids, 0, &f->arena),
		.body = series_body(o, p, &f->arena), .diff = p->diff,
		.trailer = alone ? series_base(o, &f->arena) : NULL,
	};
	int ret;

	add_recipients(o, p, &f->arena, &to, &cc);
	for (k = 0; k < to.nr; k++)
		add_person(&f->all_to, to.v[k]);
	for (k = 0; k < cc.nr; k++)
		add_person(&f->all_cc, cc.v[k]);
	m.to = to.v;
	m.nr_to = to.nr;
	m.cc = cc.v;
	m.nr_cc = cc.nr;
	ret = write_mail(f->dir, &m, o->version, err);
	free(to.v);
	free(cc.v);
	return ret;
}

static int write_cover(struct frame *f, struct err *err)
{
	const struct series_opts *o = f->o;
	struct mail m = {
		.from = o->from, .date = o->result->tree.commit_time,
		.tag = f->tag, .number = 0, .total = o->proposals->nr,
		.subject = series_cover_subject(o, &f->arena),
		.id = message_id(f->ids, 0, &f->arena),
		.to = f->all_to.v, .nr_to = f->all_to.nr,
		.cc = f->all_cc.v, .nr_cc = f->all_cc.nr,
		.body = series_cover(o, &f->arena),
		.trailer = series_base(o, &f->arena),
	};

	return write_mail(f->dir, &m, o->version, err);
}

int series_write(const char *dir, const struct series_opts *o,
		 struct err *err)
{
	struct frame f = { .o = o, .dir = dir };
	size_t i;
	int ret;

	if (!o->proposals->nr)
		return 0;
	ret = dir_make(dir, err);
	if (ret)
		return ret;
	remove_mails(dir, o->version);
	arena_init(&f.arena);
	f.tag = o->version > 1 ?
		arena_printf(&f.arena, "%sPATCH v%u", o->rfc ? "RFC " : "",
			     o->version) :
		o->rfc ? "RFC PATCH" : "PATCH";
	f.ids = series_id(o, &f.arena);
	for (i = 0; i < o->proposals->nr && !ret; i++)
		ret = write_patch(&f, i, err);
	if (!ret && o->proposals->nr > 1)
		ret = write_cover(&f, err);
	free(f.all_to.v);
	free(f.all_cc.v);
	arena_release(&f.arena);
	return ret;
}

/* ---- commits ---- */

static int git_failed(struct err *err, const char *what)
{
	const git_error *e = git_error_last();

	return err_set(err, ERR_FAILED, "%s: %s", what,
		       e ? e->message : "libgit2 does not say why");
}

/* The tree that @diff makes of @parent's. */
static int apply_diff(git_repository *repo, git_commit *parent,
		      const char *text, git_oid *out, struct err *err)
{
	git_diff *diff = NULL;
	git_index *index = NULL;
	git_tree *tree = NULL;
	int ret = 0;

	if (git_diff_from_buffer(&diff, text, strlen(text)) ||
	    git_commit_tree(&tree, parent) ||
	    git_apply_to_tree(&index, repo, tree, diff, NULL) ||
	    git_index_write_tree_to(out, index, repo))
		ret = git_failed(err, "cannot apply a change to the branch");
	git_diff_free(diff);
	git_index_free(index);
	git_tree_free(tree);
	return ret;
}

static int commit_one(git_repository *repo, git_commit **parent,
		      const git_signature *who, const struct series_opts *o,
		      const struct proposal *p, struct arena *a,
		      struct err *err)
{
	char *message = arena_printf(a, "%s\n\n%s", series_subject(o, p, a),
				     series_body(o, p, a));
	git_commit *next = NULL;
	git_tree *tree = NULL;
	git_oid oid;
	int ret = apply_diff(repo, *parent, p->diff, &oid, err);

	if (ret)
		return ret;
	if (git_tree_lookup(&tree, repo, &oid) ||
	    git_commit_create_v(&oid, repo, NULL, who, who, NULL, message,
				tree, 1, *parent) ||
	    git_commit_lookup(&next, repo, &oid))
		ret = git_failed(err, "cannot make a commit");
	git_tree_free(tree);
	if (ret)
		return ret;
	git_commit_free(*parent);
	*parent = next;
	return 0;
}

static int make_signature(git_signature **who, const struct series_opts *o,
			  struct err *err)
{
	const char *lt = strrchr(o->from, '<');
	struct strbuf name = STRBUF_INIT, mail = STRBUF_INIT;
	int ret = 0;

	if (lt) {
		strbuf_add(&name, o->from, lt - o->from);
		while (name.len && name.buf[name.len - 1] == ' ')
			name.buf[--name.len] = '\0';
		strbuf_add(&mail, lt + 1, strcspn(lt + 1, ">"));
	}
	/* the time of the audited commit: the same series, the same commits */
	if (git_signature_new(who, name.buf, mail.buf,
			      o->result->tree.commit_time, 0))
		ret = git_failed(err, "cannot sign commits");
	strbuf_release(&name);
	strbuf_release(&mail);
	return ret;
}

static int commit_all(git_repository *repo, const char *branch,
		      const struct series_opts *o, struct arena *a,
		      const char **ids, struct err *err)
{
	git_signature *who = NULL;
	git_commit *at = NULL;
	git_reference *ref = NULL;
	git_oid oid;
	size_t i;
	int ret = make_signature(&who, o, err);

	if (!ret && (git_oid_fromstr(&oid, o->result->tree.revision) ||
		     git_commit_lookup(&at, repo, &oid)))
		ret = git_failed(err, "the audited revision is no commit");
	for (i = 0; i < o->proposals->nr && !ret; i++) {
		ret = commit_one(repo, &at, who, o, &o->proposals->v[i], a,
				 err);
		if (ret)
			break;
		ids[i] = arena_calloc(a, 1, GIT_OID_HEXSZ + 1);
		git_oid_tostr((char *)ids[i], GIT_OID_HEXSZ + 1,
			      git_commit_id(at));
	}
	/* only now: a branch that is there is whole */
	if (!ret && git_branch_create(&ref, repo, branch, at, 0))
		ret = git_failed(err, "cannot make the branch");
	git_reference_free(ref);
	git_commit_free(at);
	git_signature_free(who);
	return ret;
}

int series_commit(const char *repo, const char *branch,
		  const struct series_opts *o, struct arena *arena,
		  const char ***commits, struct err *err)
{
	git_repository *r = NULL;
	int ret;

	git_libgit2_init();
	*commits = ARENA_ARRAY(arena, const char *, o->proposals->nr);
	if (git_repository_open_ext(&r, repo, 0, NULL))
		ret = git_failed(err, "cannot open the repository");
	else
		ret = commit_all(r, branch, o, arena, *commits, err);
	git_repository_free(r);
	git_libgit2_shutdown();
	return ret;
}
