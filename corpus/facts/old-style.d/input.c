int old(a, name)
	int a;
	char *name;
{
	return use(a, name);
}

main(argc, argv)
char **argv;
{
	exit(old(argc, *argv));
}
