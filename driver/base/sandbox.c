// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cage of base/proc.c: Landlock (Linux 5.13) takes away every right to
 * change the file system but below one directory and on /dev/null; a seccomp
 * filter refuses sockets that are not local, and io_uring, which could make
 * them by another way. Both last for the life of the process and of all its
 * children, and need no privilege.
 *
 * Not tried: hiding files from reading, and architectures whose system call
 * numbers are not known here (they count as not sandboxed).
 */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"

#if defined(__x86_64__) && !defined(__ILP32__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define THIS_ARCH AUDIT_ARCH_RISCV64
#endif

/* Newer than the headers of the oldest system we build on. */
#define ACCESS_REFER	(1ULL << 13)	/* ABI 2 */
#define ACCESS_TRUNCATE	(1ULL << 14)	/* ABI 3 */

#define ACCESS_CHANGE_DIR						\
	(LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	 LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |	\
	 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |	\
	 LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |	\
	 LANDLOCK_ACCESS_FS_MAKE_SYM)

struct sandbox {
	int ruleset;
	volatile bool entered;
};

static int allow_below(int ruleset, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = access };
	int ret;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return -1;
	ret = (int)syscall(SYS_landlock_add_rule, ruleset,
			   LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
	return ret;
}

struct sandbox *sandbox_new(const char *dir)
{
	struct landlock_ruleset_attr attr = { 0 };
	uint64_t file = LANDLOCK_ACCESS_FS_WRITE_FILE;
	uint64_t tree = ACCESS_CHANGE_DIR;
	struct sandbox *s;
	long abi;
	int fd;

	abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
		      LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return NULL;
	if (abi >= 2)
		tree |= ACCESS_REFER;
	if (abi >= 3)
		file |= ACCESS_TRUNCATE;
	attr.handled_access_fs = file | tree;
	fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (fd < 0)
		return NULL;
	if (allow_below(fd, "/dev/null", file) ||
	    (dir && allow_below(fd, dir, file | tree))) {
		close(fd);
		return NULL;
	}
	s = xmalloc(sizeof(*s));
	s->ruleset = fd;
	s->entered = false;
	return s;
}

void sandbox_free(struct sandbox *s)
{
	if (!s)
		return;
	close(s->ruleset);
	free(s);
}

#ifdef THIS_ARCH

#define LOAD(field)							\
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,				\
		 (uint32_t)offsetof(struct seccomp_data, field))
#define IF_EQUAL(value, yes, no)					\
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))
#define IF_AT_LEAST(value, yes, no)					\
	BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (value), (yes), (no))
#define RESULT(value)	BPF_STMT(BPF_RET | BPF_K, (value))

/* args[0] is read as its low word, which is its first one here. */
static int refuse_network(void)
{
	static const struct sock_filter code[] = {
		LOAD(arch),
		IF_EQUAL(THIS_ARCH, 0, 7),
		LOAD(nr),
		IF_AT_LEAST(0x40000000, 5, 0),	/* x86's third set of calls */
		IF_EQUAL(SYS_io_uring_setup, 4, 0),
		IF_EQUAL(SYS_socket, 0, 2),
		LOAD(args[0]),
		IF_EQUAL(AF_UNIX, 0, 1),
		RESULT(SECCOMP_RET_ALLOW),
		RESULT(SECCOMP_RET_ERRNO | EACCES),
	};
	const struct sock_fprog prog = {
		.len = ARRAY_SIZE(code),
		.filter = (struct sock_filter *)code,
	};

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog);
}

#else

static int refuse_network(void)
{
	return -1;
}

#endif

void sandbox_enter(struct sandbox *s)
{
	int failed = 0;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		failed = 1;
	else if (syscall(SYS_landlock_restrict_self, s->ruleset, 0))
		failed = 1;
	if (refuse_network())
		failed = 1;
	s->entered = !failed;
}

bool sandbox_entered(const struct sandbox *s)
{
	return s->entered;
}
