static void each(struct task_struct *p)
{
	do_each_thread(g, t) {
		visit(t);
	} while_each_thread(g, t);

	do {
		visit(p);
	} while_each_pid_thread(p);

	BEGIN_SECTION(p)
		inside(p);
	END_SECTION(p)
	after(p);
}

static void next(void)
{
	fine();
}
