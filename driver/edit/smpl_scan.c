// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which words of a semantic patch stand in a text, and whether that is enough
 * for it to matter there.
 *
 * A whole tree is looked through, nearly all of it in vain. Two bytes are
 * looked at, as far from where a word may begin as the shortest word is long:
 * what they tell is by how much to go on (Wu and Manber).
 */
#include "edit/smpl.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NR_PAIRS	4096	/* power of two */
#define MAX_WINDOW	200	/* fits a byte */

static size_t pair_of(const char *p)
{
	return ((size_t)(unsigned char)p[0] * 61 + (unsigned char)p[1]) &
	       (NR_PAIRS - 1);
}

void smpl_scan_prepare(struct smpl *s)
{
	size_t window = MAX_WINDOW;

	for (size_t i = 0; i < s->nr_words; i++)
		if (strlen(s->words[i]) < window)
			window = strlen(s->words[i]);
	if (!s->nr_words || window < 2)
		return;
	s->window = (uint8_t)window;
	s->skip = xmalloc(NR_PAIRS);
	memset(s->skip, (int)window - 1, NR_PAIRS);
	for (size_t i = 0; i < s->nr_words; i++)
		for (size_t at = 0; at + 2 <= window; at++) {
			uint8_t *skip = &s->skip[pair_of(s->words[i] + at)];

			if (*skip > window - 2 - at)
				*skip = (uint8_t)(window - 2 - at);
		}
}

/* The word that begins at @p; return: where it ends. */
static const char *look_up(const struct smpl *s, const char *p,
			   const char *end, uint8_t *seen)
{
	const char *start = p;
	uint32_t h = 2166136261u;
	size_t i, n;

	for (; p < end && smpl_in_word(*p); p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	n = (size_t)(p - start);
	for (i = h & (s->nr_index - 1); s->index[i];
	     i = (i + 1) & (s->nr_index - 1)) {
		const char *w = s->words[s->index[i] - 1];

		if (!strncmp(w, start, n) && !w[n]) {
			seen[s->index[i] - 1] = 1;
			break;
		}
	}
	return p;
}

static void scan_by_word(const struct smpl *s, const char *text, size_t len,
			 uint8_t *seen)
{
	const char *p = text, *end = text + len;

	while (p < end) {
		if (smpl_in_word(*p))
			p = look_up(s, p, end, seen);
		else
			p++;
	}
}

void smpl_scan(const struct smpl *s, const char *text, size_t len,
	       uint8_t *seen)
{
	size_t window = s->window, i = window;

	if (!s->nr_words)
		return;
	if (!s->skip) {
		scan_by_word(s, text, len, seen);
		return;
	}
	while (i <= len) {
		size_t skip = s->skip[pair_of(text + i - 2)];
		const char *p = text + i - window;

		if (skip) {
			i += skip;
			continue;
		}
		if (smpl_in_word(*p) && (p == text || !smpl_in_word(p[-1])))
			look_up(s, p, text + len, seen);
		i++;
	}
}

static bool holds(const struct smpl *s, uint32_t node, const uint8_t *seen)
{
	uint8_t few[256], *value = few;
	bool ret;

	if (node >= sizeof(few))
		value = xmalloc(node + 1);
	for (uint32_t i = 0; i <= node; i++) {
		const struct smpl_node *n = &s->nodes[i];

		value[i] = n->op == NODE_YES ||
			   (n->op == NODE_WORD && seen[n->a]) ||
			   (n->op == NODE_AND && value[n->a] && value[n->b]) ||
			   (n->op == NODE_OR && (value[n->a] || value[n->b]));
	}
	ret = value[node];
	if (value != few)
		free(value);
	return ret;
}

bool smpl_wants_file(const struct smpl *s, const uint8_t *seen)
{
	if (s->any_file)
		return true;
	for (size_t i = 0; i < s->nr_rules; i++)
		if (s->rules[i].root && holds(s, s->rules[i].needs, seen))
			return true;
	return false;
}

bool smpl_wants_function(const struct smpl *s, const uint8_t *seen)
{
	if (s->whole)
		return true;
	for (size_t i = 0; i < s->nr_rules; i++)
		if (!s->rules[i].script && holds(s, s->rules[i].needs, seen))
			return true;
	return false;
}
