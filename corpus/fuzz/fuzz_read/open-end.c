#define X(a) \
	kmalloc(a, \
