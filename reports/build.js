// SPDX-License-Identifier: GPL-2.0-only
/*
 * Collect the libraries that the page embeds, diff2html for diffs and uPlot
 * for the trend, from node_modules into html/vendor.js and html/vendor.css.
 * The page works without them and says so.
 */
"use strict";
const fs = require("fs");
const path = require("path");

const parts = {
	"vendor.js": [
		["diff2html", "bundles/js/diff2html.min.js"],
		["uplot", "dist/uPlot.iife.min.js"],
	],
	"vendor.css": [
		["diff2html", "bundles/css/diff2html.min.css"],
		["uplot", "dist/uPlot.min.css"],
	],
};

function read(name, file) {
	const dir = path.join(__dirname, "node_modules", name);
	const meta = JSON.parse(fs.readFileSync(path.join(dir, "package.json"),
		"utf8"));
	const text = fs.readFileSync(path.join(dir, file), "utf8")
		.replace(/^\/\/# sourceMappingURL=.*$/gm, "");

	if (/<\/(script|style)/i.test(text))
		throw new Error(`${name}: ${file} would end its element`);
	return `/* ${name} ${meta.version}, ${meta.license} license */\n${text}\n`;
}

for (const [out, list] of Object.entries(parts)) {
	const file = path.join(__dirname, "html", out);
	const text = list.map(([name, part]) => read(name, part)).join("");

	fs.writeFileSync(file + ".tmp", text);
	fs.renameSync(file + ".tmp", file);
}
