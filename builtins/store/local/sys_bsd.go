//go:build darwin || freebsd

package local

// This file defines what only Linux has, for other systems.

import (
	"io/fs"
	"os"
	"path/filepath"
)

func allocate(f *os.File, size int64) error { return f.Truncate(size) }

// syncTree syncs each file and directory below dir.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() && !e.IsDir() {
			return err
		}
		return syncFile(path)
	})
}

func dropXattrs(string) error { return nil }
