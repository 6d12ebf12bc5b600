#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What stays known from one report to the next, in every format and through
# every change of the source; and names that are an attack on whoever reads.

bats_require_minimum_version 1.5.0

setup_file()
{
	load repository
	own_git
	mkdir -p "$repo/fs/one" "$repo/fs/<b>two"
	source_of one >"$repo/fs/one/file.c"
	git -C "$repo" init -q -b main
	version v1
	export sites=$BATS_FILE_TMPDIR
	sed -i '1i /* a line */\n' "$repo/fs/one/file.c"
	version inserted
	{ sed -n '/second/,$p' "$repo/fs/one/file.c"; sed '/second/,$d' \
		"$repo/fs/one/file.c"; } >"$BATS_FILE_TMPDIR/t"
	mv "$BATS_FILE_TMPDIR/t" "$repo/fs/one/file.c"
	version swapped
	git -C "$repo" mv fs/one/file.c fs/one/other.c
	version file
	sed -i 's/one_second/one_renamed/' "$repo/fs/one/other.c"
	version function
	sed -i '0,/twice/{/twice/d}' "$repo/fs/one/other.c"
	version removed
}

# source_of NAME: a function with one site, and one with two equal ones
source_of()
{
	cat <<-END
	void $1_first(void *p)
	{
		use(kmalloc(1, GFP_KERNEL | GFP_NOFS));
	}

	void $1_second(void *p)
	{
		use(kmalloc(2, GFP_KERNEL | GFP_NOFS));		/* twice */
		use(kmalloc(3, GFP_KERNEL | GFP_NOFS));		/* twice */
	}
	END
}

# version TAG: commits it, and its report is TAG.json
version()
{
	git -C "$repo" add -A -f
	git -C "$repo" commit -q --allow-empty -m "$1"
	git -C "$repo" tag "$1"
	"$GFPSCOPE" audit -C "$repo" -q -o - "$1" >"$BATS_FILE_TMPDIR/$1.json"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

# counts OLD NEW COUNTS: what compare counts of the sites
counts()
{
	run --separate-stderr "$GFPSCOPE" compare "$sites/$1.json" "$sites/$2.json"
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "sites: $3" ] || {
		echo "$1 to $2: ${lines[1]}, not $3"
		return 1
	}
}

@test "ids and pairs survive what is done to the source" {
	[ "$(grep -c '"verdict":' "$sites/v1.json")" -eq 3 ]
	counts v1 inserted "0 new, 0 gone, 0 changed, 0 moved, 3 unchanged"
	counts inserted swapped "0 new, 0 gone, 0 changed, 0 moved, 3 unchanged"
	counts swapped file "0 new, 0 gone, 0 changed, 3 moved, 0 unchanged"
	counts file function "0 new, 0 gone, 0 changed, 2 moved, 1 unchanged"
	counts function removed "0 new, 1 gone, 0 changed, 0 moved, 2 unchanged"
	counts removed function "1 new, 0 gone, 0 changed, 0 moved, 2 unchanged"
	# what was done one after the other, at once: no site is lost
	run --separate-stderr "$GFPSCOPE" compare "$sites/v1.json" \
		"$sites/removed.json"
	[[ "${lines[1]}" =~ ^"sites: "([0-9])" new, "([0-9])" gone, 0 changed, "([0-9])" moved, 0 unchanged"$ ]]
	[ "$((BASH_REMATCH[1] + BASH_REMATCH[3]))" -eq 2 ]
	[ "$((BASH_REMATCH[2] + BASH_REMATCH[3]))" -eq 3 ]
}

@test "--exit-code is 1 for what is new only" {
	for pair in "v1 inserted 0" "v1 v1 0" "function removed 0" \
		"removed function 1"; do
		# shellcheck disable=SC2086
		set -- $pair
		run "$GFPSCOPE" compare --exit-code "$sites/$1.json" "$sites/$2.json"
		[ "$status" -eq "$3" ]
	done
}

@test "--baseline marks new, unchanged and gone in every format" {
	# one more at another place: new, one gone, the rest unchanged
	git clone -q "$repo" more
	source_of more | sed '/second/,$d' >more/fs/one/more.c
	git -C more add -A
	git -C more commit -q -m more
	for f in text org summary json sarif html; do
		"$GFPSCOPE" audit -C more -q --format $f --baseline \
			"$sites/function.json" -o - HEAD >out.$f
	done
	for f in text org; do
		[ "$(grep -c '(new)' out.$f)" -eq 1 ]
		[ "$(grep -c '(unchanged)' out.$f)" -eq 2 ]
	done
	[ "$(grep -c '(gone)' out.text)" -eq 1 ]
	[ "$(grep -c '(gone)' out.org)" -eq 1 ]
	grep -q "since the baseline: 2 unchanged, 1 new, 1 gone, 0 changed, 0 moved" \
		out.summary
	[ "$(grep -c '"baseline": "new"' out.json)" -eq 1 ]
	[ "$(grep -c '"baseline": "unchanged"' out.json)" -eq 2 ]
	[ "$(grep -c '"baselineState": "new"' out.sarif)" -eq 1 ]
	[ "$(grep -c '"baselineState": "unchanged"' out.sarif)" -eq 2 ]
	[ "$(grep -c '"baselineState": "absent"' out.sarif)" -eq 1 ]
	[ "$(grep -o '"baseline":"new"' out.html | wc -l)" -eq 1 ]
	[ "$(grep -o '"baseline":"unchanged"' out.html | wc -l)" -eq 2 ]
	grep -q '"gone":' out.json
	grep -q '"gone":' out.html
}

@test "a suppression is in every format, and counted" {
	cat >s.json <<-'END'
	{"schema": "gfpscope-suppress/1", "suppressions": [
	 {"path": "fs/one/file.c", "function": "one_second", "rule": "noop",
	  "reason": "as it was", "expires": "2023-11-14"}]}
	END
	for f in text org summary json sarif html; do
		"$GFPSCOPE" audit -C "$repo" -q --format $f --suppress s.json \
			-o - v1 >out.$f
	done
	[ "$(grep -c '(suppressed: as it was)' out.text)" -eq 2 ]
	[ "$(grep -c '(suppressed: as it was)' out.org)" -eq 2 ]
	grep -q '^suppressed: 2 sites, 0 findings; 0 suppressions fit nothing, 0 expired' \
		out.summary
	[ "$(grep -c '"suppressed": "as it was"' out.json)" -eq 2 ]
	[ "$(grep -c '"justification": "as it was"' out.sarif)" -eq 2 ]
	[ "$(grep -o '"suppressed":"as it was"' out.html | wc -l)" -eq 2 ]
	# the day after the commit's is over
	sed -i 's/2023-11-14/2023-11-13/' s.json
	"$GFPSCOPE" audit -C "$repo" -q --format text --suppress s.json -o - v1 \
		>late.text
	run ! grep suppressed late.text
}

@test "explain has colours on a terminal, and only there" {
	command -v script >/dev/null || skip "no script(1)"
	set -- explain --report "$sites/v1.json" fs/one/file.c:3
	"$GFPSCOPE" "$@" >plain
	run ! grep -q $'\033' plain
	SHELL=/bin/sh TERM=xterm script -qec "'$GFPSCOPE' $*" /dev/null >coloured
	grep -q $'\033\[' coloured
	diff <(sed $'s/\033\\[[0-9;]*m//g; s/\r$//' coloured) plain
	NO_COLOR=1 SHELL=/bin/sh script -qec "'$GFPSCOPE' $*" /dev/null |
		tr -d '\r' | diff - plain
}

@test "hostile paths, names and comments are shown, and do nothing" {
	bad='fs/<b>two/<img src=x onerror=alert(1)>"'"'"'&].c'
	git clone -q "$repo" evil
	mkdir -p 'evil/fs/<b>two'
	{ source_of evil; printf '/* \033[31m</script><script>alert(2)</script> */\n'
	  printf 'void evil_esc(void)\n{\n\tuse(kmalloc(4, GFP_KERNEL | GFP_NOFS)); /* \033]0;x\007 </script> */\n}\n'
	} >"evil/$bad"
	git -C evil add -A
	git -C evil commit -q -m evil
	"$GFPSCOPE" audit -C evil -q --format json,sarif,html,text,org \
		--baseline "$sites/removed.json" -o out HEAD >table
	[ "$(grep -c onerror= out/report.txt)" -eq 4 ]
	run ! grep -lP '[\x00-\x08\x0b-\x1f\x7f]' out/* table
	[ "$(grep -c '<script' out/report.html)" -eq 4 ]
	run ! grep -E '<(img|b>)' out/report.html
	[ "$(grep -oE '\]' out/report.org | wc -l)" -eq \
		"$((3 * $(wc -l <out/report.org)))" ]
	"$top/reports/validate" out/report.json out/report.sarif ||
		[ $? -eq 77 ]
	line=$(sed -n 's/.*onerror=alert(1)>[^:]*:\([0-9]*\):.*evil_esc.*/\1/p' \
		out/report.txt)
	"$GFPSCOPE" explain -C evil --report out/report.json "$bad:$line" >text
	grep -q '| use(kmalloc(4' text
	run ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' text
	"$GFPSCOPE" compare --format text "$sites/v1.json" out/report.json >c.text
	grep -q onerror= c.text
	"$GFPSCOPE" compare --format html -o c.html "$sites/v1.json" \
		out/report.json
	run ! grep -E '<(img|b>)' c.html
	"$GFPSCOPE" history add --db h.db out/report.json
	"$GFPSCOPE" burndown --db h.db --format html >b.html
	grep -q '&lt;b&gt;two' b.html
	run ! grep -E '<(img|b>)' b.html
	"$GFPSCOPE" burndown --db h.db --format csv | grep -q '<b>two'
}
