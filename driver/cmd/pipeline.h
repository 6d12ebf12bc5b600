/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way from a tree to a sorted result, for all commands that need one.
 */
#ifndef CMD_PIPELINE_H
#define CMD_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/opts.h"
#include "base/str.h"
#include "cmd/commands.h"
#include "emit/shard.h"
#include "input/source.h"
#include "judge/result.h"
#include "link/knowledge.h"

struct reading;

struct pipeline_opts {
	const char *repo;	/* -C; NULL: the current directory */
	const char *rev;	/* NULL: HEAD */
	const char *worktree;	/* a plain directory instead of a revision */
	unsigned int threads;	/* 0: one per online CPU */
	struct opt_list rules;	/* directories with more knowledge */
	const char **paths;	/* what is reported (see source_list());
				 * none: all */
	size_t nr_paths;
	const char *cache_dir;	/* NULL: the user's */
	size_t cache_size;	/* bytes; 0: what is usual */
	bool no_cache;
	struct shard shard;	/* of them; .of 0: all */
	bool quiet;
};

/* The options above as every command offers them; for struct opts_spec. */
#define PIPELINE_OPTS(o)						\
	{ OPT_GROUP, 0, NULL, NULL, NULL, "what is read" },		\
	{ OPT_STRING, 'C', "repo", &(o)->repo, "DIR",			\
	  "the git repository (default: here)" },			\
	{ OPT_STRING, 0, "worktree", &(o)->worktree, "DIR",		\
	  "a plain directory instead of a revision" },			\
	{ OPT_LIST, 0, "rules", &(o)->rules, "DIR",			\
	  "more kernel knowledge; may be repeated" },			\
	{ OPT_JOBS, 'j', "jobs", &(o)->threads, "N",			\
	  "threads (default, and 0: one per CPU)" },				\
	{ OPT_STRING, 0, "cache-dir", &(o)->cache_dir, "DIR",		\
	  "where facts are kept between runs" },			\
	{ OPT_SIZE, 0, "cache-size", &(o)->cache_size, "BYTES",		\
	  "drop the oldest above this (default: 4G)" },			\
	{ OPT_BOOL, 0, "no-cache", &(o)->no_cache, NULL,		\
	  "read every file from source" },				\
	{ OPT_BOOL, 'q', "quiet", &(o)->quiet, NULL,			\
	  "no progress and no notes on stderr" }

/**
 * pipeline_words() - take "[REV] [-- PATH..]" out of the words that
 * opts_parse() left. @argv and the paths stay borrowed.
 */
int pipeline_words(struct pipeline_opts *o, int argc, const char **argv,
		   int dashdash, struct err *err);

/* What every such command says of its words, at the end of its .about. */
#define PIPELINE_ABOUT							\
	"\n\nPATHs are files, directories or patterns as git has them "	\
	"('fs/*/inode.c', ':!fs/xfs'); quote them from the shell. They "	\
	"limit which sites are reported, not what is read: a verdict needs "	\
	"the callers, and these are anywhere; so may be the scope that a "	\
	"site needs."

/* When such a command ends with EXIT_PARTIAL; for .partial. */
#define PIPELINE_PARTIAL						\
	"done but for files that could not be read"

struct pipeline {
	struct source *source;		/* still open, for the blobs */
	struct source_list files;	/* all C files of the tree */
	struct knowledge knowledge;
	struct result result;		/* sorted, limited to the paths */
	struct result **later;		/* of pipeline_again(), owned */
	size_t nr_later, cap_later;
	size_t nr_unreadable;		/* files that could not be read */
};

/**
 * pipeline_run() - read the whole tree, link, judge, sort.
 * @p: need not be initialised; pipeline_release() it in every case
 *
 * Files that cannot be read are gaps of the coverage, not errors.
 */
int pipeline_run(struct pipeline *p, const struct cmd_env *env,
		 const struct pipeline_opts *o, struct err *err);
void pipeline_release(struct pipeline *p);

/** pipeline_code() - EXIT_DONE; EXIT_PARTIAL with a warning when files could
 * not be read. */
int pipeline_code(const struct pipeline *p);

/* A file as it would be. */
struct changed_file {
	const char *path;
	struct strbuf text;
};

/**
 * pipeline_again() - judge the tree as it would be with @nr files changed.
 * @p: after pipeline_run() with the same options
 *
 * Return: the result, which is @p's as the strings of its tree are; NULL and
 * @err.
 */
const struct result *pipeline_again(struct pipeline *p,
				    const struct pipeline_opts *o,
				    const struct changed_file *files,
				    size_t nr, struct err *err);

/** pipeline_open() - the first step of it alone: knowledge, source, files. */
int pipeline_open(struct pipeline *p, const struct cmd_env *env,
		  const struct pipeline_opts *o, struct err *err);

/** pipeline_read() - the second: all files into @in, as reading_run() does. */
int pipeline_read(struct pipeline *p, const struct pipeline_opts *o,
		  struct reading *in, struct err *err);

#endif
