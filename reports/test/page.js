// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page in a real browser: what it shows against the report's JSON, by
 * mouse, by keyboard and for a screen reader; and decisions that go out and
 * come back. Run by `make check-html`, which says where things are.
 */
"use strict";
const { execFileSync } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");
const { test, skip, skipAll, finish, check, same, findChromium, open, shot,
	processor, kernelRepo } = require("./harness.js");

const tool = process.env.GFPSCOPE;
const top = path.resolve(__dirname, "../..");
const tmp = fs.mkdtempSync(path.join(os.tmpdir(), "gfpscope-html-"));
const demo = path.join(top, "corpus/demo/tree");

function audit(dir, ...args) {
	execFileSync(tool, ["audit", "-q", "-o", dir, "--format", "json,html",
		...args], { stdio: ["ignore", "ignore", "inherit"] });
	return {
		html: path.join(dir, "report.html"),
		json: JSON.parse(fs.readFileSync(path.join(dir, "report.json"),
			"utf8")),
	};
}

/* Of a report of 60 sites or less all rows are there, those below the first
 * screen a moment later. */
const whole = (page) => page.waitForSelector("#site-table:not([aria-busy])");

async function shown(page) {
	await whole(page);
	return page.locator("#site-rows > tr:not(.detail):visible").count();
}

/* A form that is reset is read only after that. */
async function soon(page, n) {
	for (let i = 0; i < 100 && await shown(page) !== n; i++)
		await page.waitForTimeout(20);
	same(await shown(page), n, "rows");
}

const row = (page, id) => page.locator(`#site-${id} button`);
const detail = (page, id) => page.locator(`#site-${id} + tr.detail`);

async function filters(page, sites) {
	for (const v of ["redundant", "keep", "unknown"]) {
		await page.click("#filter button[type=reset]");
		await page.check(`#f-verdicts input[value=${v}]`);
		same(await shown(page), sites.filter((s) => s.verdict === v)
			.length, v);
	}
	await page.click("#filter button[type=reset]");
	await page.fill("#f-dir", "fs/alfs");
	same(await shown(page), sites.filter((s) =>
		s.path.startsWith("fs/alfs/")).length, "directory");
	await page.selectOption("#f-confidence", "high");
	same(await shown(page), sites.filter((s) => s.confidence === "high" &&
		s.path.startsWith("fs/alfs/")).length, "and confidence");
	await page.click("#filter button[type=reset]");
	await page.fill("#f-text", sites[3].id);
	same(await shown(page), 1, "id");
	await page.click("#filter button[type=reset]");
	await page.fill("#f-function", sites[0].function);
	check(await shown(page) >= 1, "function");
	await page.click("#filter button[type=reset]");
	await soon(page, sites.length);
}

async function chains(page, sites) {
	const long = sites.filter((s) => s.reclaim.length && s.evidence.length)
		.sort((a, b) => b.evidence.length - a.evidence.length)[0];

	check(long, "no site with both chains");
	await row(page, long.id).click();
	same(await detail(page, long.id).locator("ol.chain").count(), 2,
		"chains");
	const first = detail(page, long.id).locator("ol.chain").first();

	for (const b of await first.locator("li.fold button").all())
		await b.click();
	same(await first.locator("li:visible").count(), long.evidence.length,
		"steps");
	check((await detail(page, long.id).innerText())
		.includes(long.evidence[0].text), "text of the first step");
	await shot(page, "chain");
	await row(page, long.id).click();
	same(await detail(page, long.id).count(), 0, "closed again");
}

async function diffs(page, report) {
	const p = report.proposals[0];
	const scoped = report.proposals.find((q) => q.checks.balanced === "ok");
	const plain = report.proposals.find((q) =>
		q.checks.balanced === "not run");

	for (const q of [scoped, plain]) {
		await row(page, q.sites[0]).click();
		same((await detail(page, q.sites[0]).innerText())
			.includes("scopes balanced"), q === scoped,
		"scopes where there are some");
		await row(page, q.sites[0]).click();
	}
	await row(page, p.sites[0]).click();
	const d = detail(page, p.sites[0]);

	check(await d.locator(".d2h-wrapper").count() === 1, "a drawn diff");
	const before = await d.locator(".d2h-file-side-diff").count();

	await d.locator(".diff-mode").click();
	check(await d.locator(".d2h-file-side-diff").count() !== before,
		"the other form");
	check((await d.innerText()).includes(p.title), "title");
	await shot(page, "diff");
	await row(page, p.sites[0]).click();
}

async function exported(page) {
	const [download] = await Promise.all([page.waitForEvent("download"),
		page.click("#export")]);
	const file = path.join(tmp, "decisions.json");

	same(download.suggestedFilename(), "decisions.json", "name");
	await download.saveAs(file);
	return file;
}

/* A series with the decisions @file: not one line of @rejected. */
async function toSeries(file, rejected, accepted) {
	const repo = path.join(tmp, "repo"), out = path.join(tmp, "series");
	const git = (...args) => execFileSync("git", ["-C", repo,
		"-c", "user.name=t", "-c", "user.email=t@example.org", ...args],
	{ stdio: "ignore" });

	fs.cpSync(demo, repo, { recursive: true });
	execFileSync("git", ["init", "-q", repo]);
	git("add", "-A");
	git("commit", "-qm", "demo");
	seriesHas(out, file, rejected, accepted, "-C", repo);
}

function seriesHas(out, file, rejected, accepted, ...args) {
	execFileSync(tool, ["series", "-q", "-o", out, "--decisions", file,
		...args], { stdio: ["ignore", "ignore", "inherit"],
		env: { ...process.env, GIT_AUTHOR_NAME: "t",
			GIT_AUTHOR_EMAIL: "t@example.org" } });
	const mails = fs.readdirSync(out).map((f) =>
		fs.readFileSync(path.join(out, f), "utf8")).join("");
	const taken = (p) => p.diff.split("\n").filter((l) =>
		/^-[^-].*GFP_NO/.test(l));

	check(mails.includes("memalloc") || mails.includes("GFP_KERNEL"),
		"a series");
	check(taken(accepted).every((l) => mails.includes(l)), "accepted");
	check(taken(rejected).length > 0, "a line to look for");
	check(!taken(rejected).some((l) => mails.includes(`\n${l}\n`)),
		"rejected");
}

/* Decide on two proposals, reload, export, and let the tool take it. */
/* The page of a real kernel, as a maintainer would use it: find a site, read
 * its chains and its diff, decide, come back later, export, make a series. */
async function maintainer(browser, repo, core) {
	const page = await open(browser, core.html);
	const [one] = core.json.proposals;
	const two = core.json.proposals.find((p) => p.files[0] !== one.files[0]);

	for (const [p, word] of [[one, "reject"], [two, "accept"]]) {
		const s = core.json.sites.find((x) => x.id === p.sites[0]);

		await page.fill("#f-text", s.id);
		same(await shown(page), 1, "found by its id");
		await row(page, s.id).click();
		const d = detail(page, s.id);

		same(await d.locator("ol.chain li:not(.fold)").count(),
			s.evidence.length + s.reclaim.length, "steps");
		check(await d.locator(".d2h-wrapper").count() === 1, "a diff");
		await d.locator(`input[value=${word}]`).check();
		await shot(page, `core-${word}`);
	}
	await page.reload();
	await page.waitForSelector("html[data-ready=yes]");
	check((await page.locator("#decided").innerText()).startsWith(
		`${two.sites.length} accepted, ${one.sites.length} rejected`),
	"after the reload");
	seriesHas(path.join(tmp, "core-series"), await exported(page), one, two,
		"-C", repo, "v6.1-core", "--", one.files[0], two.files[0]);
	same(page.bad.join("; "), "", "what must not happen");
	await page.context().close();
}

async function decisions(page, report) {
	const [one, two] = report.proposals;

	await page.fill("#who", "a tester");
	await row(page, one.sites[0]).click();
	await detail(page, one.sites[0]).locator("input[type=text]")
		.fill("not <b>now</b>");
	await detail(page, one.sites[0]).locator("input[value=reject]").check();
	await row(page, two.sites[0]).focus();
	await page.keyboard.press("o");
	await page.keyboard.press("a");
	check(await detail(page, two.sites[0]).locator("input[value=accept]")
		.isChecked(), "accepted by key");
	await page.reload();
	await page.waitForSelector("html[data-ready=yes]");
	const said = await page.locator("#decided").innerText();

	check(said.startsWith(`${two.sites.length} accepted, ` +
		`${one.sites.length} rejected`), `after the reload: ${said}`);
	await page.selectOption("#f-state", "decided");
	same(await shown(page), one.sites.length + two.sites.length, "decided");
	await shot(page, "review");
	const file = await exported(page);
	const data = JSON.parse(fs.readFileSync(file, "utf8"));

	same(data.schema, "gfpscope-decisions/1", "schema");
	const d = data.decisions.find((x) => x.site === one.sites[0]);

	same(d.why, "not <b>now</b>", "why");
	same(d.who, "a tester", "who");
	const again = audit(path.join(tmp, "again"), "--propose", "--decisions",
		file, "--worktree", demo);
	const ids = again.json.proposals.flatMap((p) => p.sites);

	check(!one.sites.some((id) => ids.includes(id)), "rejected came back");
	check(two.sites.every((id) => ids.includes(id)), "accepted is gone");
	same((again.json.stale_decisions || []).length, 0, "stale");
	await toSeries(file, one, two);
}

const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

async function findings(page, list) {
	const visible = () => page.locator("#findings-list > li").count();

	same(await visible(), Math.min(list.length, 12), "findings");
	const f = list[list.length - 1];

	await page.fill("#ff-text", f.id);
	same(await visible(), 1, "by id");
	await page.locator("#findings-list summary").click();
	same(await page.locator("#findings-list ol.chain li").count(),
		f.evidence.length + f.reclaim.length, "steps");
	await page.fill("#ff-text", "");
	await page.selectOption("#ff-rule", f.rule);
	same(await visible(), list.filter((x) => x.rule === f.rule).length,
		"by rule");
	await page.selectOption("#ff-rule", "");
}

/* What many say of reclaim is told in the open one, which shows them all. */
async function alike(browser, file) {
	const page = await open(browser, file);
	const list = JSON.parse(fs.readFileSync(
		file.replace(/html$/, "json"), "utf8")).findings;
	const waits = "; reclaim waits for ";
	const f = list.find((x) => x.message.includes(waits) &&
		list.filter((y) => equal(x.reclaim, y.reclaim)).length > 1);

	check(f, "two findings with one way from reclaim");
	const all = list.filter((y) => equal(f.reclaim, y.reclaim)).length;

	await page.fill("#ff-text", f.id);
	const [head, tail] = f.message.split("; ");
	const d = page.locator("#findings-list details");

	check((await d.innerText()).endsWith(head), "closed: only what is held");
	await page.locator("#findings-list summary").click();
	check((await d.innerText()).includes(tail.slice(1)), "what reclaim does");
	await d.locator("button.alike").click();
	check((await page.locator("#finding-count").innerText()).startsWith(
		`${all} of ${list.length} findings`), "all alike");
	await page.click("#ff-clear");
	same(await page.locator("#finding-count").innerText(),
		`${list.length} findings`, "cleared");
	same(page.bad.join("; "), "", "what must not happen");
	await page.context().close();
}

/* At the width of a phone all is there, and only what must scrolls. */
async function phone(browser, file, report) {
	const page = await open(browser, file, { isMobile: true, hasTouch: true,
		viewport: { width: 390, height: 844 } });
	const width = () => page.evaluate(() =>
		document.documentElement.scrollWidth);
	const p = report.proposals.find((x) => /^@@.*\(.*,/m.test(x.diff));

	same(await width(), 390, "width");
	await row(page, p.sites[0]).tap();
	const d = detail(page, p.sites[0]);
	const line = d.locator(".d2h-code-line-ctn", { hasText: "GFP_NO" });
	const box = await line.first().boundingBox();

	check(box.x < 300 && box.width > 100, `the code is at ${box.x}`);
	for (const head of await d.locator(".d2h-info .d2h-code-line").all())
		check(!/\(.*,/.test(await head.innerText()),
			"the head of a hunk has arguments");
	same(await width(), 390, "width with a diff");
	await page.locator("#findings-list summary").first().tap();
	same(await width(), 390, "width with a chain");
	await d.locator("input[value=accept]").tap();
	check((await page.locator("#decided").innerText()).startsWith(
		`${p.sites.length} accepted`), "decided by hand");
	await row(page, p.sites[0]).scrollIntoViewIfNeeded();
	await shot(page, "phone");
	const fs_ = page.locator("#dir-table tbody tr").first();

	await fs_.scrollIntoViewIfNeeded();
	const right = await fs_.locator("td").evaluateAll((all) => Math.max(
		...all.map((td) => td.getBoundingClientRect().right)));

	check(right <= 390, `the directories reach ${right}`);
	same(await fs_.locator("td.n").last().evaluate((td) =>
		getComputedStyle(td, "::after").content), "\"\u00a0all\"",
	"what a number counts");
	await shot(page, "phone-directories");
	same(page.bad.join("; "), "", "what must not happen");
	await page.context().close();
}

/* The list of what to do counts right, and its buttons show just that. */
async function todo(page, report) {
	const line = (text) => page.locator("#todo li", { hasText: text });
	const ask = report.sites.filter((s) => s.verdict === "instance" &&
		s.proposal === null);
	const high = report.findings.filter((f) => f.confidence === "high");

	check((await line("with a checked diff").innerText()).startsWith(
		`${report.proposals.length} proposals`), "proposals");
	check((await line("of high confidence").innerText())
		.startsWith(`${high.length} finding`), "findings");
	await line("of high confidence").locator("button").click();
	same(await page.locator("#findings-list > li").count(), high.length,
		"shown findings");
	await page.locator("#finding-filter #ff-confidence").selectOption("");
	await line("only a person").locator("button").click();
	same(await shown(page), ask.length, "for a person");
	await page.fill("#f-dir", "fs/betafs");
	check((await line("with a checked diff").innerText()).includes(
		`of ${report.sites.filter((s) => s.proposal !== null &&
			s.path.startsWith("fs/betafs/")).length} sites`),
		"of a directory");
	same(await page.locator("#findings-list > li").count(),
		report.findings.filter((f) => f.path.startsWith("fs/betafs/"))
			.length, "findings of a directory");
	await page.click("#filter button[type=reset]");
	await soon(page, report.sites.length);
	const open = report.sites.filter((s) => s.proposal !== null);

	await page.click("#next-open");
	same(await page.locator("tr.detail").count(), 1, "one is open");
	await page.keyboard.press("n");
	same(await page.locator("tr.detail").count(), 1, "only the next is");
	check(open.length > 1, "more than one to decide");
	await page.keyboard.press("o");
}

/* Two past runs kept in a history, and the page with them. */
async function trend(browser, report) {
	const db = path.join(tmp, "history.db");

	for (const [i, n] of [[1, 40], [2, 20]]) {
		const file = path.join(tmp, `past-${i}.json`);
		const past = structuredClone(report);

		past.tree.revision = String(i).repeat(40);
		past.tree.describe = `v${i}`;
		past.tree.commit_time = 1.6e9 + i * 1e7;
		past.sites.slice(0, n).forEach((s) => { s.verdict = "unneeded"; });
		fs.writeFileSync(file, JSON.stringify(past));
		execFileSync(tool, ["history", "add", "--db", db, file],
			{ stdio: "ignore" });
	}
	const now = audit(path.join(tmp, "trend"), "--history", db,
		"--worktree", demo);
	const page = await open(browser, now.html);

	same(await page.locator("#plot canvas").count(), 1, "a plot");
	same(await page.locator("#plot details tbody tr").count(), 3, "runs");
	await page.locator("#plot summary").click();
	check((await page.locator("#plot details tbody").innerText()).startsWith("v1"),
		"the oldest first");
	check((await page.locator("#dir-table thead").innerText())
		.includes("to do since v1"), "directories since the first run");
	const less = report.sites.filter((s) => s.path.startsWith("fs/") &&
		!["keep", "unknown", "instance"].includes(s.verdict)).length -
		report.sites.filter((s, i) => s.path.startsWith("fs/") &&
		(i < 40 || !["keep", "unknown", "instance"].includes(s.verdict)))
			.length;

	same(await page.locator("#dir-table tbody tr", { hasText: /^fs / })
		.first().locator("td.less").innerText(), `\u2212${-less}`,
	"less to do in fs");
	await page.locator("#trend").scrollIntoViewIfNeeded();
	await shot(page, "trend");
	same(page.bad.join("; "), "", "what must not happen");
	await page.context().close();
}

async function keyboard(page) {
	await page.keyboard.press("Tab");
	same(await page.evaluate(() => document.activeElement.className), "skip",
		"first stop");
	await page.keyboard.press("j");
	const first = await page.evaluate(() =>
		document.activeElement.closest("tr").id);

	await page.keyboard.press("j");
	const second = await page.evaluate(() =>
		document.activeElement.closest("tr").id);

	check(first.startsWith("site-") && first !== second, "j moves");
	await page.keyboard.press("Enter");
	same(await page.evaluate(() => document.activeElement
		.getAttribute("aria-expanded")), "true", "Enter opens");
	await page.keyboard.press("k");
	same(await page.evaluate(() => document.activeElement.closest("tr").id),
		first, "k moves back");
	await page.keyboard.press("/");
	same(await page.evaluate(() => document.activeElement.id), "f-text", "/");
	await page.keyboard.type("jko");
	same(await page.inputValue("#f-text"), "jko", "keys are text there");
	await page.click("#filter button[type=reset]");
}

/* The rules of WCAG 2 A and AA, by axe. */
async function accessible(page) {
	const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"),
		"utf8");

	await page.evaluate(axe);
	const found = await page.evaluate(() => axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa"] }));

	same(found.violations.map((v) => `${v.id}: ` +
		v.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(" "))
		.join("; "), "", "violations");
}

/* The sample has markup in a path, a function and a diff. */
async function hostile(browser) {
	const file = path.resolve(process.env.BUILD, "test/sample.html");
	const page = await open(browser, file);

	await page.evaluate(() => {
		document.querySelectorAll(".row-button").forEach((b) => b.click());
		document.querySelectorAll("details")
			.forEach((d) => { d.open = true; });
	});
	same(await page.locator("img").count(), 0, "images");
	same(await page.locator("script").count(), 5, "scripts");
	check((await page.locator("#site-rows").innerText())
		.includes("<img src=x onerror=alert(1)>"), "shown as it is");
	same(page.bad.join("; "), "", "what must not happen");
	await page.context().close();
}

async function withoutLibraries(browser) {
	const data = path.join(tmp, "data");

	fs.cpSync(path.join(top, "cocci"), path.join(data, "cocci"),
		{ recursive: true });
	fs.cpSync(path.join(top, "reports/html"),
		path.join(data, "reports/html"), { recursive: true,
			filter: (f) => !path.basename(f).startsWith("vendor.") });
	process.env.GFPSCOPE_DATA = data;
	const bare = audit(path.join(tmp, "bare"), "--propose", "--worktree",
		demo);

	delete process.env.GFPSCOPE_DATA;
	const page = await open(browser, bare.html);

	check((await page.locator("#lacks").innerText()).includes("diff2html"),
		"says what it lacks");
	const p = bare.json.proposals[0];

	await row(page, p.sites[0]).click();
	check((await detail(page, p.sites[0]).locator("pre.diff").innerText())
		.includes("@@"), "the diff as text");
	same(page.bad.join("; "), "", "what must not happen");
	await page.context().close();
}

async function dark(browser, file, report) {
	const light = await open(browser, file);
	const other = await open(browser, file, { colorScheme: "dark" });
	const bg = (p) => p.evaluate(() =>
		getComputedStyle(document.body).backgroundColor);

	check(await bg(light) !== await bg(other), "another background");
	await row(other, report.proposals[0].sites[0]).click();
	await accessible(other);
	await other.locator(".diff-mode").click();
	await accessible(other);
	await shot(other, "dark");
	await light.context().close();
	await other.context().close();
}

/* Budgets are of processor time of an idle machine; a busy one takes more for
 * the same work, and SLOW says how much more is let pass. */
async function fast(browser, file, name) {
	const slow = Number(process.env.SLOW || 2);
	let session;
	const page = await open(browser, file, {}, async (p) => {
		session = await p.context().newCDPSession(p);
		await session.send("Performance.enable",
			{ timeDomain: "threadTicks" });
	});
	const view = await processor(session);
	const wall = await page.evaluate(() => performance
		.getEntriesByName("first-contentful-paint")[0].startTime);
	const times = [];

	await page.locator("#sites").scrollIntoViewIfNeeded();
	await page.evaluate(() => document.querySelector("#sites")
		.scrollIntoView());
	await whole(page);
	for (const text of ["lock", "btree", "", "inode", "x"]) {
		const start = await processor(session);

		await page.evaluate((t) => new Promise((done) => {
			const field = document.querySelector("#f-text");

			field.value = t;
			field.dispatchEvent(new Event("input",
				{ bubbles: true }));
			requestAnimationFrame(() => setTimeout(done));
		}), text);
		times.push(await processor(session) - start);
	}
	const filter = times.sort((a, b) => a - b)[2];

	console.log(`# ${name}: ${(fs.statSync(file).size / 1e6).toFixed(1)} MB` +
		`, processor time of the first view ${view.toFixed(0)} ms (painted ` +
		`after ${wall.toFixed(0)} ms), of a filter ${filter.toFixed(0)} ms`);
	check(fs.statSync(file).size <= 5e6, "the page is larger than 5 MB");
	check(view < 1000 * slow, `first view takes ${view} ms`);
	check(filter < 50 * slow, `filter takes ${times.join(" ")} ms`);
	same(page.bad.join("; "), "", "what must not happen");
	await page.fill("#f-text", "");
	await shot(page, name);
	await page.context().close();
}

/* The large one comes in parts; keys and links reach what is not there yet. */
async function parts(browser, file) {
	const page = await open(browser, file);

	same(await shown(page), 60, "the first part");
	await page.click("#sites-more");
	same(await shown(page), 120, "and another");
	await page.evaluate(() => { location.hash = "#site-00000000000004d2"; });
	await page.waitForSelector("#site-00000000000004d2 + tr.detail");
	same(await shown(page), 1260, "up to the one of the link");
	await page.click("#sites-all");
	same(await shown(page), 2000, "all");
	check(await page.locator("#sites-all").isHidden(), "no more");
	same(page.bad.join("; "), "", "what must not happen");
	await page.context().close();
}

/* Line numbers of a long file are there to be read, in either form. */
async function longFile(browser, file) {
	const page = await open(browser, file);
	const d = detail(page, "0000000000000003");
	const cut = () => d.locator(".diff td").evaluateAll((all) => {
		const numbers = all.flatMap((td) => [td,
			...td.querySelectorAll("div")]).filter((e) =>
			/^\s*105\d\d\s*$/.test(e.textContent));

		return numbers.length < 4 ? "no numbers" : numbers.filter((e) =>
			e.scrollWidth > e.clientWidth ||
			e.scrollHeight > 24).length;
	});

	await row(page, "0000000000000003").click();
	check((await d.innerText()).includes("Settles 1 site. 1 mask of them " +
		"stays: other ways may lead there"), "a mask that stays");
	same(await cut(), 0, "cut off in one form");
	await d.locator(".diff-mode").click();
	same(await cut(), 0, "cut off in the other");
	await page.context().close();
}

/* A report of 2,000 sites, 500 diffs and 200 findings, made of the demo's. */
function large(report) {
	const big = structuredClone(report);
	const sites = report.sites, [p] = report.proposals;
	const id = (n) => n.toString(16).padStart(16, "0");

	big.proposals = Array.from({ length: 500 }, (_, i) => ({ ...p,
		id: id(i), sites: [id(i)] }));
	/* far down in a long file */
	big.proposals[3].diff = p.diff.replace(/^@@ -\d+(,\d+)? \+\d+/gm,
		"@@ -10502$1 +10502");
	big.proposals[3].stays = [id(3)];
	big.sites = Array.from({ length: 2000 }, (_, i) => ({
		...sites[i % sites.length], id: id(i), line: i + 1,
		path: `fs/a${String(i % 40).padStart(2, "0")}/file.c`,
		proposal: i < 500 ? id(i) : null }));
	big.refused = [];
	big.findings = Array.from({ length: 200 }, (_, i) => ({
		...report.findings[i % report.findings.length],
		id: id(i + 5000), line: i + 1 }));
	const from = path.join(tmp, "large.json");
	const html = path.join(tmp, "large.html");

	fs.writeFileSync(from, JSON.stringify(big));
	execFileSync(tool, ["compare", "--format", "html", "-o", html, from,
		from]);
	return html;
}

async function main() {
	const chromium = findChromium();
	let playwright;

	if (!chromium)
		skipAll("no chromium");
	try {
		playwright = require("playwright-core");
	} catch (e) {
		skipAll("no playwright-core; run npm ci in reports/");
	}
	const browser = await playwright.chromium.launch({
		executablePath: chromium, args: ["--no-sandbox"] });
	const small = audit(path.join(tmp, "demo"), "--propose", "--worktree",
		demo);
	const page = await open(browser, small.html);

	await test("the page shows as many sites as the report has", async () =>
		same(await shown(page), small.json.sites.length, "rows"));
	await shot(page, "demo");
	await test("what to do", () => todo(page, small.json));
	await test("filters", () => filters(page, small.json.sites));
	await test("findings", () => findings(page, small.json.findings));
	await test("chains", () => chains(page, small.json.sites));
	await test("diffs", () => diffs(page, small.json));
	await test("decisions survive a reload and go to the tool",
		() => decisions(page, small.json));
	await test("no error, no request, no dialog", async () =>
		same(page.bad.join("; "), "", "what must not happen"));
	const fresh = await open(browser, small.html);

	await test("keyboard", () => keyboard(fresh));
	await test("accessible (WCAG 2 A and AA)", async () => {
		await row(fresh, small.json.proposals[0].sites[0]).click();
		await accessible(fresh);
		await fresh.locator(".diff-mode").click();
		await accessible(fresh);
	});
	await test("dark, and accessible", () => dark(browser, small.html,
		small.json));
	await test("on a phone", () => phone(browser, small.html, small.json));
	await test("trend", () => trend(browser, small.json));
	await test("hostile strings", () => hostile(browser));
	await test("without its libraries", () => withoutLibraries(browser));
	const big = large(small.json);

	await test("2,000 sites and 500 diffs are fast", () => fast(browser,
		big, "large"));
	await test("they come in parts", () => parts(browser, big));
	await test("line numbers of a long file", () => longFile(browser,
		big));
	await test("findings that one change may serve", () => alike(browser,
		big));
	const repo = kernelRepo();

	if (repo) {
		const core = audit(path.join(tmp, "core"), "--propose", "-C", repo,
			"v6.1-core");

		await test("core 6.1 is fast", () => fast(browser, core.html,
			"core-6.1"));
		await test("core 6.1 as a maintainer goes through it",
			() => maintainer(browser, repo, core));
	} else {
		skip("core 6.1 is fast", "no kernel repository");
		skip("core 6.1 as a maintainer goes through it",
			"no kernel repository");
	}
	await browser.close();
	fs.rmSync(tmp, { recursive: true, force: true });
	finish();
}

main().catch((e) => {
	console.log(`not ok the tests ran\n# ${String(e.stack).split("\n")
		.slice(0, 6).join("\n# ")}`);
	console.log("0 passed, 1 failed");
	process.exit(1);
});
