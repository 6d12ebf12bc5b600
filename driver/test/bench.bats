#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# corpus/kernel/bench: that it measures and prints all of its rows. What the
# figures are is not looked at: nothing here is timed.

bats_require_minimum_version 1.5.0

setup() {
	bench=$BATS_TEST_DIRNAME/../../corpus/kernel/bench
	export BENCH_REPO=$BATS_TEST_TMPDIR/repo BENCH_REV=v1 BENCH_ROUNDS=1
	cp -r "$BATS_TEST_DIRNAME/../../corpus/demo/tree" "$BENCH_REPO"
	git init -q "$BENCH_REPO" && cd "$BENCH_REPO" && git add . &&
		git -c user.name=n -c user.email=m commit -qm x && git tag v1
	mkdir "$BATS_TEST_TMPDIR/build"
	ln -s "$BUILD/test" "$BATS_TEST_TMPDIR/build/test"
	export BUILD=$BATS_TEST_TMPDIR/build
}

@test "every row has a figure, a limit and a verdict" {
	run --separate-stderr "$bench"
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == "v1: "*" .c and .h, "*" of them in core; 2 threads, median of 1 rounds" ]]
	[ "$(grep -cE '^(cold|warm|next|facts).* [0-9.]+ x +[0-9.]+ x +[0-9.]+ x .*  (yes|yes, as wanted|no)$' <<<"$output")" -eq 8 ]
	[ "$(grep -cE '^peak memory.* [0-9]+ MB +[0-9]+ MB .*  (yes|yes, as wanted|no)$' <<<"$output")" -eq 7 ]
	[ "$(grep -cE '^(all formats|compare|\.\.).* [0-9.]+ s +[0-9.]+ s .*  (yes|yes, as wanted|no)$' <<<"$output")" -eq 3 ]
	[ "$(grep -cE '( +[0-9]+){4} us  (yes|no)' <<<"$output")" -eq 2 ]
	[ "$(grep -cE '^check: .* [0-9.]+ x +[0-9.]+ x +(3|30) x .*  (yes|no)$' <<<"$output")" -eq 2 ]
	[[ "${lines[-1]}" =~ ^[0-9]+" of 22 hold"$ ]]
	[ "$(wc -l <"$BUILD/bench/costs/audit.all.cost")" -eq 1 ]
	[ -z "$(find "$BUILD/bench" -name 'tmp.*')" ]
}

@test "no such revision is one line" {
	BENCH_REV=v2 run --separate-stderr "$bench"
	[ "$status" -eq 3 ]
	[ "$stderr" = "bench: no revision 'v2' in $BENCH_REPO" ]
}
