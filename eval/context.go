package eval

// This file defines string contexts: the store references that a string
// carries. Contexts are interned, so that a string needs a number only.

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

// A Context is the number of a set of context elements. The zero Context is
// empty.
type Context uint32

// A ContextKind says what a context element refers to.
type ContextKind uint8

// Kinds of context elements, in the order in which the reference sorts them.
const (
	ContextPath   ContextKind = iota // a store path
	ContextDeep                      // a derivation with all its outputs and inputs
	ContextOutput                    // an output of a derivation
)

// A ContextElem is a store reference.
type ContextElem struct {
	Kind   ContextKind
	Path   string // the store path; of the derivation, but for ContextPath
	Output string // for ContextOutput; outputs of outputs are separated by !
}

// String returns the element as the reference writes it: path, =path or
// !output!path.
func (e ContextElem) String() string {
	switch e.Kind {
	case ContextDeep:
		return "=" + e.Path
	case ContextOutput:
		return "!" + e.Output + "!" + e.Path
	}
	return e.Path
}

// contexts is the table of all contexts of an evaluator.
type contexts struct {
	mu     sync.Mutex
	elems  []ContextElem
	byElem map[ContextElem]uint32
	sets   [][]uint32 // of each Context its elements, sorted by number
	bySet  map[string]Context
	unions map[[2]Context]Context
}

func newContexts() *contexts {
	return &contexts{
		byElem: map[ContextElem]uint32{},
		sets:   [][]uint32{nil},
		bySet:  map[string]Context{"": 0},
		unions: map[[2]Context]Context{},
	}
}

// of returns the context of elems.
func (t *contexts) of(elems ...ContextElem) Context {
	t.mu.Lock()
	defer t.mu.Unlock()
	set := make([]uint32, len(elems))
	for i, e := range elems {
		n, ok := t.byElem[e]
		if !ok {
			n = uint32(len(t.elems))
			e.Path, e.Output = strings.Clone(e.Path), strings.Clone(e.Output)
			t.elems = append(t.elems, e)
			t.byElem[e] = n
		}
		set[i] = n
	}
	slices.Sort(set)
	return t.intern(slices.Compact(set))
}

func (t *contexts) intern(set []uint32) Context {
	var buf [256]byte
	key := buf[:0]
	for _, n := range set {
		key = binary.LittleEndian.AppendUint32(key, n)
	}
	if c, ok := t.bySet[string(key)]; ok {
		return c
	}
	c := Context(len(t.sets))
	t.sets = append(t.sets, set)
	t.bySet[string(key)] = c
	return c
}

// union returns the elements of a and b.
func (t *contexts) union(a, b Context) Context {
	switch {
	case a == b || b == 0:
		return a
	case a == 0:
		return b
	case a > b:
		a, b = b, a
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if c, ok := t.unions[[2]Context{a, b}]; ok {
		return c
	}
	set := append(slices.Clone(t.sets[a]), t.sets[b]...)
	slices.Sort(set)
	c := t.intern(slices.Compact(set))
	t.unions[[2]Context{a, b}] = c
	return c
}

// list returns the elements of c, sorted as the reference does: by kind, then
// path, then output.
func (t *contexts) list(c Context) []ContextElem {
	if c == 0 {
		return nil
	}
	t.mu.Lock()
	set := t.sets[c]
	out := make([]ContextElem, len(set))
	for i, n := range set {
		out[i] = t.elems[n]
	}
	t.mu.Unlock()
	slices.SortFunc(out, func(a, b ContextElem) int {
		if a.Kind != b.Kind {
			return int(a.Kind) - int(b.Kind)
		}
		if d := strings.Compare(a.Path, b.Path); d != 0 {
			return d
		}
		return strings.Compare(a.Output, b.Output)
	})
	return out
}
