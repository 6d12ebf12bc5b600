#include <linux/fs.h>
#include <linux/slab.h>

#define c_first(x) (x)

void *c_alloc(size_t size)
{
	void *p = ({
		void *q = kmalloc(size, GFP_NOFS);

		if (!q)
			q = kmalloc(1, GFP_NOFS);
		q;
	});

	return c_first(p);
}
