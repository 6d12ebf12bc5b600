#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope stats: its figures, what it fills, what it refuses.

bats_require_minimum_version 1.5.0

setup() {
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
	tree=$BATS_TEST_TMPDIR/tree
	mkdir -p "$tree/fs"
	printf 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\n' >"$tree/Makefile"
	cat >"$tree/fs/a.c" <<-'END'
	static int g(int i)
	{
		return i ? f(i - 1) : h();
	}

	int f(int i)
	{
		return g(i);
	}
	END
}

@test "figures of a tree" {
	run "$GFPSCOPE" stats -q --worktree "$tree"
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "files      1 read, $(wc -c <"$tree/fs/a.c") bytes; 0 skipped, 0 cannot be read" ]
	[ "${lines[1]}" = "functions  2 found, 0 not understood" ]
	[ "${lines[2]}" = "notes      0" ]
	[[ "${lines[3]}" =~ ^"facts      "([0-9]+)" bytes, "([0-9]+)" a file"$ ]]
	[ "${BASH_REMATCH[1]}" -gt 0 ]
	[ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ]
	[ "${lines[4]}" = "calls      3, 0 through pointers, 1 unresolved" ]
	[ "${lines[5]}" = "cycles     1 components, 2 functions in the largest" ]
	[ "${#lines[@]}" -eq 6 ]
}

@test "the same figures for any number of threads, cold and warm" {
	"$GFPSCOPE" stats -q --no-cache -j1 --worktree "$tree" >"$tree/one"
	for j in 1 2 8; do
		run "$GFPSCOPE" stats -q -j$j --worktree "$tree"
		[ "$output" = "$(cat "$tree/one")" ]
	done
}

@test "what was read is in the cache, also when nothing is linked" {
	run "$GFPSCOPE" stats -q --read-only --worktree "$tree"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 4 ]
	[[ "$("$GFPSCOPE" cache)" == *" 1 records in 1 segments" ]]
}

@test "what cannot be read is counted and is exit code 4" {
	git init -q "$tree" && cd "$tree" && git add . &&
		git -c user.name=n -c user.email=m commit -qm x
	oid=$(git rev-parse HEAD:fs/a.c)
	printf 'int a;\n' >fs/b.c
	git add . && git -c user.name=n -c user.email=m commit -qm y
	rm -f ".git/objects/${oid:0:2}/${oid:2}"
	run --separate-stderr "$GFPSCOPE" stats -q
	[ "$status" -eq 4 ]
	[ "${lines[0]}" = "files      1 read, 7 bytes; 0 skipped, 1 cannot be read" ]
}

@test "wrong words" {
	run "$GFPSCOPE" stats --worktree "$tree" -- fs
	[ "$status" -eq 2 ]
	[[ "$output" == *"a whole tree is read: no paths" ]]
	run "$GFPSCOPE" stats -C "$tree" HEAD x
	[ "$status" -eq 2 ]
	run "$GFPSCOPE" stats --worktree "$tree/none"
	[ "$status" -eq 3 ]
}
