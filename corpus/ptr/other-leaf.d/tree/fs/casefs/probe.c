// SPDX-License-Identifier: GPL-2.0-only
#include <linux/casebus.h>
#include <linux/module.h>
#include <linux/slab.h>

static void *cf_table;

static int cf_probe(void *data)
{
	cf_table = kmalloc(64, GFP_NOFS);
	return cf_table ? 0 : -ENOMEM;
}

static struct case_driver cf_driver = {
	.probe	= cf_probe,
};

static int __init cf_init(void)
{
	return case_register(&cf_driver);
}
module_init(cf_init);
