// SPDX-License-Identifier: GPL-2.0-only
/*
 * Evidence as a list that reads from top to bottom, and diffs.
 */
"use strict";
(function () {
	const el = G.el;

	function step(s) {
		const known = /^[a-z]+$/.test(s.event) ? s.event : "other";
		const place = s.line ? `${s.path}:${s.line}` : s.path;

		return el("li", { class: `e-${known}` },
			el("span", { class: "event" }, s.event), " ",
			el("span", null, s.text), " ",
			el("span", { class: "place code" },
				s.function ? `${s.function}() ${place}` : place));
	}

	G.chain = function (title, steps) {
		if (!steps.length)
			return null;
		return el("div", null, el("h3", null, title),
			el("ol", { class: "chain" }, ...steps.map(step)));
	};

	function plainDiff(diff) {
		return el("pre", { class: "diff", tabindex: "0" }, diff);
	}

	/* diff2html escapes what it is given; the page's policy lets no
	 * handler run, should it ever miss something. */
	function richDiff(diff, sideBySide) {
		const box = el("div", { class: "diff" });

		box.innerHTML = Diff2Html.html(diff, {
			drawFileList: false,
			matching: "lines",
			outputFormat: sideBySide ? "side-by-side" : "line-by-line",
			colorScheme: "auto",
		});
		/* What scrolls must be reachable by keyboard. */
		for (const part of box.querySelectorAll(
			".d2h-file-side-diff, .d2h-file-diff"))
			part.tabIndex = 0;
		return box;
	}

	G.diff = function (p) {
		const box = el("div", null);
		const has = typeof Diff2Html !== "undefined";
		let side = window.innerWidth > 1500;

		function draw() {
			const shown = has ? richDiff(p.diff, side) : plainDiff(p.diff);

			box.replaceChildren(shown);
		}
		draw();
		const toggle = has && el("button", {
			type: "button", class: "diff-mode",
			onclick: () => { side = !side; draw(); },
		}, "Side by side / unified");
		const checks = Object.entries(p.checks)
			.map(([k, v]) => `${k}: ${v}`).join(", ");

		return el("div", null,
			el("h3", null, `Proposal: ${p.title}`),
			el("p", { class: "dim" }, `${p.kind}; settles ` +
				`${G.plural(p.sites.length, "site")}; ${checks}`),
			el("details", null, el("summary", null, "Changelog"),
				el("pre", null, p.changelog)),
			toggle || null, box);
	};
})();
