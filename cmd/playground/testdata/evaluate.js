// Evaluates expressions with the firn.wasm of a folder:
//
//	node evaluate.js DIR '[["1 + 1", "nix"]]'
"use strict";

const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");
const [dir, sources] = process.argv.slice(2);
require(resolve(dir, "wasm_exec.js"));

(async () => {
	const go = new Go();
	const { instance } = await WebAssembly.instantiate(readFileSync(resolve(dir, "firn.wasm")), go.importObject);
	go.run(instance);
	const results = [];
	for (const [source, form] of JSON.parse(sources)) results.push(await firn.evaluate(source, { form }));
	process.stdout.write(JSON.stringify(results), () => process.exit(0)); // firn waits for more
})();
