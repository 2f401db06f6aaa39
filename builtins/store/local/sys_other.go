//go:build !(linux || darwin || freebsd)

package local

// This file defines what systems without flock have: nothing. Open fails there.

import (
	"errors"
	"io/fs"
	"os"
)

const supported = false

type fileStat struct {
	device, inode uint64
	links         uint64
	blocks        int64
	uid           uint32
	seconds       int64
}

func setTimes(string) error            { return errors.ErrUnsupported }
func statOf(info fs.FileInfo) fileStat { return fileStat{links: 1, blocks: info.Size()} }
func chown(string) error               { return errors.ErrUnsupported }
func euid() uint32                     { return 0 }
func isMissing(err error) bool         { return errors.Is(err, fs.ErrNotExist) }
func listenMode(string) error          { return errors.ErrUnsupported }
func allocate(*os.File, int64) error   { return errors.ErrUnsupported }
func syncTree(string) error            { return errors.ErrUnsupported }
func dropXattrs(string) error          { return errors.ErrUnsupported }

// deleteTree deletes what is at a path, and counts nothing.
func deleteTree(path string) (freed int64, err error) { return 0, os.RemoveAll(path) }
