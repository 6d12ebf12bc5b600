// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: damaged facts, as a cache might give them.
 *
 * The input is a C file. Its facts are saved, and loaded again with a few
 * bytes changed, cut or repeated; the damage depends on the input only. Facts
 * that are accepted all the same must be usable: they are dumped.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "fuzz/words.h"
#include "read/read.h"

#define ROUNDS 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Small numbers and all ones are what indexes and counts break on. */
static void damage(char *bytes, size_t *len, uint64_t *random)
{
	static const uint32_t values[] = { 0, 1, 2, 255, 65535, UINT32_MAX };
	size_t pos = next_random(random) % *len;
	uint32_t value;

	switch (next_random(random) % 3) {
	case 0:
		bytes[pos] = (char)next_random(random);
		break;
	case 1:
		value = values[next_random(random) % ARRAY_SIZE(values)];
		pos &= ~(size_t)3;
		if (pos + sizeof(value) <= *len)
			memcpy(bytes + pos, &value, sizeof(value));
		break;
	default:
		if (next_random(random) % 8 == 0)
			*len = pos;
	}
}

static void load_damaged(const struct strbuf *saved, uint64_t *random)
{
	char *bytes = xmalloc(saved->len);
	struct strbuf dump = STRBUF_INIT;
	struct err err = ERR_INIT;
	size_t len = saved->len;
	struct facts f;
	int blows;

	memcpy(bytes, saved->buf, len);
	for (blows = 1 + next_random(random) % 3; blows && len; blows--)
		damage(bytes, &len, random);
	if (!facts_load(&f, bytes, len, &err))
		facts_dump(&f, &dump);
	else if (!err.msg)
		BUG("refused without a reason");
	err_clear(&err);
	strbuf_release(&dump);
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader *r = reader_new(fuzz_words, ARRAY_SIZE(fuzz_words));
	uint64_t random = 0x9e3779b97f4a7c15ULL;
	struct strbuf saved = STRBUF_INIT;
	struct arena arena;
	struct facts f;
	size_t i;

	for (i = 0; i < size; i++)
		random = (random ^ data[i]) * 0x100000001b3ULL;
	if (!random)
		random = 1;
	arena_init(&arena);
	read_file(r, (const char *)data, size, &arena, &f);
	facts_save(&f, &saved);
	for (i = 0; i < ROUNDS; i++)
		load_damaged(&saved, &random);
	strbuf_release(&saved);
	arena_release(&arena);
	reader_free(r);
	return 0;
}
