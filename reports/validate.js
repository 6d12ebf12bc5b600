// SPDX-License-Identifier: GPL-2.0-only
/*
 * Validate each file named on the command line: against the schema that its
 * "schema" member names, or, when its name ends in .sarif, against the SARIF
 * 2.1.0 schema, which comes with Microsoft's multitool.
 */
"use strict";
const fs = require("fs");

const own = (name) => ({ schema: `./schema/gfpscope-${name}-1.schema.json`,
	engine: "ajv" });
const kinds = {
	"gfpscope-report/1": own("report"),
	"gfpscope-check/1": own("check"),
	"gfpscope-compare/1": own("compare"),
	"gfpscope-decisions/1": own("decisions"),
	"gfpscope-suppress/1": own("suppress"),
	sarif: {
		schema: "@microsoft/sarif-multitool-linux/sarif-2.1.0.json",
		engine: "ajv/dist/2020",
	},
};
const compiled = {};

function compile({ schema, engine }) {
	const Ajv = require(engine).default;
	const ajv = new Ajv({ strict: false, validateFormats: false });

	return ajv.compile(JSON.parse(fs.readFileSync(require.resolve(schema),
		"utf8")));
}

/* The first errors of @file as lines; none: it is valid. */
function validate(file) {
	const text = new TextDecoder("utf-8", { fatal: true })
		.decode(fs.readFileSync(file));
	const data = JSON.parse(text);
	const kind = file.endsWith(".sarif") ? "sarif" : String(data.schema);

	if (!Object.hasOwn(kinds, kind))
		return [`${file}: no schema for '${kind}'`];
	compiled[kind] = compiled[kind] || compile(kinds[kind]);
	if (compiled[kind](data))
		return [];
	return compiled[kind].errors.map((e) => `${file}: ` +
		`${e.instancePath || "/"}: ${e.message} ${JSON.stringify(e.params)}`);
}

module.exports = { validate };

if (require.main === module) {
	let failed = 0;

	for (const file of process.argv.slice(2)) {
		let errors;

		try {
			errors = validate(file);
		} catch (e) {
			errors = [`${file}: ${e.message}`];
		}
		errors.forEach((e) => console.error(e));
		failed += errors.length > 0;
	}
	process.exit(failed ? 1 : 0);
}
