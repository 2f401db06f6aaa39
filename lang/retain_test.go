package lang

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSymbolsRetain(t *testing.T) {
	s := NewSymbols("kept")
	kept := s.Lookup("kept")
	var some []Symbol
	for i := range 5 * symbolChunk {
		some = append(some, s.Intern(fmt.Sprint("name ", i)))
	}
	before := s.Count()
	even := func(sym Symbol) bool { return sym <= kept || sym%2 == 0 && sym < some[2*symbolChunk] }
	s.Retain(even)
	assert.Less(t, s.Count(), before-3*symbolChunk)
	for i, sym := range some {
		name := fmt.Sprint("name ", i)
		if even(sym) {
			require.Equal(t, sym, s.Lookup(name))
			require.Equal(t, name, s.Name(sym))
		} else {
			require.Zero(t, s.Lookup(name))
			require.Empty(t, s.Name(sym))
		}
	}
	assert.Equal(t, "kept", s.Name(kept))
	again := s.Intern("name 1")
	assert.Greater(t, again, some[len(some)-1], "the order of symbols is that in which they are met")
	assert.Equal(t, "name 1", s.Name(again))
}

func TestFileSetRetain(t *testing.T) {
	s := NewFileSet()
	var files []*File
	for i := range 10 {
		f, err := s.Add(fmt.Sprint(i), "text")
		require.NoError(t, err)
		files = append(files, f)
	}
	sub := s.Subset([]Pos{files[7].Pos(1), files[3].Pos(0), files[7].Pos(2), 0})
	s.Retain(func(f *File) bool { return f == files[0] || f == files[5] })
	assert.Equal(t, uint64(10), s.Size())
	assert.Equal(t, files[5], s.File(files[5].Pos(2)))
	assert.Nil(t, s.File(files[4].Pos(2)))
	assert.Equal(t, "3:1:1", sub.Position(files[3].Pos(0)).String(), "a subset keeps its files")
	assert.Equal(t, files[7], sub.File(files[7].Pos(4)))

	// When there are no more positions, those of removed files are used again.
	s.next = 1<<32 - 3
	for range 6 {
		f, err := s.Add("new", "long text")
		require.NoError(t, err)
		assert.Equal(t, f, s.File(f.Pos(3)))
	}
	for _, f := range s.files {
		assert.Equal(t, f, s.File(f.Pos(0)), "no two files overlap")
	}
}
