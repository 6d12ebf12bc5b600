// Each mark of the semantic patch, in the places that it has a rule for.
#include <linux/nofs_mark.h>
void Zf_we1(int a, int b)
{
	int c = 1;

	if (a)
		return ZfR();
	foo(a);
	ZfV();
}
static void Zi_oe1(int a, int b)
{
	if (a)
		return ZiR();
	while (x) {
		if (y)
			return ZiR();
	}
	foo(a);
	if (b)
		foo(b);
	ZiV();
}
static int Zf_twa1(int a, int b)
{
	int c = 1;

	if (a)
		return ZfR(-1);
	return ZfT(ret, foo(a));
}
void *vm(int c)
{
	void *q;

	q = x ? kmalloc(GFP_KERNEL) : __vmalloc(2, GFP_WRAP | __GFP_ZERO);
	q = __vmalloc(2, GFP_WRIO | __GFP_ZERO);
	if (!q)
		return 1;
	if (x)
		return ZfW(ret, __vmalloc(3, GFP_WRAP));
}
int cl(int c)
{
	gfp = mapping_gfp(x) & ~Zc1;
	gfp &= ~Zc2;
	if (foo)
		gfp &= ~(Zd2 | Zd3);
	if (foo(1))
		gfp &= ~Zc4;
	gfp &= ~(Zc2 | __GFP_ZERO);
	f((gfp & ~Zc3) | __GFP_NOFAIL, (Zm1), Zs3 | __GFP_HIGH);
	g(GFP_NLDP | __GFP_NOFAIL);
	g(GFP_NLDP);
}

#ifdef CONFIG_X
#include <linux/foo.h>
#endif
#include "x.h"

struct x { int a; };
static gfp_t table[] = { GFP_DROP, GFP_DROP | __GFP_ZERO };
#define MYGFP (GFP_DROP | __GFP_ZERO)

static int Zf_d1(struct x *x, const char *aname,
		 int b)
{
	int err = 0, c;		/* two */
	handle_t *h;

	/* take it */
	Zfb1_____(&x->sem);	/* a comment */
	p = kmalloc(10, GFP_DROP);
	if (!p)
		goto out;
	q = kmem_alloc(10, Zm1____);
	q = kmem_alloc(10, Zm1____ | KM_MAYFAIL);
	q = kmem_alloc(10, KM_ZERO | Zm1____ | KM_MAYFAIL);
	if (b) {
		Zfr1____(&x->sem);	/* release */
		return 1;
	} else if (c)
		Zfr2____(&x->sem);
	else {
		x = 1;
	}
	for (i = 0; i < 10; i++) {
		Zfb2(a);
		foo();
		Zfr2(a);
	}
	Zfb2(b);
	foo(GFP_DROP);
	Zfr2(b);
	Zfb2(c);
	foo();
	Zfr2(c);
	if (x)
		return ZfR(-EINVAL);
	h = begin(inode);
	if (ZfX(IS_ERR(h))) {
		return PTR_ERR(h);
	}
	if (ZfX(!try(inode)))
		return 1;
	foo();
	if (ZfF(!Zfb4(inode))) {
		err = 2;
		goto out;
	}
	if (x)
		return ZfT(err, foo(bar, baz,
			kmalloc()));
out:
	return err;
}

static void Zf_n2(struct x *x)
{
	Zfb1_____(&x->sem);
	Zfr1_____(&x->sem);
}

static void Zf_d3(struct x *x)
{
	int a;
	int ret;

	if (!x)
		return ZfR();
	Zfb1_____(&x->sem);
	Zfr1_____(&x->sem);
}
