int f(struct inode *inode, loff_t size, struct c_info *ci)
{
	if (size > inode->i_size)
		return g(1);
	if (inode->i_size < size)
		return g(2);
	if (size <= inode->i_size)
		return g(3);
	if (!(ci->a >= ci->b))
		return g(4);
	if (size + 1 > inode->i_size || (size > ci->a) == ci->b)
		return g(5);
	return size > inode->i_size;
}
