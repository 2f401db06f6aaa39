package store

// This file defines the world with the store in it.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firn-lang/firn/builtins/nar"
	"github.com/firn-lang/firn/eval"
)

// Host returns the world as it is with the objects of the store in it.
func (s *Store) Host() eval.Host { return storeHost{s} }

type storeHost struct{ s *Store }

// find returns what is at path: the contents of a file, or the path in the
// world that stands for it.
func (h storeHost) find(path string) (contents string, isText bool, elsewhere string) {
	for {
		contents, isText, elsewhere = h.object(path)
		if isText || elsewhere == path {
			return contents, isText, elsewhere
		}
		// What was copied may itself be in the store.
		path = elsewhere
	}
}

// object is find, for the outermost object.
func (h storeHost) object(path string) (contents string, isText bool, elsewhere string) {
	s := h.s
	n := len(s.dir)
	if len(path) <= n+1 || path[n] != '/' || path[:n] != string(s.dir) {
		return "", false, path
	}
	object, rest := path, ""
	if i := strings.IndexByte(path[n+1:], '/'); i >= 0 {
		object, rest = path[:n+1+i], path[n+1+i:]
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if rest == "" {
		if d := s.drvs[object]; d != nil && !s.readOnly {
			return d.text, true, ""
		}
		if t := s.texts[object]; t != nil {
			return t.contents, true, ""
		}
	}
	// A filtered source cannot be read back without running the filter again.
	if src, ok := s.sources[object]; ok && !src.filtered {
		return "", false, src.path + rest
	}
	return "", false, path
}

func (h storeHost) Lstat(path string) (eval.FileInfo, error) {
	contents, isText, path := h.find(path)
	if isText {
		return eval.FileInfo{Type: eval.Regular, Size: int64(len(contents))}, nil
	}
	if t, rest := h.s.tree(path); t != nil {
		f, err := t.find(rest)
		if err != nil {
			return eval.FileInfo{}, err
		}
		return eval.FileInfo{Type: f.Type, Executable: f.Executable, Size: int64(len(f.Contents))}, nil
	}
	return h.s.host.Lstat(path)
}

func (h storeHost) ReadFile(path string) ([]byte, error) {
	contents, isText, path := h.find(path)
	if isText {
		return []byte(contents), nil
	}
	if t, rest := h.s.tree(path); t != nil {
		r, err := t.Open(rest)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	}
	return h.s.host.ReadFile(path)
}

func (h storeHost) ReadDir(path string) ([]eval.DirEntry, error) {
	_, isText, other := h.find(path)
	if isText {
		return nil, &fs.PathError{Op: "readdir", Path: path, Err: errors.New("not a directory")}
	}
	if t, rest := h.s.tree(other); t != nil {
		names, err := t.ReadDir(rest)
		entries := make([]eval.DirEntry, len(names))
		for i, name := range names {
			entries[i] = eval.DirEntry{Name: name, Type: t.files[strings.TrimPrefix(rest+"/"+name, "/")].Type}
		}
		return entries, err
	}
	return h.s.host.ReadDir(other)
}

func (h storeHost) ReadLink(path string) (string, error) {
	_, isText, other := h.find(path)
	if isText {
		return "", &fs.PathError{Op: "readlink", Path: path, Err: fs.ErrInvalid}
	}
	if t, rest := h.s.tree(other); t != nil {
		return t.ReadLink(rest)
	}
	return h.s.host.ReadLink(other)
}

func (h storeHost) Getenv(name string) string { return h.s.host.Getenv(name) }

// hostFS is a world as archives read it.
type hostFS struct{ host storeHost }

func (f hostFS) Lstat(path string) (nar.Info, error) {
	info, err := f.host.Lstat(path)
	if err != nil {
		return nar.Info{}, PathError(err, path)
	}
	return nar.Info{Kind: Kind(info.Type), Executable: info.Executable, Size: info.Size}, nil
}

func (f hostFS) ReadDir(path string) ([]string, error) {
	entries, err := f.host.ReadDir(path)
	if err != nil {
		return nil, PathError(err, path)
	}
	names := make([]string, len(entries))
	for i := range entries {
		names[i] = entries[i].Name
	}
	return names, nil
}

func (f hostFS) ReadLink(path string) (string, error) {
	target, err := f.host.ReadLink(path)
	if err != nil {
		return "", PathError(err, path)
	}
	return target, nil
}

// An Opener is a world that can read a file piece by piece, for those that are
// large. A world need not be one.
type Opener interface {
	Open(path string) (io.ReadCloser, error)
}

func (f hostFS) Open(path string) (io.ReadCloser, error) {
	contents, isText, other := f.host.find(path)
	if isText {
		return io.NopCloser(strings.NewReader(contents)), nil
	}
	if t, rest := f.host.s.tree(other); t != nil {
		r, err := t.Open(rest)
		return r, PathError(err, path)
	}
	if o, ok := f.host.s.host.(Opener); ok {
		r, err := o.Open(other)
		if err != nil {
			return nil, PathError(err, path)
		}
		return reader{r, path}, nil
	}
	b, err := f.host.ReadFile(path)
	if err != nil {
		return nil, PathError(err, path)
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

// A reader reads a file, with errors in the reference's words.
type reader struct {
	io.ReadCloser
	path string
}

func (r reader) Read(b []byte) (int, error) {
	n, err := r.ReadCloser.Read(b)
	return n, PathError(err, r.path)
}

// Kind returns the kind of file that t is.
func Kind(t eval.FileType) nar.Kind {
	switch t {
	case eval.Regular:
		return nar.Regular
	case eval.Directory:
		return nar.Directory
	case eval.Symlink:
		return nar.Symlink
	}
	return nar.Unknown
}

// PathError returns the error of a host about path in the reference's words.
// Other errors are returned as they are.
func PathError(err error, path string) error {
	var pe *fs.PathError
	var forbidden *eval.ForbiddenError
	if errors.As(err, &forbidden) {
		return forbidden
	}
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &pe):
		if err == fs.ErrNotExist {
			return &hostError{fmt.Sprintf("path '%s' does not exist", path), err}
		}
		return err
	case errors.Is(err, fs.ErrNotExist):
		what, shown := "path", eval.ShowPath(path)
		if shown != path && pe.Op != "lstat" {
			what = "file"
		}
		return &hostError{fmt.Sprintf("%s '%s' does not exist", what, shown), err}
	}
	reason := pe.Err.Error()
	if r, n := utf8.DecodeRuneInString(reason); n > 0 {
		reason = string(unicode.ToUpper(r)) + reason[n:]
	}
	switch {
	case reason == "Is a directory":
		return &hostError{"read of 4096 bytes: Is a directory", err}
	case strings.HasPrefix(pe.Op, "read") && reason == "Not a directory", pe.Op == "readdir", pe.Op == "fdopendir":
		return &hostError{fmt.Sprintf(`cannot read directory "%s": %s`, path, reason), err}
	}
	return &hostError{fmt.Sprintf(`opening file "%s": %s`, path, reason), err}
}

// A hostError is an error of the host in other words.
type hostError struct {
	msg   string
	cause error
}

func (e *hostError) Error() string { return e.msg }
func (e *hostError) Unwrap() error { return e.cause }
