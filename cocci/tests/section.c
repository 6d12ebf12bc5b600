// spatch: -D fn=change -D lock=mutex_lock -D unlock=mutex_unlock
int change(struct x *x)
{
	int err = 0;

	mutex_lock(&x->lock);
	x->p = kmalloc(8, GFP_NOFS);
	if (!x->p) {
		mutex_unlock(&x->lock);
		return -ENOMEM;
	}
	mutex_unlock(&x->lock);
	return err;
}

int other(struct x *x)
{
	mutex_lock(&x->lock);
	mutex_unlock(&x->lock);
	return 0;
}
