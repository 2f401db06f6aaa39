package memory

// This file defines the files of the objects of a Store.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/world"
)

// Files implements store.Store. Objects that are not in memory are those of the
// store below.
func (s *Store) Files() world.Host { return files{s} }

type files struct{ s *Store }

// A place is where a file of an object is.
type place struct {
	text   *string    // contents of a file; nil if it is elsewhere
	host   world.Host // what has the file; nil if text is set, or nothing has it
	path   string     // of the file there
	copies []source   // filtered ones that the file is a part of, with its paths there
}

// maxCopies is how often something in the store can be a copy of something else
// there.
const maxCopies = 100

// find returns where what is at path is. That a filter kept it out of the store
// is an error.
func (f files) find(path string) (place, error) {
	p := place{path: path, host: f.s.lower.Files()}
	for range maxCopies {
		o, rest := f.object(p.path)
		if o == nil {
			return p, nil
		}
		if o.isText() {
			if rest == "" {
				p.text = &o.text
			} else {
				p.host = nil // nothing is below a file
			}
			return p, nil
		}
		// What was copied may itself be in the store.
		p.host, p.path = o.from.host, below(o.from.path, rest)
		if err := o.from.without(p.path); err != nil {
			return p, err
		}
		if len(o.from.absent) > 0 {
			p.copies = append(p.copies, source{path: p.path, absent: o.from.absent})
		}
	}
	return p, fmt.Errorf("'%s' is a copy of a copy, and so on", path)
}

// below returns the path of what is at rest, which is "" or begins with a
// slash, in the tree at path.
func below(path, rest string) string {
	if path == "/" && rest != "" {
		return rest
	}
	return path + rest
}

// object returns the object that path lies in, and what of path is behind the
// object's own; nil if there is no such object in memory.
func (f files) object(path string) (o *object, rest string) {
	n := len(f.s.dir)
	if len(path) <= n+1 || path[n] != '/' || path[:n] != string(f.s.dir) {
		return nil, ""
	}
	end := len(path)
	if i := strings.IndexByte(path[n+1:], '/'); i >= 0 {
		end = n + 1 + i
	}
	return f.s.find(path[:end]), path[end:]
}

// without returns the error for path if the filter kept it out.
func (src *source) without(path string) error {
	if len(src.absent) == 0 {
		return nil
	}
	for i := len(src.path); i <= len(path); i++ {
		if (i == len(path) || path[i] == '/') && src.absent[path[:i]] {
			return notThere("open", path)
		}
	}
	return nil
}

// notThere returns the error of what is not there.
func notThere(op, path string) error { return &fs.PathError{Op: op, Path: path, Err: fs.ErrNotExist} }

func (f files) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	p, err := f.find(path)
	switch {
	case err != nil:
		return world.FileInfo{}, err
	case p.text != nil:
		return textInfo(*p.text), nil
	case p.host == nil:
		return world.FileInfo{}, notThere("lstat", path)
	}
	return p.host.Lstat(ctx, p.path)
}

// textInfo returns what is known of a file with that text.
func textInfo(text string) world.FileInfo {
	return world.FileInfo{Type: world.Regular, Size: int64(len(text))}
}

func (f files) Open(ctx context.Context, path string) (world.File, error) {
	p, err := f.find(path)
	switch {
	case err != nil:
		return nil, err
	case p.text != nil:
		return world.NewFile(strings.NewReader(*p.text), textInfo(*p.text)), nil
	case p.host == nil:
		return nil, notThere("open", path)
	}
	return p.host.Open(ctx, p.path)
}

func (f files) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	p, err := f.find(path)
	switch {
	case err != nil:
		return nil, err
	case p.text != nil:
		return nil, &fs.PathError{Op: "readdir", Path: path, Err: errors.New("not a directory")}
	case p.host == nil:
		return nil, notThere("open", path)
	}
	entries, err := p.host.ReadDir(ctx, p.path)
	if len(p.copies) == 0 {
		return entries, err
	}
	return slices.DeleteFunc(entries, func(e world.DirEntry) bool {
		return slices.ContainsFunc(p.copies, func(src source) bool { return src.absent[world.Join(src.path, e.Name)] })
	}), err
}

func (f files) ReadLink(ctx context.Context, path string) (string, error) {
	p, err := f.find(path)
	switch {
	case err != nil:
		return "", err
	case p.text != nil:
		return "", &fs.PathError{Op: "readlink", Path: path, Err: fs.ErrInvalid}
	case p.host == nil:
		return "", notThere("readlink", path)
	}
	return p.host.ReadLink(ctx, p.path)
}

func (f files) Getenv(context.Context, string) string { return "" }
