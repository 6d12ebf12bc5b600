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

	/* Sure ones first, then new ones, then short chains. */
	function byRank(a, b) {
		return rank[a.confidence] - rank[b.confidence] ||
			(b.baseline === "new") - (a.baseline === "new") ||
			G.chains.length[a.evidence] - G.chains.length[b.evidence];
	}

	function fill(d, f) {
		const parts = [
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
				` ${f.message}`));

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
			G.inDir(f.path) &&
			(!text || words(f).includes(text)));
		shown = 0;
		G.byId("findings-list").replaceChildren();
		more();
		G.byId("finding-count").textContent =
			fitting.length === list.length
				? G.plural(list.length, "finding")
				: `${fitting.length} of ${G.plural(list.length, "finding")}`;
	};

	G.showFindings = function (confidence) {
		G.byId("finding-filter").reset();
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
		form.addEventListener("input", G.filterFindings);
		form.addEventListener("submit", (e) => e.preventDefault());
		G.byId("findings-more").addEventListener("click", more);
		G.filterFindings();
	};
})();
