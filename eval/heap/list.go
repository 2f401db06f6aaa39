package heap

// This file defines lists: header, with the length and where the elements are,
// then 4 bytes for each element. A thunk that became a list is a header with the
// same elements, since printing and equality can tell it from the list itself.

import "unsafe"

// Bounds of objects, where the memory does not end before. Lists have no other.
const (
	MaxAttrs = 1<<depthShift - 1 // attributes of a set
	MaxText  = 1<<32 - 1         // bytes of a string
)

// NewList returns a list of n elements, to be set at once.
func (s *Space) NewList(n int) Value {
	if n == 0 {
		return EmptyList
	}
	s.made.Lists++
	s.made.Elements += uint64(n)
	words := uint32(n+1) / 2
	if n < longList {
		r := s.alloc(1 + words)
		s.setWord(r, header(List, uint32(n), r+1))
		return Value(r)
	}
	r := s.alloc(2 + words)
	s.setWord(r, header(List, longList, r+2))
	s.setWord(r+1, uint64(n))
	return Value(r)
}

// longList in the place of the length says that it is in the word before the
// elements.
const longList = MaxCode

// Len returns how many elements a list has, or bytes a string.
func (s *Space) Len(v Value) int {
	w := s.word(uint32(v))
	if kindOf(w) != List {
		return int(uint32(w))
	}
	if n := midOf(w); n != longList {
		return int(n)
	}
	return int(s.word(uint32(w) - 1))
}

// Elems returns the elements of a list: the heap's own memory. Only the function
// that made the list, or replaces a thunk by its value, may write to it.
func (s *Space) Elems(v Value) []Lazy {
	w := s.word(uint32(v))
	return unsafe.Slice((*Lazy)(unsafe.Add(s.base, uintptr(uint32(w))*wordSize)), s.Len(v))
}

// ElemSlot returns the place of element i of a list.
func (s *Space) ElemSlot(v Value, i int) Slot {
	return Slot(uintptr(uint32(s.word(uint32(v))))*wordSize + uintptr(i)*4)
}
