// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe_cost COMMAND [WORD..]: what a run of a command costs.
 *
 * Prints seconds by the clock, seconds of CPU (user and system, children
 * included) and the peak of resident memory in bytes on one line. What the
 * command prints is dropped, what it says on stderr is not. Exit: that of the
 * command; 127 when it cannot be run.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval tv)
{
	return (double)tv.tv_sec + (double)tv.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void run_child(char **argv)
{
	int fd = open("/dev/null", O_WRONLY);

	if (fd >= 0)
		dup2(fd, STDOUT_FILENO);
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(127);
}

int main(int argc, char **argv)
{
	double start = now();
	struct rusage ru;
	int status;
	pid_t pid;

	if (argc < 2) {
		fprintf(stderr, "usage: probe_cost COMMAND [WORD..]\n");
		return 2;
	}
	pid = fork();
	if (pid == 0)
		run_child(argv + 1);
	if (pid < 0 || wait4(pid, &status, 0, &ru) < 0) {
		perror("probe_cost");
		return 127;
	}
	printf("%.3f %.3f %ld\n", now() - start,
	       seconds(ru.ru_utime) + seconds(ru.ru_stime),
	       ru.ru_maxrss * 1024);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}
