// SPDX-License-Identifier: GPL-2.0-only
/*
 * Failure codes with one message each, and talk on stderr. A message is built
 * whole before it is written, so that threads do not mix their lines.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

int err_set(struct err *e, int code, const char *fmt, ...)
{
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	if (!e)
		return code;
	va_start(ap, fmt);
	strbuf_vaddf(&sb, fmt, ap);	/* may print the old message */
	va_end(ap);
	free(e->msg);
	e->msg = strbuf_detach(&sb);
	e->code = code;
	return code;
}

int err_prefix(struct err *e, const char *fmt, ...)
{
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	if (!e)
		return ERR_FAILED;
	if (!e->code)
		return 0;
	va_start(ap, fmt);
	strbuf_vaddf(&sb, fmt, ap);
	va_end(ap);
	strbuf_addf(&sb, ": %s", e->msg ? e->msg : "failed");
	free(e->msg);
	e->msg = strbuf_detach(&sb);
	return e->code;
}

void err_clear(struct err *e)
{
	free(e->msg);
	e->msg = NULL;
	e->code = 0;
}

int err_exit_code(const struct err *e)
{
	switch (e->code) {
	case 0:
		return EXIT_DONE;
	case ERR_USAGE:
		return EXIT_USAGE;
	default:
		return EXIT_FAILED;
	}
}

static void __attribute__((format(printf, 2, 0)))
say(const char *kind, const char *fmt, va_list ap)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "gfpscope: %s: ", kind);
	strbuf_vaddf(&sb, fmt, ap);
	strbuf_addc(&sb, '\n');
	fwrite(sb.buf, 1, sb.len, stderr);
	strbuf_release(&sb);
}

void say_warning(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("warning", fmt, ap);
	va_end(ap);
}

void say_note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("note", fmt, ap);
	va_end(ap);
}
