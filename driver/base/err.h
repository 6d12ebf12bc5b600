/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The failure of an operation: a negative code and one whole message.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
	ERR_FAILED = -1,	/* anything with no code of its own */
	ERR_USAGE = -2,		/* the caller's words are wrong */
	ERR_NOT_FOUND = -3,	/* no such repository, revision, path, file */
	ERR_IO = -4,		/* the operating system said no */
	ERR_FORMAT = -5,	/* data is not what it should be */
	ERR_LIMIT = -6,		/* a time, memory or size limit was hit */
};

/* Exit codes of the program (see DESIGN: commands). */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_FINDINGS = 1,	/* only with --exit-code */
	EXIT_USAGE = 2,
	EXIT_FAILED = 3,
	EXIT_PARTIAL = 4,	/* done, but something was left out and said */
};

struct err {
	int code;	/* 0 or an enum err_code */
	char *msg;	/* owned; NULL while code is 0; no newline at its end */
};

#define ERR_INIT { 0, 0 }

/**
 * err_set() - fill @e (may be NULL) and return @code, for `return err_set(..)`.
 *
 * A message already there is replaced.
 */
int err_set(struct err *e, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/** err_prefix() - put "text: " before the message; returns the code. */
int err_prefix(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

void err_clear(struct err *e);

/** err_exit_code() - the exit code of the program for this failure. */
int err_exit_code(const struct err *e);

/* Talk on stderr, "gfpscope: warning: ..." / "note: ..."; thread safe. */
void say_warning(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void say_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
