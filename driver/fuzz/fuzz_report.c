// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: any bytes as a JSON report.
 *
 * A report that is accepted is written in every format; what comes out as
 * JSON must be accepted again and come out the same.
 */
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "emit/read_report.h"
#include "emit/report.h"
#include "emit/skim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *written(const struct report_file *rf,
		     int (*write)(FILE *, const struct report *, struct err *),
		     size_t *len)
{
	struct err err = ERR_INIT;
	struct report r;
	char *buf = NULL;
	FILE *f = open_memstream(&buf, len);

	if (!f)
		BUG("no memory stream");
	report_init(&r, &rf->result, &rf->proposals);
	r.spatch = rf->spatch;
	if (write(f, &r, &err))
		BUG("not written: %s", err.msg);
	report_release(&r);
	fclose(f);
	return buf;
}

/* Without its chains a good report is as good. */
static void check_skimmed(const char *json, size_t len,
			  const struct report_file *whole)
{
	struct strbuf small = STRBUF_INIT;
	struct skim skim = { 0 };
	struct report_file rf;
	struct err err = ERR_INIT;

	for (size_t i = 0; i < len; i += len / 3 + 1)
		skim_chains(&skim, json + i, len - i < len / 3 + 1 ? len - i :
			    len / 3 + 1, &small);
	report_file_init(&rf);
	if (report_file_parse("skimmed", small.buf, small.len, &rf, &err))
		BUG("without chains it is not accepted: %s", err.msg);
	if (rf.result.nr_sites != whole->result.nr_sites ||
	    rf.result.nr_findings != whole->result.nr_findings)
		BUG("sites or findings went with the chains");
	for (size_t i = 0; i < rf.result.nr_sites; i++)
		if (rf.result.sites[i].evidence.nr ||
		    rf.result.sites[i].reclaim.nr)
			BUG("a chain is left");
	report_file_release(&rf);
	strbuf_release(&small);
}

/* In parts or in one piece: what is accepted, and as what, is the same. */
static void check_whole(const struct strbuf *text, const char *parts,
			size_t parts_len)
{
	struct report_file rf;
	struct err err = ERR_INIT;
	size_t len;
	char *out;

	report_file_init(&rf);
	if (report_file_parse_whole("input", text->buf, text->len, &rf, &err))
		BUG("only accepted in parts: %s", err.msg);
	out = written(&rf, emit_json, &len);
	if (len != parts_len || memcmp(out, parts, len))
		BUG("in parts it is another report");
	free(out);
	report_file_release(&rf);
}

static void check_again(const char *json, size_t len)
{
	struct report_file rf;
	struct err err = ERR_INIT;
	size_t again_len;
	char *again;

	report_file_init(&rf);
	if (report_file_parse("written", json, len, &rf, &err))
		BUG("what was written is not accepted: %s", err.msg);
	again = written(&rf, emit_json, &again_len);
	if (again_len != len || memcmp(json, again, len))
		BUG("what was written is written differently");
	free(again);
	report_file_release(&rf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int (*const others[])(FILE *, const struct report *,
				     struct err *) = {
		emit_text, emit_org, emit_summary,
	};
	struct strbuf text = STRBUF_INIT;	/* has a NUL behind, as files */
	struct report_file rf;
	struct err err = ERR_INIT;
	size_t len, i;
	char *out;

	strbuf_add(&text, data, size);
	report_file_init(&rf);
	if (!report_file_parse("input", text.buf, text.len, &rf, &err)) {
		for (i = 0; i < ARRAY_SIZE(others); i++)
			free(written(&rf, others[i], &len));
		out = written(&rf, emit_json, &len);
		check_whole(&text, out, len);
		check_again(out, len);
		check_skimmed(out, len, &rf);
		free(out);
	} else if (!err.msg) {
		BUG("refused without a reason");
	}
	err_clear(&err);
	report_file_release(&rf);
	strbuf_release(&text);
	return 0;
}
