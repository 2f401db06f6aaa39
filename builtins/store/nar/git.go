package nar

// This file defines hashes of trees as git computes them.

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// HashGit returns the object id that git computes of the file or tree at path: of a blob, or
// of a tree whose entries are ordered as if the names of directories ended in a slash. A nil
// filter lets everything through.
func HashGit(algo nixhash.Algo, fs FS, path string, filter Filter) (nixhash.Hash, error) {
	g := NewGitHasher(algo, nil)
	if err := Tee(io.Discard, g, fs, path, filter); err != nil {
		return nixhash.Hash{}, err
	}
	return g.Result(), nil
}

// A GitHasher is a Visitor that computes the object id of git for the tree that it is told
// of. Make one with NewGitHasher. It keeps names and ids of the entries of those directories
// alone in which it is.
type GitHasher struct {
	algo nixhash.Algo
	next Visitor
	open []gitTree // from the outermost directory to the innermost
	root nixhash.Hash
	buf  []byte
}

// A gitTree is a directory that is not complete yet.
type gitTree struct {
	path    string
	entries []gitEntry
}

// A gitEntry is an entry of a tree object.
type gitEntry struct {
	name string
	mode string
	id   nixhash.Hash
}

const gitDirectory = "40000"

// key returns what the entries of a tree object are ordered by.
func (e *gitEntry) key() string {
	if e.mode == gitDirectory {
		return e.name + "/"
	}
	return e.name
}

// NewGitHasher returns a hasher that tells next everything that it is told; nil is told
// nothing.
func NewGitHasher(algo nixhash.Algo, next Visitor) *GitHasher {
	return &GitHasher{algo: algo, next: next}
}

// Result returns the object id. It must be called after everything was told.
func (g *GitHasher) Result() nixhash.Hash {
	g.leave("")
	return g.root
}

// leave completes the directories that path is not in.
func (g *GitHasher) leave(path string) {
	for n := len(g.open); n > 0; n-- {
		dir := g.open[n-1]
		if path != "" && (dir.path == "" || strings.HasPrefix(path, dir.path) && path[len(dir.path)] == '/') {
			return
		}
		g.open = g.open[:n-1]
		slices.SortFunc(dir.entries, func(a, b gitEntry) int { return strings.Compare(a.key(), b.key()) })
		text := g.buf[:0]
		for _, e := range dir.entries {
			text = append(append(append(append(text, e.mode...), ' '), e.name...), 0)
			text = append(text, e.id.Bytes()...)
		}
		g.buf = text
		object := nixhash.NewHasher(g.algo)
		fmt.Fprintf(object, "tree %d\x00", len(text))
		_, _ = object.Write(text)
		g.add(dir.path, gitDirectory, object.Result())
	}
}

// add adds an entry to its directory, which is the innermost one.
func (g *GitHasher) add(path, mode string, id nixhash.Hash) {
	if len(g.open) == 0 {
		g.root = id
		return
	}
	dir := &g.open[len(g.open)-1]
	name := path[strings.LastIndexByte(path, '/')+1:]
	dir.entries = append(dir.entries, gitEntry{strings.Clone(name), mode, id})
}

// Directory implements Visitor.
func (g *GitHasher) Directory(path string) error {
	g.leave(path)
	g.open = append(g.open, gitTree{path: strings.Clone(path)})
	if g.next == nil {
		return nil
	}
	return g.next.Directory(path)
}

// File implements Visitor.
func (g *GitHasher) File(path string, executable bool, size int64, contents io.Reader) error {
	g.leave(path)
	blob := nixhash.NewHasher(g.algo)
	fmt.Fprintf(blob, "blob %d\x00", size)
	contents = io.TeeReader(contents, blob)
	if g.next != nil {
		if err := g.next.File(path, executable, size, contents); err != nil {
			return err
		}
	}
	buf := buffers.Get().(*[bufSize]byte)
	_, err := io.CopyBuffer(onlyWriter{io.Discard}, contents, buf[:])
	buffers.Put(buf)
	mode := "100644"
	if executable {
		mode = "100755"
	}
	g.add(path, mode, blob.Result())
	return err
}

// Symlink implements Visitor.
func (g *GitHasher) Symlink(path, target string) error {
	g.leave(path)
	blob := nixhash.NewHasher(g.algo)
	fmt.Fprintf(blob, "blob %d\x00%s", len(target), target)
	g.add(path, "120000", blob.Result())
	if g.next == nil {
		return nil
	}
	return g.next.Symlink(path, target)
}
