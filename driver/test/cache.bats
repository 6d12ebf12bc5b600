#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope cache: what it says about a directory, and that it touches no other.

bats_require_minimum_version 1.5.0

setup() {
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR
	dir=$BATS_TEST_TMPDIR/gfpscope
}

@test "no cache yet is an empty one, and stays none" {
	run "$GFPSCOPE" cache
	[ "$status" -eq 0 ]
	[ "$output" = "$dir: 0 bytes, 0 records in 0 segments" ]
	run "$GFPSCOPE" cache clear
	[ "$status" -eq 0 ]
	[ ! -e "$dir" ]
}

@test "verify finds damage, clear removes segments and nothing else" {
	mkdir "$dir"
	echo rubbish >"$dir/1.seg"
	echo mine >"$dir/other"
	run --separate-stderr "$GFPSCOPE" cache verify
	[ "$status" -eq 3 ]
	[[ "$output" == "1.seg: cut off"* ]]
	[[ "$stderr" == *"1 segments and 0 records are damaged"* ]]
	run "$GFPSCOPE" cache clear
	[ "$status" -eq 0 ]
	[ "$(ls "$dir")" = other ]
}

@test "another directory, and wrong words" {
	mkdir "$dir"
	run "$GFPSCOPE" cache --cache-dir "$dir" show
	[ "$status" -eq 0 ]
	[[ "$output" == "$dir: 0 bytes"* ]]
	run "$GFPSCOPE" cache shrink
	[ "$status" -eq 2 ]
	run "$GFPSCOPE" cache show verify
	[ "$status" -eq 2 ]
	run env -u XDG_CACHE_HOME -u HOME "$GFPSCOPE" cache
	[ "$status" -eq 2 ]
}
