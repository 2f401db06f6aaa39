//go:build !wasm

package core

const wasmShift = 0
