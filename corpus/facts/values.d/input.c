static int values(struct inode *inode, struct page **pages)
{
	struct page *page, *other = NULL;
	int ret = -EINVAL, n = 0;

	page = pages[n++];
	ret = run(inode, page->mapping->host, -1, "text", sizeof(*page));
	inode->i_page = other = find(inode);
	inode->count = ret;
	inode->i_private = NULL;
	n += 3;
	n <<= 1;
	if (ret)
		return ret;
	*pages = page;
	(*pages)->index = 0;
	page = ERR_PTR(ret);
	page = READ_ONCE(inode->i_page);
	a = b = c = run2(x ? y() : z());
	return 0x10;
}

static bool yes(struct inode *inode)
{
	return !inode->i_nlink;
}

static void *pointer(void)
{
	return ERR_PTR(-ENOMEM);
}
