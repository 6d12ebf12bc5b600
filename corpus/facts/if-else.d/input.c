static void around_else(int a)
{
#ifdef CONFIG_A
	if (a)
		one();
	else
#endif
		two();
	if (a) {
		three();
	}
#ifdef CONFIG_B
	else if (four()) {
		five();
	}
#endif
	else {
		six();
	}
}

#ifdef CONFIG_C
static int header(int a)
#else
int header(int a, int b)
#endif
{
	return a;
}

#ifdef CONFIG_D
int other(int a) {
#else
int other(long a) {
#endif
	return a;
}
