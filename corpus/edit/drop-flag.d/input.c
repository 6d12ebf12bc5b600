#include <linux/fs.h>
#include <linux/slab.h>

void *c_alloc(size_t size, int which)
{
	switch (which) {
	case 0:
		return kmem_alloc(size, KM_NOFS);
	case 1:
		return kmem_alloc(size, KM_NOFS | KM_MAYFAIL);
	case 2:
		return kmem_alloc(size, KM_ZERO | KM_NOFS);
	case 3:
		return kmem_alloc(size, KM_ZERO | KM_NOFS | KM_MAYFAIL);
	}
	return kmem_alloc(size, (KM_NOFS));
}
