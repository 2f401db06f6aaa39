//go:build unix

package stores

import "golang.org/x/sys/unix"

// writable reports whether this process may write to a folder.
func writable(dir string) bool { return unix.Access(dir, unix.W_OK) == nil }
