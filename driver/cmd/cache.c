// SPDX-License-Identifier: GPL-2.0-only
/*
 * gfpscope cache: shows, checks or empties the directory where facts are kept
 * between runs. Looks at no kernel and makes no directory.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/opts.h"
#include "base/str.h"
#include "cmd/commands.h"
#include "input/factcache.h"

static void print_info(const char *dir, const struct factcache_info *info)
{
	printf("%s: %zu bytes, %zu records in %zu segments\n", dir, info->bytes,
	       info->records, info->segments);
	if (info->versions > 1)
		printf("of %zu versions of the reader\n", info->versions);
	if (info->foreign)
		printf("%zu segments of another format\n", info->foreign);
	if (info->unfinished)
		printf("%zu unfinished segments\n", info->unfinished);
}

/* @records: read and check everything. Damage is a failure then. */
static int do_show(const char *dir, bool records, struct err *err)
{
	struct factcache_info info;
	int ret = factcache_inspect(dir, records, records ? stdout : NULL,
				    &info, err);

	/* An empty cache is a fine one. */
	if (ret == ERR_NOT_FOUND) {
		err_clear(err);
		printf("%s: 0 bytes, 0 records in 0 segments\n", dir);
		return 0;
	}
	if (ret)
		return ret;
	print_info(dir, &info);
	if (!info.damaged_segments && !info.damaged_records)
		return 0;
	return err_set(err, ERR_FORMAT,
		       "%zu segments and %zu records are damaged; they will be made again from source",
		       info.damaged_segments, info.damaged_records);
}

static int do_clear(const char *dir, struct err *err)
{
	int ret = factcache_clear(dir, err);

	if (ret == ERR_NOT_FOUND) {
		err_clear(err);
		return 0;
	}
	return ret;
}

static int run(int argc, const char **argv, const char *dir, struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	const char *what = argc > 1 ? argv[1] : "show";
	int ret;

	if (argc > 2)
		return err_set(err, ERR_USAGE, "too many words");
	if (!dir && !factcache_default_dir(&sb))
		return err_set(err, ERR_USAGE,
			       "neither XDG_CACHE_HOME nor HOME is set; say --cache-dir");
	if (!dir)
		dir = sb.buf;
	if (!strcmp(what, "show"))
		ret = do_show(dir, false, err);
	else if (!strcmp(what, "verify"))
		ret = do_show(dir, true, err);
	else if (!strcmp(what, "clear"))
		ret = do_clear(dir, err);
	else
		ret = err_set(err, ERR_USAGE,
			      "'%s' is none of show, verify, clear", what);
	strbuf_release(&sb);
	return ret;
}

int cmd_cache(const struct cmd_env *env, int argc, const char **argv)
{
	static const char *const usage[] = {
		"gfpscope cache [--cache-dir DIR] [show | verify | clear]",
		NULL,
	};
	const char *dir = NULL;
	const struct opt opts[] = {
		{ OPT_STRING, 0, "cache-dir", &dir, "DIR",
		  "another place than the user's cache directory" },
		{ OPT_END },
	};
	const struct opts_spec spec = {
		.usage = usage,
		.about = "Facts about files that were read once are kept, so that a second run\n"
			 "only reads what changed, and so are whole trees that were linked. 'show'\n"
			 "tells what is there, 'verify' checks every byte of it, 'clear' removes it.\n"
			 "It is always safe to remove.",
		.opts = opts,
	};
	struct err err = ERR_INIT;
	int ret;

	ret = opts_parse(&argc, argv, &spec, NULL, &err);
	if (ret == 1)
		return EXIT_DONE;
	if (!ret)
		ret = run(argc, argv, dir, &err);
	return ret ? cmd_failed("cache", &err) : EXIT_DONE;
}
