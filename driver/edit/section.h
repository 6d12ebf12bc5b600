/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mark where a scope opens and closes. For the layer itself.
 */
#ifndef EDIT_SECTION_H
#define EDIT_SECTION_H

#include "edit/mark.h"

/* A function's place among the tokens. */
struct body {
	const struct func *fn;
	uint32_t name, open, close;	/* its name and its { } */
};

/** body_find() - the definition of @function that has @line in it. */
int body_find(const struct edit_file *f, const char *function, uint32_t line,
	      struct body *b, struct err *err);

/** mark_section() - mark the scope that @s asks for.
 * Return: 0, or ERR_FAILED with the reason why it cannot be done. */
int mark_section(struct edit_file *f, const struct section *s,
		 struct err *err);

/** place_flags() - name the variable and mark where it is declared, or that
 * the function has one. */
int place_flags(struct edit_file *f, const struct body *b, bool whole,
		bool declared, struct err *err);
/** place_value() - choose or plan the variable of a returned value. */
int place_value(struct edit_file *f, const struct body *b, struct err *err);
/** place_function() - give the function its mark, once all letters for it
 * are known ("" : none). */
void place_function(struct edit_file *f, const struct body *b,
		    const char *letters);
/** place_include() - mark where <linux/sched/mm.h> goes, unless it is there. */
int place_include(struct edit_file *f, struct err *err);
/** hide_names() - rename what the file has of our placeholder names. */
void hide_names(struct edit_file *f);

#endif
