// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two versions of a file go in; which token of the one is which of the other
 * comes out, by the shortest edit script (Myers 1986). Versions here differ
 * by a few statements, so the script is short; a long one ends the attempt.
 */
#include "edit/remap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MAX_SCRIPT	6000	/* tokens inserted and deleted */

/* The furthest points of each script length: row d has 2 * d + 1 entries. */
struct rows {
	int32_t **v;
	int nr;
};

static int32_t row_get(const struct rows *r, int d, int k)
{
	return k < -d || k > d ? -1 : r->v[d][k + d];
}

static bool same(const struct remap *m, uint32_t a, uint32_t b)
{
	return text_same(&m->from, a, &m->to, b);
}

static int32_t slide(const struct remap *m, int32_t x, int32_t k)
{
	while (x < (int32_t)m->from.nr && x - k < (int32_t)m->to.nr &&
	       same(m, x, x - k))
		x++;
	return x;
}

/* Grow rows until the ends are met; the length of the script, or -1. */
static int forward(const struct remap *m, struct rows *r)
{
	int32_t n = m->from.nr, goal = n - (int32_t)m->to.nr;
	int d, k;

	for (d = 0; d <= MAX_SCRIPT; d++) {
		r->v[d] = xmalloc((2 * d + 1) * sizeof(**r->v));
		r->nr = d + 1;
		for (k = -d; k <= d; k += 2) {
			int32_t down, right, x = 0;

			if (d) {
				down = row_get(r, d - 1, k + 1);
				right = row_get(r, d - 1, k - 1) + 1;
				x = k == -d || (k != d && right <= down) ?
				    down : right;
			}
			/* an odd k of an even d was never reached */
			r->v[d][k + d] = x < k || x < 0 ? -1 : slide(m, x, k);
			if (k < d)
				r->v[d][k + d + 1] = -1;
			if (k == goal && r->v[d][k + d] >= n)
				return d;
		}
	}
	return -1;
}

static void backward(struct remap *m, const struct rows *r, int d)
{
	int32_t x = m->from.nr, y = m->to.nr;

	for (; d > 0; d--) {
		int32_t k = x - y;
		int32_t down = row_get(r, d - 1, k + 1);
		int32_t right = row_get(r, d - 1, k - 1) + 1;
		bool insert = k == -d || (k != d && right <= down);
		int32_t start = insert ? down : right;

		while (x > start) {
			x--;
			y--;
			m->map[x] = y;
		}
		if (insert)
			y--;
		else
			x--;
	}
	while (x > 0) {
		x--;
		m->map[x] = x;
	}
}

int remap_init(struct remap *m, const char *from, size_t from_len,
	       const char *to, size_t to_len, struct err *err)
{
	struct rows r = { xcalloc(MAX_SCRIPT + 1, sizeof(*r.v)), 0 };
	int d;

	text_init(&m->from, from, from_len);
	text_init(&m->to, to, to_len);
	m->map = xmalloc((m->from.nr + 1) * sizeof(*m->map));
	memset(m->map, 0xff, (m->from.nr + 1) * sizeof(*m->map));
	d = forward(m, &r);
	if (d >= 0)
		backward(m, &r, d);
	while (r.nr)
		free(r.v[--r.nr]);
	free(r.v);
	if (d >= 0)
		return 0;
	remap_release(m);
	return err_set(err, ERR_LIMIT, "earlier changes left too little of the file");
}

void remap_release(struct remap *m)
{
	text_release(&m->from);
	text_release(&m->to);
	free(m->map);
	m->map = NULL;
}

uint32_t remap_offset(const struct remap *m, uint32_t off)
{
	uint32_t i = text_at(&m->from, off);

	if (i == TOK_NONE || m->map[i] == TOK_NONE)
		return UINT32_MAX;
	return m->to.v[m->map[i]].off;
}

bool remap_point(const struct remap *m, uint32_t *line, uint32_t *column)
{
	uint32_t i = text_point(&m->from, *line, *column);
	const struct token *tok;
	const char *p, *start;

	if (i == TOK_NONE || m->map[i] == TOK_NONE)
		return false;
	tok = &m->to.v[m->map[i]];
	p = m->to.buf + tok->off;
	start = memrchr(m->to.buf, '\n', tok->off);
	*line = tok->line;
	*column = p - (start ? start + 1 : m->to.buf) + 1;
	return true;
}
