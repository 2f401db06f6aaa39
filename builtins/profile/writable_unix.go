//go:build unix

package profile

// This file defines what the process may write to.

import "golang.org/x/sys/unix"

func writable(dir string) bool { return unix.Access(dir, unix.W_OK) == nil }
