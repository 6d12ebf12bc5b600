// SPDX-License-Identifier: GPL-2.0-only
/* Areas that are contiguous for the kernel only. */
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct vm_area {
	struct page	**pages;
	unsigned int	nr_pages;
	void		*addr;
};

/* Page tables are made with GFP_KERNEL, whatever the caller may do. */
static int vmap_pages(struct vm_area *area)
{
	struct page *table = alloc_page(GFP_KERNEL | __GFP_ZERO);

	if (!table)
		return -ENOMEM;
	area->addr = table->private;
	return 0;
}

void *__vmalloc(unsigned long size, gfp_t gfp_mask)
{
	struct vm_area *area = kzalloc(sizeof(*area), gfp_mask);
	unsigned int i;

	if (!area)
		return NULL;
	area->nr_pages = DIV_ROUND_UP(size, 4096);
	area->pages = kcalloc(area->nr_pages, sizeof(*area->pages), gfp_mask);
	if (!area->pages)
		goto fail;
	for (i = 0; i < area->nr_pages; i++) {
		area->pages[i] = alloc_page(gfp_mask | __GFP_HIGHMEM);
		if (!area->pages[i])
			goto fail;
	}
	if (vmap_pages(area))
		goto fail;
	return area->addr;

fail:
	kfree(area->pages);
	kfree(area);
	return NULL;
}
EXPORT_SYMBOL(__vmalloc);

void *vmalloc(unsigned long size)
{
	return __vmalloc(size, GFP_KERNEL);
}
EXPORT_SYMBOL(vmalloc);
