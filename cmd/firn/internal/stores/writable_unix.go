//go:build unix

package stores

import "golang.org/x/sys/unix"

// Writable reports whether this process may write to a folder.
func Writable(dir string) bool { return unix.Access(dir, unix.W_OK) == nil }
