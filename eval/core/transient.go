package core

// This file defines results that are not kept after the evaluation that they are of.

import "github.com/firn-lang/firn/eval/heap"

// transients is what an evaluation has made with transient results: those of builtins that
// called Call.Transient, which may differ in another evaluation. A thunk that was evaluated
// with such a result stays suspended, so that no other evaluation gets to know its value; for
// the rest of this evaluation its value is here.
//
// A thunk was evaluated with such a result if transientUses is more than when its evaluation
// began.
type transients struct {
	transientUses   uint64                   // transient results and values that were made or used so far
	transientValues map[heap.Lazy]heap.Value // of suspended thunks; nil if there are none
}

// transientBytes is about how much memory an entry of transientValues takes.
const transientBytes = 32

// Transient says that the result of the call may differ in another evaluation, and with it
// what is made of it: neither is kept after this evaluation.
func (c *Call) Transient() { c.w.transientUses++ }

// keepTransient remembers v, which the suspended thunk l is in this evaluation, and returns
// what stands for the two.
func (w *worker) keepTransient(l heap.Lazy, v heap.Value) heap.Value {
	w.ev.gate.visits.Add(1) // no region may free what the table refers to
	if w.transientValues == nil {
		w.transientValues = map[heap.Lazy]heap.Value{}
	}
	v = w.Own(v)
	w.transientValues[l] = v
	w.Charge(transientBytes)
	return v
}

// transient returns what the suspended thunk l is in this evaluation; 0 if that is not known.
func (w *worker) transient(l heap.Lazy) heap.Value {
	v := w.transientValues[l]
	if v != 0 {
		w.transientUses++
	}
	return v
}

// lasting reports whether l, which was forced, has the same value in every evaluation, so that
// the value may take its place.
func (w *worker) lasting(l heap.Lazy) bool { return w.transientUses == 0 || w.Space.Known(l) != 0 }

// known returns what l is, or became in this evaluation; 0 if it is still to be evaluated.
func (w *worker) known(l heap.Lazy) heap.Value {
	if v := w.Space.Known(l); v != 0 {
		return v
	}
	return w.transient(l)
}

// Known returns what l is, or became in this evaluation; 0 if it is still to be evaluated. What
// was forced in its place is no value there if that is transient.
func (c *Call) Known(l heap.Lazy) heap.Value {
	if c.w.IsValue(l) {
		return heap.Value(l)
	}
	return c.w.known(l)
}
