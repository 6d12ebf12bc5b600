// No mark: nothing happens.
#include <linux/fs.h>

static unsigned int nofs_flags;

int f(struct x *x)
{
	unsigned int flags = memalloc_nofs_save();

	if (x->a & ~__GFP_FS)
		x->a &= ~__GFP_FS;
	down_write(&x->sem);
	x->p = kmalloc(8, GFP_NOFS | __GFP_ZERO);
	up_write(&x->sem);
	memalloc_nofs_restore(flags);
	nofs_flags = memalloc_nofs_save();
	return Zoo(x);
}
