#include <linux/fs.h>
#include <linux/slab.h>

void c_reset(struct c_dev *dev)
{
	void *buf;

	mutex_lock(&dev->lock);
	buf = kmalloc(512, GFP_NOIO);
	c_send(dev, buf);
	mutex_unlock(&dev->lock);
}
