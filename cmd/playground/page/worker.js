// This file is the worker in which firn runs, so that the page does not wait.
// It gets the compiled module first, and expressions then.
"use strict";

importScripts("wasm_exec.js");

onmessage = async ({ data }) => {
	try {
		if (data.module) {
			const go = new Go();
			const instance = await WebAssembly.instantiate(data.module, go.importObject);
			// It runs as long as the worker; it only ends when it is out of memory.
			go.run(instance).then(() => postMessage({ failed: "firn has ended; it was probably out of memory" }));
			postMessage({ ready: true });
		} else {
			postMessage(await firn.evaluate(data.source, { form: data.form, color: true }));
		}
	} catch (err) {
		// The browser's stack is full, for one: Go cannot go on after that.
		postMessage({ failed: String(err) });
	}
};
