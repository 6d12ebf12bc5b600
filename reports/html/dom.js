// SPDX-License-Identifier: GPL-2.0-only
/*
 * What all parts of the page use: elements from data. Strings of the report
 * come from source trees that may be hostile: they become text nodes only.
 */
"use strict";
const G = {};

G.read = function (id) {
	return JSON.parse(document.getElementById(id).textContent);
};

G.byId = (id) => document.getElementById(id);

/* el("td", {class: "n"}, "text", node, ..) */
G.el = function (name, attrs, ...children) {
	const e = document.createElement(name);

	for (const [k, v] of Object.entries(attrs || {})) {
		if (v === false || v === null || v === undefined)
			continue;
		if (k.startsWith("on"))
			e.addEventListener(k.slice(2), v);
		else
			e.setAttribute(k, v === true ? "" : v);
	}
	e.append(...children.filter((c) => c !== null && c !== undefined));
	return e;
};

G.verdicts = ["redundant", "unneeded", "noop", "nolockdep", "scope",
	"vmalloc", "instance", "keep", "unknown"];

/* Verdicts by what they ask of a reader. */
G.groups = [
	["drop", ["redundant", "unneeded", "noop"], "needless"],
	["convert", ["scope", "vmalloc", "nolockdep"], "to convert"],
	["ask", ["instance"], "for a person"],
	["keep", ["keep"], "keep"],
	["unknown", ["unknown"], "unknown"],
];

G.meaning = {
	redundant: "a scope at least as strong is open on every path",
	unneeded: "nothing that reclaim waits for is held",
	noop: "the mask restricts nothing",
	nolockdep: "safe, but lockdep would complain",
	scope: "needed; the critical section is known",
	vmalloc: "this kernel's vmalloc ignores the mask",
	instance: "only locks of objects reclaim should not hold",
	keep: "needed and right as it is",
	unknown: "not proven; never patched",
};

G.badge = (verdict) => G.el("span", { class: `badge v-${verdict}` }, verdict);

G.plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

/* "fs/ext4" of "fs/ext4/inode.c", as in the summary table. */
G.dirOf = function (path) {
	const one = path.indexOf("/");
	const two = path.indexOf("/", one + 1);

	return one < 0 ? "." : path.slice(0, two < 0 ? one : two);
};

/* The libraries are text until one is needed: most of what they cost is to
 * be compiled. */
G.hasLibraries = G.byId("libraries").textContent.trim() !== "";

G.useLibraries = function () {
	if (typeof Diff2Html === "undefined" && G.hasLibraries)
		document.head.append(G.el("script", { nonce: "page" },
			G.byId("libraries").textContent));
};

/* What nobody sees yet is made once the first view is there, each in a task
 * of its own so that keys and clicks come between. */
const later = [];

G.later = (f) => later.push(f);

G.startLater = function (done) {
	const next = () => {
		const f = later.shift();

		if (!f)
			return done();
		f();
		return setTimeout(next);
	};

	requestAnimationFrame(() => setTimeout(next));
};
