#include <linux/fs.h>
#include <linux/slab.h>

static struct c_item *c_new(struct c_info *ci, u64 key, gfp_t gfp);

/* An item without a name. */
static void *c_plain(gfp_t flags)
{
	return kmalloc(8, flags | __GFP_ZERO);
}

static int c_first(gfp_t gfp_mask,
		   int nr)
{
	return nr && gfpflags_allow_blocking(gfp_mask);
}

int c_add(struct c_info *ci)
{
	ci->c_a = c_new(ci, 1, GFP_NOFS);
	ci->c_b = c_plain(GFP_NOFS);
	if (c_first(GFP_NOFS, c_nr(ci, 2)))
		return -EAGAIN;
	return ci->gfp ? 0 : -ENOMEM;
}

int c_more(struct c_info *ci)
{
	ci->c_a = c_new(ci, c_key(ci, 4),
			GFP_KERNEL);
	return ci->c_a ? 0 : -ENOMEM;
}

static struct c_item *c_new(struct c_info *ci, u64 key,
			    gfp_t gfp)
{
	struct c_item *item = kmalloc(sizeof(*item), gfp);

	if (!item)
		return NULL;
	item->gfp = 0;
	item->name = kstrdup(ci->name, gfp);
	return item;
}
