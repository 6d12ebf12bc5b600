#include <linux/casefs.h>

int c_add(struct c_info *ci)
{
	ci->c_a = c_new(ci, 1, GFP_NOFS);
	ci->c_b = c_alone(GFP_NOFS);
	ci->c_c = c_exported(3, GFP_NOFS);
	ci->c_d = c_address(4, GFP_NOFS);
	ci->c_e = c_nameless(5, GFP_NOFS);
	ci->c_f = c_told(6, GFP_NOFS);
	ci->c_g = c_atomic(7, GFP_NOFS);
	ci->c_h = c_twice(8, GFP_NOFS);
	ci->c_i = c_macro(9, GFP_NOFS);
	return 0;
}
