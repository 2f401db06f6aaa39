package memory

// This file defines Tree.

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/world"
)

// A Tree is a file, or a directory with everything in it, in memory. It is a
// world: "/" is the tree itself, "/a/b" a file in it. A Tree must not be changed
// once others use it.
type Tree struct{ files map[string]*File }

// A File is a file of a Tree.
type File struct {
	Type       world.FileType
	Executable bool
	Contents   []byte   // of a regular file
	Target     string   // of a symbolic link
	names      []string // of the files in a directory
}

// NewTree returns a tree that is an empty directory.
func NewTree() *Tree {
	return &Tree{files: map[string]*File{"": {Type: world.Directory}}}
}

// Add adds a file, or replaces it, and makes the directories that it is in. The
// name "" is that of the tree itself.
func (t *Tree) Add(name string, f File) error {
	name = strings.Trim(path.Clean("/"+name), "/")
	if name == "" {
		if f.Type != world.Directory {
			f.names = nil
			t.files[""] = &f
		}
		return nil
	}
	if old := t.files[name]; old != nil {
		if old.Type == world.Directory || f.Type == world.Directory {
			if old.Type != f.Type {
				return fmt.Errorf("'%s' is there twice", name)
			}
			return nil
		}
		*old = f
		return nil
	}
	dir, base := path.Split(name)
	dir = strings.TrimSuffix(dir, "/")
	if t.files[dir] == nil {
		if err := t.Add(dir, File{Type: world.Directory}); err != nil {
			return err
		}
	}
	parent := t.files[dir]
	if parent.Type != world.Directory {
		return fmt.Errorf("'%s' is not a directory", dir)
	}
	parent.names = append(parent.names, base)
	f.names = nil
	t.files[name] = &f
	return nil
}

// File returns a file of the tree; nil if there is none.
func (t *Tree) File(name string) *File { return t.files[name] }

// Only returns the directory in the tree if that is the only file in it,
// otherwise the tree.
func (t *Tree) Only() *Tree {
	root := t.files[""]
	if len(root.names) != 1 || t.files[root.names[0]].Type != world.Directory {
		return t
	}
	top := root.names[0]
	sub := &Tree{files: make(map[string]*File, len(t.files)-1)}
	for name, f := range t.files {
		if rest, ok := strings.CutPrefix(name, top); ok && (rest == "" || rest[0] == '/') {
			sub.files[strings.TrimPrefix(rest, "/")] = f
		}
	}
	return sub
}

// find returns the file at a path of the world.
func (t *Tree) find(op, name string, want world.FileType) (*File, error) {
	f := t.files[strings.TrimPrefix(name, "/")]
	switch {
	case f == nil:
		return nil, notThere(op, name)
	case want != "" && f.Type != want:
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	return f, nil
}

// info returns what the world knows of f.
func (f *File) info() world.FileInfo {
	return world.FileInfo{Type: f.Type, Executable: f.Executable, Size: int64(len(f.Contents))}
}

// Lstat implements world.Host.
func (t *Tree) Lstat(_ context.Context, name string) (world.FileInfo, error) {
	f, err := t.find("lstat", name, "")
	if err != nil {
		return world.FileInfo{}, err
	}
	return f.info(), nil
}

// Open implements world.Host.
func (t *Tree) Open(_ context.Context, name string) (world.File, error) {
	f, err := t.find("open", name, world.Regular)
	if err != nil {
		return nil, err
	}
	return world.NewFile(bytes.NewReader(f.Contents), f.info()), nil
}

// ReadDir implements world.Host.
func (t *Tree) ReadDir(_ context.Context, name string) ([]world.DirEntry, error) {
	f, err := t.find("readdir", name, world.Directory)
	if err != nil {
		return nil, err
	}
	entries := make([]world.DirEntry, len(f.names))
	for i, base := range slices.Sorted(slices.Values(f.names)) {
		entries[i] = world.DirEntry{Name: base, Type: t.files[strings.TrimPrefix(world.Join(name, base), "/")].Type}
	}
	return entries, nil
}

// ReadLink implements world.Host.
func (t *Tree) ReadLink(_ context.Context, name string) (string, error) {
	f, err := t.find("readlink", name, world.Symlink)
	if err != nil {
		return "", err
	}
	return f.Target, nil
}

// Getenv implements world.Host.
func (t *Tree) Getenv(context.Context, string) string { return "" }
