#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope audit, explain, compare: the small tree as a repository, every way
# to ask, every wrong word and every odd file.

bats_require_minimum_version 1.5.0

setup_file()
{
	load repository
	own_git
	cp -r "$top/corpus/demo/tree" "$repo"
	commit v1
	"$GFPSCOPE" audit -C "$repo" -q -o "$BATS_FILE_TMPDIR/v1" v1 \
		--format json,text,org,sarif,html >"$BATS_FILE_TMPDIR/v1.table"
	export v1=$BATS_FILE_TMPDIR/v1
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

# commit TAG: all of $repo as it is
commit()
{
	git -C "$repo" init -q -b main
	git -C "$repo" add -A -f
	git -C "$repo" commit -q -m "$1"
	git -C "$repo" tag "$1"
}

# copy: a repository of this test's own, in $repo
copy()
{
	cp -r "$repo" "$BATS_TEST_TMPDIR/repo"
	repo=$BATS_TEST_TMPDIR/repo
}

audit()
{
	run --separate-stderr "$GFPSCOPE" audit -C "$repo" "$@"
}

# one_line_with TEXT: stderr is one line with TEXT in it, stdout is empty
one_line_with()
{
	[ -z "$output" ]
	[ "${#stderr_lines[@]}" -eq 1 ]
	[[ "$stderr" == *"$1"* ]]
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

# number KEY FILE: the first value of a numeric key
number()
{
	sed -n 's/.*"'"$1"'": \([0-9]*\).*/\1/p' "$2" | head -n 1
}

@test "the summary goes to stdout, and its total is the number of sites" {
	audit v1
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[[ "${lines[0]}" == "tree: v1 ("*"), Linux 6.1"* ]]
	total=$(sed -n 's/^total .* \([0-9]*\)$/\1/p' <<<"$output")
	[ "$total" -gt 30 ]
	[ "$total" -eq "$(grep -c '"verdict":' "$v1/report.json")" ]
	[ "$total" -eq "$(number sites "$v1/report.json")" ]
	diff - "$BATS_FILE_TMPDIR/v1.table" <<<"$output"
}

@test "every restricting token is in a site or counted by its role" {
	tokens=$(git -C "$repo" grep -ohwE \
		'GFP_(NOFS|NOIO)' v1 -- '*.[ch]' | wc -l)
	counted=0
	for role in site test definition table dropped directive; do
		n=$(sed -n 's/.*"tokens": {.*"'$role'": \([0-9]*\).*/\1/p' \
			"$v1/report.json")
		((counted += n))
	done
	[ "$tokens" -gt 30 ]
	# the tool counts __GFP_FS and __GFP_IO words too, and no comments
	comments=$(git -C "$repo" grep -hwE 'GFP_(NOFS|NOIO)' v1 -- '*.[ch]' |
		grep -cE '^[[:space:]]*(/?\*|//)' || true)
	[ "$counted" -ge "$((tokens - comments))" ]
}

@test "the files of -o are complete, valid, and nothing else is there" {
	[ "$(ls "$v1" | sort | tr '\n' ' ')" = \
		"report.html report.json report.org report.sarif report.txt " ]
	grep -q '^}$' "$v1/report.json"
	grep -q '^</html>$' "$v1/report.html"
	"$top/reports/validate" "$v1/report.json" "$v1/report.sarif" || {
		[ $? -eq 77 ] && skip "no node or no node_modules"
		false
	}
}

@test "text has one line a site and finding, in coccicheck's form" {
	n=$(grep -cE '"(verdict|rule)":' "$v1/report.json")
	[ "$(wc -l <"$v1/report.txt")" -eq "$n" ]
	run ! grep -vE '^[^:]+:[0-9]+:[0-9]+: [a-z-]+: ' "$v1/report.txt"
	[ "$(wc -l <"$v1/report.org")" -eq "$n" ]
	run ! grep -vE '^\* TODO \[\[view:[^:]+::face=ovl-face1::linb=[0-9]+::colb=[0-9]+::cole=[0-9]+\]\[[^]]*\]\]$' \
		"$v1/report.org"
}

@test "any number of threads, cache or none: the same bytes" {
	for how in -j1 -j2 -j8 --no-cache; do
		audit v1 $how -o -
		[ "$status" -eq 0 ]
		diff -q - "$v1/report.json" <<<"$output"
	done
}

@test "a bare repository and a plain directory give the same sites" {
	git clone -q --bare "$repo" bare.git
	run --separate-stderr "$GFPSCOPE" audit -C bare.git -o - v1
	[ "$status" -eq 0 ]
	diff -q - "$v1/report.json" <<<"$output"
	run --separate-stderr "$GFPSCOPE" audit --worktree "$repo" -o -
	[ "$status" -eq 0 ]
	[[ "$output" == *'"revision": ""'* ]]
	diff <(grep '"id":' <<<"$output") <(grep '"id":' "$v1/report.json")
}

@test "paths limit what is reported, not what is known" {
	audit -o - v1 -- fs/alfs
	[ "$status" -eq 0 ]
	paths=$(grep -c '^   "path": "fs/alfs/' <<<"$output")
	[ "$paths" -gt 10 ]
	[ "$(grep -c '^   "path": ' <<<"$output")" -eq "$paths" ]
	[ "$(number files <(echo "$output"))" -eq "$(number files "$v1/report.json")" ]
	grep '^   "id":' <<<"$output" >ids
	[ "$(grep -cFf ids "$v1/report.json")" -ge "$paths" ]
	[ -z "$(grep -vxFf <(grep '^   "id":' "$v1/report.json") ids)" ]
}

@test "no repository, no revision, no directory: one line, exit 3" {
	run --separate-stderr "$GFPSCOPE" audit -C "$BATS_TEST_TMPDIR" v1
	[ "$status" -eq 3 ]
	one_line_with "$BATS_TEST_TMPDIR' is no git repository"
	run --separate-stderr "$GFPSCOPE" audit -C nosuch
	[ "$status" -eq 3 ]
	one_line_with "no directory 'nosuch'"
	git init -q -b main unborn
	run --separate-stderr "$GFPSCOPE" audit -C unborn
	[ "$status" -eq 3 ]
	one_line_with "'unborn' has no commit yet"
	git -C unborn fetch -q "$repo" v1:refs/tags/v1
	run --separate-stderr "$GFPSCOPE" audit -C unborn
	[ "$status" -eq 3 ]
	one_line_with "no commit is checked out in 'unborn': name a revision"
	run --separate-stderr "$GFPSCOPE" audit -q -C unborn v1
	[ "$status" -eq 0 ]
	audit nosuchrev
	[ "$status" -eq 3 ]
	one_line_with nosuchrev
	run --separate-stderr "$GFPSCOPE" audit --worktree nosuchdir
	[ "$status" -eq 3 ]
	one_line_with nosuchdir
}

@test "a tree without C says so" {
	git init -q -b main empty
	git -C empty commit -q --allow-empty -m none
	run --separate-stderr "$GFPSCOPE" audit -C empty
	[ "$status" -eq 3 ]
	one_line_with "gfpscope audit: "
	mkdir none
	run --separate-stderr "$GFPSCOPE" audit --worktree none
	[ "$status" -eq 3 ]
	one_line_with "gfpscope audit: "
}

@test "patterns of paths are git's" {
	for words in "fs/*/quota.c" "fs/betafs/quota.c"; do
		audit -q --format text v1 -- "$words"
		[ "$status" -eq 0 ]
		[ "${#lines[@]}" -gt 1 ]
		run ! grep -v '^fs/betafs/quota.c:' <<<"$output"
	done
	audit -q --format text v1 -- fs ':!fs/alfs'
	[ "$status" -eq 0 ]
	[[ "$output" == *"fs/betafs/"* ]]
	[[ "$output" != *"fs/alfs/"* ]]
}

@test "paths without a site say so" {
	audit -q v1 -- include/linux/fs.h
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "no site that restricts its allocations at these paths" ]
	[[ "$output" != *"total"* ]]
}

@test "a path that matches nothing is named" {
	audit v1 -- fs/alfs fs/nosuch
	[ "$status" -eq 3 ]
	one_line_with fs/nosuch
}

@test "wrong words are usage errors" {
	audit v1 v2
	[ "$status" -eq 2 ]
	one_line_with "v2"
	audit --format pdf v1
	[ "$status" -eq 2 ]
	one_line_with "no format 'pdf'"
	audit --format json,text v1
	[ "$status" -eq 2 ]
	one_line_with "only one format"
	audit --nosuch
	[ "$status" -eq 2 ]
	one_line_with "nosuch"
	audit -j 99999
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"'99999' of option '-j' is not a number up to 256" ]]
	audit -j many
	[ "$status" -eq 2 ]
	one_line_with "many"
	audit --worktree "$repo" v1
	[ "$status" -eq 2 ]
	one_line_with "--worktree"
}

@test "an output that cannot be written fails at once and leaves nothing" {
	: >file
	audit -o file/out v1
	[ "$status" -eq 3 ]
	one_line_with "directory 'file'"
	as_nobody test -x "$GFPSCOPE" ||
		skip "this checkout is not for others to read"
	mkdir closed
	chmod a-w closed
	chmod a+rx "$BATS_TEST_TMPDIR" "$BATS_FILE_TMPDIR"
	run --separate-stderr as_nobody env GIT_CONFIG_COUNT=1 \
		GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' \
		"$GFPSCOPE" audit --no-cache --worktree "$repo" -o closed
	[ "$status" -eq 3 ]
	[[ "$stderr" == *closed* ]]
	[ -z "$(ls closed)" ]
}

@test "a full disk under stdout is a failure" {
	[ -w /dev/full ] || skip "no /dev/full"
	run --separate-stderr sh -c '"$GFPSCOPE" audit -C "$repo" v1 >/dev/full'
	[ "$status" -eq 3 ]
}

@test "odd files are noted, never lost, never a crash" {
	copy
	printf 'int a;\0\1\2binary\n' >"$repo/fs/binary.c"
	printf '/* Andr\351 */\nvoid *f(void)\n{\n\treturn kmalloc(1, GFP_NOFS);\n}\n' \
		>"$repo/fs/latin1.c"
	printf 'void *g(void)\r\n{\r\n\treturn kmalloc(1, GFP_NOFS);\r\n}\r\n' \
		>"$repo/fs/crlf.c"
	printf 'void *h(void)\n{\n\treturn kmalloc(1, GFP_NOFS)' >"$repo/fs/cut.c"
	ln -s latin1.c "$repo/fs/link.c"
	: >"$repo/fs/nothing.c"
	head -c 100M /dev/zero | tr '\0' ' ' >"$repo/fs/huge.c"
	git init -q -b main sub
	git -C sub commit -q --allow-empty -m sub
	git -C "$repo" add -A -f
	git -C "$repo" update-index --add --cacheinfo \
		"160000,$(git -C sub rev-parse HEAD),fs/sub.c"
	git -C "$repo" commit -q -m odd
	run --separate-stderr "$GFPSCOPE" audit -C "$repo" -o -
	[ "$status" -eq 0 ]
	for f in binary link huge sub; do
		[[ "$output" == *'"path": "fs/'$f.c'", "line": 0'* ]]
	done
	[ "$(grep -c '^   "path": "fs/latin1.c"' <<<"$output")" -eq 1 ]
	[ "$(grep -c '^   "path": "fs/crlf.c"' <<<"$output")" -eq 1 ]
	[ "$(grep -c '^   "path": "fs/cut.c"' <<<"$output")" -eq 1 ]
}

@test "a damaged object is a gap, and the run is partial" {
	copy
	blob=$(git -C "$repo" rev-parse v1:fs/alfs/super.c)
	rm -f "$repo/.git/objects/${blob:0:2}/${blob:2}"
	run --separate-stderr "$GFPSCOPE" audit -C "$repo" --no-cache -o - v1
	[ "$status" -eq 4 ]
	[[ "$output" == *'"path": "fs/alfs/super.c", "line": 0'*unreadable* ]]
	[[ "$stderr" == *"1 files could not be read"* ]]
}

@test "--exit-code: 1 with something to do, 0 without" {
	audit --exit-code -q v1
	[ "$status" -eq 1 ]
	audit --exit-code -q v1 -- include
	[ "$status" -eq 0 ]
}

@test "compare: a report with itself has nothing new" {
	run --separate-stderr "$GFPSCOPE" compare --exit-code \
		"$v1/report.json" "$v1/report.json"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 3 ]
	[[ "${lines[1]}" == "sites: 0 new, 0 gone, 0 changed, 0 moved, "* ]]
}

@test "compare and --baseline: moved code is no news, a new site is" {
	copy
	f=$repo/fs/alfs/super.c
	{ printf '/* one\n * more\n */\n'; cat "$f"; } >t && mv t "$f"
	git -C "$repo" mv fs/betafs/super.c fs/betafs/mount.c
	commit v2
	printf '\nvoid *alfs_more(void)\n{\n\treturn kmalloc(9, GFP_KERNEL | GFP_NOFS);\n}\n' \
		>>"$f"
	commit v3
	for v in v2 v3; do
		"$GFPSCOPE" audit -C "$repo" -q -o - $v >$v.json
	done
	run --separate-stderr "$GFPSCOPE" compare --exit-code \
		"$v1/report.json" v2.json
	[ "$status" -eq 0 ]
	[[ "${lines[1]}" == "sites: 0 new, 0 gone, 0 changed, "* ]]
	run --separate-stderr "$GFPSCOPE" compare --exit-code v2.json v3.json
	[ "$status" -eq 1 ]
	[[ "${lines[1]}" == "sites: 1 new, 0 gone, 0 changed, 0 moved, "* ]]
	[[ "$output" == *"fs/alfs/super.c:"*": new: "*alfs_more* ]]
	audit --baseline v2.json --exit-code --format text v3
	[ "$status" -eq 1 ]
	[ "$(grep -c '(new)$' <<<"$output")" -eq 1 ]
	audit --baseline v2.json --exit-code --format text v2
	[ "$status" -eq 0 ]
	[ "$(grep -c '(new)$' <<<"$output")" -eq 0 ]
	audit --baseline v3.json --format text v2
	[ "$(grep -c '(gone)$' <<<"$output")" -eq 1 ]
	audit --baseline v2.json --format sarif v3
	[ "$(grep -c '"baselineState": "new"' <<<"$output")" -eq 1 ]
	run --separate-stderr "$GFPSCOPE" compare --format json v2.json v3.json
	[ "$(grep -c '"kind": "new"' <<<"$output")" -eq 1 ]
	run --separate-stderr "$GFPSCOPE" compare --format html -o c.html \
		v2.json v3.json
	[ "$status" -eq 0 ]
	grep -q '"baseline":"new"' c.html
}

@test "compare: wrong words and wrong files" {
	run --separate-stderr "$GFPSCOPE" compare "$v1/report.json"
	[ "$status" -eq 2 ]
	one_line_with "two reports"
	run --separate-stderr "$GFPSCOPE" compare "$v1/report.json" none.json
	[ "$status" -eq 3 ]
	one_line_with none.json
	run --separate-stderr "$GFPSCOPE" compare "$v1/report.json" "$v1/report.txt"
	[ "$status" -eq 3 ]
	one_line_with "not JSON"
	echo '{"schema": "gfpscope-report/7"}' >x.json
	run --separate-stderr "$GFPSCOPE" compare x.json "$v1/report.json"
	[ "$status" -eq 3 ]
	one_line_with "is not gfpscope-report/1"
	run --separate-stderr "$GFPSCOPE" compare --format pdf \
		"$v1/report.json" "$v1/report.json"
	[ "$status" -eq 2 ]
	one_line_with pdf
	audit --baseline "$v1/report.txt" v1
	[ "$status" -eq 3 ]
	one_line_with "not JSON"
	audit --baseline "$v1/report.json" v1 -- fs
	[ "$status" -eq 2 ]
	one_line_with "other paths"
}

@test "suppressions need a reason, are counted, and expire by the commit" {
	id=$(sed -n 's/^   "id": "\(.*\)",$/\1/p' "$v1/report.json" | head -n 1)
	cat >s.json <<-END
		{"schema": "gfpscope-suppress/1", "suppressions": [
		 {"id": "$id", "reason": "known, see the list"},
		 {"id": "ffffffffffffffff", "reason": "nothing"}]}
	END
	audit --suppress s.json v1
	[ "$status" -eq 0 ]
	[[ "$output" == *"suppressed: 1 sites, 0 findings; 1 suppressions fit nothing, 0 expired"* ]]
	audit --suppress s.json --format text v1
	[ "$(grep -c '(suppressed: known, see the list)' <<<"$output")" -eq 1 ]
	audit --suppress s.json --format sarif v1
	[ "$(grep -c '"justification": "known' <<<"$output")" -eq 1 ]
	sed 's/"reason": "k/"expires": "2023-11-13", &/' s.json >old.json
	audit --suppress old.json v1
	[[ "$output" == *"suppressed: 0 sites, 0 findings; 1 suppressions fit nothing, 1 expired"* ]]
	sed 's/"reason": "k/"expires": "2023-11-14", &/' s.json >today.json
	audit --suppress today.json v1
	[[ "$output" == *"suppressed: 1 sites"* ]]
	sed 's/, "reason": "[^"]*"//' s.json >bad.json
	audit --suppress bad.json v1
	[ "$status" -eq 3 ]
	one_line_with "bad.json: reason: missing"
}

@test "decisions mark sites, and stale ones are told" {
	id=$(sed -n 's/^   "id": "\(.*\)",$/\1/p' "$v1/report.json" | head -n 1)
	verdict=$(grep -A12 "\"id\": \"$id\"" "$v1/report.json" |
		sed -n 's/.*"verdict": "\(.*\)",/\1/p' | head -n 1)
	cat >d.json <<-END
		{"schema": "gfpscope-decisions/1", "decisions": [
		 {"site": "$id", "verdict": "$verdict", "decision": "reject",
		  "who": "me", "why": "not now", "when": "2026-11-22T19:00:00Z"},
		 {"site": "ffffffffffffffff", "verdict": "keep", "decision": "defer"}]}
	END
	audit --decisions d.json --format text v1
	[ "$status" -eq 0 ]
	[ "$(grep -c '(decided: reject, not now)' <<<"$output")" -eq 1 ]
	[[ "$stderr" == *"ffffffffffffffff is stale"* ]]
	audit --decisions d.json -o - v1
	[ "$(grep -c '"site": "ffffffffffffffff"' <<<"$output")" -eq 1 ]
	echo "$output" >r.json
	"$top/reports/validate" r.json || [ $? -eq 77 ]
	echo '{"schema": "gfpscope-decisions/1", "decisions": [{"site": 1}]}' >x.json
	audit --decisions x.json v1
	[ "$status" -eq 3 ]
	one_line_with "x.json: site: "
}

@test "explain: the chain of a site, by place and by id, with source" {
	place=$(sed -n 's/^\([^:]*:[0-9]*\):.*redundant: .*/\1/p' "$v1/report.txt" |
		head -n 1)
	run --separate-stderr "$GFPSCOPE" explain -C "$repo" "$place" v1
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" == "$place:"*": "* ]]
	[[ "${lines[1]}" == *"| "*GFP_NO* ]]
	[[ "$output" == *"From an entry point to here:"* ]]
	[[ "$output" != *$'\033'* ]]
	id=$(sed -n 's/^id \([0-9a-f]*\)$/\1/p' <<<"$output" | head -n 1)
	full=$output
	run --separate-stderr "$GFPSCOPE" explain -C "$repo" \
		--report "$v1/report.json" "$id"
	[ "$status" -eq 0 ]
	[ "$output" = "$full" ]
	run --separate-stderr "$GFPSCOPE" explain --report "$v1/report.json" \
		--json "$id"
	[[ "$output" == *'"schema": "gfpscope-explain/1"'*"$id"* ]]
	run --separate-stderr "$GFPSCOPE" explain --report "$v1/report.json" \
		--dot "$id"
	[[ "${lines[0]}" == "digraph gfpscope {" ]]
	[[ "$output" == *" -> "* ]]
}

@test "explain: nothing there names the nearest; wrong words" {
	run --separate-stderr "$GFPSCOPE" explain --report "$v1/report.json" \
		fs/alfs/super.c:1
	[ "$status" -eq 3 ]
	one_line_with "the nearest is at fs/alfs/super.c:"
	run --separate-stderr "$GFPSCOPE" explain --report "$v1/report.json" \
		fs/none.c:1
	[ "$status" -eq 3 ]
	one_line_with "nothing at 'fs/none.c:1'"
	run --separate-stderr "$GFPSCOPE" explain --report "$v1/report.json" here
	[ "$status" -eq 2 ]
	one_line_with "neither PATH:LINE"
	run --separate-stderr "$GFPSCOPE" explain
	[ "$status" -eq 2 ]
	run --separate-stderr "$GFPSCOPE" explain --json --dot a.c:1
	[ "$status" -eq 2 ]
}

@test "--propose: diffs in the report; what was rejected stays away" {
	command -v spatch >/dev/null || skip "no spatch"
	audit --propose -q -o - v1
	[ "$status" -eq 0 ]
	echo "$output" >p.json
	[ "$(grep -c '"diff": ' p.json)" -gt 2 ]
	grep -q '"spatch": "1' p.json
	"$top/reports/validate" p.json || [ $? -eq 77 ]
	kind=$(sed -n 's/^   "kind": "\(drop\)",$/\1/p' p.json | head -n 1)
	[ "$kind" = drop ]
	id=$(grep -A1 '"kind": "drop"' p.json |
		sed -n 's/.*"sites": \["\([0-9a-f]*\)".*/\1/p' | head -n 1)
	verdict=$(grep -A14 "^   \"id\": \"$id\"" p.json |
		sed -n 's/.*"verdict": "\(.*\)",/\1/p' | head -n 1)
	cat >d.json <<-END
		{"schema": "gfpscope-decisions/1", "decisions": [
		 {"site": "$id", "verdict": "$verdict", "decision": "reject"}]}
	END
	audit --propose -q --decisions d.json -o - v1
	[ "$status" -eq 0 ]
	[ "$(grep -c "\"sites\": .*\"$id\"" p.json)" -eq 1 ]
	[ "$(grep -c "\"sites\": .*\"$id\"" <<<"$output")" -eq 0 ]
}
