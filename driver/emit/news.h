/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The news of a night: what is there that was not there before, for the one
 * digest and for a mail to each list of MAINTAINERS. Nothing is sent.
 */
#ifndef EMIT_NEWS_H
#define EMIT_NEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/str.h"
#include "emit/night_config.h"
#include "emit/report.h"
#include "input/maintainers.h"

/* What concerns one mailing list. */
struct news_list {
	char *address;
	struct strbuf body;
	size_t nr;			/* new things */
	struct strbuf trees;		/* their names, comma between */
	size_t last_tree;		/* the one whose head stands in body */
};

struct news {
	const char *run;		/* id of the run; borrowed */
	struct night_words wanted;	/* lists; none: all */
	uint8_t confidence;		/* what mails are drafted for: this or
					 * more, enum confidence */
	struct strbuf failed, told, quiet;	/* parts of the digest */
	size_t nr_trees, nr_failed, nr_new;
	size_t nr_unsure;	/* new, but not sure enough for mails */
	struct news_list *lists;	/* sorted by address */
	size_t nr_lists, cap_lists;
};

/* One tree that was audited. */
struct news_tree {
	const char *name;
	const struct report *report;	/* with marks; without their delta when
					 * there was nothing to compare with */
	const struct tree_info *before;	/* NULL: none */
	const char *before_run;		/* its id, "" */
	const char *remark;		/* one line, "" */
	bool new_tool;			/* version or knowledge is another */
	struct maintainers *maintainers;	/* NULL: the tree has none */
};

/** news_init() - for the run called @run, which is borrowed as @wanted is;
 * the others as in struct news. */
void news_init(struct news *n, const char *run, struct night_words wanted,
	       enum confidence confidence);
void news_release(struct news *n);

/** news_failed() - the tree @name could not be audited. @last: id of the run
 * with its last report, "" none */
void news_failed(struct news *n, const char *name, const char *why,
		 const char *last);

/**
 * news_add() - take what is new in @t: findings, and sites whose verdict asks
 * for a change, unless suppressed or rejected, the surest first. All else is
 * counted. When there was nothing to compare with, nothing counts as new.
 */
void news_add(struct news *n, const struct news_tree *t);

/** news_put_digest() - the whole night as text. */
void news_put_digest(FILE *f, const struct news *n);

/**
 * news_put_mail() - the mail to list @i, headers and text, for a person to
 * look at and send. @from: "" leaves the header out
 */
void news_put_mail(FILE *f, const struct news *n, size_t i, const char *from);

/** news_mail_name() - the file name for list @i, made in @sb; false when its
 * address is none that a file can be named by. */
bool news_mail_name(const struct news *n, size_t i, struct strbuf *sb);

#endif
