/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parts of a SARIF log.
 */
#ifndef EMIT_SARIF_H
#define EMIT_SARIF_H

#include "base/str.h"
#include "edit/proposal.h"
#include "emit/jsonw.h"

/** sarif_put_uri() - "artifactLocation" of the path from the tree's top. */
void sarif_put_uri(struct jsonw *w, const char *path);

/** sarif_put_fix() - "fixes": the diff of @p as replacements. */
void sarif_put_fix(struct jsonw *w, const struct proposal *p);

#endif
