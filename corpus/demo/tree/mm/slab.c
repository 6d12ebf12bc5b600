// SPDX-License-Identifier: GPL-2.0-only
/* The slab allocator: objects of one size, cut from pages. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/pagemap.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>

struct kmem_cache {
	const char	*name;
	unsigned int	size;
	void		(*ctor)(void *obj);
	spinlock_t	lock;
	void		*freelist;
};

static struct kmem_cache kmalloc_cache = { .name = "kmalloc", .size = 4096 };

static void *get_free_object(struct kmem_cache *s)
{
	void *obj;

	spin_lock(&s->lock);
	obj = s->freelist;
	if (obj)
		s->freelist = *(void **)obj;
	spin_unlock(&s->lock);
	return obj;
}

static void *new_slab(struct kmem_cache *s, gfp_t flags)
{
	struct page *page = alloc_pages(flags, 0);

	if (!page)
		return NULL;
	if (s->ctor)
		s->ctor(page->private);
	return page->private;
}

void *kmem_cache_alloc(struct kmem_cache *s, gfp_t flags)
{
	void *obj = get_free_object(s);

	if (!obj)
		obj = new_slab(s, flags);
	if (obj && (flags & __GFP_ZERO))
		memset(obj, 0, s->size);
	return obj;
}
EXPORT_SYMBOL(kmem_cache_alloc);

void kmem_cache_free(struct kmem_cache *s, void *obj)
{
	spin_lock(&s->lock);
	*(void **)obj = s->freelist;
	s->freelist = obj;
	spin_unlock(&s->lock);
}
EXPORT_SYMBOL(kmem_cache_free);

void *kmalloc(size_t size, gfp_t flags)
{
	if (size > kmalloc_cache.size)
		return NULL;
	return kmem_cache_alloc(&kmalloc_cache, flags);
}
EXPORT_SYMBOL(kmalloc);

void kfree(const void *p)
{
	if (p)
		kmem_cache_free(&kmalloc_cache, (void *)p);
}
EXPORT_SYMBOL(kfree);

void *kmemdup(const void *src, size_t len, gfp_t gfp)
{
	void *p = kmalloc(len, gfp);

	if (p)
		memcpy(p, src, len);
	return p;
}
EXPORT_SYMBOL(kmemdup);

char *kstrdup(const char *s, gfp_t gfp)
{
	return s ? kmemdup(s, strlen(s) + 1, gfp) : NULL;
}
EXPORT_SYMBOL(kstrdup);

void *kvmalloc(size_t size, gfp_t flags)
{
	void *p = kmalloc(size, flags | __GFP_NORETRY | __GFP_NOWARN);

	return p ? p : __vmalloc(size, flags);
}
EXPORT_SYMBOL(kvmalloc);
