// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words of --only, and whether a site is among them.
 */
#include "cmd/selection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "emit/read_report.h"

#define ID_LEN	16

/* Verdicts that lead to a change at all; the last needs a person's word. */
#define USUAL	(1 << VERDICT_REDUNDANT | 1 << VERDICT_UNNEEDED |	\
		 1 << VERDICT_NOLOCKDEP | 1 << VERDICT_SCOPE |		\
		 1 << VERDICT_VMALLOC | 1 << VERDICT_NOOP)
#define ALL	(USUAL | 1 << VERDICT_INSTANCE)

static int take(struct selection *s, const char *word, struct err *err)
{
	int n = verdict_parse(word);

	if (n >= 0) {
		if (!(1 << n & ALL))
			return err_set(err, ERR_USAGE,
				       "nothing is ever changed where the verdict is '%s'",
				       word);
		s->verdicts |= 1 << n;
		return 0;
	}
	n = confidence_parse(word);
	if (n >= 0) {
		if (!s->confidence_given || n > s->confidence)
			s->confidence = n;
		s->confidence_given = true;
	} else if (strlen(word) == ID_LEN &&
		   strspn(word, "0123456789abcdef") == ID_LEN) {
		s->ids[s->nr_ids++] = word;
	} else {
		s->paths[s->nr_paths++] = word;
	}
	return 0;
}

int selection_parse(struct selection *s, const struct opt_list *words,
		    struct err *err)
{
	size_t i;
	int rc = 0;

	memset(s, 0, sizeof(*s));
	s->ids = xcalloc(words->nr + 1, sizeof(*s->ids));
	s->paths = xcalloc(words->nr + 1, sizeof(*s->paths));
	s->confidence = CONF_HIGH;
	for (i = 0; i < words->nr && !rc; i++)
		rc = take(s, words->v[i], err);
	return rc;
}

void selection_release(struct selection *s)
{
	free(s->ids);
	free(s->paths);
	free(s->from);
	memset(s, 0, sizeof(*s));
}

static void from_key(const struct result_site *site, char out[24])
{
	snprintf(out, 24, "%s %u", site->id, site->verdict);
}

static int from_cmp(const void *a, const void *b)
{
	return strcmp(a, b);
}

int selection_from(struct selection *s, const char *path,
		   const char *revision, struct err *err)
{
	struct report_file f;
	size_t i;
	int rc;

	report_file_init(&f);
	rc = report_file_read(path, &f, err);
	if (!rc && strcmp(f.result.tree.revision, revision))
		rc = err_set(err, ERR_USAGE, "%s is a report of %.12s, this is %.12s",
			     path, f.result.tree.revision, revision);
	if (!rc) {
		s->nr_from = f.result.nr_sites;
		s->from = xcalloc(s->nr_from + 1, sizeof(*s->from));
		for (i = 0; i < s->nr_from; i++)
			from_key(&f.result.sites[i], s->from[i]);
		qsort(s->from, s->nr_from, sizeof(*s->from), from_cmp);
	}
	report_file_release(&f);
	return rc;
}

bool selection_has(const struct selection *s, const struct result_site *site)
{
	uint32_t verdicts = s->verdicts ? s->verdicts : USUAL;
	char key[24];
	size_t i;

	if (!(1 << site->verdict & verdicts) ||
	    site->confidence > s->confidence)
		return false;
	from_key(site, key);
	if (s->from && !bsearch(key, s->from, s->nr_from, sizeof(*s->from),
				from_cmp))
		return false;
	for (i = 0; i < s->nr_ids; i++)
		if (!strcmp(s->ids[i], site->id))
			break;
	if (s->nr_ids && i == s->nr_ids)
		return false;
	for (i = 0; i < s->nr_paths; i++)
		if (path_is_below(site->path, s->paths[i]))
			break;
	return !s->nr_paths || i < s->nr_paths;
}

size_t selection_unsure(const struct selection *s, const struct result *r)
{
	struct selection any = *s;
	size_t i, nr = 0;

	any.confidence = CONF_NR;
	for (i = 0; i < r->nr_sites; i++)
		nr += selection_has(&any, &r->sites[i]) &&
		      !selection_has(s, &r->sites[i]);
	return nr;
}
