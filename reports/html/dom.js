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
	const parts = path.split("/");

	return parts.length < 2 ? "." : parts.slice(0, -1).slice(0, 2).join("/");
};
