/* SPDX-License-Identifier: GPL-2.0-only */
struct case_driver {
	int (*probe)(void *data);
	void *data;
};

int case_register(struct case_driver *drv);
