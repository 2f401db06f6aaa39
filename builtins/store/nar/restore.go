package nar

// This file defines how archives become files.

import (
	"io"
	"os"
	"path/filepath"
)

// Restore makes files of the archive that r has: at path, where there must be nothing yet.
// With an error, what was made by then stays. Permissions are those of the process's umask.
func Restore(r io.Reader, path string) error { return Read(r, restorer(path)) }

// A restorer is the path of the archive's own node. No name leads out of its directory,
// which Read checks, and no name comes twice, so that no link of the archive is followed.
type restorer string

func (to restorer) at(path string) string { return filepath.Join(string(to), filepath.FromSlash(path)) }

// Directory implements Visitor.
func (to restorer) Directory(path string) error { return os.Mkdir(to.at(path), 0o777) }

// File implements Visitor.
func (to restorer) File(path string, executable bool, size int64, contents io.Reader) error {
	mode := os.FileMode(0o666)
	if executable {
		mode = 0o777
	}
	f, err := os.OpenFile(to.at(path), os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, contents)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// Symlink implements Visitor.
func (to restorer) Symlink(path, target string) error { return os.Symlink(target, to.at(path)) }
