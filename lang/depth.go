//go:build !wasm

package lang

// deepest is maxDepth where the stack grows.
const deepest = 220_000
