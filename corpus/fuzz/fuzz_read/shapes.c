// every shape of statement and declaration, once
#include <linux/gfp.h>
#if defined(CONFIG_A) && \
	!defined(CONFIG_B)
#define WRAP(p, n) do { (p) = kmalloc((n), GFP_NOFS); } while (0)
#else
# define WRAP(p, n) (p = NULL)
#endif
#if 0
never ( {
#endif
struct ops { int (*open)(struct inode *, gfp_t gfp); unsigned a:3, b; };
static const struct ops ops[] = {
	[0] = { .open = do_open, .a = 1 }, [1 ... 3] = { NULL },
};
static DEFINE_MUTEX(lock);
typedef struct { int x; } pair_t;
SYSCALL_DEFINE2(thing, int, fd, char __user *, buf)
{
	return WRAP(buf, fd);
}
static inline __attribute__((noinline)) void *f(struct a *a, int n, ...)
	__must_hold(&a->lock)
{
	unsigned int flags = memalloc_nofs_save(), i;
	struct b *b __free(kfree) = kzalloc(sizeof(*b) + n, GFP_KERNEL & ~__GFP_FS);
	char s[] = "a\"b\\" "c\n", c = '\'', *p = L"x";

	guard(mutex)(&lock);
	scoped_guard(spinlock, &a->lock) { a->n++; }
	for (i = 0; i < n; i++) {
		if (!a || (IS_ERR(a) && b->c[i].d->e == 0x10UL))
			goto out;
		else if (n > 3)
			continue;
		while (n--) switch (n) {
		case 1: case 2 ... 4: break;
		default: do { n--; } while (n); fallthrough;
		case 9: ({ int z = n; z; });
		}
	}
	list_for_each_entry(a, &b->list, node)
		a->ops->open(a->inode, n ? GFP_NOIO : flags | GFP_NOFS);
retry: __maybe_unused;
	asm volatile("nop" ::: "memory");
	p = (struct a *)&(struct b){ .c = 1, }; n ?: 1; p->f->g(1)(2);
#ifdef X
	if (n) {
#else
	{
#endif
		n = sizeof(int [3]); }
out:
	memalloc_nofs_restore(flags);
	return n < 0 ? ERR_PTR(-ENOMEM) : container_of(a, struct b, a);
}
int old(a, b) int a; char *b; { return a ? *b : -1; }
