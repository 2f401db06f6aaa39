package store

// This file defines Tree, and how one gets into the store.

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

// A Tree is a file, or a directory with all that is in it, in memory. It is a
// nar.FS, where "" is the tree itself and "a/b" a file in it.
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

// Add adds a file, or replaces it, and makes the directories it is in. A file
// with a name that leads out of the tree is an error.
func (t *Tree) Add(name string, f File) error {
	name = strings.Trim(path.Clean("/"+name), "/")
	if name == "" {
		if f.Type != world.Directory {
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

// File returns a file of the tree, or nil.
func (t *Tree) File(name string) *File { return t.files[name] }

// Only returns the directory in the tree, if that is the only file in it, and
// else the tree.
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

func (t *Tree) find(name string) (*File, error) {
	if f := t.files[strings.TrimPrefix(name, "/")]; f != nil {
		return f, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Lstat implements nar.FS.
func (t *Tree) Lstat(name string) (nar.Info, error) {
	f, err := t.find(name)
	if err != nil {
		return nar.Info{}, err
	}
	return nar.Info{Kind: Kind(f.Type), Executable: f.Executable, Size: int64(len(f.Contents))}, nil
}

// ReadDir implements nar.FS.
func (t *Tree) ReadDir(name string) ([]string, error) {
	f, err := t.find(name)
	if err == nil && f.Type != world.Directory {
		err = &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return nil, err
	}
	return slices.Sorted(slices.Values(f.names)), nil
}

// ReadLink implements nar.FS.
func (t *Tree) ReadLink(name string) (string, error) {
	f, err := t.find(name)
	if err == nil && f.Type != world.Symlink {
		err = &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return "", err
	}
	return f.Target, nil
}

// Open implements nar.FS.
func (t *Tree) Open(name string) (io.ReadCloser, error) {
	f, err := t.find(name)
	if err == nil && f.Type != world.Regular {
		err = &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(f.Contents)), nil
}

// open returns an open file of the tree.
func (t *Tree) open(name string) (world.File, error) {
	f, err := t.find(name)
	if err == nil && f.Type != world.Regular {
		err = &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return nil, err
	}
	info := world.FileInfo{Type: f.Type, Executable: f.Executable, Size: int64(len(f.Contents))}
	return world.NewFile(bytes.NewReader(f.Contents), info), nil
}

// AddTree puts a tree into the store, and returns its path there and the hash of
// its archive.
func (s *Store) AddTree(t *Tree, name string) (string, nixhash.Hash, error) {
	h, _, err := nar.Hash(nixhash.SHA256, t, "", nil)
	if err != nil {
		return "", h, err
	}
	p, err := s.dir.MakeFixed(name, storepath.NAR, h, storepath.References{})
	if err != nil {
		return "", h, err
	}
	out := s.dir.Text(p)
	if !s.readOnly {
		s.mu.Lock()
		s.trees[out] = t
		s.mu.Unlock()
		err = s.tell(Object{Path: out})
	}
	return out, h, err
}

// tree returns the tree of the store that path is in, and where.
func (s *Store) tree(path string) (*Tree, string) {
	n := len(s.dir)
	if len(path) <= n+1 || path[n] != '/' || path[:n] != string(s.dir) {
		return nil, ""
	}
	object, rest, _ := strings.Cut(path[n+1:], "/")
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.trees[path[:n+1+len(object)]], rest
}
