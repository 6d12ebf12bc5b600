// SPDX-License-Identifier: GPL-2.0-only
/*
 * Validate each file named on the command line: against the report's schema,
 * or, when its name ends in .sarif, against the SARIF 2.1.0 schema.
 */
"use strict";
const fs = require("fs");

/* The SARIF schema comes with Microsoft's multitool. */
const schemas = {
	report: "./schema/gfpscope-report-1.schema.json",
	sarif: "@microsoft/sarif-multitool-linux/sarif-2.1.0.json",
};
const engines = { report: "ajv", sarif: "ajv/dist/2020" };

function compile(kind) {
	const Ajv = require(engines[kind]).default;
	const ajv = new Ajv({ strict: false, validateFormats: false });
	const file = require.resolve(schemas[kind]);

	return ajv.compile(JSON.parse(fs.readFileSync(file, "utf8")));
}

const compiled = {};

function check(file) {
	const kind = file.endsWith(".sarif") ? "sarif" : "report";
	const bytes = fs.readFileSync(file);
	const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	const data = JSON.parse(text);

	compiled[kind] = compiled[kind] || compile(kind);
	if (compiled[kind](data))
		return true;
	for (const e of compiled[kind].errors)
		console.error(`${file}: ${e.instancePath || "/"}: ${e.message}` +
			      ` ${JSON.stringify(e.params)}`);
	return false;
}

let failed = 0;
for (const file of process.argv.slice(2)) {
	try {
		if (!check(file))
			failed++;
	} catch (e) {
		console.error(`${file}: ${e.message}`);
		failed++;
	}
}
process.exit(failed ? 1 : 0);
