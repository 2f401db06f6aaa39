//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package odb

// This file defines how files are mapped into memory.

import (
	"math"
	"os"
	"syscall"
)

// mapFile maps a file of that size. ok is false if the system does not want to.
func mapFile(f *os.File, size int64) (data []byte, unmap func() error, ok bool) {
	if size > math.MaxInt {
		return nil, nil, false
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_PRIVATE)
	if err != nil {
		return nil, nil, false
	}
	return data, func() error { return syscall.Munmap(data) }, true
}
