// Package treefile keeps a file tree in one file, from which it can be read without
// unpacking.
//
//	Writer   writes the file: contents as they come, names last
//	Open     the file as a tree
//	Tree     the tree, a world whose "/" is its root
//
// The names of the tree are never names of the file system, so a tree may have any:
// names that differ in case alone, or that a system reserves, and links that lead
// anywhere. A file that is being written becomes a tree with its last byte, so what is
// cut short is no tree.
//
// # Format
//
//	magic      "firn tree 2\n"
//	contents   of regular files, one after the other
//	folders    each after the folders in it, the root last
//	trailer    offset, length and checksum of the root, 8 bytes each, little-endian, and magic
//
// A folder is its entries, sorted by name: a byte for the type, then the length of the
// name, the name, and the offset, length and checksum of what is in it, as unsigned varints.
// The target of a symbolic link lies among the contents. Checksums are CRC-32C: whatever is
// read is compared with its own, so that a disk that forgets is noticed before an evaluation
// sees what it gives back.
//
// A folder is decoded when something in it is asked for: opening a tree of 50,000 files
// costs two reads.
package treefile

// This file defines the format, and Tree.

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"

	"github.com/firn-lang/firn/eval/world"
)

const (
	magic       = "firn tree 2\n"
	trailerSize = 24 + len(magic)
)

// The types of entries.
const (
	regular byte = iota + 1
	executable
	directory
	symlink
)

// An entry is a file in a folder.
type entry struct {
	name   string
	kind   byte
	offset int64 // of the contents, the target or the folder
	size   int64 // of them, in bytes
	sum    uint32
}

// sums is the table of checksums.
var sums = crc32.MakeTable(crc32.Castagnoli)

// ErrFormat is the error of Open for a file that is no tree, or not a whole one, and ErrDamaged that of a tree
// whose file is not as it was written.
var (
	ErrFormat  = errors.New("not a tree file")
	ErrDamaged = errors.New("the file of the cache that has it is damaged")
)

// A Tree is a file tree in a file. It may be used by several goroutines at once.
type Tree struct {
	r    io.ReaderAt
	size int64 // of the contents and folders, in bytes
	root entry

	mu   sync.RWMutex
	dirs map[string][]entry // decoded folders, by path; sorted by name
}

// Open returns the tree in r, which has size bytes and must stay as it is. Damage
// within the file is an error where it is met.
func Open(r io.ReaderAt, size int64) (*Tree, error) {
	var trailer [trailerSize]byte
	if size < int64(len(magic)+trailerSize) {
		return nil, ErrFormat
	}
	if _, err := r.ReadAt(trailer[:len(magic)], 0); err != nil {
		return nil, err
	}
	if string(trailer[:len(magic)]) != magic {
		return nil, ErrFormat
	}
	if _, err := r.ReadAt(trailer[:], size-trailerSize64); err != nil {
		return nil, err
	}
	t := &Tree{r: r, size: size - trailerSize64, dirs: map[string][]entry{}}
	t.root = entry{
		kind:   directory,
		offset: int64(binary.LittleEndian.Uint64(trailer[:])),
		size:   int64(binary.LittleEndian.Uint64(trailer[8:])),
		sum:    uint32(binary.LittleEndian.Uint64(trailer[16:])),
	}
	if string(trailer[24:]) != magic || !t.holds(t.root) {
		return nil, ErrFormat
	}
	return t, nil
}

const trailerSize64 = int64(trailerSize)

// holds reports whether what e has lies within the file.
func (t *Tree) holds(e entry) bool {
	return e.offset >= int64(len(magic)) && e.size >= 0 && e.offset <= t.size && e.size <= t.size-e.offset
}

// read returns what an entry has.
func (t *Tree) read(e entry) ([]byte, error) {
	data := make([]byte, e.size)
	if n, err := t.r.ReadAt(data, e.offset); n < len(data) {
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			err = ErrDamaged
		}
		return nil, err
	}
	if crc32.Checksum(data, sums) != e.sum {
		return nil, ErrDamaged
	}
	return data, nil
}

// small is the size in bytes up to which a file is read at once. Larger ones are read twice: once to compare them
// with their checksum.
const small = 256 << 10

// open returns the contents of a regular file.
func (t *Tree) open(e entry) (io.Reader, error) {
	if e.size <= small {
		data, err := t.read(e)
		return bytes.NewReader(data), err
	}
	h := crc32.New(sums)
	n, err := io.CopyBuffer(h, onlyReader{io.NewSectionReader(t.r, e.offset, e.size)}, make([]byte, small))
	if err == nil && (n < e.size || h.Sum32() != e.sum) {
		err = ErrDamaged
	}
	return io.NewSectionReader(t.r, e.offset, e.size), err
}

// onlyReader hides other methods from io.CopyBuffer.
type onlyReader struct{ io.Reader }

// decode reads a folder.
func (t *Tree) decode(dir entry) ([]entry, error) {
	data, err := t.read(dir)
	if err != nil {
		return nil, err
	}
	var entries []entry
	for text := data; len(text) > 0; {
		e := entry{kind: text[0]}
		text = text[1:]
		n, used := binary.Uvarint(text)
		if used <= 0 || n > uint64(len(text)-used) {
			return nil, ErrDamaged
		}
		e.name, text = string(text[used:used+int(n)]), text[used+int(n):]
		for _, to := range []*int64{&e.offset, &e.size} {
			v, used := binary.Uvarint(text)
			if used <= 0 {
				return nil, ErrDamaged
			}
			*to, text = int64(v), text[used:]
		}
		sum, used := binary.Uvarint(text)
		if used <= 0 {
			return nil, ErrDamaged
		}
		e.sum, text = uint32(sum), text[used:]
		// A folder lies before the one it is in, so that none is in itself.
		switch {
		case e.kind < regular || e.kind > symlink, !validName(e.name), !t.holds(e),
			e.kind == directory && e.offset+e.size > dir.offset,
			len(entries) > 0 && entries[len(entries)-1].name >= e.name:
			return nil, ErrDamaged
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// validName reports whether name can be that of an entry.
func validName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsAny(name, "/\x00")
}

// folder returns the entries of the folder at p, which e describes.
func (t *Tree) folder(p string, e entry) ([]entry, error) {
	t.mu.RLock()
	entries, known := t.dirs[p]
	t.mu.RUnlock()
	if known {
		return entries, nil
	}
	entries, err := t.decode(e)
	if err != nil {
		return nil, fmt.Errorf("folder '%s' of a fetched tree: %w", p, err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dirs[strings.Clone(p)] = entries
	return entries, nil
}

// find returns the entry at p, which is clean. op is for the error.
func (t *Tree) find(op, p string) (entry, error) {
	if p == "/" {
		return t.root, nil
	}
	dir := path.Dir(p)
	t.mu.RLock()
	entries, known := t.dirs[dir]
	t.mu.RUnlock()
	if !known {
		parent, err := t.find(op, dir)
		if err != nil {
			return entry{}, err
		}
		if parent.kind != directory {
			return entry{}, &fs.PathError{Op: op, Path: p, Err: fs.ErrNotExist}
		}
		if entries, err = t.folder(dir, parent); err != nil {
			return entry{}, err
		}
	}
	base := path.Base(p)
	i := sort.Search(len(entries), func(i int) bool { return entries[i].name >= base })
	if i == len(entries) || entries[i].name != base {
		return entry{}, &fs.PathError{Op: op, Path: p, Err: fs.ErrNotExist}
	}
	return entries[i], nil
}

func (e entry) fileType() world.FileType {
	switch e.kind {
	case directory:
		return world.Directory
	case symlink:
		return world.Symlink
	}
	return world.Regular
}

func (e entry) info() world.FileInfo {
	info := world.FileInfo{Type: e.fileType(), Executable: e.kind == executable}
	if info.Type == world.Regular {
		info.Size = e.size
	}
	return info
}

// Lstat implements world.Host.
func (t *Tree) Lstat(_ context.Context, p string) (world.FileInfo, error) {
	e, err := t.find("lstat", p)
	if err != nil {
		return world.FileInfo{}, err
	}
	return e.info(), nil
}

// Open implements world.Host.
func (t *Tree) Open(_ context.Context, p string) (world.File, error) {
	e, err := t.find("open", p)
	if err != nil {
		return nil, err
	}
	if e.kind != regular && e.kind != executable {
		return nil, &fs.PathError{Op: "open", Path: p, Err: fs.ErrInvalid}
	}
	r, err := t.open(e)
	if err != nil {
		return nil, fmt.Errorf("file '%s' of a fetched tree: %w", p, err)
	}
	return world.NewFile(r, e.info()), nil
}

// ReadDir implements world.Host. The entries are sorted by name.
func (t *Tree) ReadDir(_ context.Context, p string) ([]world.DirEntry, error) {
	e, err := t.find("open", p)
	if err != nil {
		return nil, err
	}
	if e.kind != directory {
		return nil, &fs.PathError{Op: "readdir", Path: p, Err: errors.New("not a directory")}
	}
	entries, err := t.folder(p, e)
	if err != nil {
		return nil, err
	}
	out := make([]world.DirEntry, len(entries))
	for i, e := range entries {
		out[i] = world.DirEntry{Name: e.name, Type: e.fileType()}
	}
	return out, nil
}

// ReadLink implements world.Host.
func (t *Tree) ReadLink(_ context.Context, p string) (string, error) {
	e, err := t.find("readlink", p)
	if err != nil {
		return "", err
	}
	if e.kind != symlink {
		return "", &fs.PathError{Op: "readlink", Path: p, Err: fs.ErrInvalid}
	}
	target, err := t.read(e)
	if err != nil {
		return "", fmt.Errorf("link '%s' of a fetched tree: %w", p, err)
	}
	return string(target), nil
}

// Getenv implements world.Host: a tree has no environment.
func (t *Tree) Getenv(context.Context, string) string { return "" }
