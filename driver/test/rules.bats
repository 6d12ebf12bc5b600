#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope rules: list, lint, schema.

bats_require_minimum_version 1.5.0

setup()
{
	dir=$BATS_TEST_TMPDIR
}

@test "rules lint finds nothing wrong with our own knowledge" {
	run --separate-stderr "$GFPSCOPE" rules lint
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 1 ]
	[[ "$output" == *"entries in "*" 0 wrong; sha256 "* ]]
	[ -z "$stderr" ]
}

@test "rules lint looks at a user's directory on top of ours" {
	echo '{"apis": [{"name": "grab", "op": "lock", "lock_arg": 0,' \
		'"release": "mutex_unlock", "source": "mine"}]}' >"$dir/a.json"
	run "$GFPSCOPE" rules lint "$dir"
	[ "$status" -eq 0 ]
}

@test "rules lint says what is wrong, and fails" {
	echo '{"apis": [{"name": "grab", "op": "lock", "lock_arg": 0,' \
		'"source": "mine"}]}' >"$dir/a.json"
	run --separate-stderr "$GFPSCOPE" rules lint "$dir"
	[ "$status" -eq 3 ]
	[[ "${lines[0]}" == "apis: grab: takes a lock"* ]]
	[[ "$stderr" == *"1 entries are wrong"* ]]
}

@test "rules lint names the file and the entry that cannot be read" {
	echo '{"apis": [{"name": "grab", "op": "lock"}]}' >"$dir/a.json"
	run --separate-stderr "$GFPSCOPE" rules lint "$dir"
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[[ "$stderr" == *"a.json: apis[0] (grab): source: missing"* ]]
}

@test "rules list shows one table, with what the user replaced" {
	echo '{"apis": [{"name": "mutex_lock", "op": "none",' \
		'"source": "mine"}]}' >"$dir/a.json"
	run "$GFPSCOPE" rules list --table apis --rules "$dir"
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == apis:* ]]
	[[ "$output" == *'  mutex_lock, source "mine"'* ]]
	[[ "$output" != *"versions:"* ]]
}

@test "rules list refuses a table that is not there" {
	run "$GFPSCOPE" rules list --table nothing
	[ "$status" -eq 2 ]
}

@test "rules schema describes our files" {
	run "$GFPSCOPE" rules schema
	[ "$status" -eq 0 ]
	[ "$output" == "$(cat cocci/kernel/schema/knowledge.schema.json)" ]
}

@test "rules without a word is a usage error" {
	run "$GFPSCOPE" rules
	[ "$status" -eq 2 ]
	run "$GFPSCOPE" rules list too many
	[ "$status" -eq 2 ]
}
