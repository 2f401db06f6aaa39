//go:build unix && !wasm

package heap

// This file defines reserving memory with mmap. The system gives pages as they
// are touched.

import (
	"syscall"
	"unsafe"
)

func reserve(size uint64) (unsafe.Pointer, []uint64, error) {
	if size > uint64(^uint(0)>>1) {
		return nil, nil, syscall.ENOMEM
	}
	mem, err := syscall.Mmap(-1, 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE|syscall.MAP_NORESERVE)
	if err != nil {
		return nil, nil, err
	}
	return unsafe.Pointer(unsafe.SliceData(mem)), nil, nil
}

func commit(unsafe.Pointer, uint64, uint64) {}

func release(base unsafe.Pointer, size uint64) {
	// An error would mean that the memory is not ours; there is nothing to do.
	_ = syscall.Munmap(unsafe.Slice((*byte)(base), size))
}
