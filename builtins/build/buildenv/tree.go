package buildenv

// This file defines Tree.

import (
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nar"
)

// A Tree is a user environment: folders of symbolic links, and a few files. It is a nar.FS,
// in which "/" is the tree itself. It may be read by several goroutines at once.
type Tree struct {
	root *node
}

// A node is a folder, a link or a file of a tree.
type node struct {
	entries  map[string]*node // of a folder; nil for the others
	target   string           // of a link; "" for the others
	text     string           // of a file
	priority int              // of the package that a link leads to
}

func newFolder() *node { return &node{entries: map[string]*node{}} }

// AddLink adds a link to the folder at the top.
func (t *Tree) AddLink(name, target string) { t.root.entries[name] = &node{target: target} }

// AddFile adds a file to the folder at the top.
func (t *Tree) AddFile(name, text string) { t.root.entries[name] = &node{text: text} }

// Write makes the tree on the disk, at a folder, which need not be there.
func (t *Tree) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return t.root.write(dir)
}

// write makes the entries of a folder.
func (n *node) write(dir string) error {
	for _, name := range slices.Sorted(maps.Keys(n.entries)) {
		e, at := n.entries[name], filepath.Join(dir, name)
		var err error
		switch {
		case e.target != "":
			err = os.Symlink(e.target, at)
		case e.entries == nil:
			err = os.WriteFile(at, []byte(e.text), 0o644)
		default:
			if err = os.Mkdir(at, 0o755); err == nil {
				err = e.write(at)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// find returns the node at a path; op names the operation in the error.
func (t *Tree) find(op, name string) (*node, error) {
	n := t.root
	for part := range strings.SplitSeq(strings.Trim(path.Clean(name), "/"), "/") {
		if part == "" {
			continue
		}
		if n = n.entries[part]; n == nil {
			return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
		}
	}
	return n, nil
}

// Lstat implements nar.FS.
func (t *Tree) Lstat(name string) (nar.Info, error) {
	n, err := t.find("lstat", name)
	switch {
	case err != nil:
		return nar.Info{}, err
	case n.entries != nil:
		return nar.Info{Kind: nar.Directory}, nil
	case n.target != "":
		return nar.Info{Kind: nar.Symlink}, nil
	}
	return nar.Info{Kind: nar.Regular, Size: int64(len(n.text))}, nil
}

// ReadDir implements nar.FS.
func (t *Tree) ReadDir(name string) ([]string, error) {
	n, err := t.find("readdir", name)
	if err != nil {
		return nil, err
	}
	return slices.Collect(maps.Keys(n.entries)), nil
}

// ReadLink implements nar.FS.
func (t *Tree) ReadLink(name string) (string, error) {
	n, err := t.find("readlink", name)
	if err != nil {
		return "", err
	}
	return n.target, nil
}

// Open implements nar.FS.
func (t *Tree) Open(name string) (io.ReadCloser, error) {
	n, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(strings.NewReader(n.text)), nil
}
