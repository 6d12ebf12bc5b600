// SPDX-License-Identifier: GPL-2.0-only
/*
 * Evidence as a list that reads from top to bottom, and diffs.
 *
 * The report's chains are numbers in a pool (chain_pool.h): a chain is another
 * one and a step more. A list is made of one when it is shown.
 */
"use strict";
(function () {
	const el = G.el;

	/* What the page asks of the pool of report @r. */
	G.pool = function (r) {
		const text = r.strings;
		const nr = r.chains.length;
		const length = new Uint32Array(nr), before = new Uint32Array(nr);
		const said = new Uint32Array(nr);	/* text of the last step */
		let lower = null;

		for (let i = 1; i < nr; i++) {
			before[i] = r.chains[i][0];
			length[i] = length[before[i]] + 1;
			said[i] = r.steps[r.chains[i][1]][4];
		}
		return {
			length,
			/* chain @i as a list of steps */
			steps(i) {
				const list = [];

				for (; i; i = r.chains[i][0]) {
					const [path, line, fn, event, what] =
						r.steps[r.chains[i][1]];

					list.push({ path: text[path], line,
						function: text[fn],
						event: text[event],
						text: text[what] });
				}
				return list.reverse();
			},
			/* of each chain, whether a step's text has @words */
			having(words) {
				const has = new Uint8Array(text.length);
				const hits = new Uint8Array(nr);

				lower = lower || text.map((s) => s.toLowerCase());
				for (let i = 0; i < has.length; i++)
					has[i] = lower[i].includes(words);
				for (let i = 1; i < nr; i++)
					hits[i] = hits[before[i]] | has[said[i]];
				return hits;
			},
		};
	};

	/* Nobody reads ten calls in a row: only the first and the last of a run
	 * are shown, and a button for the others. */
	function foldCalls(items, steps) {
		const list = [];

		for (let i = 0; i < items.length;) {
			let end = i;

			while (end < items.length && steps[end].event === "call")
				end++;
			if (end - i < 5) {
				end = Math.max(end, i + 1);
				list.push(...items.slice(i, end));
			} else {
				const inner = items.slice(i + 1, end - 1);

				list.push(items[i], fold(inner), ...inner,
					items[end - 1]);
			}
			i = end;
		}
		return list;
	}

	function fold(items) {
		const li = el("li", { class: "fold" }, el("span"),
			el("button", { type: "button", class: "small",
				onclick: () => {
					items.forEach((i) => { i.hidden = false; });
					li.remove();
				} }, `${items.length} more calls`));

		items.forEach((i) => { i.hidden = true; });
		return li;
	}

	/* An arrow of two characters would be broken between them. */
	function wording(s) {
		const text = s.text.startsWith(`${s.event}: `)
			? s.text.slice(s.event.length + 2) : s.text;

		return text.replaceAll(" -> ", " \u2192 ");
	}

	function step(s, i) {
		const known = /^[a-z]+$/.test(s.event) ? s.event : "other";
		const place = s.line ? `${s.path}:${s.line}` : s.path;

		return el("li", { class: `e-${known}`, "data-n": i + 1 },
			el("span", { class: "event" }, s.event),
			el("div", null, wording(s), el("br"),
				el("span", { class: "place code" }, s.function
					? `${s.function}()  ${place}` : place)));
	}

	function chain(title, number) {
		const steps = G.chains.steps(number);

		return number ? el("div", null, el("h3", null, title),
			el("ol", { class: "chain" },
				...foldCalls(steps.map(step), steps))) : null;
	}

	/* Both chains of a site or finding, beside each other if there is room:
	 * they end at the same resource. */
	G.evidence = (s, title) => el("div", { class: "chains" },
		chain(title, s.evidence),
		chain("From reclaim to the same resource", s.reclaim));

	function plainDiff(diff) {
		return el("pre", { class: "diff", tabindex: "0" }, diff);
	}

	/* A hunk's head names its function; the arguments would only be cut
	 * off at the edge. */
	function shortHeads(box) {
		for (const line of box.querySelectorAll(
			".d2h-info .d2h-code-side-line, .d2h-info .d2h-code-line")) {
			const m = /^(\s*@@.*?@@.*?\()(.+)$/.exec(line.textContent);

			if (m && !m[2].startsWith(")")) {
				line.title = line.textContent.trim();
				line.textContent = `${m[1]}\u2026)`;
			}
		}
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
		shortHeads(box);
		return box;
	}

	/* What was checked of a diff, and with what end. Where no scope is
	 * opened there is none to be balanced. */
	const meant = { applies: "applies", balanced: "scopes balanced on every exit",
		rereads: "reads back as planned", style: "passes checkpatch",
		builds: "builds" };

	function checks(p) {
		const said = Object.entries(p.checks).filter(([name, end]) =>
			name !== "balanced" || end !== "not run");

		return said.map(([name, end], i) =>
			el("span", null, i ? ", " : "",
				el("span", { class: `check c-${end.replace(" ", "-")}` },
					end === "ok" ? "\u2713 "
						: end === "failed" ? "\u2717 " : "",
					meant[name] || name,
					end === "ok" ? "" : ` (${end})`)));
	}

	/* Masks that a scope is for and that it does not make needless. */
	function stays(p) {
		const n = p.stays ? p.stays.length : 0;

		return !n ? "" : `${G.plural(n, "mask")} of them ` +
			(n === 1 ? "stays" : "stay") + ": other ways may lead " +
			"there that the scope does not cover. ";
	}

	G.diff = function (p) {
		const box = el("div", null);
		const has = G.hasLibraries;
		let side = window.innerWidth >= 1300;
		const toggle = el("button", { type: "button", class: "diff-mode",
			onclick: () => { side = !side; draw(); } });

		function draw() {
			box.replaceChildren(has ? richDiff(p.diff, side)
				: plainDiff(p.diff));
			toggle.textContent = side ? "as unified diff"
				: "side by side";
		}
		G.useLibraries();
		draw();
		return el("div", { class: "proposal" },
			el("h3", null, "Proposal: ", p.title),
			el("p", { class: "dim" },
				`Settles ${G.plural(p.sites.length, "site")}. `,
				stays(p), "Checked: ",
				...checks(p), ".  ", has ? toggle : null),
			box,
			el("details", null, el("summary", null, "Changelog"),
				el("pre", null, p.changelog)));
	};
})();
