//go:build unix

package sandbox

// This file defines how descriptors are kept from builders which the program was started
// with: its own are closed at exec anyway.

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
)

// firstOther is the first descriptor behind those of the standard streams.
const firstOther = 3

// sealListed makes all descriptors behind those of the standard streams close at exec: those
// that a folder of the kernel lists, which has an entry for each.
func sealListed(dir string) error {
	names, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("looking for open files: %w", err)
	}
	for _, e := range names {
		if fd, err := strconv.Atoi(e.Name()); err == nil && fd >= firstOther {
			syscall.CloseOnExec(fd) // that which has read the folder is closed already
		}
	}
	return nil
}
