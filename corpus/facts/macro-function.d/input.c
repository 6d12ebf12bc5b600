#define take(x)		mutex_lock(&(x)->lock)
#define drop(x) do {				\
	mutex_unlock(&(x)->lock);		\
	trace(x);				\
} while (0)
#define alloc(size)	kmalloc(size, GFP_NOFS)
#define maybe(x)	((x) ? get(x) : NULL)
#define value(x)	({ int v_ = read_it(x); v_; })
#define nothing(x)	((x) + 1)
#define set_flag(x)	(x)->flags = 1
#define call_by_name(op, x)	my_##op##_now(x)
#define all(fmt, ...)	printk(fmt, ##__VA_ARGS__)
