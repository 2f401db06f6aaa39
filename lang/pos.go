package lang

// This file defines positions: 4 bytes in a node, line and column only when
// something is printed.

import (
	"fmt"
	"math"
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
	next  uint64
}

// NewFileSet returns an empty file set.
func NewFileSet() *FileSet { return &FileSet{next: 1} }

// Add appends a source text. It fails when the set is full.
func (s *FileSet) Add(name, source string) (*File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// One more than the length, so that the end of the text has a Pos too.
	after := s.next + uint64(len(source)) + 1
	if after > math.MaxUint32 {
		return nil, fmt.Errorf("%s: more than 4 GiB of source text in one evaluation", name)
	}
	f := &File{Name: name, Source: source, base: Pos(s.next)}
	s.next = after
	s.files = append(s.files, f)
	return f, nil
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

// Position returns file, line and column of p; the zero Position for no place.
func (s *FileSet) Position(p Pos) Position {
	if f := s.File(p); f != nil {
		return f.Position(p)
	}
	return Position{}
}
