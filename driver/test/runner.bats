#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The test runners themselves: what must never look like a pass.

bats_require_minimum_version 1.5.0

setup()
{
	cd "$BATS_TEST_DIRNAME"
}

@test "counts of suites are added up" {
	run ./run-all a='echo 3 passed, 0 failed' \
		b='echo x; echo 1 passed, 0 failed, 2 skipped'
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = "4 passed, 0 failed, 2 skipped" ]
}

@test "a failed test fails the whole" {
	run ./run-all a='echo 3 passed, 1 failed; exit 1' b='echo 1 passed, 0 failed'
	[ "$status" -ne 0 ]
	[ "${lines[-1]}" = "4 passed, 1 failed" ]
}

@test "a suite without counts is a failure" {
	run ./run-all a=true b='echo hello' c=/no/such/program
	[ "$status" -ne 0 ]
	[ "${lines[-1]}" = "0 passed, 3 failed" ]
}

@test "a suite that tests nothing is a failure" {
	run ./run-all a='echo 0 passed, 0 failed'
	[ "$status" -ne 0 ]
	[ "${lines[-1]}" = "0 passed, 1 failed" ]
}

@test "a suite that fails without a failed test is a failure" {
	run ./run-all a='echo 5 passed, 0 failed; exit 3'
	[ "$status" -ne 0 ]
	[ "${lines[-1]}" = "5 passed, 1 failed" ]
}

@test "a suite may be skipped, and says so" {
	run ./run-all a='echo 0 passed, 0 failed, 1 skipped'
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = "0 passed, 0 failed, 1 skipped" ]
}

@test "TAP is counted, failures are shown" {
	run ./tap printf '1..4\nok 1 - a\nnot ok 2 - b\n# why\nok 3 - c # skip\nok 4\n'
	[ "$status" -ne 0 ]
	[ "${lines[0]}" = "not ok 2 - b" ]
	[ "${lines[1]}" = "# why" ]
	[ "${lines[-1]}" = "2 passed, 1 failed, 1 skipped" ]
}

@test "TAP that stops early is a failure" {
	run ./tap printf '1..3\nok 1\n'
	[ "$status" -ne 0 ]
	[ "${lines[-1]}" = "1 passed, 1 failed" ]
}

@test "no TAP at all, or a crash, is a failure" {
	run ./tap true
	[ "${lines[-1]}" = "0 passed, 1 failed" ]
	run ./tap sh -c 'echo 1..1; echo ok 1; kill -SEGV $$'
	[ "$status" -ne 0 ]
	[ "${lines[-1]}" = "1 passed, 1 failed" ]
}
