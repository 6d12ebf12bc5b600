static int loops(struct list_head *head)
{
	struct item *item;
	int i;

	list_for_each_entry(item, head, list)
		visit(item);
	for_each_cpu(i, mask) {
		if (skip(i))
			continue;
		if (stop(i))
			break;
		work(i);
	}
	for (i = first(); i < last(); i = next(i))
		step(i);
	for (;;) {
		switch (state(head)) {
		case 1:
			continue;
		case 2 ... 5:
			two();
			fallthrough;
		case -EAGAIN:
			again();
			break;
		default:
			return 1;
		}
		behind();
	}
	do {
		once();
	} while (0);
	while (!done(head))
		;
	return 0;
}
