#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope dump: what the reader sees in a file, each form of it.

bats_require_minimum_version 1.5.0

setup()
{
	cd "$BATS_TEST_TMPDIR"
	cat >a.c <<-'END'
	#if 0
	not this
	#endif
	static void *inner(void)
	{
		return kmalloc(8, GFP_NOFS);
	}

	void outer(struct a *a)
	{
		mutex_lock(&a->lock);
		inner();
		mutex_unlock(&a->lock);
	}
	END
}

dump()
{
	run --separate-stderr "$GFPSCOPE" dump "$@"
}

@test "dump: tokens are what is left when #if is settled" {
	dump --tokens a.c
	[ "$status" -eq 0 ]
	[[ "$output" == *kmalloc*GFP_NOFS*mutex_unlock* ]]
	[[ "$output" != *not* ]]
}

@test "dump: facts have functions, sites and locks; they are the default" {
	dump --facts a.c
	[ "$status" -eq 0 ]
	[[ "$output" == *inner*kmalloc*GFP_NOFS* ]]
	[[ "$output" == *outer*mutex_lock* ]]
	facts=$output
	dump a.c
	[ "$output" = "$facts" ]
}

@test "dump: the graph has who calls whom, over all files" {
	printf 'void top(struct a *a)\n{\n\touter(a);\n}\n' >b.c
	dump --graph a.c b.c
	[ "$status" -eq 0 ]
	[[ "$output" == *top*outer* ]]
	[[ "$output" == *outer*inner* ]]
}

@test "dump: wrong words, and files that are not there" {
	dump
	[ "$status" -eq 2 ]
	[[ "$stderr" == "gfpscope dump: no file given" ]]
	dump --tokens --graph a.c
	[ "$status" -eq 2 ]
	dump none.c
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"none.c"* ]]
	[ "${#stderr_lines[@]}" -eq 1 ]
}
