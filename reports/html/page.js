// SPDX-License-Identifier: GPL-2.0-only
/*
 * Start: index the report, build the parts, listen to keys.
 */
"use strict";
(function () {
	function index() {
		const r = G.report;

		G.site = Object.create(null);
		G.proposal = Object.create(null);
		G.refusal = Object.create(null);
		for (const s of r.sites)
			G.site[s.id] = s;
		for (const p of r.proposals)
			G.proposal[p.id] = p;
		for (const f of r.refused)
			for (const id of f.sites)
				G.refusal[id] = f.why;
	}

	function move(by) {
		const rows = G.fittingRows();
		const here = G.rowOf(document.activeElement);
		const i = here ? rows.indexOf(here) + by : 0;
		const row = rows[Math.max(0, Math.min(rows.length - 1, i))];

		if (row)
			G.showRow(row).querySelector("button").focus();
	}

	function decide(word) {
		const row = G.rowOf(document.activeElement);

		if (!row || !row.detail || !G.decidable(row.site))
			return;
		const box = row.detail.querySelector(`input[value="${word}"]`);

		box.checked = true;
		box.dispatchEvent(new Event("change"));
	}

	const keys = {
		j: () => move(1),
		k: () => move(-1),
		o: () => {
			const row = G.rowOf(document.activeElement);

			if (row)
				G.toggleRow(row);
		},
		n: () => G.nextOpen(),
		"/": () => G.byId("f-text").focus(),
		a: () => decide("accept"),
		r: () => decide("reject"),
		d: () => decide("defer"),
	};

	function onKey(e) {
		const t = e.target;

		if (e.ctrlKey || e.altKey || e.metaKey || !Object.hasOwn(keys, e.key))
			return;
		if (t.matches("textarea, select, input:not([type=checkbox]):not([type=radio])"))
			return;
		e.preventDefault();
		keys[e.key]();
	}

	/* page.html#site-0123456789abcdef opens that site. */
	function fromHash() {
		const m = /^#site-([0-9a-f]{16})$/.exec(location.hash);
		const site = m && G.site[m[1]];

		if (site)
			G.openSite(site);
	}

	G.report = G.read("report-data");
	G.chains = G.pool(G.report);
	index();
	G.startReview();
	G.startSites();
	G.startFindings();
	G.startOverview();
	document.addEventListener("keydown", onKey);
	window.addEventListener("hashchange", fromHash);
	fromHash();
	G.startLater(() => { document.documentElement.dataset.ready = "yes"; });
})();
