// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs a fuzz target without a fuzzer: over seeds, and over damaged seeds.
 *
 *	replay [--mangle N] [--seconds S] FILE|DIRECTORY..
 *
 * Each file is one input. --mangle N damages each in N ways more: chopped,
 * a byte changed, a piece cut out, doubled or moved, punctuation thrown in.
 * The damage depends on the input only, so that a failure can be repeated; one
 * variant may take S seconds. The input that was at work when the target
 * crashed is named and kept as $BUILD/crash-input. Ends with a line of counts.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

#define MAX_INPUT ((size_t)16 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* There with a sanitizer only: called when it has found something. */
void __sanitizer_set_death_callback(void (*fn)(void)) __attribute__((weak));

struct files {
	char **v;
	size_t nr, cap;
};

/* What is at work, for the handlers, and what nftw() finds, for its callback. */
static struct {
	const char *path;
	const char *data;
	size_t len;
	unsigned int variant;
	char keep[4096];	/* name to keep it under*/
} now;
static struct files files;

static void put(const char *s)
{
	if (write(STDERR_FILENO, s, strlen(s)) < 0)
		return;
}

static void put_number(unsigned int n)
{
	char s[12], *p = s + sizeof(s) - 1;

	*p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	put(p);
}

static void name_culprit(void)
{
	int fd;

	if (!now.path)
		return;
	put("\nreplay: it was ");
	put(now.path);
	put(", variant ");
	put_number(now.variant);
	fd = open(now.keep, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (fd >= 0 && write(fd, now.data, now.len) == (ssize_t)now.len) {
		put(", kept as ");
		put(now.keep);
	}
	put("\n");
	now.path = NULL;
}

static void on_signal(int sig)
{
	if (sig == SIGALRM)
		put("\nreplay: timeout");
	name_culprit();
	signal(sig, SIG_DFL);
	raise(sig);
}

static void set_handlers(void)
{
	const char *build = getenv("BUILD");

	snprintf(now.keep, sizeof(now.keep), "%s/crash-input",
		 build ? build : ".");
	signal(SIGALRM, on_signal);
	if (__sanitizer_set_death_callback) {
		__sanitizer_set_death_callback(name_culprit);
		return;
	}
	signal(SIGABRT, on_signal);
	signal(SIGSEGV, on_signal);
	signal(SIGBUS, on_signal);
	signal(SIGFPE, on_signal);
}

/* The target gets a block of its own, so that reads beyond it are seen. */
static void run_one(const struct strbuf *input, unsigned int variant,
		    unsigned int seconds)
{
	uint8_t *copy = xmalloc(input->len);

	memcpy(copy, input->buf, input->len);
	now.data = (const char *)copy;
	now.len = input->len;
	now.variant = variant;
	alarm(seconds);
	LLVMFuzzerTestOneInput(copy, input->len);
	alarm(0);
	free(copy);
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t below(uint64_t *state, size_t n)
{
	return n ? next_random(state) % n : 0;
}

static void throw_in(struct strbuf *sb, uint64_t *random)
{
	static const char *const bits[] = {
		"{", "}", "(", ")", "\"", "'", "/*", "*/", "\\\n", "\n#if 0\n",
		"\n#endif\n", "\n#else\n", ";", ",", "#", "\\", "=", "[", "]",
		"\xff", "\r\n", ":", "?", "->", "//", "({", "})",
	};
	const char *bit = bits[below(random, ARRAY_SIZE(bits))];

	strbuf_splice(sb, below(random, sb->len + 1), 0, bit, strlen(bit));
}

static void damage(struct strbuf *sb, uint64_t *random)
{
	size_t pos = below(random, sb->len);
	size_t n = below(random, sb->len - pos < 400 ? sb->len - pos : 400);
	char *piece;

	if (!sb->len)
		return;
	switch (below(random, 6)) {
	case 0:
		strbuf_splice(sb, pos, sb->len - pos, NULL, 0);
		return;
	case 1:
		sb->buf[pos] = (char)next_random(random);
		return;
	case 2:
		strbuf_splice(sb, pos, n, NULL, 0);
		return;
	case 3:
	case 4:
		piece = xmalloc(n);
		memcpy(piece, sb->buf + pos, n);
		strbuf_splice(sb, below(random, sb->len), 0, piece, n);
		free(piece);
		return;
	default:
		throw_in(sb, random);
	}
}

static void replay(const char *path, const struct strbuf *seed,
		   unsigned int variants, unsigned int seconds)
{
	uint64_t random = 0x9e3779b97f4a7c15ULL ^ seed->len;
	struct strbuf sb = STRBUF_INIT;
	unsigned int i;

	now.path = path;
	run_one(seed, 0, seconds);
	for (i = 1; i <= variants; i++) {
		size_t blows = 1 + below(&random, 4);

		strbuf_clear(&sb);
		strbuf_add(&sb, seed->buf, seed->len);
		while (blows--)
			damage(&sb, &random);
		run_one(&sb, i, seconds);
	}
	now.path = NULL;
	strbuf_release(&sb);
}

static int found(const char *path, const struct stat *st, int type,
		 struct FTW *ftw)
{
	if (type == FTW_F) {
		GROW(files.v, files.nr, files.cap);
		files.v[files.nr++] = xstrdup(path);
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static unsigned int number(const char *s)
{
	return s ? (unsigned int)strtoul(s, NULL, 10) : 0;
}

static unsigned int complain(const char *path, const char *why)
{
	fprintf(stderr, "replay: %s: %s\n", path, why);
	return 1;
}

int main(int argc, char **argv)
{
	unsigned int variants = 0, seconds = 10, passed = 0, failed = 0;
	size_t i;
	int arg;

	for (arg = 1; arg < argc; arg++) {
		if (!strcmp(argv[arg], "--mangle"))
			variants = number(argv[++arg]);
		else if (!strcmp(argv[arg], "--seconds"))
			seconds = number(argv[++arg]);
		else if (nftw(argv[arg], found, 16, FTW_PHYS))
			failed += complain(argv[arg], strerror(errno));
	}
	set_handlers();
	if (files.nr)
		qsort(files.v, files.nr, sizeof(*files.v), by_name);
	for (i = 0; i < files.nr; i++) {
		struct strbuf seed = STRBUF_INIT;
		struct err err = ERR_INIT;

		if (file_read(files.v[i], MAX_INPUT, &seed, &err)) {
			failed += complain(files.v[i], err.msg);
			err_clear(&err);
		} else {
			replay(files.v[i], &seed, variants, seconds);
			passed++;
		}
		strbuf_release(&seed);
		free(files.v[i]);
	}
	printf("%u passed, %u failed\n", passed, failed);
	free(files.v);
	return failed > 0;
}
