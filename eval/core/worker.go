package core

// This file defines the worker: what one goroutine carries through an
// evaluation, and what it may use.

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
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

// defaultCallDepth is the reference's setting max-call-depth.
const defaultCallDepth = 10_000

// maxStack bounds the stack that an evaluation takes. Go ends the program when
// a stack would grow beyond 512 MiB, doubling, since the next size is more than
// its limit of 1 GB.
const maxStack = 440 << 20 >> (2 - 2*(^uint(0)>>63)) >> wasmShift // of 32-bit machines and of wasm a quarter

// Estimates of stack use, in bytes, measured with TestStackEstimates.
const (
	frameBase    = 300  // forcing a thunk or calling a function; see also stackCost
	frameBuiltin = 950  // calling a builtin
	frameGo      = 1100 // a level of recursion in equality, printing and the like
)

var evaluations atomic.Uint64

// begin prepares for an evaluation.
func (w *worker) begin(ctx context.Context, limits *Limits) {
	w.err, w.early, w.depth, w.stack, w.ncalls = nil, nil, 0, 0, 0
	w.unwound = 0
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

// A stopFlag says that a context is done.
type stopFlag struct {
	atomic.Bool
	ctx   context.Context
	outer *stopFlag // of the evaluation around this one; or nil
}

// cause returns why the evaluation is to stop; nil if it is not.
func (f *stopFlag) cause() error {
	for ; f != nil; f = f.outer {
		if f.Load() {
			return f.ctx.Err()
		}
	}
	return nil
}

func (w *worker) timedOut() bool { return w.limits.Time > 0 && !time.Now().Before(w.deadline) }

// enter counts a level of Go recursion, and reports whether there may be one
// more. Whoever it returns true to calls leave.
func (w *worker) enter(cost int) bool {
	w.stack += cost
	if w.stack > maxStack {
		w.stack -= cost
		w.fail(CodeStackOverflow, 0, "stack overflow; values or expressions are nested too deeply")
		w.err.Limit = LimitStack
		return false
	}
	w.unwind()
	return true
}

func (w *worker) leave(cost int) {
	w.stack -= cost
	if wasm && w.stack < w.unwound {
		w.unwound = w.stack
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
func (w *worker) unwind() {
	if wasm && w.stack-w.unwound > maxWound {
		w.unwound = w.stack
		runtime.Gosched()
	}
}

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
	if w.Credit--; w.Credit < 0 && !w.check(pos) {
		return false
	}
	w.depth++
	return true
}

func (w *worker) tooDeep(pos lang.Pos) bool {
	w.fail(CodeStackOverflow, pos, "stack overflow; max-call-depth exceeded")
	w.err.Limit = LimitDepth
	return false
}

// quantum is how many steps there are between two looks at what may end the
// evaluation. A step takes up to a microsecond or two.
const quantum = 1000

// allow lets the worker do some steps before it comes back to check.
func (w *worker) allow() {
	w.grant = quantum
	if max := w.limits.Steps; max > 0 && max-w.spent < quantum {
		w.grant = int(max - w.spent)
	}
	w.Credit = w.grant
}

// tick counts steps, and fails if the evaluation is to stop.
func (w *worker) tick(n int) bool {
	w.Credit -= n
	return w.Credit >= 0 || w.check(0)
}

// check fails if the evaluation is to stop. It is called when there is no credit.
func (w *worker) check(pos lang.Pos) bool {
	w.spent += uint64(w.grant - w.Credit)
	w.grant, w.Credit = 0, 0
	limits := &w.limits
	switch {
	case w.timedOut():
		w.err = w.limitError(LimitTime, pos, fmt.Sprintf("the evaluation took longer than its limit of %v", limits.Time))
		return false
	case w.stop.cause() != nil:
		w.fail(CodeInterrupted, pos, "interrupted by the user")
		w.err.Cause = w.stop.cause()
		return false
	case w.Overdrawn():
		w.err = w.memoryError(pos)
		return false
	case w.ev.heap.Exhausted():
		w.err = w.limitError(LimitHeap, pos, heap.ErrFull.Error())
		return false
	case limits.Steps > 0 && w.spent >= limits.Steps:
		w.spent = limits.Steps
		w.err = w.limitError(LimitSteps, pos, fmt.Sprintf("the evaluation took more steps than its limit of %d", limits.Steps))
		return false
	}
	w.allow()
	return true
}

func (w *worker) memoryError(pos lang.Pos) *Error {
	return w.limitError(LimitMemory, pos, fmt.Sprintf("the evaluation needs more memory than its limit of %d bytes", w.limits.Memory))
}

func (w *worker) limitError(limit Limit, pos lang.Pos, msg string) *Error {
	e := w.errorf(CodeLimit, pos, "%s", msg)
	e.Limit = limit
	return e
}

// checkSize fails if words more words do not fit into what may be used, or into
// one object of the heap.
func (w *worker) checkSize(words uint64) bool {
	switch {
	case !w.Affords(words):
		w.err = w.memoryError(0)
		return false
	case words > heap.MaxLen || !w.ev.heap.Fits(words):
		w.err = w.limitError(LimitHeap, 0, heap.ErrFull.Error())
		return false
	}
	// Taking that much takes time.
	return w.tick(int(words / 1024))
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
		b := w.body(was.Code())
		if w.stack += b.cost; w.stack > maxStack {
			w.enter(0)
			w.stack -= b.cost
			return 0
		}
		if !w.Claim(l, was, w.id) {
			w.stack -= b.cost
			return w.force(l, pos)
		}
		w.unwind()
		v = b.node.eval(w, was.Env())
		w.leave(b.cost)
	case heap.Field:
		if !w.enter(frameBase) {
			return 0
		}
		if !w.Claim(l, was, w.id) {
			w.leave(frameBase)
			return w.force(l, pos)
		}
		v = w.body(was.Code()).node.(*fieldNode).lookup(w, was.From())
		w.leave(frameBase)
	case heap.App1:
		args := [1]heap.Lazy{was.Arg()}
		return w.forceApp(l, was, args[:], pos)
	case heap.App2:
		x, y := w.Args(l)
		args := [2]heap.Lazy{x, y}
		return w.forceApp(l, was, args[:], pos)
	case heap.LambdaThunk:
		return w.Look(l)
	case heap.Early:
		w.err = w.early
		return 0
	case heap.BlackHole:
		if was.Owner() != w.id {
			return w.await(l, pos)
		}
		w.fail(CodeInfiniteRecursion, pos, "infinite recursion encountered")
		w.err.again = l
		return 0
	case heap.FailedThunk:
		if w.err = w.failure(l, was.Failure()); w.err == nil {
			return w.force(l, pos)
		}
		return 0
	default:
		return heap.Value(l)
	}
	if v == 0 {
		if w.err.Kind == ErrInfiniteRecursion {
			w.link(l, was)
		}
		if !w.keep(w.err, l, was) {
			w.Restore(l, was)
		}
		return 0
	}
	return w.Resolve(l, v)
}

// forceApp evaluates an application. It is not claimed meanwhile: one that
// needs itself ends where calls are too deep, as in the reference.
func (w *worker) forceApp(l heap.Lazy, was heap.Claim, args []heap.Lazy, pos lang.Pos) heap.Value {
	if !w.enter(frameBase) {
		return 0
	}
	v := w.force(w.AppFn(l, was), pos)
	if v != 0 {
		v = w.call(v, args, pos)
	}
	w.leave(frameBase)
	if v != 0 {
		return w.ResolveApp(l, was, v)
	}
	w.keep(w.err, l, was)
	return 0
}

// await waits until the worker that forces l is done, and forces l then. Workers
// that wait for each other have met an infinite recursion.
//
// It looks again and again rather than being told: that costs a worker that
// nobody waits for nothing, and those that wait a millisecond at most.
func (w *worker) await(l heap.Lazy, pos lang.Pos) heap.Value {
	w.waits.Store(uint32(l))
	defer w.waits.Store(0)
	cycles := 0
	for pause := time.Duration(0); ; pause = min(2*pause+10*time.Microsecond, time.Millisecond) {
		was := w.Peek(l)
		if was.Kind() == heap.BlackHole && w.ev.gate.workers[was.Owner()].Load().dead.Load() {
			w.Unclaim(l, was)
			was = w.Peek(l)
		}
		if was.Kind() != heap.BlackHole {
			w.waits.Store(0)
			return w.force(l, pos)
		}
		if !w.check(pos) {
			return 0
		}
		if !w.waitsForItself(l) {
			cycles = 0
		} else if cycles++; cycles > 2 {
			return w.fail(CodeInfiniteRecursion, pos, "infinite recursion encountered")
		}
		if pause == 0 {
			runtime.Gosched()
			continue
		}
		time.Sleep(pause)
	}
}

// waitsForItself reports whether the worker that forces l waits for w, directly
// or through others. What it sees may change meanwhile, unless it is so.
func (w *worker) waitsForItself(l heap.Lazy) bool {
	for range heap.MaxWorkers {
		was := w.Peek(l)
		if was.Kind() != heap.BlackHole {
			return false
		}
		if was.Owner() == w.id {
			return true
		}
		if l = heap.Lazy(w.ev.gate.workers[was.Owner()].Load().waits.Load()); l == 0 {
			return false
		}
	}
	return false
}

// definedAt returns where the function or set that l is stands, or the function
// that it applies; 0 for anything else.
func (w *worker) definedAt(l heap.Lazy) lang.Pos {
	switch was := w.Peek(l); was.Kind() {
	case heap.App1, heap.App2:
		fn := w.AppFn(l, was)
		if is := w.Peek(fn); is.Kind() == heap.Indirect {
			fn = heap.Lazy(is.Target())
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
func (w *worker) showName(sym lang.Symbol) string { return lang.QuoteName(w.name(sym)) }

// intern returns the symbol of the name that v, a string, is.
func (w *worker) intern(v heap.Value) lang.Symbol {
	if sym := w.Symbol(v); sym != 0 {
		return sym
	}
	sym := w.ev.config.Symbols.Intern(w.Text(v))
	w.Charge(uint64(w.Len(v))) // of a name that may be new
	w.SetSymbol(v, sym)
	return sym
}

// symbolStrings has the names of symbols as strings, by symbol.
type symbolStrings struct {
	mu    sync.Mutex // held to make the table longer
	pages atomic.Pointer[[]*symbolPage]
}

const symbolPageSize = 1 << 12

type symbolPage [symbolPageSize]atomic.Uint32

// symbolString returns the name of a symbol as a string, the same each time.
func (w *worker) symbolString(sym lang.Symbol) heap.Value {
	t := &w.ev.strings
	pages := t.pages.Load()
	if pages == nil || int(sym/symbolPageSize) >= len(*pages) {
		pages = t.grow(sym)
	}
	at := &(*pages)[sym/symbolPageSize][sym%symbolPageSize]
	if v := heap.Value(at.Load()); v != 0 {
		return v
	}
	v := w.NewString(w.name(sym), 0)
	w.SetSymbol(v, sym)
	if !at.CompareAndSwap(0, uint32(v)) {
		v = heap.Value(at.Load())
	}
	return v
}

// grow makes room for sym.
func (t *symbolStrings) grow(sym lang.Symbol) *[]*symbolPage {
	t.mu.Lock()
	defer t.mu.Unlock()
	var grown []*symbolPage
	if old := t.pages.Load(); old != nil {
		grown = append(grown, *old...)
	}
	for len(grown) <= int(sym/symbolPageSize) {
		grown = append(grown, new(symbolPage))
	}
	t.pages.Store(&grown)
	return &grown
}

// newString returns a string, if it is not too long.
func (w *worker) newString(text string, ctx Context) heap.Value {
	if len(text) <= largeText {
		return w.NewString(text, uint32(ctx))
	}
	texts := [1]string{text}
	return w.joinStrings(texts[:], len(text), ctx)
}

// largeText is from how many bytes on a text is copied piece by piece, after
// asking whether there is room.
const largeText = 1 << 16

// copyText copies text to the start of out, and returns what is behind it. The
// evaluation may be stopped meanwhile.
func (w *worker) copyText(out []byte, text string) []byte {
	for len(text) > largeText {
		copy(out, text[:largeText])
		out, text = out[largeText:], text[largeText:]
		w.work(200) // memory that is touched for the first time takes long
	}
	return out[copy(out, text):]
}

// copyElems is copyText for elements of lists.
func (w *worker) copyElems(out, elems []heap.Lazy) []heap.Lazy {
	const many = 1 << 14
	for len(elems) > many {
		copy(out, elems[:many])
		out, elems = out[many:], elems[many:]
		w.work(200)
	}
	return out[copy(out, elems):]
}
