// SPDX-License-Identifier: GPL-2.0-only
/*
 * Not a test by itself: prints the recipients of the paths on stdin in the
 * words of get_maintainer.pl, each line with its path before it. What compares
 * the two on a real tree is corpus/kernel/check-maintainers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/maintainers.h"
#include "input/source.h"

static void print_recipients(struct maintainers *m, const char *path)
{
	struct recipients r;
	struct arena arena;
	size_t i;

	arena_init(&arena);
	maintainers_match(m, path, &arena, &r);
	for (i = 0; i < r.nr; i++)
		printf("%s: %s (%s)\n", path, r.to[i].address, r.to[i].role);
	arena_release(&arena);
}

int main(int argc, const char **argv)
{
	struct err err = ERR_INIT;
	struct maintainers *m = NULL;
	struct source *s = NULL;
	char line[4096];

	if (argc != 3) {
		fprintf(stderr, "usage: probe_maintainers REPO REV <PATHS\n");
		return EXIT_USAGE;
	}
	if (!source_open_git(&s, argv[1], argv[2], &err))
		m = maintainers_load(s, &err);
	if (!m) {
		fprintf(stderr, "probe_maintainers: %s\n", err.msg);
		return EXIT_FAILED;
	}
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		print_recipients(m, line);
	}
	maintainers_free(m);
	source_close(s);
	return 0;
}
