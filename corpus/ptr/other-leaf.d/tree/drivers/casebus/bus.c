// SPDX-License-Identifier: GPL-2.0-only
#include <linux/casebus.h>
#include <linux/workqueue.h>

static struct case_driver *case_list;

static void case_scan(struct work_struct *work)
{
	case_list->probe(case_list->data);
}

static DECLARE_WORK(case_work, case_scan);

int case_register(struct case_driver *drv)
{
	case_list = drv;
	schedule_work(&case_work);
	return 0;
}
