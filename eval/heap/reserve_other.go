//go:build (!unix && !windows) || wasm

package heap

// This file defines reserving memory where the system has no way to: it is
// Go's, and there is much less of it.

import "unsafe"

const otherBytes = 1 << 29

func reserve(size uint64) (unsafe.Pointer, []uint64, error) {
	if size > otherBytes {
		return nil, nil, ErrFull
	}
	mem := make([]uint64, size/wordSize)
	return unsafe.Pointer(unsafe.SliceData(mem)), mem, nil
}

func commit(unsafe.Pointer, uint64, uint64) {}

func release(unsafe.Pointer, uint64) {}
