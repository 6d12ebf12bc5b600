#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Decisions of people, taken by convert, series and audit: what they keep away,
# what they cannot do, and when they are stale.

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

# decide DECISION VERDICT.. [-- SITE..]: decisions.json on all sites of these
# verdicts, and on these sites, as the page exports them
decide()
{
	python3 - "$report" "$@" >decisions.json <<-'END'
	import json, sys
	report, kind, *words = sys.argv[1:]
	cut = words.index("--") if "--" in words else len(words)
	json.dump({"schema": "gfpscope-decisions/1", "decisions": [
		{"site": s["id"], "verdict": s["verdict"], "decision": kind,
		 "who": "me", "why": "so", "when": "2026-11-22T19:00:00Z"}
		for s in json.load(open(report))["sites"]
		if s["verdict"] in words[:cut] or s["id"] in words[cut + 1:]]},
		sys.stdout)
	END
}

# again DIR..: as if convert had been there, so that it need not ask again
again()
{
	for dir in "$@"; do
		cp -r "$diffs" "$dir"
	done
}

# sites_of FILE: the sites of its proposals
sites_of()
{
	python3 -c 'import json, sys
for p in json.load(open(sys.argv[1]))["proposals"]: print(*p["sites"], sep="\n")' \
		"$1" | sort
}

@test "what was rejected is not proposed again, the rest is the same" {
	id=$(sites_of "$diffs/proposals.json" | head -n 1)
	decide reject -- "$id"
	again night1 night2
	for night in 1 2; do
		convert -q --decisions decisions.json -o "night$night"
		[ "$status" -eq 0 ]
		[ -z "$stderr" ]
		diff <(sites_of "night$night/proposals.json") \
			<(sites_of "$diffs/proposals.json" | grep -v "$id")
	done
	diff -r -x .done night1 night2
	# a deferred or accepted one is proposed as ever
	for how in defer accept; do
		decide $how -- "$id"
		again $how
		convert -q --decisions decisions.json -o $how
		diff -r -x .done $how "$diffs"
	done
}

@test "all rejected: convert, series and audit propose nothing" {
	decide reject redundant unneeded noop nolockdep scope vmalloc instance
	convert --decisions decisions.json -o a
	[ "$status" -eq 0 ]
	[[ "$output" == "nothing to change"* ]]
	! ls a/*.diff
	series --decisions decisions.json -o b
	[ "$status" -eq 0 ]
	[[ "$output" == "nothing to send"* ]]
	! ls b/*.patch
	run --separate-stderr "$GFPSCOPE" audit -q -C "$repo" --rules "$rules" \
		--decisions decisions.json --propose -o -
	[ "$status" -eq 0 ]
	[[ "$output" == *'"proposals": []'* ]]
	[ "$(grep -c '"decision": "reject"' <<<"$output")" -gt 20 ]
}

@test "a rejected site is in no mail of the series, which still applies" {
	copy
	id=$(python3 -c 'import json, sys
print(max((p for p in json.load(open(sys.argv[1]))["proposals"]
	if p["kind"] != "drop"), key=lambda p: len(p["sites"]))["sites"][0])' \
		"$diffs/proposals.json")
	decide reject -- "$id"
	series -o all
	series --decisions decisions.json -o some --branch some
	[ "$status" -eq 0 ]
	[ "$(cat all/*.patch | grep -c '^-[^-].*GFP_NO')" -gt \
		"$(cat some/*.patch | grep -c '^-[^-].*GFP_NO')" ]
	git -C "$repo" checkout -q --detach main
	ls "$PWD"/some/*.patch | grep -v 0000 | xargs git -C "$repo" am -q
	[ "$(git -C "$repo" rev-parse 'HEAD^{tree}')" = \
		"$(git -C "$repo" rev-parse 'some^{tree}')" ]
	# what was rejected is a restricted site of the result, as before
	"$GFPSCOPE" audit -q -C "$repo" --rules "$rules" -o - some >after.json
	grep -q "\"id\": \"$id\"" after.json
}

@test "no decision makes a patch of what is not proven" {
	decide accept unknown keep
	[ "$(grep -o accept decisions.json | wc -l)" -ge 8 ]
	again a c d
	convert -q --decisions decisions.json -o a
	[ "$status" -eq 0 ]
	diff -r -x .done a "$diffs"
	series -o mails
	series --decisions decisions.json -o b
	diff -r mails b
	# nor of a verdict that is not sure enough
	decide accept redundant unneeded noop nolockdep scope vmalloc
	convert -q --decisions decisions.json -o c
	diff -r -x .done c "$diffs"
	# one that waits for a person's word is another matter
	decide accept instance
	convert -q --decisions decisions.json -o d
	[ "$(sites_of d/proposals.json | wc -l)" -gt \
		"$(sites_of "$diffs/proposals.json" | wc -l)" ]
}

@test "stale decisions are listed, and hold no longer" {
	id=$(sites_of "$diffs/proposals.json" | head -n 1)
	decide reject -- "$id"
	was=$(grep -o '"verdict": "[a-z]*"' decisions.json)
	python3 - <<-'END'
	import json
	d = json.load(open("decisions.json"))
	d["decisions"][0]["verdict"] = "vmalloc"
	d["decisions"].append({"site": "f" * 16, "verdict": "keep",
		"decision": "reject"})
	json.dump(d, open("decisions.json", "w"))
	END
	was=${was#*: \"}
	again a d
	for command in "convert -q -o a" "series -q -o b" "audit -q --propose -o c"; do
		# shellcheck disable=SC2086
		run --separate-stderr "$GFPSCOPE" $command -C "$repo" \
			--rules "$rules" --decisions decisions.json
		[ "$status" -eq 0 ]
		[ "${#stderr_lines[@]}" -eq 2 ]
		[[ "$stderr" == *"the decision on site $id is stale: it was vmalloc, now it is ${was%\"}"* ]]
		[[ "$stderr" == *"the decision on site ffffffffffffffff is stale: it is gone"* ]]
	done
	diff -r -x .done a "$diffs"
	sites_of c/report.json | grep -qx "$id"
	# of the sites elsewhere a run over some paths knows nothing
	convert -q --decisions decisions.json -o d -- fs/alfs
	[[ "$stderr" != *ffffffffffffffff* ]]
}

@test "decisions that are none fail before the work" {
	for text in nonsense '{}' '{"schema": "gfpscope-decisions/1"}' \
		'{"schema": "gfpscope-decisions/2", "decisions": []}' \
		'{"schema": "gfpscope-decisions/1", "decisions": [{"site": "x"}]}'; do
		echo "$text" >x.json
		convert --decisions x.json -o a
		[ "$status" -eq 3 ]
		[ "${#stderr_lines[@]}" -eq 1 ]
		[[ "$stderr" == *"x.json: "* ]]
		series --decisions x.json -o a
		[ "$status" -eq 3 ]
		[[ "$stderr" == *"x.json: "* ]]
	done
	convert --decisions nosuch.json -o a
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"nosuch.json"* ]]
	[ ! -e a ]
}
