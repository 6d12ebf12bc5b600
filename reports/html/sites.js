// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of sites: one row each, made once; filters only hide. Details
 * (chains, diff, decision) are made when a row is opened.
 */
"use strict";
(function () {
	const el = G.el;
	const rows = [];	/* {site, tr, cell, words, detail} */

	function words(s) {
		return [s.id, s.path, s.function, s.callee, s.mask, s.reason,
			s.restriction, s.scope_at ? s.scope_at.resource : "",
			...s.unresolved, ...s.evidence.map((e) => e.text)]
			.join("\n").toLowerCase();
	}

	function scopeAt(s) {
		const at = s.scope_at;

		return at && el("p", null, "The scope belongs at ",
			el("strong", null, at.resource), ", taken in ",
			el("code", null, `${at.function}() ${at.path}:${at.line}`));
	}

	function unresolved(s) {
		return s.unresolved.length ? el("div", null,
			el("h3", null, "Not known"),
			el("ul", null, ...s.unresolved.map((u) =>
				el("li", null, u)))) : null;
	}

	function detail(s) {
		const p = s.proposal === null ? null : G.proposal[s.proposal];
		const why = G.refusal[s.id];

		return el("td", { colspan: "6" },
			el("p", null, el("strong", null, s.reason), " ",
				el("span", { class: "dim" },
					`${s.confidence} confidence, ${s.restriction}, id ${s.id}`)),
			s.suppressed ? el("p", null, `Suppressed: ${s.suppressed}`)
				: null,
			scopeAt(s),
			G.chain("From an entry point to here", s.evidence),
			G.chain("From reclaim to the same resource", s.reclaim),
			unresolved(s),
			p ? G.diff(p) : null,
			why ? el("p", null, `No proposal: ${why}`) : null,
			G.decidable(s) ? G.decisionForm(s) : null);
	}

	function toggle(row, open) {
		const button = row.tr.querySelector("button");
		const is = button.getAttribute("aria-expanded") === "true";

		if (open === undefined)
			open = !is;
		if (open === is)
			return;
		button.setAttribute("aria-expanded", String(open));
		if (!open) {
			row.detail.remove();
			row.detail = null;
			return;
		}
		row.detail = el("tr", { class: "detail" }, detail(row.site));
		row.tr.after(row.detail);
	}
	G.toggleRow = toggle;

	function decided(s) {
		const d = G.decision(s);

		if (d)
			return d.decision;
		return G.decidable(s) ? "open" : "";
	}

	function makeRow(s) {
		const cell = el("td", null, decided(s));
		const row = { site: s, cell, detail: null, words: words(s) };
		const state = s.baseline && s.baseline !== "unchanged"
			? el("strong", null, ` ${s.baseline}`) : null;

		row.tr = el("tr", { id: `site-${s.id}` },
			el("td", null, el("button", { type: "button",
				class: "row-button", "aria-expanded": "false",
				onclick: () => toggle(row) },
				`${s.path}:${s.line}`), state),
			el("td", { class: "code" }, s.function),
			el("td", { class: "code" },
				s.callee ? `${s.callee}(${s.mask})` : s.mask),
			el("td", null, G.badge(s.verdict), el("br"),
				el("span", { class: "dim" }, s.confidence)),
			el("td", null, s.reason), cell);
		rows.push(row);
		return row.tr;
	}

	/* What the form asks for, read once per filtering. */
	function wanted() {
		const v = {};

		for (const box of document.querySelectorAll("#f-verdicts input"))
			v[box.value] = box.checked;
		return {
			verdicts: v,
			any: !Object.values(v).some((x) => x),
			confidence: G.byId("f-confidence").value,
			state: G.byId("f-state").value,
			dir: G.byId("f-dir").value.trim().replace(/\/+$/, ""),
			fn: G.byId("f-function").value.trim().toLowerCase(),
			text: G.byId("f-text").value.trim().toLowerCase(),
		};
	}

	function stateFits(s, state) {
		switch (state) {
		case "":
			return true;
		case "proposal":
			return s.proposal !== null;
		case "open":
			return G.decidable(s) && !G.decision(s);
		case "decided":
			return G.decision(s) !== null;
		case "suppressed":
			return s.suppressed !== undefined;
		default:
			return s.baseline === state;
		}
	}

	function fits(row, w) {
		const s = row.site;

		return (w.any || w.verdicts[s.verdict]) &&
			(!w.confidence || s.confidence === w.confidence) &&
			(!w.dir || w.dir === "." || s.path === w.dir ||
				s.path.startsWith(w.dir + "/")) &&
			(!w.fn || s.function.toLowerCase().includes(w.fn)) &&
			(!w.text || row.words.includes(w.text)) &&
			stateFits(s, w.state);
	}

	G.filter = function () {
		const w = wanted();
		let n = 0;

		for (const row of rows) {
			const show = fits(row, w);

			n += show;
			if (row.tr.hidden === show) {
				row.tr.hidden = !show;
				if (row.detail)
					row.detail.hidden = !show;
			}
		}
		G.byId("count").textContent = n === rows.length
			? `${G.plural(n, "site")}`
			: `${n} of ${G.plural(rows.length, "site")}`;
	};

	/* Show only @verdicts (none: all) and only below @dir. */
	G.show = function (verdicts, dir) {
		G.byId("filter").reset();
		for (const box of document.querySelectorAll("#f-verdicts input"))
			box.checked = verdicts.includes(box.value);
		G.byId("f-dir").value = dir || "";
		G.filter();
		G.byId("sites").scrollIntoView();
		G.byId("sites-h").focus();
	};

	G.visibleRows = () => rows.filter((r) => !r.tr.hidden);
	G.rowOf = (node) => rows.find((r) => r.tr.contains(node) ||
		(r.detail && r.detail.contains(node)));

	function makeFilter() {
		const states = [["", "any"], ["proposal", "has a proposal"],
			["open", "not decided"], ["decided", "decided"]];
		const dirs = [...new Set(G.report.sites.map((s) =>
			G.dirOf(s.path)))].sort();

		if (G.report.sites.some((s) => s.baseline))
			for (const s of ["new", "changed", "moved", "unchanged"])
				states.push([s, s]);
		if (G.report.suppressions)
			states.push(["suppressed", "suppressed"]);
		for (const v of G.verdicts)
			G.byId("f-verdicts").append(el("label", null,
				el("input", { type: "checkbox", value: v }), " ",
				G.badge(v)));
		G.byId("f-state").append(...states.map(([value, text]) =>
			el("option", { value }, text)));
		G.byId("dirs").append(...dirs.map((d) =>
			el("option", { value: d })));
		G.byId("filter").addEventListener("input", G.filter);
		G.byId("filter").addEventListener("submit",
			(e) => e.preventDefault());
		G.byId("filter").addEventListener("reset",
			() => setTimeout(G.filter));
	}

	G.startSites = function () {
		G.byId("sites-h").tabIndex = -1;
		makeFilter();
		G.byId("site-rows").append(...G.report.sites.map(makeRow));
		G.onDecision((sites) => {
			const ids = new Set(sites.map((s) => s && s.id));

			for (const r of rows)
				if (ids.has(r.site.id))
					r.cell.textContent = decided(r.site);
		});
		G.filter();
	};
})();
