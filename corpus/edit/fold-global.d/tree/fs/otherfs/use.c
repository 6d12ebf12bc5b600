#include <linux/casefs.h>

const struct c_ops o_ops = {
	.get	= c_address,
};

int o_use(struct c_info *ci, const struct c_ops *ops)
{
	ci->c_a = c_new(ci, o_key(ci, 4),
			GFP_KERNEL);
	ci->c_b = ops->c_new(GFP_ATOMIC);
	ci->c_g = c_atomic(7, GFP_ATOMIC);
	return ci->c_a ? 0 : -ENOMEM;
}

int o_more(struct c_info *ci)
{
	ci->c_a = c_new(ci, 2, GFP_NOFS);
	return 0;
}
