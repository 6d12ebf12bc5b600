// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parts of a mail go in, its text comes out: mbox line, headers (words
 * that are not ASCII encoded by RFC 2047, long ones folded), body, diffstat,
 * diff, signature. No address is looked up and nothing is sent.
 */
#include "emit/mail.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/version.h"

#define LINE_MAX_LEN	76	/* of a header line */
#define STAT_WIDTH	72
#define SLUG_MAX	52	/* as git cuts the names of patch files */

static bool is_ascii(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80 || (unsigned char)s[i] < ' ')
			return false;
	return true;
}

/* Bytes of the UTF-8 sequence at @p, 1 for anything odd. */
static size_t char_len(const char *p)
{
	unsigned char c = *p;
	size_t n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1, i;

	for (i = 1; i < n; i++)
		if (((unsigned char)p[i] & 0xc0) != 0x80)
			return 1;
	return n;
}

static bool is_plain(unsigned char c)
{
	return isalnum(c) || strchr("!*+-/", c);
}

/*
 * =?UTF-8?q?..?=, in as many words as lines of 76 columns need; a character is
 * never cut in two. @col: where the first one starts.
 */
static void add_encoded(struct strbuf *out, const char *s, size_t n,
			size_t col)
{
	static const char open[] = "=?UTF-8?q?", close[] = "?=";
	size_t i, k, len, need;

	strbuf_adds(out, open);
	col += strlen(open);
	for (i = 0; i < n; i += len) {
		len = char_len(s + i);
		need = len == 1 && (is_plain(s[i]) || s[i] == ' ') ?
		       1 : 3 * len;
		if (col + need + strlen(close) > LINE_MAX_LEN) {
			strbuf_addf(out, "%s\n %s", close, open);
			col = 1 + strlen(open);
		}
		for (k = i; k < i + len; k++) {
			if (s[k] == ' ')
				strbuf_addc(out, '_');
			else if (len == 1 && is_plain(s[k]))
				strbuf_addc(out, s[k]);
			else
				strbuf_addf(out, "=%02X", (unsigned char)s[k]);
		}
		col += need;
	}
	strbuf_adds(out, close);
}

/* A display name with other than words in it must be quoted. */
static bool needs_quotes(const char *s, size_t n)
{
	size_t i;

	if (n && s[0] == '"')
		return false;
	for (i = 0; i < n; i++)
		if (strchr("()<>[]:;@\\,.\"", s[i]))
			return true;
	return false;
}

static void add_address(struct strbuf *out, const char *a, size_t col)
{
	const char *lt = strrchr(a, '<');
	size_t n = lt ? lt - a : 0, i;

	while (n && a[n - 1] == ' ')
		n--;
	if (!lt || !n) {
		strbuf_adds(out, a);
		return;
	}
	if (!is_ascii(a, n)) {
		if (a[0] == '"' && n > 1)
			add_encoded(out, a + 1, n - 2, col);
		else
			add_encoded(out, a, n, col);
	} else if (needs_quotes(a, n)) {
		strbuf_addc(out, '"');
		for (i = 0; i < n; i++) {
			if (a[i] == '"' || a[i] == '\\')
				strbuf_addc(out, '\\');
			strbuf_addc(out, a[i]);
		}
		strbuf_addc(out, '"');
	} else {
		strbuf_add(out, a, n);
	}
	strbuf_addf(out, " %s", lt);
}

static void add_addresses(struct strbuf *out, const char *name,
			  const char **v, size_t nr)
{
	size_t i;

	if (!nr)
		return;
	strbuf_addf(out, "%s: ", name);
	for (i = 0; i < nr; i++) {
		if (i)
			strbuf_adds(out, ",\n    ");
		add_address(out, v[i], 4);
	}
	strbuf_addc(out, '\n');
}

/* Folded at blanks; the first line has @col columns already. */
static void add_folded(struct strbuf *out, const char *s, size_t col)
{
	bool first = true;

	while (*s) {
		size_t n = strcspn(s, " ");

		if (!first && col + 1 + n > LINE_MAX_LEN) {
			strbuf_adds(out, "\n ");
			col = 1;
		} else if (!first) {
			strbuf_addc(out, ' ');
			col++;
		}
		strbuf_add(out, s, n);
		col += n;
		first = false;
		s += n;
		s += strspn(s, " ");
	}
	strbuf_addc(out, '\n');
}

static unsigned int digits(unsigned int n)
{
	unsigned int d = 1;

	while (n >= 10) {
		n /= 10;
		d++;
	}
	return d;
}

static void add_subject(struct strbuf *out, const struct mail *m)
{
	struct strbuf sb = STRBUF_INIT;
	size_t col;

	strbuf_adds(out, "Subject: ");
	if (m->total > 1 || !m->number)
		strbuf_addf(&sb, "[%s %0*u/%u] ", m->tag, digits(m->total),
			    m->number, m->total);
	else
		strbuf_addf(&sb, "[%s] ", m->tag);
	if (is_ascii(m->subject, strlen(m->subject))) {
		strbuf_adds(&sb, m->subject);
		add_folded(out, sb.buf, strlen("Subject: "));
	} else {
		strbuf_add(out, sb.buf, sb.len);
		col = strlen("Subject: ") + sb.len;
		add_encoded(out, m->subject, strlen(m->subject), col);
		strbuf_addc(out, '\n');
	}
	strbuf_release(&sb);
}

static void add_date(struct strbuf *out, int64_t date)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
					    "Fri", "Sat" };
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};
	time_t t = date;
	struct tm tm;

	gmtime_r(&t, &tm);
	strbuf_addf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\n",
		    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
		    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void add_headers(struct strbuf *out, const struct mail *m)
{
	static const char *const none =
		"0000000000000000000000000000000000000000";

	strbuf_addf(out, "From %s Mon Sep 17 00:00:00 2001\n",
		    m->commit ? m->commit : none);
	if (m->id)
		strbuf_addf(out, "Message-Id: <%s>\n", m->id);
	if (m->parent)
		strbuf_addf(out, "In-Reply-To: <%s>\nReferences: <%s>\n",
			    m->parent, m->parent);
	strbuf_adds(out, "From: ");
	add_address(out, m->from, strlen("From: "));
	strbuf_addc(out, '\n');
	add_date(out, m->date);
	add_subject(out, m);
	add_addresses(out, "To", m->to, m->nr_to);
	add_addresses(out, "Cc", m->cc, m->nr_cc);
	strbuf_adds(out, "MIME-Version: 1.0\n"
		    "Content-Type: text/plain; charset=UTF-8\n"
		    "Content-Transfer-Encoding: 8bit\n\n");
}

/* ---- diffstat ---- */

struct stat_line {
	const char *path;
	size_t len;
	unsigned int add, del;
};

static int stat_cmp(const void *pa, const void *pb)
{
	const struct stat_line *a = pa, *b = pb;
	int c = memcmp(a->path, b->path, a->len < b->len ? a->len : b->len);

	return c ? c : (int)a->len - (int)b->len;
}

/* Several patches of a series may change one file. */
static struct stat_line *stat_of(struct stat_line *v, size_t *nr,
				 const char *path, size_t len)
{
	size_t i;

	for (i = 0; i < *nr; i++)
		if (v[i].len == len && !memcmp(v[i].path, path, len))
			return &v[i];
	v[*nr] = (struct stat_line){ path, len, 0, 0 };
	return &v[(*nr)++];
}

static size_t count_lines(const char *diff, struct stat_line *v)
{
	struct stat_line *now = NULL;
	size_t nr = 0;
	bool body = false;

	while (*diff) {
		size_t n = strcspn(diff, "\n");

		if (str_starts(diff, "diff --git ")) {
			body = false;
			now = NULL;
		} else if (!body && str_starts(diff, "+++ b/")) {
			now = stat_of(v, &nr, diff + 6, n - 6);
		} else if (str_starts(diff, "@@ ")) {
			body = true;
		} else if (body && now) {
			now->add += *diff == '+';
			now->del += *diff == '-';
		}
		diff += n + (diff[n] == '\n');
	}
	return nr;
}

static void add_bar(struct strbuf *out, const struct stat_line *l,
		    unsigned int most, size_t width)
{
	unsigned int add = l->add, del = l->del, i;

	if (most > width) {
		add = add ? 1 + add * (width - 2) / most : 0;
		del = del ? 1 + del * (width - 2) / most : 0;
	}
	for (i = 0; i < add; i++)
		strbuf_addc(out, '+');
	for (i = 0; i < del; i++)
		strbuf_addc(out, '-');
	strbuf_addc(out, '\n');
}

static size_t nr_files_in(const char *diff)
{
	size_t nr = 0;

	while ((diff = strstr(diff, "+++ b/"))) {
		nr++;
		diff++;
	}
	return nr;
}

void diffstat(const char *diff, struct strbuf *out)
{
	struct stat_line *v = xcalloc(nr_files_in(diff) + 1, sizeof(*v));
	size_t nr = count_lines(diff, v), i, longest = 0;
	unsigned int add = 0, del = 0, most = 1;

	qsort(v, nr, sizeof(*v), stat_cmp);
	for (i = 0; i < nr; i++) {
		if (v[i].len > longest)
			longest = v[i].len;
		if (v[i].add + v[i].del > most)
			most = v[i].add + v[i].del;
		add += v[i].add;
		del += v[i].del;
	}
	for (i = 0; i < nr; i++) {
		strbuf_addf(out, " %-*.*s | %*u ", (int)longest,
			    (int)v[i].len, v[i].path, digits(most),
			    v[i].add + v[i].del);
		add_bar(out, &v[i], most, longest + 20 < STAT_WIDTH ?
			STAT_WIDTH - longest - 8 : 12);
	}
	strbuf_addf(out, " %zu file%s changed", nr, nr == 1 ? "" : "s");
	if (add)
		strbuf_addf(out, ", %u insertion%s(+)", add,
			    add == 1 ? "" : "s");
	if (del)
		strbuf_addf(out, ", %u deletion%s(-)", del,
			    del == 1 ? "" : "s");
	strbuf_addc(out, '\n');
	free(v);
}

void mail_write(const struct mail *m, struct strbuf *out)
{
	add_headers(out, m);
	strbuf_adds(out, m->body);
	if (m->diff) {
		strbuf_adds(out, "---\n");
		diffstat(m->diff, out);
		strbuf_addc(out, '\n');
		strbuf_adds(out, m->diff);
	}
	if (m->trailer)
		strbuf_addf(out, "\n%s", m->trailer);
	strbuf_adds(out, "-- \ngfpscope " GFPSCOPE_VERSION "\n\n");
}

void mail_file_name(const struct mail *m, unsigned int version,
		    struct strbuf *out)
{
	const char *p = m->number ? m->subject : "cover letter";
	size_t start;
	bool dash = false;

	if (version > 1)
		strbuf_addf(out, "v%u-", version);
	strbuf_addf(out, "%04u-", m->number);
	start = out->len;
	for (; *p && out->len - start < SLUG_MAX; p++) {
		if (isalnum((unsigned char)*p) || *p == '.' || *p == '_') {
			if (dash && out->len > start)
				strbuf_addc(out, '-');
			dash = false;
			strbuf_addc(out, *p);
		} else {
			dash = true;
		}
	}
	while (out->len - start > SLUG_MAX)	/* a dash and a letter */
		out->buf[--out->len] = '\0';
	strbuf_adds(out, ".patch");
}
