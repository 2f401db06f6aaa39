package core

// This file defines roots, which keep values alive while no evaluation is under way,
// and how Go code looks at them then.

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"weak"

	"github.com/firn-lang/firn/eval/heap"
)

// Roots keep values alive, as long as they are reachable themselves and their
// evaluator is.
type Roots struct {
	refs []heap.Lazy
	ev   *Evaluator
	one  [1]heap.Lazy // where refs begins, so that one value needs no memory of its own
}

// A rootTable has all Roots, without keeping them reachable.
type rootTable struct {
	mu   sync.Mutex
	all  []weak.Pointer[Roots] // nil ones are no longer reachable
	kept int                   // how many there were after the last collection
}

// NewRoots returns roots that keep refs alive. It is to be called in the
// evaluation that they are from, or in Read.
func (ev *Evaluator) NewRoots(refs ...heap.Lazy) *Roots {
	r := &Roots{ev: ev}
	r.refs = append(r.one[:0], refs...)
	p := weak.Make(r)
	ev.gate.visits.Add(1)
	ev.roots.mu.Lock()
	ev.roots.all = append(ev.roots.all, p)
	ev.roots.mu.Unlock()
	return r
}

// Add keeps l alive as well. It is to be called as NewRoots is, and by one
// goroutine at a time.
func (r *Roots) Add(l heap.Lazy) {
	r.ev.gate.visits.Add(1)
	r.refs = append(r.refs, l)
}

// Len returns how many values the roots keep alive.
func (r *Roots) Len() int { return len(r.refs) }

// len returns how many values there are, for the gate.
func (t *externals) len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.values) - len(t.free)
}

// len returns how many roots there are, for the gate.
func (t *rootTable) len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.all)
}

// many reports whether there are many more roots than after the last collection.
func (t *rootTable) many() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.all) > 2*t.kept+64
}

// ask makes Go's collector find out which roots are reachable. By itself it does
// not know how much they keep alive here, and may take its time.
func (t *rootTable) ask() { runtime.GC() }

// find drops the roots that are no longer reachable.
func (t *rootTable) find() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all = slices.DeleteFunc(t.all, func(p weak.Pointer[Roots]) bool { return p.Value() == nil })
	if len(t.all) < cap(t.all)/4 {
		t.all = slices.Clone(t.all)
	}
	t.kept = len(t.all)
}

// A reader is what Go code looks at values with that is no evaluation. It can
// wait for a collection, but no collection waits for it.
type reader struct {
	sync.Mutex // held while a value is read, and during a collection
	*worker    // that begins no evaluation, and is none of the gate's
}

// Read calls fn with a space to look at values with. fn may not evaluate
// anything, nor keep anything of the heap.
func (ev *Evaluator) Read(fn func(s *heap.Space)) {
	ev.reader.Lock()
	defer ev.reader.Unlock()
	ev.gate.visits.Add(1)
	fn(&ev.reader.Space)
}

// ReadCall is Read, with a Call for what prints.
func (ev *Evaluator) ReadCall(fn func(c *Call)) {
	ev.reader.Lock()
	defer ev.reader.Unlock()
	ev.gate.visits.Add(1)
	ev.reader.begin(context.Background(), &Limits{})
	defer ev.reader.end()
	fn(&Call{w: ev.reader.worker, b: &Builtin{}})
}

// externals are the Go values that values of the kind External stand for.
type externals struct {
	mu     sync.Mutex
	values []any // by number; nil if it is no more
	free   []uint32
}

// add returns the number of x from now on.
func (t *externals) add(x any) uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.free); n > 0 {
		i := t.free[n-1]
		t.free = t.free[:n-1]
		t.values[i] = x
		return i
	}
	t.values = append(t.values, x)
	return uint32(len(t.values) - 1)
}

// get returns the value with number n.
func (t *externals) get(n uint32) any {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.values[n]
}

// retain drops the values that are not alive. It is called in a collection.
func (t *externals) retain(alive func(n uint32) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.free = t.free[:0]
	for i := range t.values {
		if !alive(uint32(i)) {
			t.values[i] = nil
			t.free = append(t.free, uint32(i))
		}
	}
}

// NewExternal returns a value that stands for x, which is not nil.
func (c *Call) NewExternal(x any) heap.Value { return c.w.NewExternal(c.w.ev.externals.add(x)) }

// External returns what an external value stands for.
func (c *Call) External(v heap.Value) any { return c.w.ev.ExternalOf(c.w.Space.External(v)) }

// ExternalOf returns what the external value of that number stands for.
func (ev *Evaluator) ExternalOf(n uint32) any { return ev.externals.get(n) }
