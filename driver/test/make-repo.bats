#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# make-repo on packages of a dozen files that are made here.

setup() {
	make_repo=$BATS_TEST_DIRNAME/../../corpus/kernel/make-repo
	dir=$BATS_TEST_TMPDIR
	export GFPSCOPE_DEB_DIR=$dir/debs
	mkdir -p "$GFPSCOPE_DEB_DIR"
}

# package VERSION: a linux-source package in GFPSCOPE_DEB_DIR
package() {
	local p=$dir/p-$1 t=$dir/t-$1/linux-source-$1
	mkdir -p "$p/DEBIAN" "$p/usr/src" "$t/fs" "$t/sound" "$t/scripts" \
		"$p/usr/share/doc/linux-source-$1"
	printf 'VERSION = %s\nPATCHLEVEL = %s\nSUBLEVEL = 7\n' \
		"${1%.*}" "${1#*.}" >"$t/Makefile"
	echo "int fs_$1;" >"$t/fs/a.c"
	echo '*.c' >"$t/.gitignore"
	echo "int sound;" >"$t/sound/b.c"
	echo '#!/usr/bin/perl' >"$t/scripts/checkpatch.pl"
	chmod 755 "$t/scripts/checkpatch.pl"
	ln -s ../fs/a.c "$t/fs/link.c"
	tar -cJf "$p/usr/src/linux-source-$1.tar.xz" \
		-C "$dir/t-$1" "linux-source-$1"
	rm -rf "$dir/t-$1"
	cat >"$p/DEBIAN/control" <<-END
	Package: linux-source-$1
	Version: $1.7-1
	Architecture: all
	Maintainer: A Person <a@example.org>
	Description: test
	END
	printf 'x (1) u; urgency=low\n\n  * y\n\n -- %s  %s\n' \
		'A Person <a@example.org>' 'Mon, 16 Nov 2020 11:17:40 +0100' |
		gzip -n >"$p/usr/share/doc/linux-source-$1/changelog.gz"
	dpkg-deb -b "$p" "$GFPSCOPE_DEB_DIR/linux-source-$1_$1.7-1_all.deb" \
		>/dev/null
}

g() {
	git --git-dir="$dir/out/linux.git" "$@"
}

@test "a tag per version, symlinks and ignored files included" {
	package 6.1
	package 6.12
	run "$make_repo" -o "$dir/out" 6.1 6.12
	[ "$status" -eq 0 ]
	[ "$(g tag | paste -sd' ')" = "v6.1 v6.12" ]
	[ "$(g ls-tree -r --name-only v6.1 | paste -sd' ')" = \
	"$(printf '%s ' .gitignore Makefile fs/a.c fs/link.c \
		scripts/checkpatch.pl)sound/b.c" ]
	g ls-tree v6.1:fs | grep -q '^120000 .*link.c'
	g ls-tree v6.1:scripts | grep -q '^100755 '
	g cat-file tag v6.12 | grep -q '^Debian-Version: 6.12.7-1$'
	[ "$(g log -1 --format=%ad v6.1)" = "Mon Nov 16 11:17:40 2020 +0100" ]
	g fsck --strict
	[ ! -e "$dir/out/src-6.1" ]
}

@test "core tags are the same from the package and from the full tag" {
	package 6.1
	"$make_repo" --core -o "$dir/out" 6.1
	core=$(g rev-parse v6.1-core)
	[ "$(g ls-tree -r --name-only v6.1-core | paste -sd' ')" = \
		"Makefile fs/a.c fs/link.c scripts/checkpatch.pl" ]
	rm -rf "$dir/out"
	"$make_repo" -o "$dir/out" 6.1
	"$make_repo" --core -o "$dir/out" 6.1
	[ "$(g rev-parse v6.1-core)" = "$core" ]
}

@test "a second run does nothing and needs no package" {
	package 6.1
	"$make_repo" -o "$dir/out" 6.1
	before=$(find "$dir/out/linux.git" -type f -printf '%p %T@\n' | sort)
	GFPSCOPE_DEB_DIR=$dir/none
	mkdir "$GFPSCOPE_DEB_DIR"
	run "$make_repo" -o "$dir/out" 6.1
	[ "$status" -eq 0 ]
	after=$(find "$dir/out/linux.git" -type f -printf '%p %T@\n' | sort)
	[ "$before" = "$after" ]
}

@test "killed at any point it goes on and gives the same ids" {
	package 6.1
	"$make_repo" -o "$dir/out" 6.1
	want=$(g rev-parse v6.1)
	rm -rf "$dir/out"
	for ms in 010 030 050 080 110 150 200 300; do
		timeout -s KILL 0.$ms "$make_repo" -o "$dir/out" 6.1 || true
	done
	run "$make_repo" -o "$dir/out" 6.1
	[ "$status" -eq 0 ]
	[ "$(g rev-parse v6.1)" = "$want" ]
	g fsck --strict
	[ ! -e "$dir/out/tmp" ]
}

@test "a package that cannot be had is skipped with 77, the rest is made" {
	package 6.1
	run "$make_repo" -o "$dir/out" 0.0 6.1
	[ "$status" -eq 77 ]
	[[ "$output" == *"linux-source-0.0: "*"v0.0 is skipped"* ]]
	[ "$(g tag)" = "v6.1" ]
}

@test "a damaged package fails with one line and leaves no tag" {
	package 6.1
	truncate -s 900 "$GFPSCOPE_DEB_DIR"/*.deb
	run "$make_repo" -o "$dir/out" 6.1
	[ "$status" -eq 3 ]
	[[ "$output" == *"cannot be unpacked"* ]]
	[ -z "$(g tag)" ]
}

@test "wrong words are a usage error" {
	run "$make_repo" -o "$dir/out"
	[ "$status" -eq 2 ]
	run "$make_repo" --frob 6.1
	[ "$status" -eq 2 ]
	run "$make_repo" -o
	[ "$status" -eq 2 ]
}
