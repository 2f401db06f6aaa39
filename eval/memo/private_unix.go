//go:build unix

package memo

// This file defines whose folders are believed on Unix.

import (
	"io/fs"
	"os"
	"syscall"
)

// isPrivate reports whether only this user can write to a file or folder.
func isPrivate(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Geteuid() && info.Mode().Perm()&0o022 == 0
}
