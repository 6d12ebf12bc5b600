__printf(1, 2)
static __always_inline int __must_check __attribute__((noinline)) first(const char *fmt, ...)
	__acquires(&lock) __releases(rcu)
{
	int x __attribute__((unused)) = 1;
	static struct foo __aligned(8) *p __read_mostly __my_annotation;

	__attribute__((fallthrough));
	return x;
}

static noinline_for_stack struct item * __my_attribute second(struct item *i __maybe_unused)
__must_hold(&i->lock)
{
	return i;
}

struct __packed packed {
	u8 a;
	struct {
		int b;
		union { long c; void *d; };
	} __attribute__((packed)) named;
	int (*fn)(int) __must_check;
	struct list_head list, *next;
	DECLARE_BITMAP(bits, 64);
	struct_group(group,
		int g1;
		struct item *g2;
	);
	unsigned int f1:1, f2:2;
} __attribute__((aligned(8)));

unsigned long jiffies __cacheline_aligned_in_smp;
extern int proto(void) __attribute__((noreturn)) __cold;
