// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of sites, in parts of 60: a row is made when it is shown, its
 * details (chains, diff, decision) when it is opened. Filters work on the
 * report, not on rows; what does not fit on a screen follows when there is
 * nothing else to do, so that typing is never held up by it.
 */
"use strict";
(function () {
	const el = G.el;
	const part = 60, screen = 20;
	const rows = [];	/* {site, tr, cell, words, fn, detail}, all sites */
	const rowById = Object.create(null);
	let fitting = [];	/* those that the filter lets through */
	let shown = 0;		/* how many of them are in the table */
	let goal = 0;		/* how many of them are to be */
	let timer = 0;		/* of the rest of these */
	let clearing = false;	/* the form is reset by us, not by a person */

	/* What is looked for in @row, in lower case. */
	function prepare(row) {
		const s = row.site;

		if (row.words)
			return;
		row.words = [s.id, `${s.path}:${s.line}`, s.function, s.callee,
			s.mask, s.reason, s.restriction,
			s.scope_at ? s.scope_at.resource : "", ...s.unresolved]
			.join("\n").toLowerCase();
		row.fn = s.function.toLowerCase();
	}

	function scopeAt(s) {
		const at = s.scope_at;

		return at && el("p", null, "The scope belongs at ",
			el("strong", null, at.resource), ", held in ",
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
			el("p", null, G.badge(s.verdict), `: ${G.meaning[s.verdict]}. `,
				el("span", { class: "dim" },
					`${s.confidence} confidence, ${s.restriction}, `,
					el("a", { href: `#site-${s.id}` },
						`id ${s.id}`))),
			s.suppressed ? el("p", null, `Suppressed: ${s.suppressed}`)
				: null,
			scopeAt(s),
			G.evidence(s, "From an entry point to here"),
			unresolved(s),
			p ? G.diff(p) : null,
			why ? el("p", null, `No proposal: ${why}`) : null,
			G.decidable(s) ? G.decisionForm(s) : null);
	}

	function toggle(row, open) {
		const button = row.tr.querySelector("button");

		if (open === undefined)
			open = !row.detail;
		if (open === Boolean(row.detail))
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

	function putDecision(row) {
		const d = G.decision(row.site);
		const word = d ? d.decision : G.decidable(row.site) ? "open" : "";

		row.cell.textContent = word;
		row.cell.className = word && `d-${word}`;
	}

	function makeRow(row) {
		const s = row.site;
		const state = s.baseline && s.baseline !== "unchanged"
			? el("strong", null, ` ${s.baseline}`) : null;

		row.cell = el("td");
		putDecision(row);
		row.tr = el("tr", { id: `site-${s.id}` },
			el("td", null, el("button", { type: "button",
				class: "row-button", "aria-expanded": "false",
				onclick: () => toggle(row) },
				`${s.path}:${s.line}`), state),
			el("td", { class: "code" }, s.function),
			el("td", { class: "code" },
				s.callee ? `${s.callee}(${s.mask})` : s.mask),
			el("td", null, G.badge(s.verdict), " ", el("br"),
				el("span", { class: "dim" }, s.confidence)),
			el("td", null, s.reason), row.cell);
	}

	/* Put the fitting rows up to the @n-th into the table. */
	function put(n) {
		const list = [];

		for (const row of fitting.slice(shown, n)) {
			if (!row.tr)
				makeRow(row);
			list.push(row.tr);
			if (row.detail)
				list.push(row.detail);
		}
		if (shown)
			G.byId("site-rows").append(...list);
		else
			G.byId("site-rows").replaceChildren(...list);
		shown = Math.max(shown, Math.min(n, fitting.length));
		if (shown === goal)
			G.byId("site-table").removeAttribute("aria-busy");
		else
			G.byId("site-table").setAttribute("aria-busy", "true");
	}

	function buttons() {
		const rest = fitting.length - goal;

		G.byId("sites-more").hidden = rest === 0;
		G.byId("sites-all").hidden = rest <= part;
		G.byId("sites-more").textContent =
			`${Math.min(part, rest)} more`;
		G.byId("sites-all").textContent =
			`all ${fitting.length} sites`;
	}

	/* Let the first @n of the fitting rows be in the table. */
	function fill(n) {
		goal = Math.max(goal, Math.min(n, fitting.length));
		put(goal);
		buttons();
	}

	/* The rest of them, once nobody has typed for a moment. */
	function fillLater() {
		clearTimeout(timer);
		if (shown < goal)
			timer = setTimeout(() => put(goal), 150);
	}

	/* What the form asks for, read once per filtering. */
	function wanted() {
		const v = {};
		const text = G.byId("f-text").value.trim().toLowerCase();

		for (const box of document.querySelectorAll("#f-verdicts input"))
			v[box.value] = box.checked;
		return {
			verdicts: v,
			any: !Object.values(v).some((x) => x),
			confidence: G.byId("f-confidence").value,
			state: G.byId("f-state").value,
			fn: G.byId("f-function").value.trim().toLowerCase(),
			text,
			chains: text ? G.chains.having(text) : null,
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
		case "undone":
			return s.proposal === null;
		case "decided":
			return G.decision(s) !== null;
		case "suppressed":
			return s.suppressed !== undefined;
		default:
			return s.baseline === state;
		}
	}

	function textFits(row, w) {
		return row.words.includes(w.text) || w.chains[row.site.evidence] ||
			w.chains[row.site.reclaim];
	}

	function fits(row, w) {
		const s = row.site;

		prepare(row);
		return (w.any || w.verdicts[s.verdict]) &&
			(!w.confidence || s.confidence === w.confidence) &&
			G.inDir(s.path) &&
			(!w.fn || row.fn.includes(w.fn)) &&
			stateFits(s, w.state) && (!w.text || textFits(row, w));
	}

	G.filter = function () {
		const w = wanted();

		fitting = rows.filter((r) => fits(r, w));
		shown = 0;
		goal = Math.min(part, fitting.length);
		put(Math.min(screen, goal));
		buttons();
		fillLater();
		G.byId("count").textContent = fitting.length === rows.length
			? `${G.plural(rows.length, "site")}`
			: `${fitting.length} of ${G.plural(rows.length, "site")}`;
	};

	/* Forget the filter; the directory is none of its fields here. */
	function clear() {
		const dir = G.byId("f-dir").value;

		clearing = true;
		G.byId("filter").reset();
		clearing = false;
		G.byId("f-dir").value = dir;
	}

	/* Show only @verdicts (none: all) of @state ("": any). */
	G.show = function (verdicts, state) {
		clear();
		for (const box of document.querySelectorAll("#f-verdicts input"))
			box.checked = verdicts.includes(box.value);
		G.byId("f-state").value = state || "";
		G.filter();
		G.byId("sites").scrollIntoView();
		G.byId("sites-h").focus();
	};

	G.fittingRows = () => fitting;
	G.rowOf = function (node) {
		const tr = node && node.closest("#site-rows > tr");
		const own = tr && tr.matches(".detail") ? tr.previousElementSibling
			: tr;

		return own ? rowById[own.id] : undefined;
	};

	/* See to it that @row, which fits, is in the table; gives its <tr>. */
	G.showRow = function (row) {
		if (!row.tr || !row.tr.isConnected)
			fill(Math.ceil((fitting.indexOf(row) + 1) / part) * part);
		return row.tr;
	};

	G.openSite = function (site) {
		const row = rowById[`site-${site.id}`];

		if (!fitting.includes(row)) {
			clear();
			G.setDir("");
		}
		G.showRow(row).scrollIntoView();
		toggle(row, true);
		row.tr.querySelector("button").focus({ preventScroll: true });
	};

	/* Close the open one, go to the next that waits for a decision. */
	G.nextOpen = function () {
		const here = G.rowOf(document.activeElement);
		const open = (r) => G.decidable(r.site) && !G.decision(r.site);
		const after = fitting.slice(here ? fitting.indexOf(here) + 1 : 0);
		const next = after.find(open) || fitting.find(open) ||
			rows.find(open);

		if (here)
			toggle(here, false);
		if (next)
			G.openSite(next.site);
	};

	function makeFilter() {
		const states = [["", "any"], ["proposal", "has a proposal"],
			["undone", "has no proposal"],
			["open", "not decided"], ["decided", "decided"]];

		if (G.report.sites.some((s) => s.baseline))
			for (const s of ["new", "changed", "moved", "unchanged"])
				states.push([s, s]);
		if (G.report.suppressions)
			states.push(["suppressed", "suppressed"]);
		for (const v of G.verdicts)
			G.byId("f-verdicts").append(el("label",
				{ title: G.meaning[v] },
				el("input", { type: "checkbox", value: v }), " ",
				G.badge(v)));
		G.byId("f-state").append(...states.map(([value, text]) =>
			el("option", { value }, text)));
		G.byId("filter").addEventListener("input", G.filter);
		G.byId("filter").addEventListener("submit",
			(e) => e.preventDefault());
		G.byId("filter").addEventListener("reset", () => {
			if (!clearing)
				setTimeout(() => G.setDir(""));
		});
		G.byId("sites-more").addEventListener("click",
			() => fill(goal + part));
		G.byId("sites-all").addEventListener("click",
			() => fill(fitting.length));
	}

	G.startSites = function () {
		G.byId("sites-h").tabIndex = -1;
		makeFilter();
		for (const site of G.report.sites) {
			const row = { site, tr: null, cell: null, detail: null };

			rows.push(row);
			rowById[`site-${site.id}`] = row;
		}
		G.onDecision((sites) => sites.forEach((s) => {
			const row = s && rowById[`site-${s.id}`];

			if (row && row.tr)
				putDecision(row);
		}));
		G.filter();
	};
})();
