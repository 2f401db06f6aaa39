package store

// This file defines the world with the store in it.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// Host returns the world as it is with the objects of the store in it.
func (s *Store) Host() world.Host { return storeHost{s} }

type storeHost struct{ s *Store }

// A place is where something in the store is.
type place struct {
	text   *string  // contents of a file; nil if it is elsewhere
	path   string   // of what stands for it in the world, or in a tree of the store
	copies []source // filtered ones that it is a part of, with its paths there
}

// find returns where what is at path is. That a filter kept it out of the store
// is an error.
func (h storeHost) find(path string) (place, error) {
	p := place{path: path}
	for range maxCopies {
		text, src, found := h.object(p.path)
		if !found {
			return p, nil
		}
		if text != nil {
			p.text = text
			return p, nil
		}
		// What was copied may itself be in the store.
		p.path = src.path + strings.TrimPrefix(p.path[len(h.s.dir)+1:], objectName(p.path[len(h.s.dir)+1:]))
		if err := src.without(p.path); err != nil {
			return p, err
		}
		if len(src.absent) > 0 {
			p.copies = append(p.copies, source{p.path, src.absent})
		}
	}
	return p, fmt.Errorf("'%s' is a copy of a copy, and so on", path)
}

// maxCopies is how often something in the store can be a copy of something else
// there.
const maxCopies = 100

// objectName returns the first part of a path.
func objectName(path string) string {
	name, _, _ := strings.Cut(path, "/")
	return name
}

// object returns the text at path, or what the object that it is in was copied
// from.
func (h storeHost) object(path string) (text *string, src source, found bool) {
	s := h.s
	n := len(s.dir)
	if len(path) <= n+1 || path[n] != '/' || path[:n] != string(s.dir) {
		return nil, source{}, false
	}
	object := path[:n+1+len(objectName(path[n+1:]))]
	s.mu.RLock()
	defer s.mu.RUnlock()
	if object == path {
		if d := s.drvs[object]; d != nil && !s.readOnly {
			return &d.text, source{}, true
		}
		if t := s.texts[object]; t != nil {
			return &t.contents, source{}, true
		}
	}
	src, found = s.sources[object]
	return nil, src, found
}

func (h storeHost) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	p, err := h.find(path)
	if err != nil {
		return world.FileInfo{}, err
	}
	if p.text != nil {
		return world.FileInfo{Type: world.Regular, Size: int64(len(*p.text))}, nil
	}
	if t, rest := h.s.tree(p.path); t != nil {
		f, err := t.find(rest)
		if err != nil {
			return world.FileInfo{}, err
		}
		return world.FileInfo{Type: f.Type, Executable: f.Executable, Size: int64(len(f.Contents))}, nil
	}
	return h.s.host.Lstat(ctx, p.path)
}

func (h storeHost) Open(ctx context.Context, path string) (world.File, error) {
	p, err := h.find(path)
	if err != nil {
		return nil, err
	}
	if p.text != nil {
		return world.NewFile(strings.NewReader(*p.text), world.FileInfo{Type: world.Regular, Size: int64(len(*p.text))}), nil
	}
	if t, rest := h.s.tree(p.path); t != nil {
		return t.open(rest)
	}
	return h.s.host.Open(ctx, p.path)
}

func (h storeHost) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	p, err := h.find(path)
	if err != nil {
		return nil, err
	}
	if p.text != nil {
		return nil, &fs.PathError{Op: "readdir", Path: path, Err: errors.New("not a directory")}
	}
	if t, rest := h.s.tree(p.path); t != nil {
		names, err := t.ReadDir(rest)
		entries := make([]world.DirEntry, len(names))
		for i, name := range names {
			entries[i] = world.DirEntry{Name: name, Type: t.files[strings.TrimPrefix(rest+"/"+name, "/")].Type}
		}
		return entries, err
	}
	entries, err := h.s.host.ReadDir(ctx, p.path)
	if len(p.copies) == 0 {
		return entries, err
	}
	return slices.DeleteFunc(entries, func(e world.DirEntry) bool {
		return slices.ContainsFunc(p.copies, func(src source) bool { return src.absent[src.path+"/"+e.Name] })
	}), err
}

func (h storeHost) ReadLink(ctx context.Context, path string) (string, error) {
	p, err := h.find(path)
	if err != nil {
		return "", err
	}
	if p.text != nil {
		return "", &fs.PathError{Op: "readlink", Path: path, Err: fs.ErrInvalid}
	}
	if t, rest := h.s.tree(p.path); t != nil {
		return t.ReadLink(rest)
	}
	return h.s.host.ReadLink(ctx, p.path)
}

func (h storeHost) Getenv(ctx context.Context, name string) string { return h.s.host.Getenv(ctx, name) }

// hostFS is a world as archives read it.
type hostFS struct {
	host storeHost
	ctx  context.Context
}

func (f hostFS) Lstat(path string) (nar.Info, error) {
	info, err := f.host.Lstat(f.ctx, path)
	if err != nil {
		return nar.Info{}, PathError(err, path)
	}
	return nar.Info{Kind: Kind(info.Type), Executable: info.Executable, Size: info.Size}, nil
}

func (f hostFS) ReadDir(path string) ([]string, error) {
	entries, err := f.host.ReadDir(f.ctx, path)
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
	target, err := f.host.ReadLink(f.ctx, path)
	if err != nil {
		return "", PathError(err, path)
	}
	return target, nil
}

func (f hostFS) Open(path string) (io.ReadCloser, error) {
	r, err := f.host.Open(f.ctx, path)
	if err != nil {
		return nil, PathError(err, path)
	}
	return reader{r, path, f.ctx}, nil
}

// A reader reads a file, with errors in the reference's words.
type reader struct {
	io.ReadCloser
	path string
	ctx  context.Context
}

func (r reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.ReadCloser.Read(b)
	return n, PathError(err, r.path)
}

// Kind returns the kind of file that t is.
func Kind(t world.FileType) nar.Kind {
	switch t {
	case world.Regular:
		return nar.Regular
	case world.Directory:
		return nar.Directory
	case world.Symlink:
		return nar.Symlink
	}
	return nar.Unknown
}

// PathError returns the error of a host about path in the reference's words.
// Other errors are returned as they are.
func PathError(err error, path string) error {
	var pe *fs.PathError
	var forbidden *world.ForbiddenError
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
		what, shown := "path", core.ShowPath(path)
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
