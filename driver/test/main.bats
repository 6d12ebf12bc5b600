#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The program as a whole: help, version, words that are no command.

bats_require_minimum_version 1.5.0

@test "--version prints one line" {
	run "$GFPSCOPE" --version
	[ "$status" -eq 0 ]
	[[ "$output" =~ ^gfpscope\ [0-9]+\.[0-9]+ ]]
	[ "${#lines[@]}" -eq 1 ]
}

@test "--help goes to stdout, and lists commands" {
	run --separate-stderr "$GFPSCOPE" --help
	[ "$status" -eq 0 ]
	[[ "$output" == usage:* ]]
	[ -z "$stderr" ]
}

@test "no command at all is a usage error on stderr" {
	run --separate-stderr "$GFPSCOPE"
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	[[ "$stderr" == usage:* ]]
}

@test "an unknown command is a usage error with a hint" {
	run --separate-stderr "$GFPSCOPE" xyzzy
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	[[ "$stderr" == *"no command 'xyzzy'"*"--help"* ]]
}

@test "an unknown option before the command is a usage error" {
	run --separate-stderr "$GFPSCOPE" --xyzzy
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"--xyzzy"* ]]
}
