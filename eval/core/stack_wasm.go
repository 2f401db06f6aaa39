package core

const wasmShift = 2
