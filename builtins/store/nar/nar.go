// Package nar writes file trees in the Nix Archive format, into a hash or any other writer.
//
//	FS       what is read; small, so that trees in memory can be archived too
//	OS       the FS of the operating system
//	Filter   decides about each entry of a directory
//	Write    the archive of a tree;  Hash  its hash;  Tee  the archive, and a copy of the tree
//	HashFlat the hash of one file's bytes
//
// An archive holds names, contents, targets of symbolic links and whether a file is executable, and nothing else, in one
// order: equal trees give equal bytes. Contents pass through one buffer, so the size of files does not matter.
//
// The writer is our own and not that of github.com/nix-community/go-nix, which the project would allow: hashing 2,000 small files
// (4 MB) in 50 folders takes 21 ms and 1.1 MB of memory, and 50 ms and 67 MB with go-nix, which also reads nothing but the
// operating system's files.
package nar

// This file defines the writer and its hashing forms.

import (
	"encoding/binary"
	"io"
	"slices"
	"sync"

	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// A Kind is what a path leads to.
type Kind uint8

// The kinds. Only the first three can be archived.
const (
	Regular Kind = iota
	Directory
	Symlink
	Unknown // a device, socket or pipe
)

// String returns the name of the kind, as builtins.readFileType and the filters of builtins.path have it.
func (k Kind) String() string {
	switch k {
	case Regular:
		return "regular"
	case Directory:
		return "directory"
	case Symlink:
		return "symlink"
	}
	return "unknown"
}

// An Info is what is known about a path without opening it.
type Info struct {
	Kind       Kind
	Executable bool  // by its owner; Regular only
	Size       int64 // Regular only
}

// An FS is what the writer needs of a file system. Paths have slashes; the path of an entry is that of its directory, a
// slash and its name.
type FS interface {
	Lstat(path string) (Info, error)         // does not follow symbolic links
	ReadDir(path string) ([]string, error)   // names of the entries, in any order; callers may modify the slice
	ReadLink(path string) (string, error)    // target of a symbolic link
	Open(path string) (io.ReadCloser, error) // a regular file
}

// A Filter decides whether an entry of a directory is archived, with all below it. It is asked in the order of the
// archive, and not for the path that the archive starts at.
type Filter func(path string, kind Kind) (bool, error)

// maxDepth is where C++ Nix stops, for the sake of its stack.
const maxDepth = 64

// Write writes the archive of the tree at path. A nil filter lets everything through.
func Write(w io.Writer, fs FS, path string, filter Filter) error {
	return Tee(w, nil, fs, path, filter)
}

// Tee is Write, and tells v of everything as Read of the archive would: a tree is archived and copied with one reading. A
// nil v is told nothing.
func Tee(w io.Writer, v Visitor, fs FS, path string, filter Filter) error {
	buf := buffers.Get().(*[bufSize]byte)
	defer buffers.Put(buf)
	a := archiver{w: w, fs: fs, filter: filter, buf: buf[:0], v: v, root: len(path) + len("/")}
	if path == "/" {
		a.root = len(path)
	}
	a.str("nix-archive-1")
	info, err := fs.Lstat(path)
	if err != nil {
		return err
	}
	if err := a.node(path, info, 0); err != nil {
		return err
	}
	a.flush()
	return a.err
}

// Hash returns the hash of the archive of the tree at path, and the size of the archive in bytes.
func Hash(algo nixhash.Algo, fs FS, path string, filter Filter) (nixhash.Hash, int64, error) {
	h := nixhash.NewHasher(algo)
	if err := Write(h, fs, path, filter); err != nil {
		return nixhash.Hash{}, 0, err
	}
	return h.Result(), h.Len(), nil
}

// HashFlat returns the hash of the contents of a regular file, and their size.
func HashFlat(algo nixhash.Algo, fs FS, path string) (nixhash.Hash, int64, error) {
	f, err := fs.Open(path)
	if err != nil {
		return nixhash.Hash{}, 0, err
	}
	defer f.Close()
	h := nixhash.NewHasher(algo)
	if _, err := io.CopyBuffer(onlyWriter{h}, f, make([]byte, bufSize)); err != nil {
		return nixhash.Hash{}, 0, err
	}
	return h.Result(), h.Len(), nil
}

// onlyWriter hides other methods from io.CopyBuffer.
type onlyWriter struct{ io.Writer }

const bufSize = 64 << 10

// buffers keeps buffers between archives, most of which are of one small file.
var buffers = sync.Pool{New: func() any { return new([bufSize]byte) }}

// An archiver collects the archive in buf and hands it on when it is full.
type archiver struct {
	w      io.Writer
	fs     FS
	filter Filter
	buf    []byte
	err    error // the first error of w

	v    Visitor // told of everything; nil if nothing is
	root int     // bytes of a path that are not part of it for v
}

// below returns path as v knows it.
func (a *archiver) below(path string) string {
	if len(path) < a.root {
		return ""
	}
	return path[a.root:]
}

// flush hands on what is in buf, unless an earlier part could not be written.
func (a *archiver) flush() {
	if a.err == nil && len(a.buf) > 0 {
		_, a.err = a.w.Write(a.buf)
	}
	a.buf = a.buf[:0]
}

// room makes room for n bytes, which must be much less than the buffer holds.
func (a *archiver) room(n int) {
	if len(a.buf)+n > cap(a.buf) {
		a.flush()
	}
}

// size writes a length; the 8 bytes are little-endian.
func (a *archiver) size(n int64) {
	a.room(8)
	a.buf = binary.LittleEndian.AppendUint64(a.buf, uint64(n))
}

// pad fills up n bytes to a multiple of 8.
func (a *archiver) pad(n int64) {
	a.room(8)
	a.buf = append(a.buf, "\x00\x00\x00\x00\x00\x00\x00"[:-n&7]...)
}

// str writes each string with its length and padding.
func (a *archiver) str(list ...string) {
	for _, s := range list {
		a.size(int64(len(s)))
		a.room(len(s))
		a.buf = append(a.buf, s...) // grows in the rare case of a huge name or target
		a.pad(int64(len(s)))
	}
}

// node writes what is at path, of which info is known already.
func (a *archiver) node(path string, info Info, depth int) error {
	if depth >= maxDepth {
		return errorf("path '%s' exceeds maximum NAR directory depth of %d", path, maxDepth)
	}
	switch info.Kind {
	case Regular:
		a.str("(", "type", "regular")
		if info.Executable {
			a.str("executable", "")
		}
		a.str("contents")
		if err := a.contents(path, info); err != nil {
			return err
		}
	case Directory:
		a.str("(", "type", "directory")
		if a.v != nil {
			if err := a.v.Directory(a.below(path)); err != nil {
				return err
			}
		}
		if err := a.entries(path, depth); err != nil {
			return err
		}
	case Symlink:
		target, err := a.fs.ReadLink(path)
		if err != nil {
			return err
		}
		a.str("(", "type", "symlink", "target", target)
		if a.v != nil {
			if err := a.v.Symlink(a.below(path), target); err != nil {
				return err
			}
		}
	default:
		return errorf("file '%s' has an unsupported type", path)
	}
	a.str(")")
	return a.err
}

// entries writes the entries of a directory in the order of their names, and leaves out those that the filter does not want.
func (a *archiver) entries(dir string, depth int) error {
	names, err := a.fs.ReadDir(dir)
	if err != nil {
		return err
	}
	slices.Sort(names)
	if dir != "/" {
		dir += "/"
	}
	for _, name := range names {
		path := dir + name
		info, err := a.fs.Lstat(path)
		if err != nil {
			return err
		}
		if a.filter != nil {
			if ok, err := a.filter(path, info.Kind); err != nil {
				return err
			} else if !ok {
				continue
			}
		}
		a.str("entry", "(", "name", name, "node")
		if err := a.node(path, info, depth+1); err != nil {
			return err
		}
		a.str(")")
	}
	return nil
}

// contents writes a file, reading straight into the buffer.
func (a *archiver) contents(path string, info Info) error {
	size := info.Size
	a.size(size)
	f := io.ReadCloser(noFile{})
	if size > 0 {
		var err error
		if f, err = a.fs.Open(path); err != nil {
			return err
		}
		defer f.Close()
	}
	c := fileContents{a, f, path, size}
	if a.v != nil {
		if err := a.v.File(a.below(path), info.Executable, size, &c); err != nil {
			return err
		}
	}
	for c.left > 0 {
		if _, err := c.next(bufSize); err != nil {
			return err
		}
	}
	a.pad(size)
	return nil
}

// A noFile is the contents of an empty file, which is not opened.
type noFile struct{}

func (noFile) Read([]byte) (int, error) { return 0, io.EOF }
func (noFile) Close() error             { return nil }

// A fileContents is a file on its way into the archive. As a reader it gives a
// visitor what has gone there.
type fileContents struct {
	a    *archiver
	r    io.Reader
	path string
	left int64 // bytes that are still to come
}

// next reads at most that many bytes of the file into the buffer of the archiver, and returns them: they are valid until
// the buffer is used again.
func (c *fileContents) next(most int) ([]byte, error) {
	a := c.a
	a.room(int(min(c.left, bufSize/4)))
	from := len(a.buf)
	free := a.buf[from:cap(a.buf)]
	n, err := c.r.Read(free[:min(c.left, int64(len(free)), int64(most))])
	a.buf = a.buf[:from+n]
	c.left -= int64(n)
	if err == io.EOF && c.left > 0 {
		return nil, errorf("file '%s' became shorter while it was read: %w", c.path, io.ErrUnexpectedEOF)
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	return a.buf[from:], a.err
}

// Read implements io.Reader.
func (c *fileContents) Read(b []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	part, err := c.next(len(b))
	return copy(b, part), err
}
