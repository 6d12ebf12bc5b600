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

@test "version and -V say the same" {
	for word in version -V; do
		run --separate-stderr "$GFPSCOPE" $word
		[ "$status" -eq 0 ]
		[ "$output" = "$("$GFPSCOPE" --version)" ]
		[ -z "$stderr" ]
	done
}

@test "--help goes to stdout, and lists commands" {
	for word in --help -h help; do
		run --separate-stderr "$GFPSCOPE" $word
		[ "$status" -eq 0 ]
		[[ "$output" == usage:*"    audit "* ]]
		[ -z "$stderr" ]
	done
}

# commands: those that --help lists
commands()
{
	"$GFPSCOPE" --help | sed -n 's/^    \([a-z]*\) .*/\1/p'
}

@test "help of a command, asked for in any way, ends with its exit codes" {
	[ "$(commands | wc -l)" -ge 14 ]
	for c in $(commands); do
		run --separate-stderr "$GFPSCOPE" help "$c"
		[ "$status" -eq 0 ]
		[[ "${lines[0]}" == "usage: gfpscope $c "* ]]
		[ -z "$stderr" ]
		[ "$output" = "$("$GFPSCOPE" "$c" --help)" ]
		[ "$output" = "$("$GFPSCOPE" "$c" -h)" ]
		last=$(sed -n '/^Exit codes: /,$p' <<<"$output" | tr '\n' ' ')
		[[ "$last" == "Exit codes: 0 done,"*" 2 wrong usage, 3 failed"*". " ]]
		! awk 'length > 80' <<<"$output" | grep .
	done
	[[ "$("$GFPSCOPE" help audit)" == *" 1 something to act on"*" 4 done but for"* ]]
	[[ "$("$GFPSCOPE" help dump)" != *", 1 "* ]]
	run --separate-stderr "$GFPSCOPE" help xyzzy
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"no command 'xyzzy'"* ]]
}

@test "README names every command" {
	[ "$(commands | wc -l)" -ge 14 ]
	for c in $(commands); do
		grep -q "gfpscope $c\>" "$BATS_TEST_DIRNAME/../../README.md" || {
			echo "not in README: $c"
			false
		}
	done
}

@test "a full disk under stdout is said once" {
	[ -w /dev/full ] || skip "no /dev/full"
	report=$BATS_TEST_TMPDIR/r.json
	"$GFPSCOPE" audit -q --no-cache -o - \
		--worktree "$BATS_TEST_DIRNAME/../../corpus/demo/tree" >"$report"
	for words in "compare $report $report" "rules list" "help audit" \
		"compare --format html $report $report" \
		"explain --report $report fs/betafs/quota.c:80"; do
		run --separate-stderr sh -c "'$GFPSCOPE' $words >/dev/full"
		[ "$status" -eq 3 ]
		[[ "$stderr" == "gfpscope "*": cannot write standard output"* ]]
		[ "$(wc -l <<<"$stderr")" -eq 1 ]
	done
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
