#include <linux/fs.h>
#include <linux/slab.h>

void c_reset(struct c_dev *dev)
{
	void *buf, *name;

	mutex_lock(&dev->lock);
	name = kmalloc(16, GFP_NOFS);
	buf = kmalloc(512, GFP_NOIO);
	c_send(dev, buf, name);
	mutex_unlock(&dev->lock);
}
