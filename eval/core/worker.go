package core

// This file defines the worker: what one goroutine carries through an
// evaluation, and what it may use.

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/eval/heap"
)

// A worker evaluates. Failure of its methods is the zero Value, or false; then
// err is why. Nobody looks at err but after a failure.
type worker struct {
	heap.Space
	ev  *Evaluator
	id  uint32
	err *Error

	// early is why an argument failed that was evaluated before the call. It is
	// raised when the callee looks at the argument, which is what it does first.
	early     *Error
	earlyMark int // how many of failed there were before

	spare *Error // was caught, and nothing refers to it; the next error uses its memory; or nil

	depth    int // calls within calls
	maxDepth int
	stack    int // bytes of Go's stack in use, estimated
	stackTop int // what stack may be before growStack is asked
	unwound  int // what of it is not on WebAssembly's stack as well; see unwind

	calls  []*Call // a stack of ncalls
	ncalls int
	stats  Counts     // but for what the heap counts
	trace  *tracer    // told of calls; nil if nobody wants to know
	tally  *tally     // counts the calls of each function; or nil
	debug  *debugging // or nil

	// What may end the evaluation; see check.
	ctx        context.Context
	serial     uint64 // of the evaluation
	limits     Limits
	spent      uint64 // steps, but for those of grant
	grant      int    // what Credit was
	stop       *stopFlag
	deadline   time.Time // of limits.Time, with which ctx is done
	cancel     func()
	failed     []failedThunk   // whose errors are under way, or were not caught; oldest first
	caught     []failedThunk   // whose errors were caught, oldest first
	caughtSize int             // of what caught keeps; see maxCaught
	guest      atomic.Uint32   // 1 in a builtin that may begin evaluations, 2 in one of those
	guestCtx   context.Context // for guests, while ctx is guestOf
	guestOf    context.Context
	token      *guestToken   // of this evaluation; or nil
	dead       atomic.Bool   // it came to grief; see rescue
	waits      atomic.Uint32 // the thunk of another worker that is waited for; or 0
}

var evaluations atomic.Uint64

// begin prepares for an evaluation.
func (w *worker) begin(ctx context.Context, limits *Limits) {
	w.err, w.early, w.depth, w.stack, w.ncalls = nil, nil, 0, 0, 0
	w.unwound, w.stackTop = 0, stackStep
	w.ctx, w.limits, w.serial = ctx, *limits, evaluations.Add(1)
	if limits.Time > 0 {
		w.deadline = time.Now().Add(limits.Time)
		w.ctx, w.cancel = context.WithDeadline(ctx, w.deadline)
	}
	w.maxDepth = limits.CallDepth
	if w.maxDepth == 0 {
		w.maxDepth = defaultCallDepth
	}
	w.Begin(limits.Memory)
	w.spent = 0
	w.allow()
	w.guest.Store(0)
	if w.trace != nil {
		w.trace.begin()
	}
	if w.debug != nil {
		w.debug.begin(w.ev.globals == nil)
	}
}

// end ends the evaluation. Nothing of it is kept alive by its worker.
func (w *worker) end() {
	if w.trace != nil {
		w.trace.end()
	}
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
	if w.token != nil {
		w.token.ended.Store(true)
		w.token = nil
	}
	w.ctx, w.err, w.early, w.spare = nil, nil, nil, nil
	w.guestCtx, w.guestOf = nil, nil
	w.endFailures()
}
