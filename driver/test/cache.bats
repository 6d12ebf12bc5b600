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

# tree: a kernel of one file
tree() {
	local t=$BATS_TEST_TMPDIR/tree
	mkdir -p "$t/fs"
	printf 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\n' >"$t/Makefile"
	printf 'void *f(void)\n{\n\treturn kmalloc(4, GFP_NOFS);\n}\n' \
		>"$t/fs/a.c"
	echo "$t"
}

audit() {
	run --separate-stderr "$GFPSCOPE" audit --worktree "$(tree)" \
		-o "$BATS_TEST_TMPDIR/$1" "${@:2}"
	[ "$status" -eq 0 ]
}

same() {
	cmp "$BATS_TEST_TMPDIR/$1/report.json" "$BATS_TEST_TMPDIR/$2/report.json"
}

@test "a second audit finds the facts and says the same" {
	audit one
	# the facts of a file, and the program
	[[ "$("$GFPSCOPE" cache)" == *" 2 records in 2 segments" ]]
	audit two
	same one two
	[[ "$("$GFPSCOPE" cache)" == *" 2 records in 2 segments" ]]
	echo 'int b;' >>"$(tree)/fs/b.c"
	audit three
	[[ "$("$GFPSCOPE" cache)" == *" 4 records in 4 segments" ]]
	"$GFPSCOPE" cache verify
}

@test "a program is not that of other knowledge" {
	audit one
	mkdir "$BATS_TEST_TMPDIR/rules"
	cat >"$BATS_TEST_TMPDIR/rules/a.json" <<-'END'
	{"allocators": []}
	END
	audit two --rules "$BATS_TEST_TMPDIR/rules"
	[[ "$("$GFPSCOPE" cache)" == *" 3 records in 3 segments" ]]
}

@test "damage is told in one line and changes nothing" {
	audit one
	for seg in "$dir"/*.seg; do
		cp "$seg" "$BATS_TEST_TMPDIR/sound"
		printf X | dd of="$seg" bs=1 seek=100 conv=notrunc status=none
		run "$GFPSCOPE" cache verify
		[ "$status" -eq 3 ]
		audit two
		same one two
		[ "$(grep cache: <<<"$stderr")" = "gfpscope: warning: cache: 1 damaged entry dropped, made again from source" ]
		audit three
		same one three
		[[ "$stderr" != *cache:* ]]
		mv "$BATS_TEST_TMPDIR/sound" "$seg"
	done
}

@test "programs get a quarter of the cache" {
	for n in 1 2 3; do
		echo "int b$n;" >>"$(tree)/fs/b.c"
		audit one
	done
	[ "$(ls "$dir"/large-*.seg | wc -l)" -eq 3 ]
	one=$(stat -c %s "$(ls "$dir"/large-*.seg | tail -1)")
	echo "int c;" >>"$(tree)/fs/b.c"
	audit one --cache-size $((8 * one + 4096))
	[ "$(ls "$dir"/large-*.seg | wc -l)" -eq 2 ]
	echo "int d;" >>"$(tree)/fs/b.c"
	audit one --cache-size $((3 * one))
	[ "$(ls "$dir"/large-*.seg | wc -l)" -eq 2 ]
}

@test "a directory that cannot be written to is read" {
	audit one
	before=$(ls -l "$dir")
	chmod a-w "$dir"
	audit two
	chmod u+w "$dir"
	same one two
	[ "$(ls -l "$dir")" = "$before" ]
}

@test "without a cache: asked for, or there is no place" {
	audit one --no-cache
	[ ! -e "$dir" ]
	XDG_CACHE_HOME=/proc/none audit two
	same one two
	audit three --cache-dir /proc/none
	same one three
	[[ "$stderr" == *"no cache in '/proc/none'"* ]]
}

@test "the cache is kept to its size" {
	audit one --cache-dir "$BATS_TEST_TMPDIR/c" --cache-size 1
	[[ "$("$GFPSCOPE" cache --cache-dir "$BATS_TEST_TMPDIR/c")" == *" 0 segments" ]]
}
