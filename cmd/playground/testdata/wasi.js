// Runs a program for WASI, which sees all files:
//
//	node --no-turbo-fast-api-calls wasi.js PROGRAM [ARGUMENT...]
"use strict";

const { readFileSync } = require("node:fs");
const { WASI } = require("node:wasi");
const args = process.argv.slice(2);
const wasi = new WASI({ version: "preview1", args, env: process.env, preopens: { "/": "/" } });
WebAssembly.instantiate(readFileSync(args[0]), wasi.getImportObject()).then(({ instance }) => process.exit(wasi.start(instance)));
