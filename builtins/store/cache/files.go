package cache

// This file defines where the files of a cache are, and the folder that is one
// such place.

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// files are the files of a cache. Names have slashes. For a file that is not
// there, the error is fs.ErrNotExist.
type files interface {
	// open returns a file. A name that is a URL, as a NAR info file has it, is
	// not escaped again.
	open(ctx context.Context, name string, isURL bool) (io.ReadCloser, error)
	// create begins a file, whose name may follow from what is written.
	create(ctx context.Context) (upload, error)
	// narinfos returns the names of the NAR info files; store.ErrNoList if that
	// cannot be told.
	narinfos(ctx context.Context) ([]string, error)
}

// An upload is a file that is being written. It is there, as a whole, after
// commit. abort, after which nothing is there, may be called after commit, and
// does nothing then.
type upload interface {
	io.Writer
	commit(ctx context.Context, name, contentType string) error
	abort()
}

// A folder is a cache in a folder of the operating system.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), filepath.FromSlash(name)) }

func (f folder) open(_ context.Context, name string, _ bool) (io.ReadCloser, error) {
	file, err := os.Open(f.path(name))
	if err != nil {
		return nil, err
	}
	if st, err := file.Stat(); err != nil || !st.Mode().IsRegular() {
		file.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return file, nil
}

// folders are what the reference makes in a new cache.
var folders = []string{"nar", "log", "realisations"}

func (f folder) create(context.Context) (upload, error) {
	temp := filepath.Join(string(f), "nar")
	file, err := os.CreateTemp(temp, ".tmp-*")
	if os.IsNotExist(err) {
		for _, name := range folders {
			if err := os.MkdirAll(f.path(name), 0o755); err != nil {
				return nil, err
			}
		}
		file, err = os.CreateTemp(temp, ".tmp-*")
	}
	if err != nil {
		return nil, err
	}
	return &folderFile{f, file}, nil
}

func (f folder) narinfos(context.Context) ([]string, error) {
	entries, err := os.ReadDir(string(f))
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), narinfoSuffix) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// A folderFile is a file that gets its name when it is whole.
type folderFile struct {
	folder folder
	file   *os.File // nil once it has a name, or is gone
}

func (u *folderFile) Write(p []byte) (int, error) { return u.file.Write(p) }

func (u *folderFile) commit(_ context.Context, name, _ string) error {
	temp := u.file.Name()
	if err := u.file.Chmod(0o644); err != nil {
		return err
	}
	if err := u.file.Close(); err != nil {
		return err
	}
	to := u.folder.path(name)
	err := os.Rename(temp, to)
	if os.IsNotExist(err) {
		if err = os.MkdirAll(filepath.Dir(to), 0o755); err == nil {
			err = os.Rename(temp, to)
		}
	}
	if err == nil {
		u.file = nil
	}
	return err
}

func (u *folderFile) abort() {
	if u.file != nil {
		u.file.Close()
		os.Remove(u.file.Name())
		u.file = nil
	}
}
