//go:build !linux

package repo

// This file defines how other systems are asked for a file.

import "os"

func lstat(path string) (diskInfo, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return diskInfo{}, err
	}
	t := info.ModTime()
	return diskInfo{info.Mode(), diskStat{modSec: t.Unix(), modNano: int64(t.Nanosecond()), size: info.Size()}}, nil
}
