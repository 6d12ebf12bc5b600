// SPDX-License-Identifier: GPL-2.0

#include "casefs.h"
#include "other.h"

int c_add(struct c_info *ci)
{
	int n;

	mutex_lock(&ci->c_sem);
	n = c_grow(ci, GFP_NOFS);
	mutex_unlock(&ci->c_sem);
	return n;
}
