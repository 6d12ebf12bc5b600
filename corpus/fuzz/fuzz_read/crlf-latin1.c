int f(void)
{
	return g(GFP_NOFS); /* café */
}
