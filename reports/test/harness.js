// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the page's tests share: a browser that notes all that must not happen
 * (requests, errors, dialogs), and counting that ends with one line.
 */
"use strict";
const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const counts = { passed: 0, failed: 0, skipped: 0 };
const outDir = path.join(process.env.BUILD || "build", "html");

function finish() {
	console.log(`${counts.passed} passed, ${counts.failed} failed` +
		(counts.skipped ? `, ${counts.skipped} skipped` : ""));
	process.exit(counts.failed ? 1 : 0);
}

function skipAll(why) {
	console.log(`skipped: ${why}`);
	counts.skipped++;
	finish();
}

async function test(name, fn) {
	try {
		await fn();
		counts.passed++;
		console.log(`ok ${name}`);
	} catch (e) {
		counts.failed++;
		console.log(`not ok ${name}\n# ${String(e.stack || e)
			.split("\n").slice(0, 6).join("\n# ")}`);
	}
}

function skip(name, why) {
	counts.skipped++;
	console.log(`ok ${name} # SKIP ${why}`);
}

function check(ok, what) {
	if (!ok)
		throw new Error(what);
}

function same(a, b, what) {
	check(a === b, `${what}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
}

function findChromium() {
	const names = ["chromium", "chromium-browser", "google-chrome"];

	for (const dir of (process.env.PATH || "").split(":"))
		for (const name of names) {
			const file = path.join(dir, name);

			if (fs.existsSync(file))
				return file;
		}
	return null;
}

/* A page of @file; its `bad` fills with what must not happen. @before is
 * called with the page while it is empty. */
async function open(browser, file, options, before) {
	const context = await browser.newContext({ acceptDownloads: true,
		viewport: { width: 1400, height: 1000 }, ...options });
	const page = await context.newPage();

	page.bad = [];
	page.on("console", (m) => {
		if (m.type() === "error" || m.type() === "warning")
			page.bad.push(`console: ${m.text()}`);
	});
	page.on("pageerror", (e) => page.bad.push(`error: ${e.message}`));
	page.on("request", (r) => {
		if (r.url() !== `file://${file}` && !r.url().startsWith("blob:"))
			page.bad.push(`request: ${r.url()}`);
	});
	page.on("dialog", (d) => {
		page.bad.push(`dialog: ${d.message()}`);
		d.dismiss();
	});
	if (before)
		await before(page);
	await page.goto(`file://${file}`);
	await page.waitForSelector("html[data-ready=yes]", { timeout: 60000 });
	return page;
}

async function shot(page, name) {
	fs.mkdirSync(outDir, { recursive: true });
	await page.screenshot({ path: path.join(outDir, `${name}.png`) });
}

/* The processor time of a page's main thread so far, in ms. What others do
 * on the machine is not in it. */
async function processor(session) {
	const { metrics } = await session.send("Performance.getMetrics");

	return 1000 * metrics.find((m) => m.name === "TaskDuration").value;
}

/* Where corpus/kernel/make-repo put v6.1-core; null: nowhere. */
function kernelRepo() {
	const dir = process.env.GFPSCOPE_KERNEL_REPO ||
		path.join(process.env.BUILD, "kernel/linux.git");

	try {
		execFileSync("git", ["-C", dir, "rev-parse", "-q", "--verify",
			"v6.1-core^{commit}"], { stdio: "ignore" });
		return dir;
	} catch (e) {
		return null;
	}
}

module.exports = { test, skip, skipAll, finish, check, same, findChromium,
	open, shot, processor, kernelRepo };
