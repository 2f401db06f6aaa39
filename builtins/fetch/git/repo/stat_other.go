//go:build !linux

package repo

// This file defines how other systems are asked for a file.

import (
	"os"
	"path/filepath"
)

// names asks for files of a working tree by name.
type names struct{ root string }

func newNames(root string) *names { return &names{root} }

// path returns where a name lies. Names are clean.
func (n *names) path(name string) string {
	return n.root + string(filepath.Separator) + filepath.FromSlash(name)
}

func (n *names) close() {}

// lstat is os.Lstat, with what the index keeps of it.
func (n *names) lstat(name string) (diskInfo, error) {
	info, err := os.Lstat(n.path(name))
	if err != nil {
		return diskInfo{}, err
	}
	t := info.ModTime()
	return diskInfo{info.Mode(), diskStat{modSec: t.Unix(), modNano: int64(t.Nanosecond()), size: info.Size()}}, nil
}
