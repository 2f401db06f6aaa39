package treefile

// This file defines Writer.

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// A Writer writes a tree. Entries may come in any order, and more than once: the last
// one counts, as when an archive is unpacked over what is there. Folders that were not
// added, but have something in them, are made. The writer keeps names in memory, and no
// contents.
//
// Names are cleaned as paths below the root: "a/../../b" is "b".
type Writer struct {
	w      io.Writer
	offset int64  // of the next byte
	sum    uint32 // of what was written since it was set to 0
	root   *node
	links  map[string]string // hard links, by name: what they are links to
	buf    []byte            // that contents pass through
}

// A node is a file while the tree is being written.
type node struct {
	entry
	children map[string]*node // of a folder; nil for all else
}

func newDir() *node { return &node{entry: entry{kind: directory}, children: map[string]*node{}} }

// NewWriter returns a writer of a tree that is an empty folder so far. Write errors of w
// are those of the methods.
func NewWriter(w io.Writer) (*Writer, error) {
	out := &Writer{w: w, root: newDir(), links: map[string]string{}, buf: make([]byte, 64<<10)}
	_, err := out.Write([]byte(magic))
	return out, err
}

// Write implements io.Writer for the contents of files.
func (w *Writer) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	w.offset += int64(n)
	w.sum = crc32.Update(w.sum, sums, p[:n])
	return n, err
}

// clean returns a name as a path below "/".
func clean(name string) string { return path.Clean("/" + name) }

// add puts n at name.
func (w *Writer) add(name string, n *node) error {
	p := clean(name)
	if p == "/" {
		if n.kind == directory {
			return nil
		}
		return fmt.Errorf("'%s' cannot be the name of a file", name)
	}
	if strings.Contains(p, "\x00") {
		return fmt.Errorf("file name '%s' has a NUL byte", strings.ReplaceAll(p[1:], "\x00", "␀"))
	}
	dir := w.root
	parent, base := path.Split(p)
	for part := range strings.SplitSeq(strings.Trim(parent, "/"), "/") {
		if part == "" {
			continue
		}
		next := dir.children[part]
		if next == nil {
			next = newDir()
			dir.children[strings.Clone(part)] = next
		}
		if next.children == nil {
			return fmt.Errorf("parent of '%s' is not a directory", p[1:])
		}
		dir = next
	}
	if old := dir.children[base]; old != nil && old.children != nil {
		if n.children != nil {
			return nil
		}
		if len(old.children) > 0 {
			return fmt.Errorf("cannot create '%s', conflicting non-empty directory", p[1:])
		}
	}
	dir.children[strings.Clone(base)] = n
	return nil
}

// Directory adds a folder; one that is there stays.
func (w *Writer) Directory(name string) error { return w.add(name, newDir()) }

// File adds a file with what r holds.
func (w *Writer) File(name string, isExecutable bool, r io.Reader) error {
	n := &node{entry: entry{kind: regular, offset: w.offset}}
	if isExecutable {
		n.kind = executable
	}
	var err error
	w.sum = 0
	if n.size, err = io.CopyBuffer(onlyWriter{w}, r, w.buf); err != nil {
		return err
	}
	n.sum = w.sum
	return w.add(name, n)
}

// onlyWriter hides other methods from io.CopyBuffer.
type onlyWriter struct{ io.Writer }

// Symlink adds a symbolic link, wherever it leads.
func (w *Writer) Symlink(name, target string) error {
	n := &node{entry: entry{kind: symlink, offset: w.offset, size: int64(len(target))}}
	w.sum = 0
	if _, err := io.WriteString(w, target); err != nil {
		return err
	}
	n.sum = w.sum
	return w.add(name, n)
}

// Link adds a file that is the same as another, which may be added later.
func (w *Writer) Link(name, target string) error {
	w.links[strings.Clone(clean(name))] = strings.Clone(clean(target))
	return nil
}

// resolve adds the hard links, in the order of their names.
func (w *Writer) resolve() error {
	for _, name := range slices.Sorted(maps.Keys(w.links)) {
		target := w.links[name]
		if target == "/" {
			continue
		}
		n := w.find(target)
		switch {
		case n == nil:
			return fmt.Errorf("'%s' is a hard link to '%s', which is not in the archive", name[1:], target[1:])
		case n.children != nil:
			return fmt.Errorf("'%s' is a hard link to '%s', which is a directory", name[1:], target[1:])
		}
		if err := w.add(name, &node{entry: n.entry}); err != nil {
			return err
		}
	}
	return nil
}

// find returns what is at a clean path; nil if nothing is.
func (w *Writer) find(p string) *node {
	n := w.root
	for part := range strings.SplitSeq(p[1:], "/") {
		if n = n.children[part]; n == nil {
			return nil
		}
	}
	return n
}

// Close writes the names. If strip is set and the tree is a folder with nothing but one
// folder in it, that one becomes the tree. Size returns the size of the file afterwards.
func (w *Writer) Close(strip bool) error {
	if err := w.resolve(); err != nil {
		return err
	}
	root := w.root
	if strip && len(root.children) == 1 {
		for _, only := range root.children {
			if only.children != nil {
				root = only
			}
		}
	}
	if err := w.writeDir(root); err != nil {
		return err
	}
	var trailer [24]byte
	binary.LittleEndian.PutUint64(trailer[:], uint64(root.offset))
	binary.LittleEndian.PutUint64(trailer[8:], uint64(root.size))
	binary.LittleEndian.PutUint64(trailer[16:], uint64(root.sum))
	if _, err := w.Write(trailer[:]); err != nil {
		return err
	}
	_, err := w.Write([]byte(magic))
	return err
}

// Size returns how many bytes were written.
func (w *Writer) Size() int64 { return w.offset }

// writeDir writes a folder after the folders in it, and sets where it lies.
func (w *Writer) writeDir(dir *node) error {
	names := slices.Sorted(maps.Keys(dir.children))
	var out []byte
	for _, name := range names {
		n := dir.children[name]
		if n.children != nil {
			if err := w.writeDir(n); err != nil {
				return err
			}
		}
		out = append(out, n.kind)
		out = append(binary.AppendUvarint(out, uint64(len(name))), name...)
		out = binary.AppendUvarint(out, uint64(n.offset))
		out = binary.AppendUvarint(out, uint64(n.size))
		out = binary.AppendUvarint(out, uint64(n.sum))
	}
	dir.offset, dir.size = w.offset, int64(len(out))
	w.sum = 0
	_, err := w.Write(out)
	dir.sum = w.sum
	return err
}
