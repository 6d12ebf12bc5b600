#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope nightly: nights of a small kernel with a past, with all that goes
# wrong at night.

bats_require_minimum_version 1.5.0

setup_file()
{
	load revisions
	make_revisions "$BATS_FILE_TMPDIR/repo"
}

setup()
{
	export XDG_CACHE_HOME=$BATS_FILE_TMPDIR/cache
	cd "$BATS_TEST_TMPDIR"
	cp -R "$BATS_FILE_TMPDIR/repo" repo
	branch main v1
	night=
}

teardown()
{
	if [ -n "$night" ]; then
		kill -9 "$night" 2>/dev/null || true
	fi
}

branch()
{
	git -C repo branch -q -f "$1" "$2"
}

# config BRANCHES [MORE]: c.json; MORE are further keys of the repository.
config()
{
	cat >c.json <<-END
	{"schema": "gfpscope-nightly/1", "output": "out", "keep": 2,
	 "formats": ["text"], "timeout": 120,
	 "repositories": [
	  {"name": "mini", "path": "repo", "branches": [$1]${2:+, $2}}]}
	END
}

# wait_for FILE: until it is there, 20 s at most.
wait_for()
{
	for i in $(seq 200); do
		[ -e "$1" ] && return
		sleep 0.1
	done
	echo "$1 does not come" >&2
	false
}

# What hangs whoever opens it.
hanging()
{
	rm -f "$1"
	mkfifo "$1"
}

no_suppressions()
{
	rm -f "$1"
	echo '{"schema": "gfpscope-suppress/1", "suppressions": []}' >"$1"
}

runs()
{
	ls out/runs | wc -l
}

@test "nightly: three nights tell only what is new" {
	config '"main", "old"'
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"2 trees, 0 new, 0 failed"* ]]
	[[ "$output" == *"mini/main: v1 "*"nothing to compare with"* ]]
	[ ! -e out/last/mail ]
	[ -s out/last/mini/main/report.json ]
	[ -s out/last/mini/main/report.txt ]

	branch main v2
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"2 trees, 1 new, 0 failed"* ]]
	[[ "$output" == *"mini/main: v2 "*", before: v1 "* ]]
	[[ "$output" == *"kmalloc in betafs_scribble()"* ]]
	[[ "$output" == *"closed: "*"fs/alfs/xattr.c: "* ]]
	# Moved by a line is not new.
	[[ "$output" != *"fs/alfs/inode.c"* ]]
	[[ "$output" == *"Nothing new:"*"mini/old: v1 "* ]]
	diff <(printf '%s\n' "$output") out/last/digest.txt
	grep -q '"baseline": "new"' out/last/mini/main/report.json

	branch main v3
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"2 trees, 1 new, 0 failed"* ]]
	[[ "$output" == *"kmalloc in gamma_scribble()"* ]]
	[[ "$output" != *"betafs_scribble"* ]]
	# Two runs are kept, and the history has a line a revision.
	[ "$(runs)" -eq 2 ]
	run "$GFPSCOPE" history show --db out/history.db
	[ "${#lines[@]}" -eq 5 ]
	run "$GFPSCOPE" burndown --db out/history.db --tree mini/main
	[ "$status" -eq 0 ]
}

@test "nightly: mails are drafted for the lists of MAINTAINERS" {
	config '"main"'
	sed -i 's/"keep": 2/"keep": 2, "mail_confidence": "low"/' c.json
	"$GFPSCOPE" nightly -q -c c.json
	branch main v2
	run "$GFPSCOPE" nightly -q -c c.json
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	mail=out/last/mail/linux-fsdevel@lists.example.org.txt
	[ "$(sed -n 1p $mail)" = 'To: linux-fsdevel@lists.example.org' ]
	[ "$(sed -n 2p $mail)" = 'Subject: [gfpscope] 1 new in mini/main' ]
	grep -q 'betafs_scribble' $mail
	# All else is for those who have no list of their own.
	[ ! -e out/last/mail/linux-kernel@lists.example.org.txt ]
}

@test "nightly: a night that was killed is gone on with" {
	config '"main"'
	"$GFPSCOPE" nightly -q -c c.json
	# The second tree of the next night hangs while it reads its file.
	branch main v2
	cat >c.json <<-END
	{"schema": "gfpscope-nightly/1", "output": "out", "formats": ["text"],
	 "repositories": [
	  {"name": "mini", "path": "repo", "branches": ["main"]},
	  {"name": "slow", "path": "repo", "branches": ["old"],
	   "suppress": ["s.json"]}]}
	END
	hanging s.json
	"$GFPSCOPE" nightly -q -c c.json 3>&- &
	night=$!
	for i in $(seq 200); do
		[ "$(runs)" -eq 2 ] && break
		sleep 0.1
	done
	now=out/runs/$(ls out/runs | tail -n 1)
	wait_for "$now/slow/old"
	[ -e "$now/mini/main/tree.json" ]

	# A second one meanwhile goes away.
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"another nightly is at work"*"process $night"* ]]

	kill -9 $night
	wait $night || true
	night=
	[ ! -e "$now/done" ]
	[ ! -e "$now/digest.txt" ]
	before=$(stat -c %i.%Y "$now/mini/main/tree.json")
	no_suppressions s.json
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"going on with the run of ${now#out/runs/}"* ]]
	[ "$(stat -c %i.%Y "$now/mini/main/tree.json")" = "$before" ]
	[ "$(runs)" -eq 2 ]
	[ -e "$now/done" ]
	# What was new in the tree that was done before is told all the same.
	[[ "$output" == *"2 trees, 1 new, 0 failed"*"betafs_scribble"* ]]
	[[ "$output" == *"slow/old: v1 "*"nothing to compare with"* ]]

	# And only once.
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"2 trees, 0 new, 0 failed"* ]]
}

@test "nightly: killed while it tells, it tells all again" {
	config '"main"'
	"$GFPSCOPE" nightly -q -c c.json
	branch main v2
	"$GFPSCOPE" nightly -q -c c.json
	# As if the kill had come just before the end.
	cp out/last/digest.txt digest.txt
	rm "out/last/done"
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"going on"* ]]
	cmp out/last/digest.txt digest.txt
	[ "$(runs)" -eq 2 ]
	run "$GFPSCOPE" history show --db out/history.db
	[ "${#lines[@]}" -eq 3 ]
}

@test "nightly: a tree that fails does not stop the others" {
	config '"none", "main"'
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 4 ]
	[[ "$output" == *"2 trees, 0 new, 1 failed"* ]]
	[[ "$output" == *"FAILED  mini/none: "*"no revision 'none'"* ]]
	[[ "$output" == *"mini/main: v1"* ]]
	# Once it is there it is new; what fails is compared with its last.
	branch none v1
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	first=$(ls out/runs | tail -n 1)
	git -C repo branch -q -D none
	"$GFPSCOPE" nightly -q -c c.json || [ $? -eq 4 ]
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 4 ]
	[[ "$output" == *"its last report is of $first"* ]]
	# keep is 2, but that report is still needed.
	[ -e "out/runs/$first" ]
	branch none v2
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"mini/none: v2 "*", before: v1 "*" of $first"* ]]
	[[ "$output" == *", 1 new,"* ]]
}

@test "nightly: nothing but failures, a tree that hangs" {
	config '"none"'
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 3 ]
	[[ "$output" == *"1 tree, 0 new, 1 failed"* ]]
	config '"main"' '"suppress": ["s.json"]'
	sed -i 's/"timeout": 120/"timeout": 1/' c.json
	hanging s.json
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 3 ]
	[[ "$output" == *"FAILED  mini/main: "*"1 s"* ]]
}

@test "nightly: what is suppressed or of other directories is no news" {
	config '"main"' '"dirs": ["fs"], "suppress": ["s.json"]'
	no_suppressions s.json
	"$GFPSCOPE" nightly -q -c c.json
	branch main v2
	cat >s.json <<-END
	{"schema": "gfpscope-suppress/1", "suppressions": [
	 {"path": "fs/betafs/super.c", "function": "betafs_scribble",
	  "rule": "unneeded", "reason": "wanted so"}]}
	END
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"1 tree, 0 new, 0 failed"* ]]
	[[ "$output" == *"also new: 1 suppressed"* ]]
	# With other directories there is nothing to compare with.
	config '"main"' '"dirs": ["fs/betafs"]'
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"nothing to compare with"* ]]
}

@test "nightly: a remote is fetched first, and told when it cannot be" {
	git clone -q --mirror repo mirror
	config '"main"' '"fetch": "origin"'
	sed -i 's/"path": "repo"/"path": "mirror"/' c.json
	"$GFPSCOPE" nightly -q -c c.json
	branch main v2
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"betafs_scribble"* ]]
	mv repo away
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 4 ]
	[[ "$output" == *"0 new, 0 failed"* ]]
	[[ "$output" == *"could not be fetched and was audited as it is here"* ]]
}

@test "nightly: a damaged report of last night is no baseline" {
	config '"main"'
	"$GFPSCOPE" nightly -q -c c.json
	branch main v2
	"$GFPSCOPE" nightly -q -c c.json
	first=$(ls out/runs | head -n 1)
	echo '{' >out/last/mini/main/report.json
	branch main v3
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$output" == *"before: v1 "*" of $first"* ]]
	[[ "$output" == *", 2 new,"* ]]
}

@test "nightly: wrong words, wrong configurations, places that are shut" {
	run --separate-stderr "$GFPSCOPE" nightly
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"-c FILE"* ]]
	run --separate-stderr "$GFPSCOPE" nightly -c none.json
	[ "$status" -eq 3 ]
	config '"main"' '"brnch": 1'
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"c.json: brnch: is no key"* ]]
	[ ! -e out ]
	config '"main"'
	run --separate-stderr "$GFPSCOPE" nightly -c c.json --check
	[ "$status" -eq 0 ]
	[[ "$output" == "mini/main: main of repo, to out/runs/*/mini/main" ]]
	[ ! -e out ]
	touch out
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"'out'"* ]]
	rm out
	mkdir -p out
	echo "no database" >out/history.db
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"history"*"damaged"* ]]
	# Nothing is lost by it.
	rm out/history.db
	run --separate-stderr "$GFPSCOPE" nightly -c c.json
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"going on"* ]]
}
