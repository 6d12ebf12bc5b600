// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports against their schemas: the hostile sample, the demo with proposals,
 * every case of the corpus, and core 6.1 where there is a repository; SARIF
 * also against the rules of Microsoft's multitool and of GitHub.
 */
"use strict";
const { execFileSync } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");
const { test, skip, skipAll, finish, same, kernelRepo } =
	require("./harness.js");

const tool = process.env.GFPSCOPE;
const top = path.resolve(__dirname, "../..");
const tmp = fs.mkdtempSync(path.join(os.tmpdir(), "gfpscope-formats-"));
const demo = path.join(top, "corpus/demo/tree");

function audit(name, ...args) {
	const dir = path.join(tmp, name);

	execFileSync(tool, ["audit", "-q", "-o", dir, "--format",
		"json,sarif", ...args], { stdio: ["ignore", "ignore", "inherit"] });
	return [path.join(dir, "report.json"), path.join(dir, "report.sarif")];
}

function valid(files) {
	const { validate } = require("../validate.js");

	same(files.flatMap((f) => validate(f)).slice(0, 5).join("\n"), "",
		"errors");
}

/* A small case's files, as they lie; those with more parts have their tree
 * in a directory `input`. */
function cases() {
	const list = [];

	for (const topic of fs.readdirSync(path.join(top, "corpus"))) {
		const dir = path.join(top, "corpus", topic);

		if (!fs.statSync(dir).isDirectory())
			continue;
		for (const name of fs.readdirSync(dir))
			if (/\.[db]$/.test(name))
				list.push(path.join(dir, name));
	}
	return list;
}

/* One tree with all cases in it: each in a directory of its own. */
function allCases() {
	const tree = path.join(tmp, "cases");

	for (const dir of cases())
		fs.cpSync(dir, path.join(tree, path.relative(top, dir)),
			{ recursive: true });
	return tree;
}

/* Its exit code says nothing: what it found is in its own log. */
function multitool(file) {
	const dir = path.dirname(require.resolve(
		"@microsoft/sarif-multitool-linux/package.json"));
	const program = path.join(tmp, "Sarif.Multitool");
	const log = path.join(tmp, "rules.sarif");

	fs.copyFileSync(path.join(dir, "Sarif.Multitool"), program);
	fs.chmodSync(program, 0o755);
	execFileSync(program, ["validate", file, "--rule-kind", "Sarif;Ghas",
		"--output", log, "--log", "ForceOverwrite"], { stdio: "ignore",
		env: { ...process.env, HOME: tmp,
			DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" } });
	const run = JSON.parse(fs.readFileSync(log, "utf8")
		.replace(/^\uFEFF/, "")).runs[0];

	same(run.invocations[0].executionSuccessful, true, "it ran");
	/* The program has no page that an informationUri could name. */
	return (run.results || []).filter((r) => r.message.id !==
		"Warning_ProvideToolnformationUri")
		.map((r) => `${r.ruleId} ${r.message.id} ` +
			(r.message.arguments || []).join(" "));
}

/* What a viewer needs is in every result that can have it. */
function sarifIsFull(json, sarif) {
	const report = JSON.parse(fs.readFileSync(json, "utf8"));
	const run = JSON.parse(fs.readFileSync(sarif, "utf8")).runs[0];
	const { rules } = run.tool.driver;
	const byId = Object.fromEntries(run.results.map((r) =>
		[r.partialFingerprints["gfpscopeId/v1"], r]));
	const level = { high: "error", moderate: "warning", low: "note" };

	same(run.versionControlProvenance[0].repositoryUri,
		"https://example.org/linux.git", "repository");
	same(/^gfpscope\//.test(run.automationDetails.id), true, "automation");
	for (const r of rules)
		same(r.help.text.length > 20 && r.fullDescription.text.length > 20,
			true, `help of ${r.id}`);
	for (const x of [...report.sites, ...report.findings]) {
		const r = byId[x.id];

		same(rules[r.ruleIndex].id, x.verdict || x.rule, "rule");
		same(Boolean(r.codeFlows), x.evidence.length + x.reclaim.length > 0,
			"codeFlows");
		/* a proposal's is at the first of its sites */
		same(Boolean(r.fixes), report.proposals.some((p) =>
			p.sites[0] === x.id), "fixes");
		same(r.baselineState, x.baseline, "baselineState");
		if (x.rule)
			same(r.level, level[x.confidence], "level of a finding");
	}
	same(run.results.some((r) => r.fixes), true, "a fix");
	same(run.results.some((r) => r.codeFlows &&
		r.codeFlows.length === 2), true, "both chains");
}

/* Each member of each object has its words, and no other may be there. */
function schemasTell() {
	const dir = path.join(top, "reports/schema");
	let nr = 0;

	function walk(o, where) {
		for (const [k, v] of Object.entries(o.properties || {})) {
			nr++;
			same(Boolean(v.description || v.$ref), true,
				`${where}/${k} is described`);
		}
		for (const [k, v] of Object.entries(o))
			if (v && typeof v === "object")
				walk(v, `${where}/${k}`);
	}
	for (const f of fs.readdirSync(dir))
		walk(JSON.parse(fs.readFileSync(path.join(dir, f), "utf8")), f);
	same(nr > 150, true, "fields");
}

async function main() {
	try {
		require("ajv");
	} catch (e) {
		skipAll("no ajv; run reports/get test");
	}
	const small = audit("demo", "--propose", "--worktree", demo,
		"--repo-uri", "https://example.org/linux.git", "--baseline",
		audit("before", "--worktree", demo)[0]);

	await test("the sample with hostile strings", async () =>
		valid(["json", "sarif"].map((e) =>
			path.join(process.env.BUILD, `test/sample.${e}`))));
	await test("the demo, with proposals and a baseline", async () =>
		valid(small));
	await test("every case of the corpus", async () =>
		valid(audit("all", "--worktree", allCases())));
	await test("SARIF has all that it can hold", async () =>
		sarifIsFull(...small));
	await test("the schemas tell what each field is", async () =>
		schemasTell());
	await test("SARIF by the multitool's and GitHub's rules", async () =>
		same(multitool(small[1]).slice(0, 5).join("\n"), "", "results"));
	await test("a comparison", async () => {
		const file = path.join(tmp, "compare.json");

		execFileSync(tool, ["compare", "--format", "json", "-o", file,
			small[0], path.join(tmp, "all/report.json")]);
		valid([file]);
	});
	const repo = kernelRepo();

	if (repo)
		await test("core 6.1", async () =>
			valid(audit("core", "-C", repo, "v6.1-core")));
	else
		skip("core 6.1", "no kernel repository");
	fs.rmSync(tmp, { recursive: true, force: true });
	finish();
}

main().catch((e) => {
	console.log(`not ok the tests ran\n# ${e.stack}`);
	console.log("0 passed, 1 failed");
	process.exit(1);
});
