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
		if (G.hasLibraries)
			return;
		G.byId("lacks").hidden = false;
		G.byId("lacks").textContent = "This page was made without its " +
			"libraries: diffs are shown as plain text (no diff2html); " +
			"the trend is a table only (no uPlot).";
	}

	/* ---- the directory that all parts are limited to ---- */

	let dir = "";

	G.inDir = (path) => !dir || path === dir || path.startsWith(dir + "/");

	G.setDir = function (d) {
		G.byId("f-dir").value = d;
		dir = d.trim().replace(/\/+$/, "");
		if (dir === ".")
			dir = "";
		G.filter();
		G.filterFindings();
		todo();
		tiles();
	};

	function directoryField() {
		const names = new Set();

		for (const s of [...G.report.sites, ...G.report.findings])
			names.add(G.dirOf(s.path));
		G.byId("dirs").append(...[...names].sort().map((d) =>
			el("option", { value: d })));
		G.byId("f-dir").addEventListener("input",
			(e) => G.setDir(e.target.value));
	}

	/* ---- what to do ---- */

	const drop = G.groups[0][1], convert = G.groups[1][1];

	function step(n, one, text, button, onclick) {
		return n ? el("li", null,
			el("b", null, G.plural(n, one)), " ", text, " ",
			button ? el("button", { type: "button", onclick }, button)
				: null) : null;
	}

	function proposalStep(open) {
		const n = new Set(open.map((s) => s.proposal)).size;

		return step(n, "proposal", `with a checked diff, of ` +
			`${G.plural(open.length, "site")}: accept, reject or defer. `,
		"Review them", () => {
			G.show(G.verdicts.filter((v) => v !== "instance"), "open");
			G.nextOpen();
		});
	}

	function restStep(sites) {
		const n = (v) => sites.filter((s) => s.verdict === v).length;

		return el("li", { class: "dim" }, "Nothing to do: " +
			`${n("keep")} are needed and right as they are (keep), ` +
			`${n("unknown")} could not be proven either way (unknown). `,
			el("button", { type: "button",
				onclick: () => G.show(["keep", "unknown"], "") },
			"See why"));
	}

	function steps() {
		const sites = G.report.sites.filter((s) => G.inDir(s.path));
		const open = sites.filter((s) => G.decidable(s) && !G.decision(s));
		const sure = G.report.findings.filter((f) => G.inDir(f.path) &&
			f.confidence === "high" && !f.suppressed);
		const leads = sites.filter((s) => s.proposal === null &&
			[...drop, ...convert].includes(s.verdict));
		const fresh = sites.filter((s) => s.baseline === "new");
		const made = G.report.proposals.length || G.report.refused.length;

		return [
			step(fresh.length, "site", "new since the baseline.", "Show them",
				() => G.show([], "new")),
			step(sure.length, "finding", "of high confidence: likely " +
				"bugs, to be looked at first.", "Show them",
			() => G.showFindings("high")),
			proposalStep(open.filter((s) => s.proposal !== null)),
			step(open.filter((s) => s.proposal === null).length, "site",
				"where only a person can say whether reclaim may hold " +
				"the object (instance).", "Show them",
				() => G.show(["instance"], "open")),
			step(leads.length, "site", made ? "could change but have no " +
				"proposal: not sure enough, or refused with a reason. " +
				"Leads, not proofs." : "could change. This report was " +
				"made without --propose and has no diffs.", "Show them",
				() => G.show([...drop, ...convert], "undone")),
			restStep(sites),
		];
	}

	function todo() {
		G.byId("todo").replaceChildren(...steps().filter((x) => x));
	}

	function tile(n, name, meaning, cls, onclick) {
		return el("li", null, el("button", { type: "button",
			class: n ? cls : `${cls} none`, title: meaning, onclick },
			el("b", null, String(n)), name));
	}

	function tiles() {
		const n = Object.create(null);
		const findings = G.report.findings.filter((f) => G.inDir(f.path));

		for (const s of G.report.sites)
			if (G.inDir(s.path))
				n[s.verdict] = (n[s.verdict] || 0) + 1;
		G.byId("tiles").replaceChildren(...G.verdicts.map((v) =>
			tile(n[v] || 0, v, G.meaning[v], `v-${v}`,
				() => G.show([v], ""))),
		tile(findings.length, "findings", "defects besides the sites",
			"v-finding", () => G.showFindings("")));
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

	/* ---- directories ---- */

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
	const sum = (d, verdicts) => verdicts.reduce((n, v) =>
		n + (d.counts[v] || 0), 0);

	/* As long as its share of the largest directory beside it. */
	function bar(d, most) {
		const used = G.verdicts.filter((v) => d.counts[v]);
		const text = used.map((v) => `${v} ${d.counts[v]}`).join(", ");
		const b = el("div", { class: "bar", role: "img",
			"aria-label": text, title: text }, ...used.map((v) => {
			const piece = el("span", { class: `v-${v}` });

			piece.style.flexGrow = d.counts[v];
			return piece;
		}));

		b.style.width = `${Math.max(1, 100 * d.total / most)}%`;
		return b;
	}

	/* What was there to do at the first run of the trend; null: no trend. */
	let first = null;

	function since(name) {
		const then = first.todo;

		return Object.keys(then).reduce((n, d) => d === name ||
			d.startsWith(name + "/") ? n + then[d] : n, 0);
	}

	function sinceCell(d) {
		const now = sum(d, [...drop, ...convert]);
		const by = now - since(d.name);

		return el("td", { class: by < 0 ? "n less" : by ? "n more" : "n",
			"data-name": `to do since ${runName(first)}` },
			by > 0 ? `+${by}` : by ? `\u2212${-by}` : null);
	}

	function dirRow(d, head, most) {
		/* the name is shown where there is no room for a head */
		const number = (n, name) => el("td", { class: "n",
			"data-name": name }, n ? String(n) : null);

		return el("tr", null, el("th", { scope: "row" }, head),
			...G.groups.map(([, v, name]) =>
				number(sum(d, v), name)),
			number(d.total, "all"), first ? sinceCell(d) : null,
			el("td", { class: "bars" }, bar(d, most)));
	}

	function dirButton(d) {
		return el("button", { type: "button", class: "small",
			"aria-label": `Show only ${d.name}`, onclick: () => {
				G.setDir(d.name);
				window.scrollTo(0, 0);
			} }, "show");
	}

	function addDir(body, d, most) {
		const children = sorted(d.children);
		let inner = [];
		const fold = el("button", { type: "button", class: "row-button",
			"aria-expanded": "false" }, d.name);
		const row = dirRow(d, el("span", null, fold, " ", dirButton(d)),
			most);

		fold.addEventListener("click", () => {
			const open = fold.getAttribute("aria-expanded") !== "true";

			fold.setAttribute("aria-expanded", String(open));
			inner.forEach((tr) => tr.remove());
			inner = open ? children.map((c) => dirRow(c,
				el("span", { class: "inner" }, c.name, " ",
					dirButton(c)), children[0].total)) : [];
			row.after(...inner);
		});
		body.append(row);
		if (d.total > G.report.sites.length / 8)
			fold.click();
	}

	function directories(runs) {
		const body = el("tbody");
		const list = sorted(tree());
		const head = (cls, ...text) => el("th", { scope: "col",
			class: cls }, ...text);

		if (runs.length > 1)
			first = runs[0];
		list.forEach((d) => addDir(body, d, list[0].total));
		G.byId("dir-table").append(el("thead", null, el("tr", null,
			head("", "Directory"),
			...G.groups.map(([, v, name]) => head("n",
				el("span", { class: `badge v-${v[0]}` }, name))),
			head("n", "all"),
			first ? head("n", `to do since ${runName(first)}`) : null,
			head("bars", ""))), body);
	}

	/* ---- trend ---- */

	const runName = (r) => r.describe || r.revision.slice(0, 12) ||
		"a directory";

	function plot(box, runs) {
		const style = getComputedStyle(document.body);
		const axis = { stroke: style.color,
			grid: { stroke: "#8884", width: 1 } };
		const probe = box.appendChild(el("span"));
		const colour = (v) => {
			probe.className = `v-${v}`;
			return getComputedStyle(probe).getPropertyValue("--v").trim();
		};
		const value = (r, list) => list.reduce((n, v) =>
			n + r.summary[v], 0);
		const used = G.groups.filter(([, list]) =>
			runs.some((r) => value(r, list)));

		new uPlot({
			width: Math.min(box.clientWidth || 900, 1400), height: 300,
			series: [{ label: "commit" },
				...used.map(([, list, name]) => ({ label: name,
					stroke: colour(list[0]), width: 2.5,
					points: { show: true, size: 7,
						fill: colour(list[0]) } }))],
			axes: [axis, { ...axis, label: "sites" }],
			scales: { y: { range: (u, min, max) => [0, max * 1.08 || 1] } },
			legend: { live: true },
		}, [runs.map((r) => r.time), ...used.map(([, list]) =>
			runs.map((r) => value(r, list)))], box);
		probe.remove();
	}

	function trendTable(runs) {
		return el("details", null, el("summary", null, "As a table"),
			el("table", null, el("thead", null, el("tr", null,
				el("th", { scope: "col" }, "Run"),
				...G.verdicts.map((v) =>
					el("th", { scope: "col", class: "n" }, v)),
				el("th", { scope: "col", class: "n" }, "findings"))),
			el("tbody", null, ...runs.map((r) => el("tr", null,
				el("th", { scope: "row" }, runName(r)),
				...G.verdicts.map((v) => el("td", { class: "n" },
					String(r.summary[v]))),
				el("td", { class: "n" }, String(r.findings)))))));
	}

	function trend(runs) {
		const box = G.byId("plot");

		if (runs.length < 2) {
			box.append(el("p", null, "No past runs to compare with. ",
				el("code", null, "audit --history FILE"),
				" brings those along that a history has kept."));
			return;
		}
		G.useLibraries();
		if (G.hasLibraries)
			plot(box, runs);
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
		const runs = G.read("trend-data") || [];

		head();
		lacks();
		todo();
		tiles();
		delta();
		G.later(directoryField);
		G.later(() => directories(runs));
		G.later(() => trend(runs));
		G.later(coverage);
		G.onDecision(todo);
	};
})();
