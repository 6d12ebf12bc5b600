// SPDX-License-Identifier: GPL-2.0-only
/*
 * Proposals: names of their kinds, life time. No edit is made here.
 */
#include "edit/proposal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const kind_names[PROPOSE_NR] = {
	[PROPOSE_DROP] = "drop",
	[PROPOSE_NOLOCKDEP] = "nolockdep",
	[PROPOSE_SECTION] = "section",
	[PROPOSE_FUNCTION] = "function",
	[PROPOSE_VMALLOC] = "vmalloc",
	[PROPOSE_NOOP] = "noop",
	[PROPOSE_FOLD] = "fold",
};

static const char *const check_names[] = {
	[CHECK_NOT_RUN] = "not run",
	[CHECK_OK] = "ok",
	[CHECK_FAILED] = "failed",
};

const char *proposal_kind_name(enum proposal_kind k)
{
	BUG_ON((unsigned int)k >= PROPOSE_NR);
	return kind_names[k];
}

int proposal_kind_parse(const char *s)
{
	for (int i = 0; i < PROPOSE_NR; i++)
		if (strcmp(kind_names[i], s) == 0)
			return i;
	return -1;
}

const char *check_state_name(enum check_state c)
{
	BUG_ON((unsigned int)c >= ARRAY_SIZE(check_names));
	return check_names[c];
}

int check_state_parse(const char *s)
{
	for (size_t i = 0; i < ARRAY_SIZE(check_names); i++)
		if (strcmp(check_names[i], s) == 0)
			return (int)i;
	return -1;
}

void proposals_init(struct proposals *p)
{
	memset(p, 0, sizeof(*p));
	arena_init(&p->arena);
}

void proposals_release(struct proposals *p)
{
	free(p->v);
	free(p->refused);
	arena_release(&p->arena);
	proposals_init(p);
}
