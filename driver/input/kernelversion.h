/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The version of a kernel tree, from the first lines of its Makefile.
 */
#ifndef INPUT_KERNELVERSION_H
#define INPUT_KERNELVERSION_H

#include <stddef.h>

#include "base/err.h"

struct source;

struct kernel_version {
	unsigned int version, patchlevel, sublevel;
	char text[64];		/* "6.1.192", "6.13.0-rc1" */
};

/**
 * kernel_version_parse() - from the @len bytes of a top Makefile.
 *
 * Return: 0, or ERR_FORMAT when VERSION or PATCHLEVEL is not there.
 */
int kernel_version_parse(struct kernel_version *v, const char *makefile,
			 size_t len, struct err *err);

/**
 * kernel_version_of() - from the Makefile of @s. Return: as above,
 * ERR_NOT_FOUND when there is none.
 */
int kernel_version_of(struct kernel_version *v, struct source *s,
		      struct err *err);

/**
 * kernel_version_cmp() - <0, 0, >0 as @v is older than, equal to or newer
 * than the given one. A release candidate counts as the release: it has what
 * the merge window brought.
 */
int kernel_version_cmp(const struct kernel_version *v, unsigned int version,
		       unsigned int patchlevel, unsigned int sublevel);

#endif
