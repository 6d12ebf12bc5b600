// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: any bytes as a C file.
 *
 * The reader cannot fail, so what is left to check is that its facts hold
 * together: saved and loaded again they are accepted, and say the same.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "fuzz/words.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader *r = reader_new(fuzz_words, ARRAY_SIZE(fuzz_words));
	struct strbuf bytes = STRBUF_INIT, one = STRBUF_INIT, two = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct facts f, loaded;
	struct arena arena;

	arena_init(&arena);
	read_file(r, (const char *)data, size, &arena, &f);
	facts_dump(&f, &one);
	facts_save(&f, &bytes);
	if (facts_load(&loaded, bytes.buf, bytes.len, &err))
		BUG("own facts are not accepted: %s", err.msg);
	facts_dump(&loaded, &two);
	if (one.len != two.len || memcmp(one.buf, two.buf, one.len))
		BUG("loaded facts are not the saved ones");
	strbuf_release(&bytes);
	strbuf_release(&one);
	strbuf_release(&two);
	arena_release(&arena);
	reader_free(r);
	return 0;
}
