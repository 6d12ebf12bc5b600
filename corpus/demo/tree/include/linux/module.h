/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/kernel.h>

struct module;

#define THIS_MODULE		((struct module *)0)
#define EXPORT_SYMBOL(sym)	extern typeof(sym) sym
#define EXPORT_SYMBOL_GPL(sym)	extern typeof(sym) sym
#define MODULE_LICENSE(text)	extern int __module_license
#define MODULE_DESCRIPTION(text)	extern int __module_description

#define module_init(fn)	int init_module(void) __attribute__((__alias__(#fn)))
#define module_exit(fn)	\
	void cleanup_module(void) __attribute__((__alias__(#fn)))

#endif
