//go:build darwin || freebsd || netbsd

package world

// This file defines the FileID of files on macOS and most BSDs.

import (
	"io/fs"
	"syscall"
)

func fileID(info fs.FileInfo) FileID {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return FileID{}
	}
	return FileID{Device: uint64(st.Dev), Inode: uint64(st.Ino), Changed: st.Ctimespec.Nano()}
}
