SYSCALL_DEFINE3(openat, int, dfd, const char __user *, name, umode_t, mode)
{
	return do_open(dfd, name, mode);
}

COMPAT_SYSCALL_DEFINE1(sync, int, fd)
{
	return do_sync(fd);
}

BPF_CALL_2(bpf_get, struct bpf_map *, map, u64, flags)
{
	return get(map);
}

static int MAKE(name)(struct inode *inode)
{
	return make(inode);
}

static DEFINE_MUTEX(my_mutex);
DEFINE_PER_CPU(struct my_stat, my_stats) = { .init = init_stat };
static LIST_HEAD(my_list);
module_init(my_init);
EXPORT_SYMBOL(my_function);
MODULE_LICENSE("GPL")

__setup("my=", my_setup);
