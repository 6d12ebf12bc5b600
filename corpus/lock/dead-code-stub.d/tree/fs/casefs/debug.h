/* SPDX-License-Identifier: GPL-2.0-only */
#ifdef CONFIG_PRINTK
void cf_printk(struct inode *inode, const char *fmt, ...);
#else
static inline void cf_printk(struct inode *inode, const char *fmt, ...)
{
}
#endif

#define cf_warn(inode, fmt, ...) cf_printk(inode, fmt, ##__VA_ARGS__)
