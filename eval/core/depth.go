package core

import (
	"runtime"
	"runtime/debug"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines how deep an evaluation may go: calls within calls, and Go's stack.

// defaultCallDepth is the reference's setting max-call-depth.
const defaultCallDepth = 10_000

// maxStack bounds the stack that an evaluation takes, on all goroutines.
const maxStack = 440 << 20 >> (2 - 2*(^uint(0)>>63)) >> wasmShift // of 32-bit machines and of wasm a quarter

// stackStep is how much the stack grows between two looks at the memory it takes.
const stackStep = 1 << 20 >> (2 - 2*(^uint(0)>>63)) >> wasmShift

// A segment is what an evaluation takes of the stack of one goroutine. Then it goes on on
// another one: Go enlarges a stack by copying it, during which nothing is noticed, for 256 MiB
// a quarter of a second. Go's stack is smaller than the estimate, so it is of 4 MiB then.
const segment = 4 * stackStep

// segmentSlack is how much a segment grows each time that a call did not fit, so that a loop
// right at its end does not need a goroutine for each step; to two segments at most.
const segmentSlack = segment / 64

// Estimates of stack use, in bytes, measured with TestStackEstimates.
const (
	frameBase    = 300  // forcing a thunk or calling a function; see also stackCost
	frameBuiltin = 950  // calling a builtin
	frameGo      = 1100 // a level of recursion in equality, printing and the like
)

// stackUse is how deep an evaluation is. Every level of Go recursion that a program can
// cause adds its estimate to stack on the way in and takes it off on the way out, since Go
// ends the process when a stack is full.
type stackUse struct {
	depth    int // calls within calls, from 0 to maxDepth + 1
	maxDepth int // Limits.CallDepth, or the default
	stack    int // bytes of Go's stack in use, estimated; at most stackTop
	stackTop int // bytes up to which stack grows without asking grow; at most maxStack
	paid     int // the most that stackTop was, which was counted as memory
	full     int // bytes from which on another goroutine is taken
	fullest  int // the most that full may become on this one
	unwound  int // of stack, the bytes that are not on WebAssembly's stack as well: see unwind
}

// begin starts at depth 0. callDepth is a limit, or 0 for the default.
func (s *stackUse) begin(callDepth int) {
	if callDepth == 0 {
		callDepth = defaultCallDepth
	}
	*s = stackUse{maxDepth: callDepth, stackTop: stackStep, paid: stackStep, full: segment, fullest: 2 * segment}
}

// enter counts a level of Go recursion that takes cost bytes, and reports whether there is
// room for it. If it returns true, the caller must call leave with the same cost.
func (w *worker) enter(cost int) bool {
	w.stack += cost
	if w.stack > w.stackTop && !w.grow(w.stack) {
		w.stack -= cost
		return false
	}
	w.unwind()
	return true
}

// grow lets the stack grow to need bytes, as far as there may be stack and memory. What
// is beyond the first stackStep bytes counts as memory; twice, since Go makes a
// stack larger by copying it to one of twice the size.
func (w *worker) grow(need int) bool {
	if need > maxStack {
		w.fail(CodeStackOverflow, 0, "stack overflow; values or expressions are nested too deeply")
		w.err.Limit = LimitStack
		return false
	}
	w.stackTop = max(need, min(max(w.stackTop+stackStep, w.paid), w.full, maxStack))
	if w.stackTop <= w.paid {
		return true
	}
	w.Charge(2 * uint64(w.stackTop-w.paid))
	w.paid = w.stackTop
	// Thunks that nest count no steps.
	return w.check(0)
}

// deeper calls fn, which found that cost bytes more are beyond stackTop, when there is room
// for them: on this stack or, if that is full, on another one. If there is none, it fails.
func (w *worker) deeper(cost int, fn func() heap.Value) (v heap.Value) {
	need := w.stack + cost
	if need <= w.full {
		if !w.grow(need) {
			return 0
		}
		return fn()
	}
	top, full, fullest := w.stackTop, w.full, w.fullest
	w.full, w.fullest = need+segment, need+2*segment
	defer func() { w.stackTop, w.full, w.fullest = top, min(full+segmentSlack, fullest), fullest }()
	if !w.grow(need) {
		return 0
	}
	lang.OnNewStack(func() {
		defer keepStack()
		v = fn()
	})
	return v
}

// keepStack is to be deferred where a goroutine ends whose panic goes on in another one.
func keepStack() {
	if r := recover(); r != nil {
		if _, ok := r.(*Panic); !ok && !Unwinds(r) {
			r = &Panic{Value: r, Stack: debug.Stack(), internal: true}
		}
		panic(r)
	}
}

// leave ends a level that enter has counted.
func (s *stackUse) leave(cost int) {
	s.stack -= cost
	if wasm && s.stack < s.unwound {
		s.unwound = s.stack
	}
}

const (
	wasm = runtime.GOARCH == "wasm"

	// maxWound is how many bytes of Go's stack may be on WebAssembly's as well.
	// In the 984 KiB of node and Chromium 1 MiB fits and 2 MiB do not; other
	// browsers have less, and there is what is not counted.
	maxWound = 128 << 10
)

// unwind keeps WebAssembly's stack small. Go's calls are calls there as well, on
// a stack that cannot grow, until another goroutine may run: what was called is
// on Go's own stack only, then.
func (s *stackUse) unwind() {
	if wasm && s.stack-s.unwound > maxWound {
		s.unwound = s.stack
		runtime.Gosched()
	}
}

// enterCall counts a call within calls.
func (w *worker) enterCall(pos lang.Pos) bool {
	if w.depth > w.maxDepth {
		return w.tooDeep(pos)
	}
	if w.Credit--; w.Credit < 0 && !w.check(pos) {
		return false
	}
	w.depth++
	return true
}

// tooDeep fails, since there are as many calls within calls as there may be.
func (w *worker) tooDeep(pos lang.Pos) bool {
	w.fail(CodeStackOverflow, pos, "stack overflow; max-call-depth exceeded")
	w.err.Limit = LimitDepth
	return false
}

// Enter counts a level of recursion in a builtin as a call within a call, and
// returns an error if that is one too many. If not, the builtin calls Leave
// when it returns from that level.
func (c *Call) Enter() error { return c.EnterAt(0) }

// EnterAt is Enter, for what is at pos.
func (c *Call) EnterAt(pos lang.Pos) error {
	if !c.w.enterCall(pos) {
		return c.w.take()
	}
	if !c.w.enter(frameGo) {
		c.w.depth--
		return c.w.take()
	}
	return nil
}

// Leave ends a level of recursion.
func (c *Call) Leave() {
	c.w.leave(frameGo)
	c.w.depth--
}
