// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything but sites and findings: tree, summary, directories, trend and
 * coverage.
 */
"use strict";
(function () {
	const el = G.el;

	function head() {
		const t = G.report.tree, tool = G.report.tool;
		const parts = [t.describe || t.revision || "a plain directory"];

		if (t.kernel)
			parts.push(`Linux ${t.kernel}`);
		if (t.revision && t.describe)
			parts.push(t.revision.slice(0, 12));
		if (t.paths.length)
			parts.push(`only ${t.paths.join(" ")}`);
		parts.push(`gfpscope ${tool.version}`);
		G.byId("tree").textContent = parts.join(" \u00b7 ");
		document.title = `gfpscope: ${parts[0]}`;
	}

	function lacks() {
		const missing = [];

		if (typeof Diff2Html === "undefined")
			missing.push("diffs are shown as plain text (no diff2html)");
		if (typeof uPlot === "undefined")
			missing.push("the trend is a table only (no uPlot)");
		if (!missing.length)
			return;
		G.byId("lacks").hidden = false;
		G.byId("lacks").textContent = "This page was made without its " +
			"libraries: " + missing.join("; ") + ".";
	}

	function tile(n, name, meaning, cls, onclick) {
		return el("li", null, el("button", { type: "button",
			class: cls, title: meaning, onclick },
			el("b", null, String(n)), name));
	}

	function delta() {
		const n = { new: 0, changed: 0, moved: 0 };

		if (!G.report.gone)
			return;
		for (const s of [...G.report.sites, ...G.report.findings])
			if (s.baseline in n)
				n[s.baseline]++;
		G.byId("delta").append(`Since the baseline: ${n.new} new, ` +
			`${n.changed} changed, ${n.moved} moved, ` +
			`${G.report.gone.length} gone.`);
		if (G.report.gone.length)
			G.byId("delta").after(el("details", null,
				el("summary", null, "Gone"),
				el("ul", null, ...G.report.gone.map((g) =>
					el("li", null, `${g.what}: ${g.function}() `,
						el("code", null, `${g.path}:${g.line}`))))));
	}

	function summary() {
		const s = G.report.summary;

		for (const v of G.verdicts)
			G.byId("tiles").append(tile(s[v], v, G.meaning[v],
				`v-${v}`, () => G.show([v], "")));
		G.byId("tiles").append(tile(G.report.findings.length, "findings",
			"defects besides the sites", "v-finding",
			() => G.byId("findings").scrollIntoView()));
		delta();
	}

	/* {name, counts, total, children} of each directory, two levels. */
	function tree() {
		const top = new Map();

		function add(map, name, verdict) {
			if (!map.has(name))
				map.set(name, { name, counts: {}, total: 0,
					children: new Map() });
			const d = map.get(name);

			d.counts[verdict] = (d.counts[verdict] || 0) + 1;
			d.total++;
			return d;
		}
		for (const s of G.report.sites) {
			const parts = s.path.split("/");
			const d = add(top, parts.length > 1 ? parts[0] : ".",
				s.verdict);

			if (parts.length > 1)
				add(d.children, G.dirOf(s.path), s.verdict);
		}
		return top;
	}

	const sorted = (map) => [...map.values()].sort((a, b) =>
		b.total - a.total || (a.name < b.name ? -1 : 1));

	function bar(d) {
		const text = G.verdicts.filter((v) => d.counts[v])
			.map((v) => `${v} ${d.counts[v]}`).join(", ");

		return el("div", { class: "bar", role: "img", "aria-label": text,
			title: text }, ...G.verdicts.filter((v) => d.counts[v])
			.map((v) => {
				const part = el("span", { class: `v-${v}` });

				part.style.flexGrow = d.counts[v];
				return part;
			}));
	}

	function dirRow(d, first) {
		return el("tr", null, el("th", { scope: "row" }, first),
			...G.verdicts.map((v) => el("td", { class: "n" },
				d.counts[v] ? String(d.counts[v]) : "")),
			el("td", { class: "n" }, String(d.total)),
			el("td", null, bar(d)));
	}

	function dirButton(d) {
		return el("button", { type: "button", onclick: () =>
			G.show([], d.name === "." ? "" : d.name) }, "show");
	}

	function addDir(body, d) {
		const inner = sorted(d.children).map((c) => {
			const tr = dirRow(c, el("span", null, "\u2003", c.name, " ",
				dirButton(c)));

			tr.hidden = true;
			return tr;
		});
		const fold = el("button", { type: "button", class: "row-button",
			"aria-expanded": "false" }, d.name);

		fold.addEventListener("click", () => {
			const open = fold.getAttribute("aria-expanded") !== "true";

			fold.setAttribute("aria-expanded", String(open));
			inner.forEach((tr) => { tr.hidden = !open; });
		});
		body.append(dirRow(d, el("span", null, fold, " ", dirButton(d))),
			...inner);
		if (d.total > G.report.sites.length / 8)
			fold.click();
	}

	function directories() {
		const body = el("tbody");

		sorted(tree()).forEach((d) => addDir(body, d));
		G.byId("dir-table").append(el("thead", null, el("tr", null,
			el("th", { scope: "col" }, "Directory"),
			...G.verdicts.map((v) => el("th", { scope: "col", class: "n" },
				v)),
			el("th", { scope: "col", class: "n" }, "total"),
			el("th", { scope: "col" }, "share"))), body);
	}

	function trendTable(runs) {
		return el("details", null, el("summary", null, "As a table"),
			el("table", null, el("thead", null, el("tr", null,
				el("th", { scope: "col" }, "Run"),
				...G.verdicts.map((v) =>
					el("th", { scope: "col", class: "n" }, v)),
				el("th", { scope: "col", class: "n" }, "findings"))),
			el("tbody", null, ...runs.map((r) => el("tr", null,
				el("th", { scope: "row" }, r.describe || r.revision || "a directory"),
				...G.verdicts.map((v) => el("td", { class: "n" },
					String(r.summary[v]))),
				el("td", { class: "n" }, String(r.findings)))))));
	}

	function trend() {
		const runs = G.read("trend-data") || [];
		const box = G.byId("plot");

		if (runs.length < 2) {
			box.append(el("p", null, "No past runs to compare with."));
			return;
		}
		if (typeof uPlot !== "undefined") {
			const style = getComputedStyle(document.body);
			const axis = { stroke: style.color,
				grid: { stroke: "#8884", width: 1 } };
			const colour = (v) => getComputedStyle(
				document.querySelector(`.badge.v-${v}`))
				.getPropertyValue("--v").trim() || style.color;
			const used = G.verdicts.filter((v) =>
				runs.some((r) => r.summary[v]));

			new uPlot({
				width: Math.min(box.clientWidth || 900, 1400),
				height: 320,
				series: [{}, ...used.map((v, i) => ({ label: v,
					stroke: colour(v), width: 2,
					dash: [[], [6, 3], [2, 3]][i % 3] }))],
				axes: [axis, axis],
			}, [runs.map((r) => r.time),
				...used.map((v) => runs.map((r) => r.summary[v]))],
			box);
		}
		box.append(trendTable(runs));
	}

	function coverage() {
		const c = G.report.coverage;
		const list = (o) => Object.entries(o)
			.map(([k, v]) => `${v} ${k}`).join(", ");
		const items = [
			`${G.plural(c.files, "file")}, ${c.bytes} bytes, ` +
				`${c.functions} functions read; ` +
				`${c.functions_not_understood} functions not understood`,
			`restricting tokens: ${list(c.tokens)}`,
			`${c.sites} sites in the whole tree, ` +
				`${c.sites_in_macros} of them in macros`,
			`${c.calls} calls, ${c.calls_indirect} through pointers, ` +
				`${c.calls_unresolved} unresolved`,
			`notes of the reader: ${list(c.notes)}`,
		];

		G.byId("coverage-body").append(el("ul", null,
			...items.map((i) => el("li", null, i))));
		if (!c.gaps.length)
			return;
		const d = el("details", null, el("summary", null,
			`All ${G.plural(c.gaps.length, "gap")}`));

		d.addEventListener("toggle", () => {
			if (d.childElementCount === 1)
				d.append(el("ul", null, ...c.gaps.map((g) =>
					el("li", null, el("code", null, g.line ?
						`${g.path}:${g.line}` : g.path),
					` ${g.what} ${g.function} ${g.text}`))));
		});
		G.byId("coverage-body").append(d);
	}

	G.startOverview = function () {
		head();
		lacks();
		summary();
		directories();
		trend();
		coverage();
	};
})();
