#include <linux/fs.h>
#include <linux/slab.h>

static void c_resend(struct c_dev *dev)
{
	while (dev->pending) {
		if (dev->gone)
			return;
		c_send(dev, GFP_NOIO);
	}
}
