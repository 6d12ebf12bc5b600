static int odd(int x)
{
	static void *table[] = { &&one, &&two };
	int y = _Generic(x, int: as_int(x), default: as_other(x));

	asm volatile("nop" : "=r" (y) : "r" (x) : "memory");
	asm goto("jmp %l0" : : "r" (x) : : fail);
	goto *table[y];
one:
	first();
two:
	second();
	return y;
fail:
	return -1;
}
