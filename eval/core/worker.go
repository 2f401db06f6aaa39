package core

// This file defines the worker: what one goroutine carries through an
// evaluation, and what it may use.

import (
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A worker evaluates. Failure of its methods is the zero Value, or false; then
// err is why. Nobody looks at err but after a failure.
type worker struct {
	heap.Space
	ev  *Evaluator
	err *Error

	// early is why an argument failed that was evaluated before the call. It is
	// raised when the callee looks at the argument, which is what it does first.
	early *Error

	depth    int // calls within calls
	maxDepth int
	stack    int // bytes of Go's stack in use, estimated

	calls  []*Call // a stack of ncalls
	ncalls int
	stats  stats
}

// stats counts what was done.
type stats struct {
	calls, builtinCalls, thunks, selects, updates, copied uint64
}

// maxStack bounds the stack that an evaluation takes. Go ends the program when
// a stack would grow beyond 512 MiB, doubling, since the next size is more than
// its limit of 1 GB.
const maxStack = 440 << 20 >> (2 - 2*(^uint(0)>>63)) // of 32-bit machines a quarter

// Estimates of stack use, in bytes, measured with TestStackEstimates.
const (
	frameBase    = 300  // forcing a thunk or calling a function; see also stackCost
	frameBuiltin = 900  // calling a builtin
	frameGo      = 1100 // a level of recursion in equality, printing and the like
)

func newWorker(ev *Evaluator) *worker {
	return &worker{Space: ev.heap.Space(), ev: ev, maxDepth: ev.opt.Limits.CallDepth}
}

// start prepares for an evaluation.
func (w *worker) start() {
	w.err, w.depth, w.stack, w.ncalls = nil, 0, 0, 0
}

// enter counts a level of Go recursion, and reports whether there may be one
// more. Whoever it returns true to calls leave.
func (w *worker) enter(cost int) bool {
	w.stack += cost
	if w.stack > maxStack {
		w.stack -= cost
		w.fail(ErrStackOverflow, 0, "stack overflow; values or expressions are nested too deeply")
		return false
	}
	return true
}

func (w *worker) leave(cost int) { w.stack -= cost }

// apart calls fn, which may need much of Go's stack; on a stack of its own if
// this one is not nearly empty.
func (w *worker) apart(fn func()) {
	const nearlyEmpty = 64 << 20
	if w.stack < nearlyEmpty {
		fn()
		return
	}
	failure := make(chan any)
	go func() {
		defer func() { failure <- recover() }()
		fn()
	}()
	if r := <-failure; r != nil {
		panic(r)
	}
}

// enterCall counts a call within calls.
func (w *worker) enterCall(pos lang.Pos) bool {
	if w.depth > w.maxDepth {
		return w.tooDeep(pos)
	}
	if w.ev.stop.Load() && !w.checkInterrupt() {
		return false
	}
	w.depth++
	return true
}

func (w *worker) tooDeep(pos lang.Pos) bool {
	w.fail(ErrStackOverflow, pos, "stack overflow; max-call-depth exceeded")
	return false
}

// checkInterrupt fails if the evaluation is to stop.
func (w *worker) checkInterrupt() bool {
	switch {
	case w.ev.cancel.Load():
		w.fail(ErrInterrupted, 0, "interrupted by the user")
		return false
	case w.ev.heap.Exhausted():
		w.fail(ErrLimit, 0, "%s", heap.ErrFull)
		return false
	}
	return true
}

// checkSize fails if words more words do not fit into the heap, or into one
// object of it.
func (w *worker) checkSize(words uint64) bool {
	if words > heap.MaxLen || !w.ev.heap.Fits(words) {
		w.fail(ErrLimit, 0, "%s", heap.ErrFull)
		return false
	}
	return true
}

// force evaluates l to weak head normal form. pos is where it is needed, for
// an infinite recursion, and where an application that it is was made.
func (w *worker) force(l heap.Lazy, pos lang.Pos) heap.Value {
	if w.IsValue(l) {
		return heap.Value(l)
	}
	return w.forceThunk(l, pos)
}

// forceSlot forces what is at a place, and leaves the value there.
func (w *worker) forceSlot(at heap.Slot, pos lang.Pos) heap.Value {
	l := w.Load(at)
	if w.IsValue(l) {
		return heap.Value(l)
	}
	v := w.forceThunk(l, pos)
	if v != 0 {
		w.Store(at, v)
	}
	return v
}

func (w *worker) forceThunk(l heap.Lazy, pos lang.Pos) heap.Value {
	was := w.Peek(l)
	var v heap.Value
	switch was.Kind() {
	case heap.Indirect:
		return was.Target()
	case heap.Thunk:
		b := w.ev.codes.body(was.Code())
		if w.stack += b.cost; w.stack > maxStack {
			w.enter(0)
			w.stack -= b.cost
			return 0
		}
		w.Claim(l, 0)
		v = b.node.eval(w, was.Env())
		w.stack -= b.cost
	case heap.Field:
		if !w.enter(frameBase) {
			return 0
		}
		w.Claim(l, 0)
		v = w.ev.codes.body(was.Code()).node.(*fieldNode).lookup(w, was.From())
		w.leave(frameBase)
	case heap.App1:
		args := [1]heap.Lazy{was.Arg()}
		v = w.forceApp(w.AppFn(l), args[:], pos)
	case heap.App2:
		x, y := w.Args(l)
		args := [2]heap.Lazy{x, y}
		v = w.forceApp(w.AppFn(l), args[:], pos)
	case heap.LambdaThunk:
		return w.Look(l)
	case heap.Early:
		w.err = w.early
		return 0
	case heap.BlackHole:
		return w.fail(ErrInfiniteRecursion, pos, "infinite recursion encountered")
	case heap.FailedThunk:
		w.err = w.ev.failures.get(was.Failure())
		return 0
	default:
		return heap.Value(l)
	}
	if v == 0 {
		if n := w.ev.failures.add(w.err); n != 0 {
			w.Fail(l, n)
		} else {
			w.Restore(l, was)
		}
		return 0
	}
	return w.Resolve(l, v)
}

// forceApp evaluates an application. It is not claimed meanwhile: one that
// needs itself ends where calls are too deep, as in the reference.
func (w *worker) forceApp(fn heap.Lazy, args []heap.Lazy, pos lang.Pos) heap.Value {
	if !w.enter(frameBase) {
		return 0
	}
	v := w.force(fn, pos)
	if v != 0 {
		v = w.call(v, args, pos)
	}
	w.leave(frameBase)
	return v
}

// definedAt returns where the function or set that l is stands, or the function
// that it applies; 0 for anything else.
func (w *worker) definedAt(l heap.Lazy) lang.Pos {
	switch w.Kind(l) {
	case heap.App1, heap.App2:
		fn := w.AppFn(l)
		if w.Kind(fn) == heap.Indirect {
			fn = heap.Lazy(w.Peek(fn).Target())
		}
		if w.IsValue(fn) {
			return w.definedAt(fn)
		}
	case heap.Lambda:
		return w.lambdaPos(heap.Value(l), 0)
	case heap.Partial:
		if fn, args := w.Partial(heap.Value(l)); w.KindOf(fn) == heap.Lambda {
			return w.lambdaPos(fn, len(args))
		}
	case heap.Attrs:
		if n := w.Code(heap.Value(l)); n != 0 {
			if x := w.ev.codes.code(n).expr; x != nil {
				return x.Span().Start
			}
		}
	}
	return 0
}

// deepForce forces l and all that it consists of.
func (w *worker) deepForce(l heap.Lazy) bool {
	d := deepForcer{w: w, seen: map[heap.Value]struct{}{}}
	return d.force(l)
}

type deepForcer struct {
	w    *worker
	seen map[heap.Value]struct{}
}

func (d *deepForcer) force(l heap.Lazy) bool {
	w := d.w
	at := w.definedAt(l)
	if !w.enterCall(at) {
		return false
	}
	ok := false
	if v := w.force(l, at); v != 0 {
		ok = d.parts(v)
	}
	w.depth--
	return ok
}

// parts forces what v consists of.
func (d *deepForcer) parts(v heap.Value) bool {
	w := d.w
	k := w.KindOf(v)
	if k != heap.List && !k.IsAttrs() {
		return true
	}
	if _, ok := d.seen[v]; ok {
		return true
	}
	d.seen[v] = struct{}{}
	if !w.enter(frameGo) {
		return false
	}
	defer w.leave(frameGo)
	if k == heap.List {
		for i, l := range w.Elems(v) {
			if !d.force(l) {
				w.err.frame(0, "while evaluating list element at index %d", i)
				return false
			}
		}
		return true
	}
	for _, e := range w.All(v) {
		if !d.force(e.Value) {
			w.err.frame(w.attrPos(v, e.Name), "while evaluating the attribute '%s'", w.showName(e.Name))
			return false
		}
	}
	return true
}

// name returns the name of a symbol.
func (w *worker) name(sym lang.Symbol) string { return w.ev.config.Symbols.Name(sym) }

// showName returns the name of a symbol as messages show it: with quotes if it
// is no identifier.
func (w *worker) showName(sym lang.Symbol) string {
	return string(appendAttrName(nil, w.name(sym)))
}

// intern returns the symbol of the name that v, a string, is.
func (w *worker) intern(v heap.Value) lang.Symbol {
	if sym := w.Symbol(v); sym != 0 {
		return sym
	}
	sym := w.ev.config.Symbols.Intern(w.Text(v))
	w.SetSymbol(v, sym)
	return sym
}

// symbolString returns the name of a symbol as a string, the same each time.
func (w *worker) symbolString(sym lang.Symbol) heap.Value {
	ev := w.ev
	if int(sym) >= len(ev.strings) {
		grown := make([]heap.Value, ev.config.Symbols.Len()+ev.config.Symbols.Len()/2+1)
		copy(grown, ev.strings)
		ev.strings = grown
	}
	if ev.strings[sym] == 0 {
		ev.strings[sym] = w.NewString(w.name(sym), 0)
		w.SetSymbol(ev.strings[sym], sym)
	}
	return ev.strings[sym]
}

// newString returns a string, if it is not too long.
func (w *worker) newString(text string, ctx Context) heap.Value {
	if len(text) > 1<<16 && !w.checkSize(uint64(len(text))/8) {
		return 0
	}
	return w.NewString(text, uint32(ctx))
}
