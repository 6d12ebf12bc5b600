// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decisions on proposals: kept in this browser by site id, exported as
 * decisions.json. Those that the report brings along count until they are
 * changed here. Only a site with a proposal, or one that waits for a person's
 * word (instance), can be decided on.
 */
"use strict";
(function () {
	const el = G.el, key = "gfpscope-decisions/1";
	const words = ["accept", "reject", "defer"];
	let mine = {};
	let given = {};
	const listeners = [];

	function load() {
		try {
			const v = JSON.parse(localStorage.getItem(key) || "{}");

			if (v && typeof v === "object")
				mine = v;
		} catch (e) {
			G.noStorage = true;
		}
	}

	function save() {
		try {
			localStorage.setItem(key, JSON.stringify(mine));
		} catch (e) {
			G.noStorage = true;
		}
	}

	G.decidable = (site) => site.proposal !== null ||
		site.verdict === "instance";

	/* What holds for @site; a decision on another verdict is stale. */
	G.decision = function (site) {
		const d = Object.hasOwn(mine, site.id) ? mine[site.id]
			: given[site.id];

		if (!d || d.verdict !== site.verdict || !words.includes(d.decision))
			return null;
		return d;
	};

	G.decide = function (site, decision, why) {
		const sites = site.proposal === null ? [site]
			: G.proposal[site.proposal].sites.map((id) => G.site[id]);

		for (const s of sites.filter((v) => v))
			mine[s.id] = {
				site: s.id, verdict: s.verdict, decision, why,
				who: G.byId("who").value,
				when: new Date().toISOString().slice(0, 19) + "Z",
			};
		save();
		listeners.forEach((f) => f(sites));
	};

	G.onDecision = (f) => listeners.push(f);

	G.decisionForm = function (site) {
		const now = G.decision(site);
		const note = el("input", {
			type: "text", "aria-label": "Note on the decision",
			placeholder: "why", value: now ? now.why : "",
		});
		const buttons = words.map((w) => el("label", null,
			el("input", {
				type: "radio", name: `d-${site.id}`, value: w,
				checked: now !== null && now.decision === w,
				onchange: () => G.decide(site, w, note.value),
			}), ` ${w}`));

		note.addEventListener("change", () => {
			const d = G.decision(site);

			if (d)
				G.decide(site, d.decision, note.value);
		});
		const nr = site.proposal === null ? 1
			: G.proposal[site.proposal].sites.length;

		return el("div", { class: "decide", role: "group",
			"aria-label": "Decision on this proposal" },
			el("strong", null, nr > 1 ? `Decide on all ${nr} sites:`
				: "Decide:"), ...buttons, note,
			el("button", { type: "button", onclick: () => G.nextOpen() },
				"Next"));
	};

	/* In report order, so that the same decisions give the same file. */
	G.exportDecisions = function () {
		const decisions = G.report.sites.map((s) => G.decision(s))
			.filter((d) => d !== null)
			.map(({ site, verdict, decision, who, why, when }) =>
				({ site, verdict, decision, who, why, when }));

		return JSON.stringify({ schema: "gfpscope-decisions/1", decisions },
			null, 1) + "\n";
	};

	function download() {
		const blob = new Blob([G.exportDecisions()],
			{ type: "application/json" });
		const a = el("a", { href: URL.createObjectURL(blob),
			download: "decisions.json" });

		a.click();
		URL.revokeObjectURL(a.href);
	}

	function count() {
		const n = { accept: 0, reject: 0, defer: 0 };
		let open = 0;

		for (const s of G.report.sites) {
			const d = G.decision(s);

			if (d)
				n[d.decision]++;
			else if (G.decidable(s))
				open++;
		}
		G.byId("next-open").disabled = !open;
		G.byId("review").hidden =
			!open && !(n.accept + n.reject + n.defer);
		G.byId("decided").textContent =
			`${n.accept} accepted, ${n.reject} rejected, ` +
			`${n.defer} deferred, ${open} not decided` +
			(G.noStorage ? ". This browser keeps nothing: export before you leave." : "");
	}

	function stale() {
		const list = G.report.stale_decisions || [];

		if (!list.length)
			return;
		G.byId("stale").hidden = false;
		G.byId("stale").append(el("h3", null, "Stale decisions"),
			el("ul", null, ...list.map((d) => el("li", null,
				el("code", null, d.site),
				` ${d.decision} while ${d.verdict}: ${d.why}`))));
	}

	G.startReview = function () {
		load();
		for (const s of G.report.sites)
			if (s.decision)
				given[s.id] = { site: s.id, verdict: s.verdict,
					...s.decision };
		try {
			G.byId("who").value = localStorage.getItem(key + "/who") || "";
		} catch (e) {
			G.noStorage = true;
		}
		G.byId("who").addEventListener("change", (ev) => {
			try {
				localStorage.setItem(key + "/who", ev.target.value);
			} catch (e) {
				G.noStorage = true;
			}
		});
		G.byId("export").addEventListener("click", download);
		G.byId("next-open").addEventListener("click", () => G.nextOpen());
		G.onDecision(count);
		count();
		stale();
	};
})();
