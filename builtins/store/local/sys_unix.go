//go:build linux || darwin || freebsd

package local

// This file defines what the store needs of the system beyond package os.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// supported reports whether the system has what a store needs.
const supported = true

// times are the times of everything in a store: one second after the epoch.
var times = []unix.Timespec{{Sec: 1}, {Sec: 1}}

// setTimes sets the times of a file, directory or symbolic link.
func setTimes(path string) error {
	if err := unix.UtimesNanoAt(unix.AT_FDCWD, path, times, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return &fs.PathError{Op: "utimensat", Path: path, Err: err}
	}
	return nil
}

// A fileStat is what the system knows of a file, besides the fs.FileInfo.
type fileStat struct {
	device, inode uint64
	links         uint64
	blocks        int64 // bytes that it takes on the disk
	uid           uint32
	seconds       int64 // when it was written, since the epoch
}

func statOf(info fs.FileInfo) fileStat {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fileStat{links: 1, blocks: info.Size()}
	}
	return fileStat{uint64(st.Dev), uint64(st.Ino), uint64(st.Nlink), int64(st.Blocks) * 512, st.Uid, info.ModTime().Unix()}
}

// chown gives a file, directory or symbolic link to the user and group of the
// process.
func chown(path string) error { return os.Lchown(path, os.Geteuid(), os.Getegid()) }

// euid returns the user of the process.
func euid() uint32 { return uint32(os.Geteuid()) }

// isMissing reports whether an error is one of those that Nix takes for a root
// that cannot be read.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR)
}

// listenMode makes a socket one that everybody may connect to.
func listenMode(path string) error {
	if err := os.Chmod(path, 0o666); err != nil {
		return fmt.Errorf("making a socket: %w", err)
	}
	return nil
}
