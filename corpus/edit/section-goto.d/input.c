#include <linux/fs.h>
#include <linux/slab.h>

int c_add(struct c_info *ci)
{
	struct c_item *item;
	int err = -ENOMEM;

	if (c_full(ci))
		goto out;
	mutex_lock(&ci->c_sem);
	item = kmalloc(sizeof(*item), GFP_NOFS);
	if (!item)
		goto out_unlock;
	err = c_link(ci, item);
	if (err)
		goto out_free;
	goto out_unlock;

out_free:
	kfree(item);
out_unlock:
	mutex_unlock(&ci->c_sem);
out:
	return err;
}
