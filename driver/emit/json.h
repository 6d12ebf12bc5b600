/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report's JSON for those who put it somewhere else.
 */
#ifndef EMIT_JSON_H
#define EMIT_JSON_H

#include "emit/jsonw.h"
#include "emit/report.h"

/** json_put_report() - the whole report as one value. */
void json_put_report(struct jsonw *w, const struct report *r);

#endif
