/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What opens and closes the scopes that changes are made of: the functions
 * that the semantic patches of cocci/convert/ put in.
 */
#ifndef EDIT_SCOPEAPI_H
#define EDIT_SCOPEAPI_H

#include <stdint.h>

#include "read/facts.h"

/** scope_save() - the function that opens the scope of RESTRICT_*. */
static inline const char *scope_save(uint8_t restriction)
{
	return restriction == RESTRICT_NOIO ? "memalloc_noio_save" :
					      "memalloc_nofs_save";
}

/** scope_restore() - the one that closes it. */
static inline const char *scope_restore(uint8_t restriction)
{
	return restriction == RESTRICT_NOIO ? "memalloc_noio_restore" :
					      "memalloc_nofs_restore";
}

#endif
