package lang

// This file defines positions: 4 bytes in a node, line and column only when
// something is printed.

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"
)

// A Pos is a place in one of the files of a FileSet. The zero Pos is no place.
type Pos uint32

// A Span is the text from Start up to, not including, End.
type Span struct{ Start, End Pos }

// A Position is a Pos for people. Lines and columns count from 1; columns
// count bytes, as in the reference.
type Position struct {
	File   string
	Line   int
	Column int
}

func (p Position) String() string {
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// A File is one source text in a FileSet. Its fields do not change.
type File struct {
	Name   string // as in messages; the path, or «stdin», «string»
	Path   string // of the file; Name, unless messages call the file otherwise
	Source string

	base Pos // Pos of the first byte

	// docs holds, by the position of the token that follows, the documentation
	// comments (RFC 145). Written while parsing only.
	docs map[Pos]Span

	linesOnce sync.Once
	lines     []uint32 // offset of the start of each line
}

// Pos returns the position of the byte at offset; len(Source) is allowed.
func (f *File) Pos(offset int) Pos { return f.base + Pos(offset) }

// Offset returns the offset in Source of p, which must lie in f.
func (f *File) Offset(p Pos) int { return int(p - f.base) }

// Span returns the positions of f, up to that of the end of the text.
func (f *File) Span() Span { return Span{f.base, f.base + Pos(len(f.Source))} }

// contains reports whether p lies in f; the end of the text counts.
func (f *File) contains(p Pos) bool {
	return p >= f.base && p <= f.base+Pos(len(f.Source))
}

// Position returns line and column of p. A line ends at \n, \r\n or a lone \r,
// as in the reference.
func (f *File) Position(p Pos) Position {
	f.linesOnce.Do(f.findLines)
	offset := uint32(f.Offset(p))
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset })
	return Position{File: f.Name, Line: line, Column: int(offset-f.lines[line-1]) + 1}
}

// Line returns the text of line n, counted from 1, without its end.
func (f *File) Line(n int) string {
	f.linesOnce.Do(f.findLines)
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Source)
	if n < len(f.lines) {
		end = int(f.lines[n])
	}
	return strings.TrimRight(f.Source[f.lines[n-1]:end], "\r\n")
}

// Lines returns how many lines there are, counting an empty one at the end.
func (f *File) Lines() int {
	f.linesOnce.Do(f.findLines)
	return len(f.lines)
}

func (f *File) findLines() {
	f.lines = append(f.lines, 0)
	for i := 0; i < len(f.Source); i++ {
		switch f.Source[i] {
		case '\r':
			if i+1 < len(f.Source) && f.Source[i+1] == '\n' {
				i++
			}
			f.lines = append(f.lines, uint32(i+1))
		case '\n':
			f.lines = append(f.lines, uint32(i+1))
		}
	}
}

// Text returns the source text of s, which must lie in f.
func (f *File) Text(s Span) string { return f.Source[f.Offset(s.Start):f.Offset(s.End)] }

// Doc returns the documentation comment before the token at p, whole, with
// its delimiters; "" if there is none. For an attribute, p is its Pos.
func (f *File) Doc(p Pos) string {
	if s, ok := f.docs[p]; ok {
		return f.Text(s)
	}
	return ""
}

// A FileSet gives every byte of every source text its own Pos. It holds at
// most 4 GiB of text. It may be used by several goroutines at once.
type FileSet struct {
	mu    sync.RWMutex
	files []*File // by base
	next  uint64  // position of the next file
	size  uint64  // of all files
}

// NewFileSet returns an empty file set.
func NewFileSet() *FileSet { return &FileSet{next: 1} }

// Add appends a source text. It fails when the set is full.
func (s *FileSet) Add(name, source string) (*File, error) { return s.AddFile(name, name, source) }

// AddFile is Add for a file whose path is not what messages call it.
func (s *FileSet) AddFile(name, path, source string) (*File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// One more than the length, so that the end of the text has a Pos too.
	size := uint64(len(source)) + 1
	base, at := s.next, len(s.files)
	if base+size > math.MaxUint32 {
		var ok bool
		if base, at, ok = s.gap(size); !ok {
			return nil, fmt.Errorf("%s: more than 4 GiB of source text in one evaluation", name)
		}
	} else {
		s.next = base + size
	}
	f := &File{Name: name, Path: path, Source: source, base: Pos(base)}
	s.files = slices.Insert(s.files, at, f)
	s.size += size
	return f, nil
}

// gap returns a place for size positions that removed files left, and where its
// file is to be in the list.
func (s *FileSet) gap(size uint64) (base uint64, at int, ok bool) {
	base = 1
	for i, f := range s.files {
		if base+size <= uint64(f.base) {
			return base, i, true
		}
		base = uint64(f.base) + uint64(len(f.Source)) + 1
	}
	return base, len(s.files), base+size <= math.MaxUint32
}

// Retain removes all files but those for which keep returns true. Positions in
// the others mean nothing any more, and may come to mean places in new files.
func (s *FileSet) Retain(keep func(*File) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = slices.DeleteFunc(s.files, func(f *File) bool { return !keep(f) })
	s.size = 0
	for _, f := range s.files {
		s.size += uint64(len(f.Source)) + 1
	}
}

// Files returns the files, in no order that means anything.
func (s *FileSet) Files() []*File {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.files)
}

// Size returns how many bytes of source text there are.
func (s *FileSet) Size() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.size
}

// Subset returns a set of the files that the positions lie in. Others may be
// removed from s without consequence for it.
func (s *FileSet) Subset(list []Pos) *FileSet {
	out := NewFileSet()
	for _, p := range list {
		if p == 0 || out.File(p) != nil {
			continue
		}
		if f := s.File(p); f != nil {
			i, _ := slices.BinarySearchFunc(out.files, f.base, func(f *File, base Pos) int { return cmp.Compare(f.base, base) })
			out.files = slices.Insert(out.files, i, f)
		}
	}
	return out
}

// File returns the file that p lies in, or nil.
func (s *FileSet) File(p Pos) *File {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := sort.Search(len(s.files), func(i int) bool { return s.files[i].base > p })
	if i == 0 || !s.files[i-1].contains(p) {
		return nil
	}
	return s.files[i-1]
}

// Named returns the file of that name that was added last, or nil.
func (s *FileSet) Named(name string) *File {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, f := range slices.Backward(s.files) {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Position returns file, line and column of p; the zero Position for no place.
func (s *FileSet) Position(p Pos) Position {
	if f := s.File(p); f != nil {
		return f.Position(p)
	}
	return Position{}
}
