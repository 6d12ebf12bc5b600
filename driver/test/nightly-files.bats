#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What stands in reports/nightly: do the tools it is for take it?

bats_require_minimum_version 1.5.0

setup()
{
	export XDG_CACHE_HOME=$BATS_FILE_TMPDIR/cache
	files=$(cd "$BATS_TEST_DIRNAME/../../reports/nightly" && pwd)
	cd "$BATS_TEST_TMPDIR"
}

@test "nightly files: systemd takes the units" {
	command -v systemd-analyze >/dev/null || skip "no systemd-analyze"
	# The program need not be installed for this.
	sed "s#/usr/local/bin/gfpscope#$GFPSCOPE#" \
		"$files/gfpscope-nightly.service" >gfpscope-nightly.service
	cp "$files/gfpscope-nightly.timer" .
	run systemd-analyze verify ./gfpscope-nightly.service \
		./gfpscope-nightly.timer
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	systemd-analyze calendar \
		"$(sed -n 's/^OnCalendar=//p' gfpscope-nightly.timer)"
}

@test "nightly files: the example is a configuration" {
	run --separate-stderr "$GFPSCOPE" nightly -c "$files/nightly.json" --check
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 3 ]
	[[ "${lines[2]}" == "stable/linux-6.12.y: linux-6.12.y of /srv/git/linux-stable.git, to /var/lib/gfpscope/"* ]]
}

@test "nightly files: README names all keys of the configuration" {
	keys=$(sed -n '/known\[\] = {/,/};/s/"\([a-z_]*\)"/\n\1\n/gp' \
		"$BATS_TEST_DIRNAME/../emit/night_config.c" | grep '^[a-z_]*$' |
		sort -u)
	[ "$(wc -l <<<"$keys")" -ge 18 ]
	for k in $keys; do
		grep -q "^| \(\.\. \)\?\`$k\`" "$files/README.md"
	done
}

# A cluster of one machine: what sbatch is given is run at once.
fake_sbatch()
{
	mkdir bin
	cat >bin/sbatch <<-'END'
	#!/bin/bash
	# Options, then the script and its words.
	array= after=
	while [[ $1 == --* ]]; do
		case $1 in
		--array=1-*) array=${1#--array=1-} ;;
		--dependency=afterok:*) after=${1##*:} ;;
		--output=*) out=${1#--output=} ;;
		esac
		shift
	done
	id=$(( $(cat ids 2>/dev/null || echo 100) + 1 ))
	echo $id >ids
	ok=yes
	[ -z "$after" ] || ok=$(cat "job-$after")
	if [ -n "$array" ]; then
		for i in $(seq "$array"); do
			SLURM_ARRAY_TASK_ID=$i SLURM_CPUS_PER_TASK=1 \
				"$@" >"${out/\%a/$i}" 2>&1 || ok=no
		done
	elif [ $ok = yes ]; then
		"$@" >"$out" 2>&1 || ok=no
	fi
	echo $ok >"job-$id"
	echo $id
	END
	chmod +x bin/sbatch
	PATH=$PWD/bin:$PATH
}

@test "nightly files: a job array makes the report of one audit" {
	load revisions
	make_revisions "$PWD/repo"
	fake_sbatch
	run --separate-stderr "$files/slurm/submit" repo v2 out 3
	[ "$status" -eq 0 ]
	[ "$output" = 102 ]
	[ "$(cat job-102)" = yes ]
	"$GFPSCOPE" audit -q -C repo --format json -o whole v2 >/dev/null
	cmp out/report.json whole/report.json
	# A job that fails leaves no report, not even the old one.
	run --separate-stderr env GFPSCOPE=false "$files/slurm/submit" repo v2 out 3
	[ "$(cat job-103)" = no ]
	[ "$(cat job-104)" = no ]
	[ ! -e out/report.json ]
}

@test "nightly files: submit refuses what cannot be" {
	load revisions
	make_revisions "$PWD/repo"
	fake_sbatch
	run --separate-stderr "$files/slurm/submit" repo v2
	[ "$status" -eq 2 ]
	for n in 0 -1 x 08; do
		run --separate-stderr "$files/slurm/submit" repo v2 out $n
		[ "$status" -eq 2 ]
	done
	run --separate-stderr "$files/slurm/submit" repo v9 out 2
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"no revision 'v9'"* ]]
	[ ! -e ids ]
}

@test "nightly files: the scripts are clean" {
	command -v shellcheck >/dev/null || skip "no shellcheck"
	shellcheck -s sh "$files"/slurm/*
}
