static int guarded(struct inode *inode)
{
	struct item *item __free(kfree) = kmalloc(1, GFP_KERNEL);
	CLASS(fd, f)(inode->fd);

	guard(mutex)(&inode->lock);
	if (!item)
		return -ENOMEM;
	scoped_guard(spinlock, &inode->spin) {
		if (check(inode))
			goto out;
		if (other(inode))
			break;
		under(inode);
	}
	while (more(inode)) {
		guard(rcu)();
		if (step(inode))
			continue;
	}
	scoped_cond_guard(mutex_intr, return -EINTR, &inode->sem)
		last(inode);
	return 0;
out:
	return 1;
}
