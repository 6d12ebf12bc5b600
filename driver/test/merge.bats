#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope audit --shard and gfpscope merge, on the demo's tree.

bats_require_minimum_version 1.5.0

setup_file()
{
	tree=$BATS_TEST_DIRNAME/../../corpus/demo/tree
	cd "$BATS_FILE_TMPDIR"
	"$GFPSCOPE" audit -q --worktree "$tree" --format json -o whole >whole.txt
	for i in 1 2 3; do
		"$GFPSCOPE" audit -q --worktree "$tree" --shard $i/3 \
			--format json -o "part$i" >"part$i.txt"
	done
}

setup()
{
	cd "$BATS_FILE_TMPDIR"
	whole=whole/report.json
	p1=part1/report.json p2=part2/report.json p3=part3/report.json
}

@test "merge: the parts have something each, and say that they are parts" {
	for p in $p1 $p2 $p3; do
		grep -q '"reason"' $p
	done
	grep -q '"shards": {"of": 3, "have": \[2\]}' $p2
	grep -q 'only 1 of 3 shards' part2.txt
	run ! grep -q '"shards"' $whole
}

@test "merge: all parts are the whole report, in any order and grouping" {
	"$GFPSCOPE" merge a.json $p1 $p2 $p3
	cmp a.json $whole
	"$GFPSCOPE" merge b.json $p3 $p1
	"$GFPSCOPE" merge c.json $p2 b.json
	cmp c.json $whole
	"$GFPSCOPE" merge --whole - $p2 $p3 $p1 | cmp - $whole
	"$GFPSCOPE" merge --format text text.txt $p2 $p3 $p1
	[ "$(wc -l <text.txt)" -ge 50 ]
}

@test "merge: a missing part is said, and fails with --whole" {
	run --separate-stderr "$GFPSCOPE" merge d.json $p1 $p3
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"2 of 3 shards are there"* ]]
	run --separate-stderr "$GFPSCOPE" merge --whole e.json $p1 $p3
	[ "$status" -eq 3 ]
	[ ! -e e.json ]
	run --separate-stderr "$GFPSCOPE" history add --db h.db d.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"only some shards"* ]]
	run --separate-stderr "$GFPSCOPE" compare d.json $whole
	[ "$status" -eq 3 ]
}

@test "merge: a baseline is given to the merge, not to the parts" {
	tree=$BATS_TEST_DIRNAME/../../corpus/demo/tree
	run --separate-stderr "$GFPSCOPE" audit -q --worktree "$tree" \
		--shard 1/3 --baseline $whole
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"merge"* ]]
	run --separate-stderr "$GFPSCOPE" audit -q --worktree "$tree" \
		--shard 1/3 --propose
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"several shards"* ]]
	"$GFPSCOPE" merge --baseline $whole f.json $p1 $p2 $p3
	grep -q '"baseline": "unchanged"' f.json
	run ! grep -q '"baseline": "new"' f.json
	run --separate-stderr "$GFPSCOPE" merge g.json f.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"plain reports"* ]]
}

@test "merge: what does not belong together" {
	sed 's/"kernel": "6/"kernel": "7/' $p2 >other.json
	run --separate-stderr "$GFPSCOPE" merge x.json $p1 other.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"do not belong together"* ]]
	sed 's/"knowledge": "/"knowledge": "0/' $p2 >other.json
	run --separate-stderr "$GFPSCOPE" merge x.json $p1 other.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"another knowledge"* ]]
	run --separate-stderr "$GFPSCOPE" merge x.json $p1 $p1
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"shard 1 is in both"* ]]
	[ ! -e x.json ]
}

@test "merge: words and files that are wrong" {
	run --separate-stderr "$GFPSCOPE" merge
	[ "$status" -eq 2 ]
	run --separate-stderr "$GFPSCOPE" merge x.json
	[ "$status" -eq 2 ]
	run --separate-stderr "$GFPSCOPE" merge --format pdf x.json $p1
	[ "$status" -eq 2 ]
	run --separate-stderr "$GFPSCOPE" merge x.json none.json
	[ "$status" -eq 3 ]
	echo '{' >broken.json
	run --separate-stderr "$GFPSCOPE" merge x.json broken.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"broken.json: not JSON"* ]]
	[ ! -e x.json ]
	for s in 0/3 4/3 x 1; do
		run --separate-stderr "$GFPSCOPE" audit --shard $s
		[ "$status" -eq 2 ]
		[[ "$stderr" == *"'$s' is no shard"* ]]
	done
}
