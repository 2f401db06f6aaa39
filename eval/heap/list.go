package heap

// This file defines lists: header, then 4 bytes for each element.

import "unsafe"

// MaxLen is how many elements a list, attributes a set or bytes a string may
// have.
const MaxLen = 1<<27 - 1

// NewList returns a list of n elements, to be set at once. n is at most MaxLen.
func (s *Space) NewList(n int) Value {
	if n == 0 {
		return EmptyList
	}
	r := s.alloc(1 + uint32(n+1)/2)
	s.setWord(r, header(List, 0, uint32(n)))
	return Value(r)
}

// Len returns how many elements a list has, or bytes a string.
func (s *Space) Len(v Value) int { return int(uint32(s.word(uint32(v)))) }

// Elems returns the elements of a list: the heap's own memory. Only who made
// the list, or replaces an element by what it became, may write to it.
func (s *Space) Elems(v Value) []Lazy {
	return unsafe.Slice((*Lazy)(unsafe.Add(s.base, uintptr(v+1)*wordSize)), s.Len(v))
}

// ElemSlot returns the place of element i of a list.
func (s *Space) ElemSlot(v Value, i int) Slot {
	return Slot(uintptr(v+1)*wordSize + uintptr(i)*4)
}
