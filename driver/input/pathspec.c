// SPDX-License-Identifier: GPL-2.0-only
/*
 * Paths as the user names them: words in, a yes or no for each path of a tree
 * out. Plain prefixes are compared as bytes; only what holds a wildcard goes
 * through fnmatch(). Knows nothing of trees; no :(long) magic as git has it.
 */
#include "input/pathspec.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static const char wild[] = "*?[\\";

/* The word without "./", double and last slashes; NULL when it has "..". */
static char *normalize(const char *word)
{
	struct strbuf sb = STRBUF_INIT;

	while (*word) {
		size_t n = strcspn(word, "/");

		if (n == 2 && !memcmp(word, "..", 2)) {
			strbuf_release(&sb);
			return NULL;
		}
		if (n && !(n == 1 && word[0] == '.')) {
			if (sb.len)
				strbuf_addc(&sb, '/');
			strbuf_add(&sb, word, n);
		}
		word += n + (word[n] == '/');
	}
	return strbuf_detach(&sb);
}

static int add_word(struct pathspec *ps, const char *word, struct err *err)
{
	struct pathspec_item *item = &ps->items[ps->nr];
	const char *path = word;

	if (word[0] == ':' && (word[1] == '!' || word[1] == '^')) {
		item->exclude = true;
		path += 2;
	}
	if (!*path)
		return err_set(err, ERR_USAGE, "'%s' names no path", word);
	if (*path == '/')
		return err_set(err, ERR_USAGE,
			       "path '%s' must be relative to the top of the tree",
			       word);
	item->pattern = normalize(path);
	if (!item->pattern)
		return err_set(err, ERR_USAGE, "path '%s' leaves the tree",
			       word);
	item->literal = strcspn(item->pattern, wild);
	ps->nr++;
	if (!item->exclude)
		ps->nr_include++;
	return 0;
}

int pathspec_init(struct pathspec *ps, const char *const *words, size_t nr,
		  struct err *err)
{
	size_t i;
	int ret;

	ps->nr = ps->nr_include = 0;
	ps->items = xcalloc(nr + 1, sizeof(*ps->items));
	for (i = 0; i < nr; i++) {
		ret = add_word(ps, words[i], err);
		if (ret)
			return ret;
	}
	return 0;
}

void pathspec_release(struct pathspec *ps)
{
	size_t i;

	for (i = 0; i < ps->nr; i++)
		free(ps->items[i].pattern);
	free(ps->items);
	ps->items = NULL;
	ps->nr = ps->nr_include = 0;
}

static bool item_matches(const struct pathspec_item *item, const char *path)
{
	if (!item->pattern[item->literal])
		return !*item->pattern || path_is_below(path, item->pattern);
	if (strncmp(path, item->pattern, item->literal))
		return false;
	return !fnmatch(item->pattern, path, FNM_LEADING_DIR) ||
	       !fnmatch(item->pattern, path, 0);
}

bool pathspec_match(struct pathspec *ps, const char *path)
{
	bool selected = !ps->nr_include;
	size_t i;

	for (i = 0; i < ps->nr; i++)
		if (ps->items[i].exclude && item_matches(&ps->items[i], path))
			return false;
	for (i = 0; i < ps->nr; i++) {
		struct pathspec_item *item = &ps->items[i];

		if (!item->exclude && item_matches(item, path))
			selected = item->matched = true;
	}
	return selected;
}

static bool item_enters(const struct pathspec_item *item, const char *dir)
{
	size_t len = strlen(dir);

	if (item_matches(item, dir))
		return true;
	if (!item->pattern[item->literal])
		return path_is_below(item->pattern, dir);
	/* A wildcard may reach anywhere below what stands before it. */
	if (len < item->literal)
		return !strncmp(item->pattern, dir, len) &&
		       item->pattern[len] == '/';
	return !strncmp(item->pattern, dir, item->literal);
}

bool pathspec_enters(const struct pathspec *ps, const char *dir)
{
	size_t i;

	for (i = 0; i < ps->nr; i++)
		if (ps->items[i].exclude && item_matches(&ps->items[i], dir))
			return false;
	if (!ps->nr_include)
		return true;
	for (i = 0; i < ps->nr; i++)
		if (!ps->items[i].exclude && item_enters(&ps->items[i], dir))
			return true;
	return false;
}

const char *pathspec_unmatched(const struct pathspec *ps)
{
	size_t i;

	for (i = 0; i < ps->nr; i++)
		if (!ps->items[i].exclude && !ps->items[i].matched)
			return ps->items[i].pattern;
	return NULL;
}
