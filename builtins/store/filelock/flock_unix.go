//go:build linux || darwin || freebsd

package filelock

// This file defines flock.

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// Try locks a file, or reports that another process, or another open file of this one, has a
// lock that is in the way.
func Try(f *os.File, kind Kind) (bool, error) {
	how := unix.LOCK_SH
	if kind == Exclusive {
		how = unix.LOCK_EX
	}
	for {
		err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		switch err {
		case nil:
			return true, nil
		case unix.EINTR:
		case unix.EWOULDBLOCK:
			return false, nil
		default:
			return false, &fs.PathError{Op: "flock", Path: f.Name(), Err: err}
		}
	}
}

// Unlock gives up a lock; the file stays open.
func Unlock(f *os.File) error { return unix.Flock(int(f.Fd()), unix.LOCK_UN) }
