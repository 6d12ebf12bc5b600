static int in_order(struct inode *inode)
{
	int ret = 0;

#ifdef CONFIG_A
	ret = first(inode);
#elif defined(CONFIG_B)
	ret = second(inode);
#else
	ret = third(inode);
#endif
	if (ret)
#ifdef CONFIG_C
		warn(ret);
#else
		return ret;
#endif
	call(inode,
#ifdef CONFIG_D
	     one,
#else
	     two,
#endif
	     three);
	return 0;
}

static const struct file_operations fops = {
	.open = my_open,
#ifdef CONFIG_COMPAT
	.compat_ioctl = my_compat,
#else
	.compat_ioctl = other_compat,
#endif
};

#if 0
static int dropped(void) { return kmalloc(1, GFP_NOFS); }
#elif defined(CONFIG_E)
static int kept(void) { return 1; }
#endif

#ifdef __CHECKER__
static int checker(void) { return 1; }
#else
static int no_checker(void) { return 0; }
#endif
