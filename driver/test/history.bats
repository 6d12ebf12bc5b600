#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope history and burndown: runs kept and shown.

bats_require_minimum_version 1.5.0

setup()
{
	cd "$BATS_TEST_TMPDIR"
	open=
	sample=$BATS_TEST_DIRNAME/../../corpus/fuzz/fuzz_report/sample.json
	variant 1 1700000000 scope one.json
	variant 2 1710000000 keep two.json
}

# variant DIGIT COMMIT_TIME VERDICT FILE: the sample as another revision, with
# its one `scope` site judged so.
variant()
{
	sed -e "s/\"revision\": \"[0-9a-f]*\"/\"revision\": \"$(printf "%040d" "$1")\"/" \
		-e "s/\"describe\": \"[^\"]*\"/\"describe\": \"v$1\"/" \
		-e "s/\"commit_time\": [0-9]*/\"commit_time\": $2/" \
		-e "s/\"verdict\": \"scope\"/\"verdict\": \"$3\"/" \
		"$sample" >"$4"
	[[ $(grep -c '"describe": "v'"$1"'"' "$4") -eq 1 ]]
}

teardown()
{
	if [ -n "$open" ]; then
		chmod -R u+w "$open"
		rm -rf "$open"
	fi
}

as_nobody()
{
	if [ "$(id -u)" -ne 0 ]; then
		"$@"
	elif command -v setpriv >/dev/null; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		skip "root and no setpriv"
	fi
}

@test "history: runs are added once, and shown oldest first" {
	run --separate-stderr "$GFPSCOPE" history add --db h.db --tree main two.json one.json
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[[ "$stderr" == *"two.json: added"*"one.json: added"* ]]
	run --separate-stderr "$GFPSCOPE" history add --db h.db --tree main one.json
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"one.json: was there already"* ]]
	run --separate-stderr "$GFPSCOPE" history show --db h.db
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 3 ]
	[[ "${lines[0]}" == date*tree*redundant*total*open*findings ]]
	[[ "${lines[1]}" == 2023-11-14*main*v1*6.1.192* ]]
	[[ "${lines[2]}" == 2024-03-09*main*v2* ]]
}

@test "history: csv and json have the counts by directory" {
	"$GFPSCOPE" history add --db h.db one.json
	run --separate-stderr "$GFPSCOPE" history show --db h.db --format csv
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == tree,revision,describe,kernel,date,directory,redundant,* ]]
	[ "${#lines[@]}" -eq 4 ]
	run --separate-stderr "$GFPSCOPE" history show --db h.db --format json
	[ "$status" -eq 0 ]
	[[ "$output" == *'"schema": "gfpscope-history/1"'*'"directory": "fs/a"'* ]]
}

@test "history: words that are wrong" {
	run --separate-stderr "$GFPSCOPE" history
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"add, show or burndown"* ]]
	run --separate-stderr "$GFPSCOPE" history add --db h.db
	[ "$status" -eq 2 ]
	[ ! -e h.db ]
	run --separate-stderr "$GFPSCOPE" history show --db h.db --format xml
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"no format 'xml'"* ]]
	run --separate-stderr "$GFPSCOPE" history show --db h.db
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"no history 'h.db'"* ]]
	[ ! -e h.db ]
}

@test "history: a report that is none is not added" {
	echo '{"schema": "gfpscope-report/1"}' >bad.json
	run --separate-stderr "$GFPSCOPE" history add --db h.db bad.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"bad.json"*"missing"* ]]
	run --separate-stderr "$GFPSCOPE" history add --db h.db none.json
	[ "$status" -eq 3 ]
	run --separate-stderr "$GFPSCOPE" history show --db h.db
	[ "${#lines[@]}" -le 1 ]
}

@test "history: a damaged database is told and left alone" {
	head -c 9000 /dev/zero | tr '\0' x >h.db
	cp h.db before
	run --separate-stderr "$GFPSCOPE" history add --db h.db one.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"'h.db' is damaged"*"move it away"* ]]
	cmp h.db before
}

@test "history: a directory that cannot be written" {
	# Not below the test's own directory: others may not look into that.
	open=$(mktemp -d)
	"$GFPSCOPE" history add --db "$open/h.db" one.json
	cp "$GFPSCOPE" two.json "$open"
	chmod -R a+rX,a-w "$open"
	cd "$open"
	run --separate-stderr as_nobody ./gfpscope history show --db h.db
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 2 ]
	run --separate-stderr as_nobody ./gfpscope history add --db h.db two.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"history 'h.db'"*"readonly"* ]]
	run --separate-stderr as_nobody ./gfpscope history add --db new.db two.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"cannot open history 'new.db'"* ]]
}

@test "burndown: what is left by directory, as text, csv and page" {
	"$GFPSCOPE" history add --db h.db one.json two.json
	run --separate-stderr "$GFPSCOPE" burndown --db h.db --count open
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" =~ ^directory\ +v1\ +v2\ +change$ ]]
	[[ "$output" =~ total\ +3\ +2\ +-1 ]]
	run --separate-stderr "$GFPSCOPE" history burndown --db h.db --format csv
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 7 ]
	"$GFPSCOPE" burndown --db h.db --format html -o page.html
	grep -q '<svg' page.html
	run ! grep -qi 'https*:\|<script' page.html
}

@test "burndown: words that are wrong, nothing to show" {
	run --separate-stderr "$GFPSCOPE" burndown --db h.db --count much
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"cannot count 'much'"* ]]
	run --separate-stderr "$GFPSCOPE" burndown --db h.db --format pdf
	[ "$status" -eq 2 ]
	run --separate-stderr "$GFPSCOPE" burndown --db h.db
	[ "$status" -eq 3 ]
	"$GFPSCOPE" history add --db h.db --tree a one.json
	"$GFPSCOPE" history add --db h.db --tree b one.json
	run --separate-stderr "$GFPSCOPE" burndown --db h.db
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"several trees ('a', 'b')"* ]]
	run --separate-stderr "$GFPSCOPE" burndown --db h.db --tree c
	[ "$status" -eq 3 ]
	run --separate-stderr "$GFPSCOPE" burndown --db h.db --tree a
	[ "$status" -eq 0 ]
}

@test "burndown: over revisions of a repository" {
	load revisions
	make_revisions "$PWD/repo"
	run --separate-stderr "$GFPSCOPE" burndown -q -C repo --count unneeded \
		--db h.db --tree demo v1 v2 v3
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" =~ ^directory\ +v1\ +v2\ +v3\ +change$ ]]
	[[ "$output" =~ fs/gamma\ +\.\ +\.\ +1\ +\+1 ]]
	[[ "$output" =~ fs/betafs\ +([0-9]+)\ +([0-9]+)\ +([0-9]+)\ +\+1 ]]
	before=$output
	# The history has them now.
	run --separate-stderr "$GFPSCOPE" burndown --db h.db --tree demo --count unneeded
	[ "$output" == "$before" ]
	# Revisions come in the order given.
	run --separate-stderr "$GFPSCOPE" burndown -q -C repo v3 v1
	[[ "${lines[1]}" =~ ^directory\ +v3\ +v1\ +change$ ]]
	# Paths limit what is counted; a wrong revision is told by its name.
	run --separate-stderr "$GFPSCOPE" burndown -q -C repo v1 v3 -- fs/alfs
	[ "$status" -eq 0 ]
	[[ "$output" != *fs/betafs* ]]
	run --separate-stderr "$GFPSCOPE" burndown -q -C repo v1 v4
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"v4"* ]]
	run --separate-stderr "$GFPSCOPE" burndown -C repo
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"name the revisions"* ]]
}

@test "audit --history: the page has the past runs and this one" {
	load revisions
	make_revisions "$PWD/repo"
	audit()
	{
		"$GFPSCOPE" audit -q -C repo --format html -o "$1" \
			--history h.db --tree demo "$1" >/dev/null
		grep -A 1 'id="trend-data"' "$1/report.html" | tail -n 1
	}
	# No history yet: this one alone.
	[[ "$(audit v1)" == '[{"revision":'*'"describe":"v1"'*'}]' ]]
	"$GFPSCOPE" burndown -q -C repo --db h.db --tree demo v1 v2 >/dev/null
	trend=$(audit v3)
	[[ "$trend" == *'"describe":"v1"'*'"describe":"v2"'*'"describe":"v3"'* ]]
	# The run itself is there once.
	[ "$(audit v2 | grep -o '"describe":"v2"' | wc -l)" -eq 1 ]
	echo "no database" >h.db
	run --separate-stderr "$GFPSCOPE" audit -q -C repo --history h.db v1
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"damaged"* ]]
}
