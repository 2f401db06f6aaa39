package repo

// This file defines how Linux is asked for a file.

import (
	"io/fs"
	"os"
	"syscall"
)

// lstat is os.Lstat without what it makes for its result: a status takes one for each file.
func lstat(path string) (diskInfo, error) {
	var st syscall.Stat_t
	for {
		err := syscall.Lstat(path, &st)
		if err == nil {
			break
		}
		if err != syscall.EINTR {
			return diskInfo{}, &os.PathError{Op: "lstat", Path: path, Err: err}
		}
	}
	mode := fs.FileMode(st.Mode & 0o777)
	switch st.Mode & syscall.S_IFMT {
	case syscall.S_IFREG:
	case syscall.S_IFDIR:
		mode |= fs.ModeDir
	case syscall.S_IFLNK:
		mode |= fs.ModeSymlink
	default:
		mode |= fs.ModeIrregular
	}
	return diskInfo{mode, diskStat{
		modSec: int64(st.Mtim.Sec), modNano: int64(st.Mtim.Nsec), changeSec: int64(st.Ctim.Sec), changeNano: int64(st.Ctim.Nsec),
		size: st.Size, inode: st.Ino, uid: uint64(st.Uid), gid: uint64(st.Gid), known: true,
	}}, nil
}
