// SPDX-License-Identifier: GPL-2.0-only
/*
 * Run another program to its end: arguments, input and limits go in; output,
 * exit status and CPU time come out.
 *
 * The child is made by vfork(), because copying the page tables of a parent
 * that holds a kernel's facts costs more than most of what children do here.
 * It shares our memory until it executes the program, so everything it needs
 * is made ready before, and it does system calls only.
 *
 * Not tried: catching a grandchild that leaves the process group.
 */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sandbox.h"

#define OUTPUT_DEFAULT	((size_t)64 << 20)
#define POLL_MS		50

/* What the child needs, and what it says when it cannot execute. */
struct child {
	const char *const *argv, *const *env;
	const char *path, *dir;
	int stdio[3];			/* -1 while not open */
	pid_t parent;
	unsigned int cpu_seconds;
	size_t memory_bytes;
	struct sandbox *sandbox;	/* NULL: none wanted or none there */
	sigset_t mask;
	volatile int failed_errno;	/* 0: executed */
	const char *volatile failed_step;
};

/* Our side of one run. */
struct run {
	struct proc_result *r;
	int out, err;			/* our ends of pipes, -1 once closed */
	int pidfd;			/* -1: not on this kernel */
	pid_t pid;
	size_t limit;			/* bytes of output, each */
	int64_t deadline;		/* ms, 0: none */
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* ---- in the child: system calls only ---- */

static int set_limit(int what, rlim_t soft, rlim_t hard)
{
	struct rlimit now;

	if (getrlimit(what, &now))
		return -1;
	if (hard > now.rlim_max)
		hard = now.rlim_max;
	now.rlim_cur = soft > hard ? hard : soft;
	now.rlim_max = hard;
	return setrlimit(what, &now);
}

static int set_limits(const struct child *c)
{
	rlim_t cpu = c->cpu_seconds, bytes = c->memory_bytes;

	if (set_limit(RLIMIT_CORE, 0, 0) ||
	    (cpu && set_limit(RLIMIT_CPU, cpu, cpu + 2)) ||
	    (bytes && set_limit(RLIMIT_AS, bytes, bytes)))
		return -1;
	return 0;
}

static int set_stdio(const struct child *c)
{
	int i, fds[3];

	/* Out of the way of 0..2 first, wherever the pipes came to be. */
	for (i = 0; i < 3; i++) {
		fds[i] = fcntl(c->stdio[i], F_DUPFD_CLOEXEC, 3);
		if (fds[i] < 0)
			return -1;
	}
	for (i = 0; i < 3; i++)
		if (dup2(fds[i], i) < 0)
			return -1;
	return 0;
}

/* Ignored signals stay ignored over exec, and so does the mask. */
static int set_signals(const struct child *c)
{
	struct sigaction sa = { .sa_handler = SIG_DFL };

	if (sigaction(SIGPIPE, &sa, NULL))
		return -1;
	return sigprocmask(SIG_SETMASK, &c->mask, NULL);
}

/* Returns the step that failed, or NULL. */
static const char *child_prepare(struct child *c)
{
	if (setpgid(0, 0))
		return "make a process group";
	/* The signal is lost if the parent was gone before we asked for it. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != c->parent)
		return "tie to the parent";
	if (set_stdio(c))
		return "connect standard input and output";
	if (c->dir && chdir(c->dir))
		return "change to its directory";
	if (set_limits(c))
		return "set limits";
	if (set_signals(c))
		return "reset signals";
	return NULL;
}

static void __attribute__((noreturn)) child_main(struct child *c)
{
	const char *step = child_prepare(c);

	if (!step) {
		if (c->sandbox)
			sandbox_enter(c->sandbox);
		execve(c->path, (char *const *)c->argv, (char *const *)c->env);
		step = "execute";
	}
	c->failed_errno = errno;
	c->failed_step = step;
	_exit(127);
}

/* ---- in the parent ---- */

static bool is_program(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, X_OK);
}

/* Before the child changes its directory, hence always an absolute path. */
static char *absolute(const char *path)
{
	struct strbuf sb = STRBUF_INIT;
	char *cwd = path[0] == '/' ? NULL : getcwd(NULL, 0);

	if (cwd)
		strbuf_addf(&sb, "%s/", cwd);
	strbuf_adds(&sb, path);
	free(cwd);
	return strbuf_detach(&sb);
}

static char *find_program(const char *name, struct err *err)
{
	const char *p = getenv("PATH");
	struct strbuf sb = STRBUF_INIT;
	char *found = NULL;
	size_t len;

	if (strchr(name, '/'))
		p = NULL;
	else if (!p)
		p = "/usr/bin:/bin";
	if (!p && is_program(name))
		return absolute(name);
	for (; p && !found; p = p[len] ? p + len + 1 : NULL) {
		len = strcspn(p, ":");
		strbuf_clear(&sb);
		strbuf_add(&sb, p, len);
		strbuf_addf(&sb, "%s%s", len ? "/" : "", name);
		if (is_program(sb.buf))
			found = absolute(sb.buf);
	}
	strbuf_release(&sb);
	if (!found)
		err_set(err, ERR_NOT_FOUND, "no program '%s'", name);
	return found;
}

/* A file, not a pipe: nobody has to feed it, or to mind a reader that left. */
static int open_input(const struct proc_opts *opts)
{
	size_t done = 0;
	int fd;

	if (!opts->input)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	fd = memfd_create("input", MFD_CLOEXEC);
	while (fd >= 0 && done < opts->input_len) {
		ssize_t n = write(fd, opts->input + done,
				  opts->input_len - done);

		if (n < 0 && errno != EINTR)
			close_fd(&fd);
		else if (n > 0)
			done += (size_t)n;
	}
	if (fd >= 0 && lseek(fd, 0, SEEK_SET))
		close_fd(&fd);
	return fd;
}

static int open_output(int *ours, int *theirs)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC))
		return -1;
	*ours = fds[0];
	*theirs = fds[1];
	return fcntl(fds[0], F_SETFL, O_NONBLOCK);
}

static pid_t __attribute__((noinline)) spawn(struct child *c)
{
	sigset_t all;
	pid_t pid;

	/* No handler of ours may run in a child that shares our memory. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &c->mask);
	c->parent = getpid();
	pid = vfork();
	if (pid == 0)
		child_main(c);
	pthread_sigmask(SIG_SETMASK, &c->mask, NULL);
	return pid;
}

/* Read what is there. Closes @fd at its end or on an error. */
static void drain(struct run *run, int *fd, struct strbuf *sb)
{
	char buf[16384];

	while (*fd >= 0 && !run->r->truncated) {
		ssize_t n = read(*fd, buf, sizeof(buf));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {
			close_fd(fd);
			return;
		}
		if ((size_t)n > run->limit - sb->len) {
			n = (ssize_t)(run->limit - sb->len);
			run->r->truncated = true;
		}
		strbuf_add(sb, buf, (size_t)n);
	}
}

static bool has_ended(const struct run *run)
{
	siginfo_t info = { .si_pid = 0 };

	/* It stays a zombie, so that its group's number is not used again. */
	return waitid(P_PID, (id_t)run->pid, &info,
		      WEXITED | WNOHANG | WNOWAIT) || info.si_pid == run->pid;
}

static int poll_timeout(const struct run *run)
{
	int64_t left = run->pidfd < 0 ? POLL_MS : -1;

	if (run->deadline) {
		int64_t until = run->deadline - now_ms();

		if (left < 0 || until < left)
			left = until < 0 ? 0 : until;
	}
	return left > 1000000 ? 1000000 : (int)left;
}

static void follow(struct run *run)
{
	struct proc_result *r = run->r;
	bool ended = false;

	while (!ended && !r->truncated && !r->timed_out) {
		struct pollfd fds[] = {
			{ .fd = run->out, .events = POLLIN },
			{ .fd = run->err, .events = POLLIN },
			{ .fd = run->pidfd, .events = POLLIN },
		};

		poll(fds, ARRAY_SIZE(fds), poll_timeout(run));
		ended = has_ended(run);
		drain(run, &run->out, &r->out);
		drain(run, &run->err, &r->err);
		r->timed_out = !ended && run->deadline &&
			       now_ms() >= run->deadline;
	}
}

static double seconds(struct timeval tv)
{
	return (double)tv.tv_sec + (double)tv.tv_usec / 1e6;
}

static void reap(struct run *run)
{
	struct proc_result *r = run->r;
	struct rusage ru;
	int status = 0;

	kill(-run->pid, SIGKILL);
	while (wait4(run->pid, &status, 0, &ru) < 0)
		if (errno != EINTR)
			return;
	r->status = WIFSIGNALED(status) ? -WTERMSIG(status) :
					  WEXITSTATUS(status);
	r->cpu = seconds(ru.ru_utime) + seconds(ru.ru_stime);
}

static int judge_end(const char *name, const struct proc_opts *opts,
		     struct proc_result *r, struct err *err)
{
	if (r->timed_out)
		return err_set(err, ERR_LIMIT, "'%s' took more than %u seconds",
			       name, opts->wall_seconds);
	if (r->truncated)
		return err_set(err, ERR_LIMIT, "'%s' wrote too much", name);
	if (opts->cpu_seconds &&
	    (r->status == -SIGXCPU ||
	     (r->status == -SIGKILL && r->cpu >= opts->cpu_seconds))) {
		r->timed_out = true;
		return err_set(err, ERR_LIMIT,
			       "'%s' used more than %u seconds of CPU", name,
			       opts->cpu_seconds);
	}
	return 0;
}

static int start(struct child *c, struct run *run, const struct proc_opts *opts,
		 struct err *err)
{
	int i;

	c->stdio[0] = open_input(opts);
	if (c->stdio[0] < 0 || open_output(&run->out, &c->stdio[1]) ||
	    open_output(&run->err, &c->stdio[2]))
		run->pid = -1;
	else
		run->pid = spawn(c);
	if (run->pid < 0)
		err_set(err, ERR_IO, "cannot start '%s': %s", c->argv[0],
			strerror(errno));
	for (i = 0; i < 3; i++)
		close_fd(&c->stdio[i]);
	if (run->pid < 0)
		return ERR_IO;
	if (!c->failed_errno)
		return 0;
	reap(run);
	return err_set(err, c->failed_errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
		       "cannot run '%s': cannot %s: %s", c->argv[0],
		       c->failed_step, strerror(c->failed_errno));
}

int proc_run(const char *const *argv, const struct proc_opts *opts,
	     struct proc_result *r, struct err *err)
{
	char *path = find_program(argv[0], err);
	struct child c = {
		.argv = argv, .path = path, .dir = opts->dir,
		.env = opts->env ? opts->env : (const char *const *)environ,
		.cpu_seconds = opts->cpu_seconds,
		.memory_bytes = opts->memory_bytes,
		.stdio = { -1, -1, -1 },
	};
	struct run run = { .r = r, .out = -1, .err = -1, .pidfd = -1 };
	int ret;

	memset(r, 0, sizeof(*r));
	strbuf_init(&r->out);
	strbuf_init(&r->err);
	if (!path)
		return ERR_NOT_FOUND;
	if (opts->sandbox)
		c.sandbox = sandbox_new(opts->dir);
	run.limit = opts->output_bytes ? opts->output_bytes : OUTPUT_DEFAULT;
	if (opts->wall_seconds)
		run.deadline = now_ms() + (int64_t)opts->wall_seconds * 1000;
	ret = start(&c, &run, opts, err);
	if (!ret) {
		run.pidfd = (int)syscall(SYS_pidfd_open, run.pid, 0);
		follow(&run);
		reap(&run);
		r->sandboxed = c.sandbox && sandbox_entered(c.sandbox);
		ret = judge_end(argv[0], opts, r, err);
	}
	close_fd(&run.out);
	close_fd(&run.err);
	close_fd(&run.pidfd);
	sandbox_free(c.sandbox);
	free(path);
	return ret;
}

void proc_result_release(struct proc_result *r)
{
	strbuf_release(&r->out);
	strbuf_release(&r->err);
	memset(r, 0, sizeof(*r));
	strbuf_init(&r->out);
	strbuf_init(&r->err);
}
