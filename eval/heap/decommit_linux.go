package heap

import (
	"syscall"
	"unsafe"
)

// decommit gives pages back to the system. It reports whether they are zero
// when they are used again.
func decommit(base unsafe.Pointer, from, to uint64) bool {
	return from < to && syscall.Madvise(unsafe.Slice((*byte)(unsafe.Add(base, from)), to-from), syscall.MADV_DONTNEED) == nil
}
