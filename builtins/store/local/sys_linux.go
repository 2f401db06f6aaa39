package local

// This file defines what only Linux has.

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// allocate makes a file that large, with its room on the disk taken.
func allocate(f *os.File, size int64) error {
	if unix.Fallocate(int(f.Fd()), 0, 0, size) == nil {
		return nil
	}
	return f.Truncate(size)
}

// syncTree makes the file system of dir write all that is in it: for many files
// that is faster than to wait for each of them.
func syncTree(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return &fs.PathError{Op: "syncfs", Path: dir, Err: err}
	}
	return nil
}

// dropXattrs removes extended attributes and access control lists. Those of the
// security module stay: only it may remove them.
func dropXattrs(path string) error {
	size, err := unix.Llistxattr(path, nil)
	if errors.Is(err, unix.ENOTSUP) || err == nil && size == 0 {
		return nil
	}
	if err != nil {
		return &fs.PathError{Op: "listxattr", Path: path, Err: err}
	}
	list := make([]byte, size)
	if size, err = unix.Llistxattr(path, list); err != nil {
		return &fs.PathError{Op: "listxattr", Path: path, Err: err}
	}
	for _, name := range splitNUL(string(list[:size])) {
		if name == "security.selinux" || name == "system.nfs4_acl" {
			continue
		}
		if err := unix.Lremovexattr(path, name); err != nil && !errors.Is(err, unix.ENODATA) {
			return &fs.PathError{Op: "removexattr", Path: path, Err: err}
		}
	}
	return nil
}
