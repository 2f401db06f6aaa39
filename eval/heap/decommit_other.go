//go:build !linux

package heap

import "unsafe"

// decommit gives pages back to the system, which is not done here: what is free
// is kept for later. It reports whether they are zero when they are used again.
func decommit(unsafe.Pointer, uint64, uint64) bool { return false }
