// spatch: -D fn=change -D lock=mutex_lock -D unlock=mutex_unlock
int other(struct x *x)
{
	mutex_lock(&x->lock);
	mutex_unlock(&x->lock);
	return 0;
}

int change(struct x *x)
{
	down_write(&x->sem);
	up_write(&x->sem);
	return 0;
}
