// SPDX-License-Identifier: GPL-2.0-only
/*
 * The news of a night written: one digest, and a mail a list.
 *
 * Mails are whole (RFC 5322, UTF-8 as it is), but for what the sender's
 * program adds: a date, an id. What stands in their headers is made so that no
 * name in a tree or configuration can add one.
 */
#include "emit/news.h"

#include <string.h>

#include "emit/text.h"

void news_put_digest(FILE *f, const struct news *n)
{
	fprintf(f, "gfpscope, night of %s: %zu tree%s, %zu new, %zu failed\n",
		n->run, n->nr_trees, n->nr_trees == 1 ? "" : "s", n->nr_new,
		n->nr_failed);
	fprintf(f, "The reports are in runs/%s.\n", n->run);
	if (n->failed.len)
		fprintf(f, "\n%s", n->failed.buf);
	fputs(n->told.buf, f);
	if (n->quiet.len)
		fprintf(f, "\nNothing new:\n%s", n->quiet.buf);
	if (n->nr_lists) {
		fputs("\nMails that were drafted, not sent:\n", f);
		for (size_t i = 0; i < n->nr_lists; i++) {
			fputs("  ", f);
			text_put(f, n->lists[i].address);
			fprintf(f, ": %zu\n", n->lists[i].nr);
		}
	}
	if (n->nr_unsure)
		fprintf(f, "\n%zu new are not of %s confidence and in no "
			"mail.\n", n->nr_unsure,
			confidence_name(n->confidence));
}

/* "encoded words" of RFC 2047 for what is not ASCII, each of them whole
 * characters and at most 75 columns. */
static void put_encoded(FILE *f, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t room = 0;

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		bool starts = (c & 0xc0) != 0x80;

		if (starts && room < 12) {
			fputs(room ? "?=\n =?UTF-8?Q?" : "=?UTF-8?Q?", f);
			room = 62;
		}
		if (c == ' ') {
			fputc('_', f);
			room--;
		} else if (c > 0x20 && c < 0x7f && !strchr("=?_\"(),.:;<>@[]",
							   c)) {
			fputc(c, f);
			room--;
		} else {
			fprintf(f, "=%c%c", hex[c >> 4], hex[c & 15]);
			room = room < 3 ? 0 : room - 3;
		}
	}
	fputs("?=", f);
}

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static void put_subject(FILE *f, const struct news_list *l)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "[gfpscope] %zu new in %s", l->nr, l->trees.buf);
	fputs("Subject: ", f);
	if (is_ascii(sb.buf) && sb.len < 900)
		fputs(sb.buf, f);
	else
		put_encoded(f, sb.buf);
	fputc('\n', f);
	strbuf_release(&sb);
}

void news_put_mail(FILE *f, const struct news *n, size_t i, const char *from)
{
	const struct news_list *l = &n->lists[i];

	if (from[0])
		fprintf(f, "From: %s\n", from);
	fprintf(f, "To: %s\n", l->address);
	put_subject(f, l);
	fputs("MIME-Version: 1.0\n"
	      "Content-Type: text/plain; charset=UTF-8\n"
	      "Content-Transfer-Encoding: 8bit\n"
	      "\n", f);
	fprintf(f, "gfpscope read these trees in the night of %s and found "
		"what it had\nnot found there before:\n", n->run);
	fputs(l->body.buf, f);
	fputs("\nEach id stays the same while code moves. One that is wrong "
	      "or wanted so\ncan be suppressed by its id, with a reason; "
	      "please say so.\n", f);
}

bool news_mail_name(const struct news *n, size_t i, struct strbuf *sb)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "@._+-";
	const char *a = n->lists[i].address;
	size_t len = strlen(a);

	if (!len || len > 200 || a[0] == '.' || a[0] == '-' || a[strspn(a, good)])
		return false;
	strbuf_addf(sb, "%s.txt", a);
	return true;
}
