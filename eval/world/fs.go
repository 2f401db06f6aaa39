package world

// This file defines the world that a file system of package fs is.

import (
	"context"
	"io/fs"
	"path"
	"strings"
)

// FromFS returns the world with the files of fsys, where "/a/b" is "a/b" in fsys, and the
// environment variables that env returns. Symbolic links are known if fsys is an fs.ReadLinkFS. A
// nil fsys has no files, a nil env no variables.
//
// An fs.FS is told of no context: evaluations can be ended between its calls only.
func FromFS(fsys fs.FS, env func(name string) string) Host { return fsHost{fsys, env} }

type fsHost struct {
	fs  fs.FS
	env func(string) string
}

// name returns a path as package fs has it.
func fsName(p string) string {
	if p = strings.TrimPrefix(path.Clean(p), "/"); p == "" {
		return "."
	}
	return p
}

// files returns the file system; the error of op says that there is none.
func (h fsHost) files(op, p string) (fs.FS, error) {
	if h.fs == nil {
		return nil, notExist(op, p)
	}
	return h.fs, nil
}

func fsInfo(info fs.FileInfo) FileInfo {
	return FileInfo{
		Type:       typeOf(info.Mode()),
		Executable: info.Mode()&0o100 != 0,
		Size:       info.Size(),
		ModTime:    info.ModTime(),
	}
}

func (h fsHost) Lstat(_ context.Context, p string) (FileInfo, error) {
	fsys, err := h.files("lstat", p)
	if err != nil {
		return FileInfo{}, err
	}
	info, err := fs.Lstat(fsys, fsName(p))
	if err != nil {
		return FileInfo{}, err
	}
	return fsInfo(info), nil
}

func (h fsHost) Open(_ context.Context, p string) (File, error) {
	fsys, err := h.files("open", p)
	if err != nil {
		return nil, err
	}
	// Opening a pipe, as in an os.DirFS, waits for another program. A file system that cannot be
	// asked without opening has none.
	if s, ok := fsys.(fs.StatFS); ok {
		if info, err := s.Stat(fsName(p)); err == nil {
			if err := notRegularError(p, info.Mode()); err != nil {
				return nil, err
			}
		}
	}
	f, err := fsys.Open(fsName(p))
	if err != nil {
		return nil, err
	}
	return fsFile{f}, nil
}

// An fsFile is an open file of package fs.
type fsFile struct{ fs.File }

func (f fsFile) Stat() (FileInfo, error) {
	info, err := f.File.Stat()
	if err != nil {
		return FileInfo{}, err
	}
	return fsInfo(info), nil
}

func (h fsHost) ReadDir(_ context.Context, p string) ([]DirEntry, error) {
	fsys, err := h.files("open", p)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(fsys, fsName(p))
	if err != nil {
		return nil, err
	}
	out := make([]DirEntry, len(entries))
	for i, e := range entries {
		out[i] = DirEntry{Name: e.Name(), Type: typeOf(e.Type())}
	}
	return out, nil
}

func (h fsHost) ReadLink(_ context.Context, p string) (string, error) {
	fsys, err := h.files("readlink", p)
	if err != nil {
		return "", err
	}
	return fs.ReadLink(fsys, fsName(p))
}

func (h fsHost) Getenv(_ context.Context, name string) string {
	if h.env == nil {
		return ""
	}
	return h.env(name)
}
