//go:build unix

package eval_test

// This file defines how much of the disk a file takes.

import (
	"syscall"
)

// blocksOf returns how many blocks of 512 bytes a file takes on the disk, and whether that is known.
func blocksOf(file string) (int64, bool) {
	var st syscall.Stat_t
	if syscall.Stat(file, &st) != nil {
		return 0, false
	}
	return int64(st.Blocks), true
}
