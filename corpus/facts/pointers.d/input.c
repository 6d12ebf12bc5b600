typedef int (*handler_t)(struct inode *inode);
typedef int worker_t(void *data);

static handler_t choose(int a, int (*fn)(int), handler_t other)
{
	handler_t local = other;

	fn(a);
	(*fn)(a);
	local(NULL);
	if (a)
		return fallback;
	return a == 2 ? local : &builtin;
}

static void set(struct inode *inode, struct ops *ops)
{
	ops->handler = my_handler;
	ops[3].list[1].handler = a ? one : two;
	inode->i_op->lookup(inode, 1);
	get_ops(inode)->run(inode);
	choose(1, inner, NULL)(inode);
	((struct ops *)inode->private)->run(inode);
	container_of(ops, struct outer, ops)->parent->stop(inode);
	register_it(my_callback, &my_data);
}
