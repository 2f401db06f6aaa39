package core

// This file defines the worker: what one goroutine carries through an evaluation. Each part
// of it has a file of its own.

import (
	"context"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/heap"
)

// A worker evaluates, on one goroutine at a time. Its parts hold one invariant each.
// They are embedded, so that a hot path reaches a field by one offset.
//
// A method of the worker that fails returns the zero Value, or false, and has set err.
type worker struct {
	heap.Space            // its part of the heap, and the steps that it may take: Credit
	ev         *Evaluator // whose evaluations it runs; never nil
	id         uint32     // index in gate.workers, and owner of the thunks that it has claimed
	serial     uint64     // number of the evaluation under way; unique in the process, never 0

	raised          // the error under way
	stackUse        // depth of calls and bytes of stack
	callStack       // calls of builtins under way
	own        Call // the call of no builtin, for printers; see source
	observers       // counters, traces, the debugger
	meter           // limits, and the context that ends the evaluation
	failing         // thunks that have failed
	transients      // results that are not kept

	seenVisits uint64 // gate.visits when isAlone was found out
	isAlone    bool   // no other worker had an evaluation then

	guests   guests // evaluations within builtins
	team     *team  // the workers that evaluate together; nil if this one is alone
	ahead    bool   // it is a helper of the team
	status   status // what other workers see
	listText []byte // buffer of coerceList, while that does not use it; below 100 KiB
}

// evaluations counts the evaluations of the process, for worker.serial.
var evaluations atomic.Uint64

// begin prepares for an evaluation.
func (w *worker) begin(ctx context.Context, limits *Limits) {
	w.serial = evaluations.Add(1)
	w.raised, w.transients = raised{}, transients{}
	w.stackUse.begin(limits.CallDepth)
	w.ncalls = 0
	w.meter.begin(ctx, limits)
	w.Begin(limits.Memory)
	w.allow()
	w.guests.state.Store(0)
	w.observers.begin(w.ev.globals == nil)
}

// end ends the evaluation. Afterwards its worker keeps nothing of it alive.
func (w *worker) end() {
	w.observers.end()
	w.meter.end()
	w.guests.end()
	w.raised, w.transients = raised{}, transients{}
	w.endFailures()
	w.EndRegion(0)
}
