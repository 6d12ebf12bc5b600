// SPDX-License-Identifier: GPL-2.0-only
/*
 * The findings, ranked, in parts: nobody reads 2,000 at once. Details
 * are made when one is opened.
 */
"use strict";
(function () {
	const el = G.el;
	const part = 12;	/* the first; what is asked for comes by 60 */
	const rank = { high: 0, moderate: 1, low: 2 };
	let list = [];		/* all, ranked */
	let fitting = [];	/* those that the filter lets through */
	let shown = 0;
	let reclaim = 0;	/* only those with this chain; 0: any */

	/* Sure ones first, then new ones, then short chains. */
	function byRank(a, b) {
		return rank[a.confidence] - rank[b.confidence] ||
			(b.baseline === "new") - (a.baseline === "new") ||
			G.chains.length[a.evidence] - G.chains.length[b.evidence];
	}

	/* What reclaim does is behind the semicolon, and the same in many: it
	 * is told in the open one. [what is held, what reclaim waits for] */
	function clauses(f) {
		const at = f.message.indexOf("; reclaim waits for ");

		return at < 0 ? [f.message, ""]
			: [f.message.slice(0, at), f.message.slice(at + 2)];
	}

	function clear() {
		G.byId("finding-filter").reset();
		reclaim = 0;
	}

	/* All that wait there, for one change may serve them all. */
	function alike(f) {
		const n = f.reclaim ? list.filter((x) =>
			x.reclaim === f.reclaim).length : 0;

		return n < 2 ? null : el("button", { type: "button",
			class: "small alike", onclick: () => {
				clear();
				reclaim = f.reclaim;
				G.filterFindings();
				G.byId("findings").scrollIntoView();
				G.byId("findings-h").focus();
			} }, `all ${n} with this way from reclaim`);
	}

	function fill(d, f) {
		const [, waits] = clauses(f);
		const parts = [
			waits ? el("p", null, waits[0].toUpperCase() +
				`${waits.slice(1)}. `, alike(f)) : alike(f),
			f.suppressed ? el("p", null, `Suppressed: ${f.suppressed}`)
				: null,
			G.evidence(f, "How to get there"),
			el("p", { class: "dim" }, `id ${f.id}`),
		];

		d.append(...parts.filter((x) => x));
	}

	function item(f) {
		const d = el("details", { id: `finding-${f.id}` },
			el("summary", null,
				el("span", { class: "badge v-finding" }, f.rule), " ",
				el("span", { class: "dim" }, f.confidence), " ",
				f.baseline === "new" ? el("strong", null, "new ") : null,
				el("code", null, `${f.path}:${f.line}`), " ",
				el("code", null, `${f.function}()`),
				` ${clauses(f)[0]}`));

		d.addEventListener("toggle", () => {
			if (d.childElementCount === 1)
				fill(d, f);
		});
		return el("li", null, d);
	}

	function more() {
		const next = fitting.slice(shown, shown + (shown ? 60 : part));
		const button = G.byId("findings-more");

		G.byId("findings-list").append(...next.map(item));
		shown += next.length;
		button.hidden = shown === fitting.length;
		button.textContent = `${fitting.length - shown} more`;
	}

	function words(f) {
		return `${f.id}\n${f.path}:${f.line}\n${f.function}\n${f.message}`
			.toLowerCase();
	}

	G.filterFindings = function () {
		const rule = G.byId("ff-rule").value;
		const confidence = G.byId("ff-confidence").value;
		const text = G.byId("ff-text").value.trim().toLowerCase();
		const fresh = G.byId("ff-new").checked;

		fitting = list.filter((f) =>
			(!rule || f.rule === rule) &&
			(!confidence || f.confidence === confidence) &&
			(!fresh || f.baseline === "new") &&
			(!reclaim || f.reclaim === reclaim) &&
			G.inDir(f.path) &&
			(!text || words(f).includes(text)));
		shown = 0;
		G.byId("findings-list").replaceChildren();
		more();
		G.byId("finding-count").textContent =
			fitting.length === list.length
				? G.plural(list.length, "finding")
				: `${fitting.length} of ${G.plural(list.length, "finding")}` +
					(reclaim ? ", with one way from reclaim" : "");
	};

	G.showFindings = function (confidence) {
		clear();
		G.byId("ff-confidence").value = confidence;
		G.filterFindings();
		G.byId("findings").scrollIntoView();
		G.byId("findings-h").focus();
	};

	G.startFindings = function () {
		const form = G.byId("finding-filter");

		list = [...G.report.findings].sort(byRank);
		G.byId("ff-rule").append(...[...new Set(list.map((f) => f.rule))]
			.sort().map((r) => el("option", null, r)));
		G.byId("ff-new").parentElement.hidden = !G.report.gone;
		form.hidden = list.length < 2;
		G.byId("findings-h").tabIndex = -1;
		form.addEventListener("input", () => {
			reclaim = 0;
			G.filterFindings();
		});
		G.byId("ff-clear").addEventListener("click", () => {
			clear();
			G.filterFindings();
		});
		form.addEventListener("submit", (e) => e.preventDefault());
		G.byId("findings-more").addEventListener("click", more);
		G.filterFindings();
	};
})();
