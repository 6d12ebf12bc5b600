/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comments and messages that name a restriction which is about to go. For the layer itself.
 */
#ifndef EDIT_STALE_H
#define EDIT_STALE_H

#include "edit/mark.h"

/**
 * stale_at() - the comment in, right above or behind the statement with token
 * @i, or the string in it, that names the restriction of @site. It would no
 * longer be true, and what it should say instead no program knows.
 *
 * Return: its token, TOK_NONE.
 */
uint32_t stale_at(const struct edit_file *f, const struct result_site *site,
		  uint32_t i);

/**
 * stale_near() - the other comments and strings in and above the functions of
 * the sites of @f, appended to @out as "path:line", with ", " in between. They
 * may still be true; a person should read them.
 */
void stale_near(const struct edit_file *f, struct strbuf *out);

#endif
