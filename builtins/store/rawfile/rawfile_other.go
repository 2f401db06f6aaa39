//go:build !unix

package rawfile

// This file defines files as package os has them.

import (
	"io/fs"
	"os"
)

// A File is an open regular file. It belongs to one goroutine at a time; Close
// must be called once.
type File = os.File

// Open opens a file to read it.
func Open(path string) (*File, error) { return os.Open(path) }

// Create makes a new file to write it: that something has the name is an error.
func Create(path string, perm fs.FileMode) (*File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
}
