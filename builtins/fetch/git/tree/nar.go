package tree

// This file defines archives of trees.

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// WriteNAR writes the archive of the whole tree. Each object is looked for once.
func (t *Tree) WriteNAR(ctx context.Context, w io.Writer) error {
	f := &archiveFS{tree: t, ctx: ctx}
	defer f.release()
	return nar.Write(w, f, "/", nil)
}

// HashNAR returns the SHA-256 hash of the archive of the whole tree, and the size of the archive in
// bytes.
func (t *Tree) HashNAR(ctx context.Context) (nixhash.Hash, int64, error) {
	f := &archiveFS{tree: t, ctx: ctx}
	defer f.release()
	return nar.Hash(nixhash.SHA256, f, "/", nil)
}

// An archiveFS is a Tree as an archive reads it: each folder from top to bottom, and each file right
// after the question what it is.
type archiveFS struct {
	tree *Tree
	ctx  context.Context
	// dirs are the folders from the root to the last one that was listed. They are not kept elsewhere:
	// each is needed once.
	dirs []archiveDir
	file *file     // the last file; nil if it was opened
	last odb.Entry // what was asked for last
}

type archiveDir struct {
	path    string // with a slash at its end
	entries []odb.Entry
}

// release closes what was not read.
func (f *archiveFS) release() {
	if f.file != nil {
		f.file.Close()
		f.file = nil
	}
}

// find makes the entry at a path the last one.
func (f *archiveFS) find(path string) error {
	if path == "/" {
		f.last = odb.Entry{Mode: odb.ModeTree, ID: f.tree.root}
		return nil
	}
	for len(f.dirs) > 0 {
		dir := f.dirs[len(f.dirs)-1]
		if name, ok := strings.CutPrefix(path, dir.path); ok && !strings.Contains(name, "/") {
			if i, ok := slices.BinarySearchFunc(dir.entries, name, func(e odb.Entry, name string) int { return strings.Compare(e.Name, name) }); ok {
				f.last = dir.entries[i]
				return nil
			}
		}
		f.dirs = f.dirs[:len(f.dirs)-1]
	}
	var err error
	f.last, err = f.tree.lookup(f.ctx, "lstat", path)
	return err
}

// Lstat implements nar.FS.
func (f *archiveFS) Lstat(path string) (nar.Info, error) {
	if f.ctx.Err() != nil {
		return nar.Info{}, context.Cause(f.ctx)
	}
	f.release()
	if err := f.find(path); err != nil {
		return nar.Info{}, err
	}
	switch f.last.Mode {
	case odb.ModeTree, odb.ModeSubmodule:
		return nar.Info{Kind: nar.Directory}, nil
	case odb.ModeLink:
		return nar.Info{Kind: nar.Symlink}, nil
	}
	var err error
	if f.file, err = f.tree.open(f.ctx, f.last); err != nil {
		return nar.Info{}, err
	}
	return nar.Info{Executable: f.file.executable, Size: f.file.Size}, nil
}

// ReadDir implements nar.FS.
func (f *archiveFS) ReadDir(path string) ([]string, error) {
	if f.last.Mode == odb.ModeSubmodule {
		return nil, nil
	}
	entries, err := f.tree.repo.Tree(f.ctx, f.last.ID)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(entries, func(a, b odb.Entry) int { return strings.Compare(a.Name, b.Name) })
	f.dirs = append(f.dirs, archiveDir{strings.TrimSuffix(path, "/") + "/", entries})
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name
	}
	return names, nil
}

// ReadLink implements nar.FS.
func (f *archiveFS) ReadLink(string) (string, error) { return f.tree.target(f.ctx, f.last) }

// Open implements nar.FS.
func (f *archiveFS) Open(string) (io.ReadCloser, error) {
	o := f.file
	f.file = nil
	return o, nil
}
