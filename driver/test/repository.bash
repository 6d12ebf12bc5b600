# SPDX-License-Identifier: GPL-2.0-only
# For bats, in setup_file: a repository that depends on nobody's settings.

# own_git: $top, a cache and git of its own; commits all alike; $repo, which is
# not there yet.
own_git()
{
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export top
	export XDG_CACHE_HOME=$BATS_FILE_TMPDIR/cache
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
	export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
	export GIT_AUTHOR_DATE='1700000000 +0000'
	export GIT_COMMITTER_DATE='1700000000 +0000'
	export repo=$BATS_FILE_TMPDIR/repo
}

# demo_converted: $repo is the demo's tree, judged into $report and changed into
# $diffs; $summary is what was printed.
demo_converted()
{
	own_git
	export rules=$top/corpus/demo/rules
	export diffs=$BATS_FILE_TMPDIR/diffs
	export report=$BATS_FILE_TMPDIR/report/report.json
	export summary=$BATS_FILE_TMPDIR/summary
	cp -r "$top/corpus/demo/tree" "$repo"
	git -C "$repo" init -q -b main
	git -C "$repo" add -A -f
	git -C "$repo" commit -q -m v1
	"$GFPSCOPE" audit -q -C "$repo" --rules "$rules" --format json \
		-o "$BATS_FILE_TMPDIR/report"
	"$GFPSCOPE" convert -q -C "$repo" --rules "$rules" \
		-o "$diffs" >"$summary"
}
