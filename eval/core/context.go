package core

// This file defines string contexts: the store references that a string
// carries. Contexts are interned, so that a string needs a number only.

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/eval/heap"
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

// compare orders elements as the reference sorts them.
func (e ContextElem) compare(other ContextElem) int {
	return cmp.Or(cmp.Compare(e.Kind, other.Kind), cmp.Compare(e.Path, other.Path), cmp.Compare(e.Output, other.Output))
}

// contexts is the table of all contexts of an evaluator.
type contexts struct {
	mu     sync.Mutex
	elems  []ContextElem // by number; some are no more
	byElem map[ContextElem]uint32
	sets   []contextSet // of each Context its elements
	bySet  map[string]Context
	unions map[[2]Context]Context

	freeElems []uint32
	freeSets  []Context
}

// A contextSet has the numbers of elements, which are in one of two lists; each
// is sorted. Large sets that differ in a few elements share base, since a string
// that grows step by step would take memory quadratic in its length otherwise.
type contextSet struct{ base, extra []uint32 }

func (s contextSet) len() int { return len(s.base) + len(s.extra) }

// has reports whether element n is in s, by two binary searches.
func (s contextSet) has(n uint32) bool {
	if _, ok := slices.BinarySearch(s.base, n); ok {
		return true
	}
	_, ok := slices.BinarySearch(s.extra, n)
	return ok
}

// appendTo appends the numbers to list, unsorted.
func (s contextSet) appendTo(list []uint32) []uint32 {
	return append(append(list, s.base...), s.extra...)
}

// smallContext is up to how many elements equal sets have the same number, even
// if they were made in different ways.
const smallContext = 64

// newContexts returns a table with the empty context, which has number 0.
func newContexts() *contexts {
	return &contexts{
		byElem: map[ContextElem]uint32{},
		sets:   []contextSet{{}},
		bySet:  map[string]Context{"": 0},
		unions: map[[2]Context]Context{},
	}
}

// of returns the context of elems.
func (t *contexts) of(s *heap.Space, elems ...ContextElem) Context {
	t.mu.Lock()
	defer t.mu.Unlock()
	set := make([]uint32, len(elems))
	for i, e := range elems {
		n, ok := t.byElem[e]
		if !ok {
			e.Path, e.Output = strings.Clone(e.Path), strings.Clone(e.Output)
			n = t.addElem(e)
			s.Charge(uint64(contextBytes + len(e.Path) + len(e.Output)))
			t.byElem[e] = n
		}
		set[i] = n
	}
	slices.Sort(set)
	return t.intern(s, slices.Compact(set))
}

// contextBytes is about what a context or an element takes, with its entries in
// maps. It counts as memory of the evaluation that makes it.
const contextBytes = 200

// intern returns the number of a set of elements, which is sorted. The caller must hold t.mu.
func (t *contexts) intern(s *heap.Space, set []uint32) Context {
	var buf [256]byte
	key := buf[:0]
	for _, n := range set {
		key = binary.LittleEndian.AppendUint32(key, n)
	}
	if c, ok := t.bySet[string(key)]; ok {
		return c
	}
	c := t.add(s, contextSet{base: set})
	t.bySet[string(key)] = c
	return c
}

// addElem returns the number of an element. The caller must hold t.mu.
func (t *contexts) addElem(e ContextElem) uint32 {
	if k := len(t.freeElems); k > 0 {
		n := t.freeElems[k-1]
		t.freeElems = t.freeElems[:k-1]
		t.elems[n] = e
		return n
	}
	t.elems = append(t.elems, e)
	return uint32(len(t.elems) - 1)
}

// len returns how many contexts and elements there are.
func (t *contexts) len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.sets) - len(t.freeSets) + len(t.byElem) + len(t.unions)/4
}

// retain forgets all contexts but those of which alive says that they are.
func (t *contexts) retain(alive func(n uint32) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	used := make([]bool, len(t.elems))
	t.freeSets = nil
	dead := map[Context]bool{}
	for i := len(t.sets) - 1; i > 0; i-- {
		if !alive(uint32(i)) {
			t.sets[i] = contextSet{}
			t.freeSets = append(t.freeSets, Context(i))
			dead[Context(i)] = true
			continue
		}
		for _, n := range t.sets[i].appendTo(nil) {
			used[n] = true
		}
	}
	// Maps never shrink, so they are made again.
	bySet := map[string]Context{}
	for key, c := range t.bySet {
		if !dead[c] {
			bySet[key] = c
		}
	}
	byElem := map[ContextElem]uint32{}
	t.freeElems = nil
	for n, e := range t.elems {
		if used[n] {
			byElem[e] = uint32(n)
		} else {
			t.elems[n] = ContextElem{}
			t.freeElems = append(t.freeElems, uint32(n))
		}
	}
	t.bySet, t.byElem, t.unions = bySet, byElem, map[[2]Context]Context{}
	if len(byElem) == 0 {
		t.elems, t.freeElems = nil, nil
	}
	if len(t.freeSets) == len(t.sets)-1 {
		t.sets, t.freeSets = []contextSet{{}}, nil
	}
}

// paths returns the paths of all elements.
func (t *contexts) paths() map[string]bool {
	out := make(map[string]bool, len(t.byElem))
	for e := range t.byElem {
		out[e.Path] = true
	}
	return out
}

// add gives a number to set.
func (t *contexts) add(s *heap.Space, set contextSet) Context {
	s.Charge(uint64(contextBytes + 4*len(set.base) + 4*len(set.extra)))
	if k := len(t.freeSets); k > 0 {
		c := t.freeSets[k-1]
		t.freeSets = t.freeSets[:k-1]
		t.sets[c] = set
		return c
	}
	if len(t.sets) > heap.MaxContext {
		panic(heap.ErrFull) // as in codeTable.add
	}
	t.sets = append(t.sets, set)
	return Context(len(t.sets) - 1)
}

// union returns the elements of a and b.
func (t *contexts) union(s *heap.Space, a, b Context) Context {
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
	c := t.join(s, a, b)
	s.Charge(contextBytes / 4)
	t.unions[[2]Context{a, b}] = c
	return c
}

// join is union, for two that were not joined before.
func (t *contexts) join(s *heap.Space, a, b Context) Context {
	if t.sets[a].len() < t.sets[b].len() {
		a, b = b, a
	}
	large, small := t.sets[a], t.sets[b]
	if large.len() <= smallContext {
		set := small.appendTo(large.appendTo(nil))
		slices.Sort(set)
		return t.intern(s, slices.Compact(set))
	}
	extra := slices.Clone(large.extra)
	for _, n := range small.appendTo(nil) {
		if !large.has(n) {
			extra = append(extra, n)
		}
	}
	if len(extra) == len(large.extra) {
		return a
	}
	set := contextSet{large.base, extra}
	if len(extra)*len(extra) > 4*len(set.base) {
		set = contextSet{base: set.appendTo(make([]uint32, 0, set.len()))}
		slices.Sort(set.base)
	}
	slices.Sort(set.extra)
	return t.add(s, set)
}

// list returns the elements of c, sorted as the reference does: by kind, then
// path, then output.
func (t *contexts) list(c Context) []ContextElem {
	if c == 0 {
		return nil
	}
	t.mu.Lock()
	set := t.sets[c]
	out := make([]ContextElem, set.len())
	for i, n := range set.appendTo(make([]uint32, 0, set.len())) {
		out[i] = t.elems[n]
	}
	t.mu.Unlock()
	slices.SortFunc(out, ContextElem.compare)
	return out
}

// Context returns the context of elems.
func (c *Call) Context(elems ...ContextElem) Context { return c.w.ev.contexts.of(&c.w.Space, elems...) }

// Elems returns what ctx consists of.
func (c *Call) Elems(ctx Context) []ContextElem { return c.w.ev.contexts.list(ctx) }

// Union returns what is in a or b.
func (c *Call) Union(a, b Context) Context { return c.w.ev.contexts.union(&c.w.Space, a, b) }

// UnionAll returns the elements of all of list, which it sorts. For long lists
// it is much faster than Union, which would make a context for each step.
func (c *Call) UnionAll(list []Context) Context { return c.w.ev.contexts.unionAll(&c.w.Space, list) }

// A contextList is a list of contexts for unionAll.
type contextList []Context

// add adds ctx to list, if it is neither empty nor was added last.
func (list contextList) add(ctx Context) contextList {
	if ctx == 0 || len(list) > 0 && list[len(list)-1] == ctx {
		return list
	}
	return append(list, ctx)
}

// unionAll returns the union of list, which it sorts, with one look at the table.
func (t *contexts) unionAll(s *heap.Space, list []Context) Context {
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) > 0 && list[0] == 0 {
		list = list[1:]
	}
	switch len(list) {
	case 0:
		return 0
	case 1:
		return list[0]
	case 2:
		return t.union(s, list[0], list[1])
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.intern(s, t.merge(list))
}

// merge returns the numbers of the elements of all of list, sorted.
func (t *contexts) merge(list []Context) []uint32 {
	n := 0
	for _, ctx := range list {
		n += t.sets[ctx].len()
	}
	nums := make([]uint32, 0, n)
	for _, ctx := range list {
		nums = t.sets[ctx].appendTo(nums)
	}
	slices.Sort(nums)
	return slices.Compact(nums)
}

// ElemsOf returns the elements of all of list, sorted as Elems does. It sorts
// list.
func (c *Call) ElemsOf(list []Context) []ContextElem {
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) == 1 {
		return c.Elems(list[0])
	}
	t := c.w.ev.contexts
	t.mu.Lock()
	nums := t.merge(list)
	out := make([]ContextElem, len(nums))
	for i, n := range nums {
		out[i] = t.elems[n]
	}
	t.mu.Unlock()
	slices.SortFunc(out, ContextElem.compare)
	return out
}
