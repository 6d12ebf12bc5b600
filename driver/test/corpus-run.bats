#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# corpus/run on a corpus of its own, with a report_lines that says what the test
# wants: does it see what is wrong?

setup()
{
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	c=$BATS_TEST_TMPDIR/corpus
	mkdir -p "$c/demo" "$c/t/one.d"
	cp "$top/corpus/run" "$c/run"
	ln -s "$top/corpus/demo/tree" "$c/demo/tree"
	echo 'int x;' >"$c/t/one.d/input.c"
	expect 'fs/casefs/input.c:f:kmalloc GFP_NOFS scope@f'
	printf '#!/bin/sh\nexit 0\n' >"$c/tool"
	chmod +x "$c/tool"
	export GFPSCOPE=$c/tool REPORT_LINES=$c/lines
	found site f kmalloc GFP_NOFS scope f
}

expect()
{
	printf '%s\n' "$@" >"$c/t/one.d/expected.verdict"
}

# found KIND FUNCTION CALLEE MASK VERDICT SCOPE ..: a report with these lines.
found()
{
	printf '#!/bin/sh\n' >"$c/lines"
	while [ $# -gt 0 ]; do
		printf "printf '%s\\\\tfs/casefs/input.c\\\\t%s\\\\t%s\\\\t1\\\\t%s\\\\t%s\\\\t%s\\\\t7\\\\thigh\\\\n'\n" \
			"${@:1:6}" >>"$c/lines"
		shift 6
	done
	chmod +x "$c/lines"
}

last()
{
	[ "${lines[-1]}" = "$1" ]
}

@test "what is found as expected passes" {
	run "$c/run"
	[ "$status" -eq 0 ]
	last '1 passed, 0 failed'
}

@test "another verdict fails and is shown" {
	found site f kmalloc GFP_NOFS unneeded -
	run "$c/run"
	[ "$status" -ne 0 ]
	[[ $output == *'found     fs/casefs/input.c:f:kmalloc GFP_NOFS unneeded'* ]]
	last '0 passed, 1 failed'
}

@test "the confidence counts where one is expected" {
	expect 'fs/casefs/input.c:f:kmalloc GFP_NOFS scope@f high'
	run "$c/run"
	[ "$status" -eq 0 ]
	expect 'fs/casefs/input.c:f:kmalloc GFP_NOFS scope@f low'
	run "$c/run"
	[ "$status" -ne 0 ]
	last '0 passed, 1 failed'
}

@test "the right verdict at another place fails" {
	found site f kmalloc GFP_NOFS scope g
	run "$c/run"
	last '0 passed, 1 failed'
}

@test "a site that is lost fails" {
	found
	run "$c/run"
	last '0 passed, 1 failed'
}

@test "a site too many fails" {
	found site f kmalloc GFP_NOFS scope f site g kmalloc GFP_NOFS unknown -
	run "$c/run"
	last '0 passed, 1 failed'
}

@test "either of two verdicts passes" {
	expect 'fs/casefs/input.c:f:kmalloc GFP_NOFS keep|unknown'
	found site f kmalloc GFP_NOFS unknown -
	run "$c/run"
	last '1 passed, 0 failed'
}

@test "a finding that is missing and one too many fail" {
	expect 'finding fs/casefs/input.c:f|g missing-scope'
	found
	run "$c/run"
	last '0 passed, 1 failed'
	found finding g missing-scope - high -
	run "$c/run"
	last '1 passed, 0 failed'
	expect '# none'
	run "$c/run"
	last '0 passed, 1 failed'
}

@test "a known bug is counted apart, and fails when it is gone" {
	mv "$c/t/one.d" "$c/t/one.b"
	run "$c/run"
	[[ $output == *'rename it'* ]]
	last '0 passed, 1 failed'
	found
	run "$c/run"
	[ "$status" -eq 0 ]
	[[ $output == *'known bugs: 1'* ]]
	last '0 passed, 0 failed'
}

@test "a case that expects nothing fails" {
	rm "$c/t/one.d/expected.verdict"
	run "$c/run"
	last '0 passed, 1 failed'
}

@test "a tool that fails fails the case" {
	printf '#!/bin/sh\necho broken >&2\nexit 3\n' >"$c/tool"
	run "$c/run"
	[[ $output == *broken* ]]
	last '0 passed, 1 failed'
}

@test "bless takes one case and writes what is found" {
	run "$c/run" --bless
	[ "$status" -ne 0 ]
	found site f kmalloc GFP_NOFS keep -
	run "$c/run" --bless t/one
	[ "$status" -eq 0 ]
	[ "$(cat "$c/t/one.d/expected.verdict")" = \
		'fs/casefs/input.c:f:kmalloc GFP_NOFS keep high' ]
}

@test "no such case is an error" {
	run "$c/run" t/two
	[ "$status" -eq 2 ]
}
