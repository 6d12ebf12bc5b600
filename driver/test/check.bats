#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope check: semantic patches over a revision, in all modes; what it keeps
# between runs; what is said of wrong words; what a hostile patch cannot do.

bats_require_minimum_version 1.5.0

setup_file()
{
	load repository
	own_git
	mkdir -p "$repo/fs/a" "$repo/mm"
	cat >"$repo/Makefile" <<END
VERSION = 6
PATCHLEVEL = 1
SUBLEVEL = 0
EXTRAVERSION =
END
	cat >"$repo/fs/a/file.c" <<END
#include <linux/slab.h>

static int plain(void)
{
	return 0;
}

void *noop(int n)
{
	return kmalloc(n, GFP_KERNEL | GFP_NOFS);
}

int leak(int n)
{
	unsigned int flags = memalloc_nofs_save();

	if (n)
		return -EINVAL;
	memalloc_nofs_restore(flags);
	return 0;
}
END
	cat >"$repo/fs/a/file.h" <<END
static inline void *noop_in_header(int n)
{
	return kmalloc(n, GFP_NOFS | GFP_KERNEL);
}
END
	cat >"$repo/mm/odd.c" <<END
void *odd(int n)
{
	strange(x)(y) z;
	return kmalloc(n, GFP_KERNEL | GFP_NOFS);
}

int other(void)
{
	return vmalloc(GFP_NOFS);
}
END
	git -C "$repo" init -q -b main
	git -C "$repo" add -A -f
	git -C "$repo" commit -q -m v1
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

check()
{
	run --separate-stderr "$GFPSCOPE" check -C "$repo" "$@"
}

# only_version: a spatch that knows its version and fails at all else
only_version()
{
	mkdir -p bin
	printf '#!/bin/sh\n[ "$1" = --version ] && exec /usr/bin/spatch "$@"\necho no >&2\nexit 9\n' >bin/spatch
	chmod +x bin/spatch
	PATH=$PWD/bin:$PATH
}

@test "the rules that come with the program, as coccicheck shows them" {
	check -q
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[ "$output" = "fs/a/file.c:10:32-40: this restricts nothing: the other word has all its bits
fs/a/file.h:3:19-27: this restricts nothing: the other word has all its bits
fs/a/file.c:15:22-40: the scope opened here is still open at the return of line 18" ]
}

@test "a rule for older trees is skipped in a newer one, unless it is named" {
	check
	[[ "$stderr" == *"vmalloc_nofs.cocci: skipped: for trees before 5.17"* ]]
	check "$top/cocci/check/vmalloc_nofs.cocci"
	[ "$status" -eq 0 ]
	[[ "$stderr" != *skipped* ]]
}

@test "what Coccinelle does not understand is counted by function" {
	check --format json
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"1 functions not understood by Coccinelle, 1 of them with words of a rule"* ]]
	[[ "$output" == *'"functions_unparsed_that_matter": 1'* ]]
	[[ "$output" == *'"function": "odd"'* ]]
	[[ "$output" == *'"matters": true'* ]]
	[[ "$output" == *'strange(x)(y) z;'* ]]
	[[ "$output" == *'"line": 3,'* ]]
	# in context mode too, where Coccinelle says less of it
	check --mode context --format json "$top/cocci/check/noop_mask.cocci"
	[[ "$stderr" == *"1 functions not understood by Coccinelle, 1 of them with words of a rule"* ]]
	[[ "$output" == *'"function": "odd"'* ]]
}

@test "the report is valid, in JSON and in SARIF, and the same for any -j" {
	"$GFPSCOPE" check -q -C "$repo" --no-cache -j 1 -o a \
		--format json,sarif,text --repo-uri https://example.org/linux
	"$GFPSCOPE" check -q -C "$repo" --no-cache -j 5 -o b \
		--format json,sarif,text --repo-uri https://example.org/linux
	cmp a/check.json b/check.json
	cmp a/check.sarif b/check.sarif
	cmp a/check.txt b/check.txt
	[ "$(grep -c '"ruleId"' a/check.sarif)" -eq 3 ]
	"$top/reports/validate" a/check.json a/check.sarif || [ $? -eq 77 ]
}

@test "patch mode gives diffs of the whole file that git applies" {
	check -q --mode patch "$top/cocci/check/noop_mask.cocci"
	[ "$status" -eq 0 ]
	printf '%s\n' "$output" >diff
	git -C "$repo" apply --check "$PWD/diff"
	[ "$(grep -c '^+.*GFP_KERNEL)' diff)" -eq 2 ]
	# the lines around are those of the file, also where nothing matters
	[[ "$output" == *$'\n int leak(int n)'* ]]
}

@test "context mode marks the line, org mode makes a link" {
	check -q --mode context "$top/cocci/check/noop_mask.cocci" -- fs/a/file.c
	[ "$(grep '^-[^-]' <<<"$output")" = \
		$'-\treturn kmalloc(n, GFP_KERNEL | GFP_NOFS);' ]
	check -q --mode org "$top/cocci/check/noop_mask.cocci" -- fs/a/file.c
	[ "$output" = "* TODO [[view:fs/a/file.c::face=ovl-face1::linb=10::colb=32::cole=40][this restricts nothing: the other word has all its bits]]" ]
}

@test "a semantic patch of one's own, without modes" {
	printf '@r@\nexpression n;\n@@\n- kmalloc(n, GFP_KERNEL | GFP_NOFS)\n+ kzalloc(n, GFP_NOFS)\n' >my.cocci
	check -q my.cocci HEAD
	[ "$status" -eq 0 ]
	[[ "$output" == *'+	return kzalloc(n, GFP_NOFS);'* ]]
	# not a header: it does not ask for them
	[ "$(grep -c '^+	' <<<"$output")" -eq 1 ]
}

@test "-D gives a value to a patch for use by hand" {
	check -q -D fn=noop "$top/cocci/manual/drop.cocci"
	[ "$status" -eq 0 ]
	[[ "$output" == *'+	return kmalloc(n, GFP_KERNEL | GFP_KERNEL);'* ]]
	[[ "$output" != *file.h* ]]
}

@test "a rule that another function's code forbids stays forbidden" {
	printf '@a@\n@@\nplain(...) { ... }\n\n@b depends on !a@\n@@\n- memalloc_nofs_restore(...);\n' >never.cocci
	check -q never.cocci
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	sed -i 's/plain/absent/' never.cocci
	check -q never.cocci
	[[ "$output" == *'-	memalloc_nofs_restore(flags);'* ]]
}

@test "a script's lines without a place are kept apart" {
	printf '@r@\nposition p;\n@@\n kmalloc@p(...)\n@script:python@\np << r.p;\n@@\nprint("hello from line " + p[0].line)\n' >hello.cocci
	check -q hello.cocci
	[ "$status" -eq 0 ]
	[ "$output" = "hello from line 10" ]
	check -q --format json hello.cocci
	[[ "$output" == *'"text": "hello from line 10"'* ]]
}

@test "a script for the end gets all files, and is not kept" {
	printf '@initialize:python@\n@@\nn = 0\n@r@\nposition p;\n@@\n kmalloc@p(...)\n@script:python@\np << r.p;\n@@\nn += 1\n@finalize:python@\n@@\nprint("%%d calls" %% n)\n' >count.cocci
	printf '// Options: --include-headers\n' >>count.cocci
	check -q count.cocci
	[ "$status" -eq 0 ]
	[ "$output" = "2 calls" ]
	only_version
	check count.cocci
	[ "$status" -ne 0 ]
}

# a python3 that is a script and notes that it ran; behind it, maybe, another
python_script()
{
	mkdir -p shim other
	printf '#!/bin/sh\necho >>"%s/asked" 2>/dev/null\nexec /usr/bin/python3 "$@"\n' \
		"$PWD" >shim/python3
	chmod +x shim/python3
	PATH=$PWD/shim:$PWD/other:$PATH
	printf '@r@\nposition p;\n@@\n kmalloc@p(...)\n@script:python@\np << r.p;\n@@\nprint("line " + p[0].line)\n' >plain.cocci
	{
		printf '@initialize:python@\n@@\nimport os\n'
		cat plain.cocci
	} >imports.cocci
}

@test "scripts that import nothing do with any Python, others get theirs" {
	python_script
	check -q --no-cache --no-sandbox plain.cocci
	[ "$output" = "line 10" ]
	[ ! -e asked ]
	check -q --no-cache --no-sandbox imports.cocci
	[ "$output" = "line 10" ]
	[ -e asked ]
}

@test "a Python that Coccinelle cannot use is replaced by its own choice" {
	python_script
	cp -L "$(type -P false)" other/python3
	printf '#!/bin/sh\ncase "$*" in */other/*) exit 9 ;; esac\nexec /usr/bin/spatch "$@"\n' >other/spatch
	chmod +x other/spatch
	check -q --no-cache --no-sandbox plain.cocci
	[ "$status" -eq 0 ]
	[ "$output" = "line 10" ]
	[ -e asked ]
}

@test "--exit-code tells that something was found, or nothing" {
	check -q --exit-code
	[ "$status" -eq 1 ]
	check -q --exit-code "$top/cocci/check/scope_lost.cocci"
	[ "$status" -eq 0 ]
}

@test "the second run asks Coccinelle nothing, and about changed files only" {
	"$GFPSCOPE" check -q -C "$repo" --format json >first
	cp -r "$repo" mine
	repo=$PWD/mine
	only_version
	check -q --format json
	[ "$status" -eq 0 ]
	[ "$output" = "$(cat first)" ]
	echo >>mine/mm/odd.c
	git -C mine commit -q -a -m v2
	PATH=/usr/bin:/bin check
	[[ "$stderr" == *"from the cache"* ]]
	[[ "$stderr" != *" 0.0 CPU"* ]]
}

@test "a plain directory is looked at as it is" {
	run --separate-stderr "$GFPSCOPE" check -q --worktree "$repo" -- fs
	[ "$status" -eq 0 ]
	[ "$(wc -l <<<"$output")" -eq 3 ]
}

# a function that takes a semantic patch with a nest for ever
slow()
{
	cp -r "$repo" slow
	{
		echo 'int slow(int a)'
		echo '{'
		for i in $(seq 60); do
			printf '\tif (a == %d) {\n\t\tx = foo(a);\n\t\tif (!x)\n\t\t\tgoto out;\n\t}\n' "$i"
		done
		printf 'out:\n\treturn 0;\n}\n'
	} >slow/fs/slow.c
	printf 'int quick(void)\n{\n\tfoo(1);\n\treturn 0;\n}\n' >slow/fs/quick.c
	git -C slow add fs
	git -C slow commit -q -m slow
	printf '@r@\nidentifier fn;\nexpression e;\nposition p;\n@@\nfn(...) {\n<+...\nx = foo(e);\n... when != bar(e)\nfoo@p(e)\n...+>\n}\n@s@\n@@\n- foo(1);\n' >slow.cocci
	repo=$PWD/slow
}

@test "out of time: said, listed, exit 4; the other files are done" {
	slow
	check --seconds 1 --format json slow.cocci
	[ "$status" -eq 4 ]
	[[ "$stderr" == *"fs/slow.c: not finished: out of time"* ]]
	[[ "$output" == *'"why": "out of time"'* ]]
	[[ "$output" == *'"path": "fs/quick.c"'* ]]
	# and it is not kept as if it had been finished
	check -q --seconds 1 --format json slow.cocci
	[ "$status" -eq 4 ]
}

@test "wrong words: one line and exit 2" {
	for words in "--mode xyzzy" "--format xyzzy" "-D =x" "-D report" \
		"HEAD other" "--xyzzy" \
		"--mode patch $top/cocci/check/scope_leak.cocci"; do
		# shellcheck disable=SC2086
		check $words
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[ "$(wc -l <<<"$stderr")" -eq 1 ]
	done
}

@test "what is not there: one line that names it, exit 3" {
	for words in "absent.cocci" "no-such-revision" "HEAD -- no/such/path"; do
		# shellcheck disable=SC2086
		check $words
		[ "$status" -eq 3 ]
		[ -z "$output" ]
		[ "$(wc -l <<<"$stderr")" -eq 1 ]
		[[ "$stderr" == *"${words##* }"* ]]
	done
	run --separate-stderr "$GFPSCOPE" check -C "$BATS_TEST_TMPDIR"
	[ "$status" -eq 3 ]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
}

@test "a patch that Coccinelle does not take: its file and line, exit 3" {
	printf '@r@\n@@\n foo(\n' >bad.cocci
	check bad.cocci
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[[ "$stderr" == *"bad.cocci: syntax error, line 4"* ]]
	: >empty.cocci
	check empty.cocci
	[ "$status" -ne 0 ]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
	head -c 3000 /dev/urandom >noise.cocci
	check noise.cocci
	[ "$status" -ne 0 ]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
}

@test "no Coccinelle: said, exit 3" {
	mkdir empty
	run --separate-stderr env PATH="$PWD/empty" "$GFPSCOPE" check -C "$repo"
	[ "$status" -eq 3 ]
	[[ "$stderr" == *spatch* ]]
}

@test "an output directory that cannot be made: exit 3 before any work" {
	: >file
	check -o file/dir
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"directory 'file'"* ]]
}

@test "scripts of a hostile patch write nothing and reach no network" {
	cat >evil.cocci <<-END
	@initialize:python@
	@@
	import os, socket
	def attempt(what):
	    try:
	        what()
	        print("did it")
	    except Exception as e:
	        print("refused")
	attempt(lambda: open("$PWD/written", "w").write("x"))
	attempt(lambda: os.remove("$repo/Makefile"))
	attempt(lambda: socket.create_connection(("127.0.0.1", 9), 1))
	@r@
	position p;
	@@
	 kmalloc@p(...)
	@script:python@
	p << r.p;
	@@
	attempt(lambda: open("$PWD/written", "w").write("x"))
	END
	check evil.cocci
	[ ! -e written ]
	[ -e "$repo/Makefile" ]
	[[ "$output" == *refused* ]]
	[[ "$output" != *"did it"* ]]
}

@test "what one patch leaves behind leads no other run astray" {
	mkdir -p outside/a
	echo mine >outside/a/file.c
	cat >evil.cocci <<-END
	@r@
	position p;
	@@
	 kmalloc@p(...)
	@script:python@
	p << r.p;
	@@
	import os
	os.rename("fs", "gone")
	os.symlink("$PWD/outside", "fs")
	print(os.path.islink("fs"))
	END
	check -q -j 1 --no-cache evil.cocci "$top/cocci/check/noop_mask.cocci" \
		-- fs
	[[ "$output" == *True* ]]
	[[ "$output" == *"fs/a/file.c:10:32-40: this restricts nothing"* ]]
	[ "$(cat outside/a/file.c)" = mine ]
}

@test "nor does OCaml that runs while a patch is only parsed" {
	printf '@initialize:ocaml@\n@@\nlet () = close_out (open_out "%s/written")\n@r@\n@@\n- kmalloc(...);\n' "$PWD" >evil.cocci
	check -q evil.cocci
	[ ! -e written ]
}

@test "no .cocciconfig is obeyed, here, at home or in the tree" {
	mkdir home
	printf '[spatch]\n\toptions = --debug --sp-file /nonexistent\n' \
		>home/.cocciconfig
	cp home/.cocciconfig .
	cp -r "$repo" mine
	cp home/.cocciconfig mine/
	git -C mine add -A -f
	git -C mine commit -q -m config
	HOME=$PWD/home run --separate-stderr "$GFPSCOPE" check -q --no-cache \
		-C mine
	[ "$status" -eq 0 ]
	[ "$(wc -l <<<"$output")" -eq 3 ]
}
