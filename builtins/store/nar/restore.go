package nar

// This file defines how archives become files.

import (
	"io"
	"os"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/store/rawfile"
)

// Restore makes files of the archive that r has: at path, where there must be nothing yet.
// With an error, what was made by then stays. Permissions are those of the process's umask.
// With caseHack, names that are equal but for case get suffixes, which UndoCaseHack takes away.
func Restore(r io.Reader, path string, caseHack bool) error {
	buf := buffers.Get().(*[bufSize]byte)
	defer buffers.Put(buf)
	v := Visitor(restorer{path, buf[:]})
	if caseHack {
		v = CaseHack(v)
	}
	return Read(r, v)
}

// A restorer makes files. No name leads out of its directory, which Read checks, and no
// name comes twice, so that no link of the archive is followed.
type restorer struct {
	root string // path of the archive's own node
	buf  []byte // room for parts of files
}

func (to restorer) at(path string) string {
	if path == "" {
		return to.root
	}
	return to.root + string(filepath.Separator) + filepath.FromSlash(path)
}

// Directory implements Visitor.
func (to restorer) Directory(path string) error { return os.Mkdir(to.at(path), 0o777) }

// File implements Visitor.
func (to restorer) File(path string, executable bool, size int64, contents io.Reader) error {
	mode := os.FileMode(0o666)
	if executable {
		mode = 0o777
	}
	f, err := rawfile.Create(to.at(path), mode)
	if err != nil {
		return err
	}
	_, err = io.CopyBuffer(onlyWriter{f}, contents, to.buf)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// Symlink implements Visitor.
func (to restorer) Symlink(path, target string) error { return os.Symlink(target, to.at(path)) }
