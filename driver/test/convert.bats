#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# gfpscope convert and series: diffs, work trees, mails and branches of the
# small tree; what is refused; what must not be able to change the outcome.

bats_require_minimum_version 1.5.0

setup_file()
{
	load repository
	demo_converted
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

# copy: a repository of this test's own, in $repo
copy()
{
	cp -r "$repo" "$BATS_TEST_TMPDIR/repo"
	repo=$BATS_TEST_TMPDIR/repo
}

# helper_covered: all of betafs_load_bitmap's callers get their scopes
helper_covered()
{
	sed -i -e 's/kmalloc(minlen, gfp)/kmalloc(minlen, GFP_NOFS)/' \
		-e '/gfp_t gfp = GFP_KERNEL & ~__GFP_FS/d' \
		"$repo/fs/betafs/alloc.c"
	git -C "$repo" commit -q -a -m covered
}

convert()
{
	run --separate-stderr "$GFPSCOPE" convert -C "$repo" \
		--rules "$rules" "$@"
}

series()
{
	run --separate-stderr "$GFPSCOPE" series -q -C "$repo" \
		--rules "$rules" "$@"
}

@test "convert writes one diff per proposal, an index, and a line for each" {
	n=$(ls "$diffs"/*.diff | wc -l)
	[ "$n" -ge 8 ]
	[ "$(grep -c '^[0-9a-f]\{16\}  ' "$summary")" -eq "$n" ]
	[ "$(grep -c '"diff": ' "$diffs/proposals.json")" -eq "$n" ]
	! grep -q '"failed"' "$diffs/proposals.json"
}

@test "each diff applies to the revision, and to nothing else's result" {
	for d in "$diffs"/*.diff; do
		git -C "$repo" apply --check "$d"
	done
}

@test "no diff has an id, a path or a date of this run in it" {
	cp -r "$repo" elsewhere
	"$GFPSCOPE" convert -q -j 4 -C elsewhere --rules "$rules" -o again
	for d in "$diffs"/*.diff; do
		cmp "$d" "again/$(basename "$d")"
	done
	cmp "$diffs/proposals.json" again/proposals.json
}

@test "a second run takes what is done and starts no Coccinelle for it" {
	cp -r "$diffs" mine
	mkdir bin
	printf '#!/bin/sh\n[ "$1" = --version ] && exec /usr/bin/spatch "$@"\necho no >&2\nexit 9\n' >bin/spatch
	chmod +x bin/spatch
	PATH=$PWD/bin:$PATH convert -q -o mine
	[ "$status" -eq 0 ]
	cmp "$diffs/proposals.json" mine/proposals.json
	# and does start it where nothing is done
	PATH=$PWD/bin:$PATH convert -o other
	[[ "$stderr" == *refused*Coccinelle* ]]
}

@test "what stays refused or stale does not stay in the directory" {
	cp -r "$diffs" mine
	echo old >mine/0123456789abcdef.diff
	convert -q -o mine
	[ ! -e mine/0123456789abcdef.diff ]
}

@test "what others have in the directory stays there" {
	mkdir mine
	echo old >mine/0123456789abcdef.diff
	echo old >mine/0001-other.patch
	convert -q --only noop -o mine
	[ "$status" -eq 0 ]
	series -q --only noop -o mine
	[ "$status" -eq 0 ]
	grep -q old mine/0123456789abcdef.diff
	grep -q old mine/0001-other.patch
	# .. but no mail of a series before this one
	ls mine/*.patch >before
	series -q --only redundant -o mine
	grep -q old mine/0001-other.patch
	! grep -qx "$(grep -v other before)" <(ls mine/*.patch)
}

@test "less confidence than asked for is told" {
	convert -q --only instance --only fs/betafs -o mine
	[ "$status" -eq 0 ]
	[[ "$output" == "nothing to change: "*"--only moderate"* ]]
}

@test "--only narrows by path, verdict, confidence and id" {
	convert -q --only fs/betafs -o a
	[ "$status" -eq 0 ]
	! grep -l '^+++ b/fs/alfs' a/*.diff
	convert -q --only noop -o b
	[ "$(ls b/*.diff | wc -l)" -eq 1 ]
	id=$(sed -n 's/.*"sites": \["\([0-9a-f]*\)".*/\1/p' b/proposals.json |
		head -n 1)
	convert -q --only "$id" -o c
	cmp b/*.diff c/*.diff
	convert -q --only keep
	[ "$status" -eq 2 ]
}

@test "masks that stay below their scope are told apart" {
	convert -q --only moderate --only fs/betafs -o a
	awk -F'"' '
	/"sites": / { sites = $0 }
	/"stays": / {
		stays++
		for (i = 4; i < NF; i += 2)
			bad += !index(sites, $i)
	}
	/stays?: other ways may lead there/ { said++ }
	END { exit bad || !stays || stays != said }' a/proposals.json
	# with a way that leads there, not with the section's own
	grep -q 'from betafs_ioctl()\\n *[^ ]*: calls betafs_trim()' \
		a/proposals.json
	# and do stay
	mkdir tree
	cp -r "$repo/." tree
	git -C tree apply "$PWD"/a/"$(sed -n '/"stays"/!{s/.*"id": "\(.*\)",/\1/p}' \
		<(grep -B3 '"stays"' a/proposals.json) | tail -n 1).diff"
	"$GFPSCOPE" audit -q --worktree tree --rules "$rules" --format json \
		-o - >after.json
	for id in $(sed -n 's/.*"stays": \[\(.*\)\].*/\1/p' a/proposals.json |
		tail -n 1 | tr -d ',"'); do
		grep -q "\"id\": \"$id\"" after.json
	done
}

@test "--from takes what the report has decided, of its own revision only" {
	convert -q --from "$report" -o a
	[ "$status" -eq 0 ]
	cmp "$diffs/proposals.json" a/proposals.json
	copy
	git -C "$repo" commit -q --allow-empty -m v2
	convert -q --from "$report" -o b
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"is a report of"* ]]
}

@test "nothing to change is said, and is no failure" {
	convert -q --only fs/nowhere -o a
	[ "$status" -eq 0 ]
	[[ "$output" == "nothing to change"* ]]
	[ "$(ls a)" = proposals.json ]
}

@test "--apply changes a clean work tree, and refuses any other" {
	copy
	convert -q --apply
	[ "$status" -eq 0 ]
	git -C "$repo" diff --quiet && false
	git -C "$repo" diff >changes
	convert -q --apply
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"not clean"* ]]
	git -C "$repo" diff | cmp - changes
}

# A helper that several sections call has its scopes only after they were
# opened: then its own masks are redundant, and go in the same run.
@test "what was converted is left alone by a second run" {
	copy
	helper_covered
	convert -q --apply
	[ "$status" -eq 0 ]
	[[ "$output" == *"in betafs_load_bitmap()"* ]]
	! sed -n '/ \*betafs_load_bitmap(/,/^}/p' "$repo/fs/betafs/alloc.c" |
		grep GFP_NOFS
	git -C "$repo" commit -q -a -m converted
	convert -q --apply
	[ "$status" -eq 0 ]
	[ "$(git -C "$repo" status --porcelain)" = "" ]
	convert -q -o again
	[ "$status" -eq 0 ]
	! grep '^[0-9a-f]\{16\}  ' <<<"$output"
	! ls again/*.diff
}

# apply_all DIFF..: in order, as a person would who wants them all
apply_all()
{
	for d; do
		git -C "$repo" apply --3way "$d"
	done
	git -C "$repo" commit -q -a -m converted
}

# once_each: no function of $repo has one scope in another, or a variable for
# one twice; no file has the #include twice
once_each()
{
	run awk '/^{/ { open = flags = 0 }
		/^#include/ && seen[FILENAME, $0]++ ||
		/unsigned int no.._flags;/ && flags++ ||
		/memalloc_no.*_save\(/ && open++ {
			print FILENAME ":" FNR ": " $0
		}
		/memalloc_no.*_restore\(/ { open = 0 }
		' $(find "$repo/fs" "$repo/drivers" -name '*.c')
	[ "$status" -eq 0 ]
	[ "$output" = "" ]
}

@test "-o - is one patch, which applies as a whole and is the tree of --apply" {
	copy
	helper_covered
	"$GFPSCOPE" convert -q -C "$repo" --rules "$rules" -o - \
		2>refused >one.diff
	git -C "$repo" apply "$PWD/one.diff"
	git -C "$repo" diff >changes
	git -C "$repo" checkout -q .
	convert -q --apply
	git -C "$repo" diff | cmp - changes
	once_each
}

@test "--stacked diffs apply by number, and then nothing is proposed again" {
	copy
	helper_covered
	convert -q --stacked -o mine
	[ "$status" -eq 0 ]
	[ "$(ls mine/*.diff | wc -l)" -eq "${#lines[@]}" ]
	[ "$(sed -n 's/.*"id": "\(.*\)",/\1/p' mine/proposals.json |
		sort | uniq -d)" = "" ]
	git -C "$repo" apply "$PWD"/mine/*.diff
	once_each
	git -C "$repo" commit -q -a -m converted
	convert -q --stacked -o mine
	[ "$status" -eq 0 ]
	[ "$(ls mine)" = proposals.json ]
	convert -q --stacked --apply
	[ "$status" -eq 2 ]
	convert -q --stacked
	[ "$status" -eq 2 ]
}

# What they have opened frees others: those only are proposed by then.
@test "standing alone, all diffs apply with --3way, and none is proposed again" {
	copy
	helper_covered
	convert -q -o mine
	[ "$status" -eq 0 ]
	apply_all "$PWD"/mine/*.diff
	once_each
	convert -q -o again
	[ "$status" -eq 0 ]
	ls again/*.diff
	for d in again/*.diff; do
		[ ! -e "mine/$(basename "$d")" ]
	done
	! sed -n '/"sites": /p' mine/proposals.json | grep -o '"[0-9a-f]\{16\}"' |
		grep -F -f - <(sed -n '/"sites": /p' again/proposals.json)
	! grep '"kind": "section"\|"kind": "function"' again/proposals.json
	apply_all "$PWD"/again/*.diff
	once_each
	convert -q -o more
	[ "$(ls more)" = proposals.json ]
}

@test "a site that was refused is refused once, whatever was opened since" {
	copy
	helper_covered
	sed -i 's|.*block = kzalloc.*|	/* GFP_NOFS as below */\n&|' \
		"$repo/fs/betafs/quota.c"
	git -C "$repo" commit -q -a -m comment
	convert --branch new
	[ "$status" -eq 0 ]
	[[ "$output" == *"in betafs_load_bitmap()"* ]]
	[ "$(grep -c 'quota.c.*: refused: the comment' <<<"$stderr")" -eq 1 ]
}

@test "--apply refuses another revision than the work tree's" {
	copy
	echo '/* more */' >>"$repo/fs/alfs/dir.c"
	git -C "$repo" commit -q -a -m v2
	convert -q --apply HEAD~1
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"the audit was of"* ]]
	[ -z "$(git -C "$repo" status --porcelain)" ]
}

@test "a .cocciconfig here or at home changes nothing" {
	mkdir home
	printf '[spatch]\n\toptions = --reverse --no-such\n' | tee .cocciconfig \
		>home/.cocciconfig
	HOME=$PWD/home convert -q -o a
	[ "$status" -eq 0 ]
	cmp "$diffs/proposals.json" a/proposals.json
}

@test "without Coccinelle it says so" {
	mkdir bin
	run --separate-stderr env PATH=/nowhere "$GFPSCOPE" convert -q \
		-C "$repo" -o a
	[ "$status" -eq 3 ]
	[[ "$stderr" == *spatch* ]]
	[ ! -e a/proposals.json ]
}

@test "a Coccinelle that is too old is not used" {
	mkdir bin
	printf '#!/bin/sh\necho spatch version 1.0.8 compiled with OCaml\n' >bin/spatch
	chmod +x bin/spatch
	PATH=$PWD/bin:$PATH convert -q -o a
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"1.0.8 is too old"* ]]
}

@test "a Coccinelle that hangs is ended, and its sites are refused" {
	mkdir bin
	printf '#!/bin/sh\n[ "$1" = --version ] && exec /usr/bin/spatch "$@"\nkill -STOP $$\n' >bin/spatch
	chmod +x bin/spatch
	PATH=$PWD/bin:$PATH convert --only noop --spatch-seconds 1 -o a
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"took more than 1 seconds"* ]]
	! ls a/*.diff
}

@test "a directory that cannot be made is one clear line" {
	: >file
	convert -q --only noop -o file/a
	[ "$status" -eq 3 ]
	[ "${#stderr_lines[@]}" -eq 1 ]
}

@test "--branch makes one commit per proposal, of the same tree as --apply" {
	copy
	convert -q --branch new
	[ "$status" -eq 0 ]
	[ "$(git -C "$repo" rev-list --count main..new)" -eq "${#lines[@]}" ]
	git -C "$repo" diff --quiet
	convert -q --apply
	git -C "$repo" diff --quiet new
	convert -q --branch new
	[ "$status" -eq 3 ]
	convert -q --branch other --apply
	[ "$status" -eq 2 ]
	convert -q --branch other --only fs/nowhere
	[ "$status" -eq 0 ]
	run git -C "$repo" rev-parse -q --verify other
	[ "$status" -ne 0 ]
}

# A stand-in that dislikes one spelling on added lines, and one that was there.
@test "what the tree's own checkpatch.pl says is a reason to refuse" {
	copy
	mkdir -p "$repo/scripts"
	cat >"$repo/scripts/checkpatch.pl" <<-'EOF'
	while (<STDIN>) {
		print "-:1: WARNING:SEEN: was there before\n" if /^[+].*GFP_/;
		print "-:1: ERROR:SAVE: not so\n" if /^[+].*_save\(/;
	}
	EOF
	git -C "$repo" add -f scripts
	git -C "$repo" commit -q -m checkpatch
	convert -o a
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"refused: checkpatch: SAVE: not so"* ]]
	! grep -q '_save(' a/*.diff
	[ "$(ls a/*.diff | wc -l)" -ge 3 ]
	grep -q '"style": "ok"' a/proposals.json
	! grep -q '"style": "failed"' a/proposals.json
}

# ---- series ----

@test "git am takes the whole series and gives the tree of the branch" {
	copy
	series -o mails --branch new
	[ "$status" -eq 0 ]
	git -C "$repo" checkout -q --detach main
	ls "$PWD"/mails/*.patch | grep -v 0000 |
		xargs git -C "$repo" am -q
	[ "$(git -C "$repo" rev-parse 'HEAD^{tree}')" = \
		"$(git -C "$repo" rev-parse 'new^{tree}')" ]
	[ "$(git -C "$repo" rev-list --count main..new)" -eq \
		"$(ls mails/*.patch | grep -vc 0000)" ]
}

@test "a second run on the series finds nothing more to send" {
	copy
	helper_covered
	series --branch new
	[ "$status" -eq 0 ]
	grep -q 'betafs_load_bitmap' \
		<(git -C "$repo" log --format=%s main..new)
	series -o more new
	[ "$status" -eq 0 ]
	[[ "$output" == "nothing to send"* ]]
	[ ! -e more ]
}

@test "git format-patch of the branch gives the same diffs" {
	copy
	series -o mails --branch new
	git -C "$repo" format-patch -q --abbrev=12 -o "$PWD/theirs" main..new
	for f in theirs/*.patch; do
		diff <(sed -n '/^diff --git/,/^-- $/p' "$f") \
			<(sed -n '/^diff --git/,/^-- $/p' \
			"mails/$(basename "$f")")
	done
}

@test "a scope that no mask can go for is not in the series" {
	copy
	sed -i '/block = kzalloc/s|$|	/* GFP_NOFS, see above */|' \
		"$repo/fs/betafs/quota.c"
	git -C "$repo" commit -q -a -m comment
	series --only fs/betafs -o mails
	[ "$status" -eq 0 ]
	! grep -q betafs_quota_sync mails/*
	grep -q '^Subject: .*betafs_alloc_blocks' mails/*
	ls "$PWD"/mails/*.patch | grep -v 0000 |
		xargs git -C "$repo" am -q
}

@test "a subset of the series applies, too" {
	copy
	series --only fs/betafs -o mails
	ls "$PWD"/mails/*.patch | grep -v 0000 |
		xargs git -C "$repo" am -q
}

@test "mails name the base, the maintainers, and are the same every time" {
	series -o a
	series -o b -j 3
	diff -r a b
	grep -q "^base-commit: $(git -C "$repo" rev-parse main)" a/0000-*
	grep -q '^To: .*@' a/0001-*
	grep -q '^In-Reply-To: <' a/0001-*
	! grep -q '^Signed-off-by' a/*
}

@test "names that are not ASCII are encoded, and come back from git am" {
	copy
	git -C "$repo" config user.name 'Zoë Ångström, Dr'
	git -C "$repo" config user.email zoe@example.org
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
	series --signoff --only noop -o mails
	[ "$status" -eq 0 ]
	[ "$output" = "1 patch, 1 site, in mails" ]
	! LC_ALL=C sed -n '1,/^$/p' mails/* | LC_ALL=C grep '[^ -~]'
	git -C "$repo" am -q "$PWD"/mails/*.patch
	[ "$(git -C "$repo" log -1 --format=%an)" = 'Zoë Ångström, Dr' ]
	git -C "$repo" log -1 --format=%B | grep -q '^Signed-off-by: Zoë'
}

@test "a version and a request for comments are told in every subject" {
	series --only fs/betafs --rfc -v 3 -o mails
	[ -z "$(grep -L 'Subject: \[RFC PATCH v3 ' mails/*)" ]
	ls mails/v3-0001-*
}

@test "--max-sites splits patches, and nothing is lost" {
	series --max-sites 2 -o a
	series -o b
	[ "$(ls a | wc -l)" -gt "$(ls b | wc -l)" ]
	[ "$(sed -n '/^ drivers/,/changed/p' a/0000* | tail -n 1)" = \
		"$(sed -n '/^ drivers/,/changed/p' b/0000* | tail -n 1)" ]
}

@test "an empty selection is said, and writes no file" {
	series --only fs/nowhere -o mails --branch new
	[ "$status" -eq 0 ]
	[[ "$output" == "nothing to send"* ]]
	[ ! -e mails ]
	run git -C "$repo" rev-parse -q --verify new
	[ "$status" -ne 0 ]
}

@test "a branch that is there is not touched" {
	copy
	git -C "$repo" branch new
	series --only noop --branch new
	[ "$status" -eq 3 ]
	[ "$(git -C "$repo" rev-parse new)" = \
		"$(git -C "$repo" rev-parse main)" ]
}

# handed_over: a function of betafs with callers in two file systems, all of
# whose masks can go
handed_over()
{
	cat >>"$repo/fs/betafs/super.c" <<-'EOF'

	char *betafs_word(const char *s, gfp_t gfp)
	{
		return kstrdup(s, gfp);
	}
	EOF
	sed -i 's/kstrdup(data, GFP_NOFS)/betafs_word(data, GFP_NOFS)/' \
		"$repo/fs/alfs/super.c"
	cat >"$repo/include/linux/betafs.h" <<-'EOF'
	/* SPDX-License-Identifier: GPL-2.0-only */
	char *betafs_word(const char *s, gfp_t gfp);
	EOF
	sed -i '/^static int betafs_fill_super/,/^}/s/^	sbi = kzalloc/	kfree(betafs_word("", GFP_KERNEL));\n&/' \
		"$repo/fs/betafs/super.c"
	git -C "$repo" add -A -f
	git -C "$repo" commit -q -m word
}

@test "a parameter goes from all callers in one mail to all maintainers" {
	copy
	handed_over
	git -C "$repo" grep -q 'betafs_word("", GFP_KERNEL)'
	run --separate-stderr "$GFPSCOPE" series -C "$repo" --rules "$rules" \
		--only moderate --only fs/alfs/super.c --fold-params \
		-o mails --branch new
	[ "$status" -eq 0 ]
	[[ "$stderr" == *"folded: betafs_word() is handed GFP_KERNEL in every call (2): its parameter 'gfp' is gone"* ]]
	m=$(grep -l '^Subject: .*take the gfp parameter of betafs_word() away' \
		mails/*)
	[ "$(grep -c '^+++ b/' "$m")" -eq 3 ]
	sed -n '1,/^$/p' "$m" >head
	grep -q zoe@alfs head
	grep -q ivo@betafs head
	tr '\n' ' ' <"$m" | grep -q 'none builds without the others'
	ls "$PWD"/mails/*.patch | grep -v 0000 |
		xargs git -C "$repo" am -q
	! git -C "$repo" grep 'betafs_word(.*gfp\|betafs_word(.*GFP_'
	[ "$(git -C "$repo" grep -c 'betafs_word(' |
		sed 's/.*://' | paste -sd+ | bc)" -eq 4 ]
	series --only moderate --only fs/alfs/super.c --fold-params -o more new
	[[ "$output" == "nothing to send"* ]]
}

@test "a parameter that one caller needs stays everywhere" {
	copy
	handed_over
	printf '\nvoid *b(void)\n{\n\treturn betafs_word("", GFP_ATOMIC);\n}\n' \
		>>"$repo/drivers/block/mini_blk.c"
	git -C "$repo" commit -q -a -m atomic
	convert --only moderate --fold-params --apply
	[ "$status" -eq 0 ]
	[[ "$stderr" != *betafs_word* ]]
	git -C "$repo" grep -q 'betafs_word(data, GFP_KERNEL)'
	git -C "$repo" grep -q 'betafs_word(const char .s, gfp_t gfp)'
}

@test "a bare repository will do" {
	git clone -q --bare "$repo" bare.git
	repo=$PWD/bare.git
	series --only noop --branch new -o mails
	[ "$status" -eq 0 ]
	git -C bare.git rev-parse -q --verify new
}
