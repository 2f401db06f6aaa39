package core

// This file defines how evaluations begin and end: the workers, who gets one
// when, and how they all stop for a collection.

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// drainTime is how long a collection waits for the evaluations under way, with
// no new ones beginning. If one takes longer, the collection is put off.
const drainTime = 100 * time.Millisecond

// A gate lets evaluations begin.
type gate struct {
	ev        *Evaluator
	max       int
	permanent lang.Symbol // the first that does not live as long as the evaluator

	mu        sync.Mutex
	workers   [heap.MaxWorkers]atomic.Pointer[worker] // all there are; set once each
	counts    [heap.MaxWorkers]Counts                 // what each did, up to its last evaluation
	functions map[FunctionCount]uint64                // how often each was called, if that is counted
	builtins  []uint64                                // likewise
	made      int
	idle      []*worker
	active    int
	queue     []*ticket
	draining  *drain
	preparing bool
	retry     time.Time // when a collection that was put off is tried again
	dead      int       // workers that came to grief, whose claims are to be restored
	next      growth    // from which size on there is to be a collection
	last      growth    // what the last one left
	stats     collectStats
	number    int // of the last collection; while there is one, nobody else looks at it
}

// A ticket is an evaluation that waits for its turn.
type ticket struct {
	worker chan *worker
	gone   bool
}

// A drain is a collection that is about to be, or under way.
type drain struct {
	done   chan struct{}
	begun  bool
	urgent int // how many wait for it; then it is not put off
}

func (g *gate) init(ev *Evaluator) {
	g.ev = ev
	g.max = ev.opt.Workers
	if g.max <= 0 {
		g.max = max(8, 2*runtime.GOMAXPROCS(0))
	}
	g.max = min(g.max, heap.MaxWorkers)
	g.plan()
}

// newWorker makes one more worker. g.mu is held, or nobody else knows g yet.
func (g *gate) newWorker() *worker {
	w := &worker{Space: g.ev.heap.Space(), ev: g.ev, id: uint32(g.made)}
	w.OnWork = w.work
	if g.ev.traced() {
		w.trace = g.ev.newTracer(w)
	}
	if g.ev.opt.CountCalls {
		w.tally = &tally{functions: map[*lang.Lambda]int64{}, builtins: make([]uint64, len(g.ev.builtins))}
	}
	if d := g.ev.opt.Debugger; d != nil {
		w.debug = &debugging{d: d}
	}
	g.workers[g.made].Store(w)
	g.made++
	return w
}

// enter waits until there is a worker.
func (g *gate) enter(ctx context.Context) (*worker, error) {
	if err := ctx.Err(); err != nil {
		return nil, interrupted(err)
	}
	g.mu.Lock()
	if g.draining == nil && g.due() && (g.active == 0 || g.pressed() || time.Now().After(g.retry)) {
		g.prepare()
	}
	t := &ticket{worker: make(chan *worker, 1)}
	if g.draining == nil && !g.free() && g.active == 0 {
		g.drain(true) // all are dead
	}
	if g.draining == nil && g.free() {
		w := g.take()
		g.mu.Unlock()
		return w, nil
	}
	g.queue = append(g.queue, t)
	g.mu.Unlock()
	select {
	case w := <-t.worker:
		return w, nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	t.gone = true
	var w *worker
	select {
	case w = <-t.worker:
	default:
	}
	g.mu.Unlock()
	if w != nil {
		g.leave(w)
	}
	return nil, interrupted(ctx.Err())
}

// prepare finds out which roots are still referenced, which takes Go's collector,
// and starts a collection then. g.mu is held.
func (g *gate) prepare() {
	if g.pressed() || !g.ev.roots.many() {
		g.drain(false)
		return
	}
	if g.preparing {
		return
	}
	g.preparing = true
	go func() {
		g.ev.roots.ask()
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.preparing = false; g.due() {
			g.drain(false)
		}
	}()
}

// pressed reports whether there is so little room left that nothing may begin
// before there is more.
func (g *gate) pressed() bool { return g.ev.heap.Used() > g.ev.heap.Limit()/4*3 }

// free reports whether a worker can be had.
func (g *gate) free() bool {
	return len(g.idle) > 0 || g.made < heap.MaxWorkers && g.made-g.dead < g.max
}

func (g *gate) take() *worker {
	g.active++
	if n := len(g.idle); n > 0 {
		w := g.idle[n-1]
		g.idle = g.idle[:n-1]
		return w
	}
	return g.newWorker()
}

// leave takes a worker back.
func (g *gate) leave(w *worker) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.active--
	g.account(w)
	if w.dead.Load() {
		g.dead++
	} else {
		g.idle = append(g.idle, w)
	}
	g.step()
}

// step does what is to be done next. g.mu is held.
func (g *gate) step() {
	if d := g.draining; d != nil {
		if g.active == 0 && !d.begun {
			d.begun = true
			go g.collect(d)
		}
		return
	}
	for len(g.queue) > 0 && g.free() {
		t := g.queue[0]
		g.queue = g.queue[1:]
		if !t.gone {
			t.worker <- g.take()
		}
	}
	if len(g.queue) > 0 && g.active == 0 {
		g.drain(true)
	}
}

// drain lets no evaluation begin until there was a collection. g.mu is held.
func (g *gate) drain(urgent bool) *drain {
	wanted := 0
	if urgent {
		wanted = 1
	}
	if g.draining != nil {
		g.draining.urgent += wanted
		return g.draining
	}
	d := &drain{done: make(chan struct{}), urgent: wanted}
	g.draining = d
	if g.active > 0 {
		time.AfterFunc(drainTime, func() { g.putOff(d) })
	}
	g.step()
	return d
}

// putOff ends the wait for a collection that could not begin.
func (g *gate) putOff(d *drain) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.draining != d || d.begun || d.urgent > 0 || g.pressed() {
		return
	}
	g.stats.putOff++
	g.draining = nil
	g.retry = time.Now().Add(5 * drainTime)
	close(d.done)
	g.step()
}

// collect runs a collection. Nobody is at work.
func (g *gate) collect(d *drain) {
	start := time.Now()
	g.ev.collect()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stats.collections++
	g.stats.pause += time.Since(start)
	g.stats.longest = max(g.stats.longest, time.Since(start))
	for i := range g.made {
		if w := g.workers[i].Load(); w.dead.Swap(false) && len(g.idle) < g.max {
			g.idle = append(g.idle, w)
		}
	}
	g.dead = 0
	g.plan()
	g.draining = nil
	close(d.done)
	g.step()
}

// Collect gives back what nobody refers to any more, as soon as the evaluations
// under way have ended; until then no other begins. It is not to be called in an
// evaluation. The error is that of ctx.
func (ev *Evaluator) Collect(ctx context.Context) error {
	g := &ev.gate
	if ctx.Value(workerKey{ev}) != nil {
		return errors.New("a collection cannot be waited for in an evaluation")
	}
	ev.roots.ask()
	g.mu.Lock()
	d := g.drain(true)
	g.mu.Unlock()
	select {
	case <-d.done:
		return nil
	case <-ctx.Done():
		g.mu.Lock()
		d.urgent--
		g.mu.Unlock()
		g.putOff(d)
		return ctx.Err()
	}
}

type workerKey struct{ ev *Evaluator }

// A guestToken is how a context knows the evaluation that it belongs to.
type guestToken struct {
	w     *worker
	ended atomic.Bool
}

// do runs fn with a worker. It returns when fn does, or soon after ctx is done
// or a limit was met; limits may be nil. An evaluation that a builtin begins
// with the context that it got is part of the one that called the builtin.
func (ev *Evaluator) do(ctx context.Context, limits *Limits, fn func(w *worker) error) (err error) {
	if t, ok := ctx.Value(workerKey{ev}).(*guestToken); ok && !t.ended.Load() && t.w.guest.CompareAndSwap(1, 2) {
		w := t.w
		defer w.guest.Store(1)
		return w.nest(ctx, fn)
	}
	w, err := ev.gate.enter(ctx)
	if err != nil {
		return err
	}
	defer ev.gate.leave(w)
	if limits == nil {
		limits = &ev.opt.Limits
	}
	w.begin(ctx, limits)
	defer w.end()
	done := false
	defer w.rescue(&done, &err)
	err = w.run(w.ctx, fn)
	done = true
	return err
}

// run runs fn, which is stopped when ctx is done.
func (w *worker) run(ctx context.Context, fn func(w *worker) error) (err error) {
	if ctx.Done() != nil {
		flag := &stopFlag{ctx: ctx, outer: w.stop}
		stop := context.AfterFunc(ctx, func() { flag.Store(true) })
		w.stop = flag
		defer func() {
			stop()
			w.stop = flag.outer
		}()
	}
	err = fn(w)
	return w.detach(err)
}

// errStopped is what a loop panics with that has no other way to end early.
var errStopped = errors.New("the evaluation was stopped")

// rescue turns a panic into an error. Thunks that were being forced stay
// claimed: to restore them would need a defer in every force. So the worker
// counts as dead until a collection restores what it claimed; others that need a
// thunk of it restore that.
func (w *worker) rescue(done *bool, err *error) {
	if *done {
		return
	}
	w.dead.Store(true)
	switch r := recover(); r {
	case nil: // runtime.Goexit
	case errStopped:
		*err = w.detach(w.err)
	case heap.ErrBudget:
		*err = w.detach(w.memoryError(0))
	case heap.ErrFull:
		*err = w.detach(w.limitError(LimitHeap, 0, heap.ErrFull.Error()))
	default:
		*err = w.detach(w.errorf(CodeInternal, 0, "internal error: %v", r))
	}
}

// Unwinds reports whether r, which was recovered, is how an evaluation that has no
// other way to end leaves the functions on its way. Whoever recovers it has to
// panic with it again.
func Unwinds(r any) bool { return r == errStopped || r == heap.ErrFull || r == heap.ErrBudget }

// work counts the steps of a loop of the heap.
func (w *worker) work(n int) {
	if !w.tick(n) {
		panic(errStopped)
	}
}

// nest runs fn in the evaluation that w is busy with.
func (w *worker) nest(ctx context.Context, fn func(w *worker) error) error {
	outer, kept, early, depth, stack := w.ctx, w.err, w.early, w.depth, w.stack
	w.ctx = ctx
	defer func() {
		w.ctx, w.err, w.early, w.depth, w.stack = outer, kept, early, depth, stack
	}()
	return w.run(ctx, fn)
}

// Guest runs fn, which is not part of the evaluator, and may begin evaluations
// with the context that it gets: they are part of the present one, until fn
// returns, and only on its goroutine. fn may not panic.
func (c *Call) Guest(fn func(ctx context.Context)) {
	ctx, before := c.EnterGuest()
	defer c.LeaveGuest(before)
	fn(ctx)
}

// EnterGuest is Guest without a closure: what runs until LeaveGuest, which gets
// before, is what fn would be.
func (c *Call) EnterGuest() (ctx context.Context, before uint32) {
	w := c.w
	if w.guestOf != w.ctx {
		if w.token == nil {
			w.token = &guestToken{w: w}
		}
		w.guestOf, w.guestCtx = w.ctx, w.ctx
		if w.ctx.Value(workerKey{w.ev}) != w.token {
			w.guestCtx = context.WithValue(w.ctx, workerKey{w.ev}, w.token)
		}
	}
	return w.guestCtx, w.guest.Swap(1)
}

// LeaveGuest ends what EnterGuest began.
func (c *Call) LeaveGuest(before uint32) { c.w.guest.Store(before) }

// detach returns err as somebody who knows nothing of w can keep it.
func (w *worker) detach(err error) error {
	e, ok := err.(*Error)
	if !ok {
		return err
	}
	out := *e
	if e.Kind == ErrLimit || e.Kind == ErrInterrupted {
		// It may have been met where no place is known; then the innermost step
		// says where.
		for i := 0; out.Pos == 0 && i < len(e.Frames); i++ {
			if pos := e.Frames[i].Pos; pos != latePos {
				out.Pos = pos
			}
		}
	}
	positions := []lang.Pos{out.Pos, out.At}
	for _, f := range e.Frames {
		positions = append(positions, f.Pos)
	}
	for _, l := range e.Cycle {
		positions = append(positions, l.Span.Start)
	}
	out.Frames = append([]Frame(nil), e.Frames...)
	out.Cycle = append([]Link(nil), e.Cycle...)
	if out.again != 0 {
		out.again, out.Cycle = 0, nil // it was not closed
	}
	if e.files != nil {
		out.files = e.files.Subset(positions)
	}
	out.number, out.run = 0, w.serial
	return &out
}

func interrupted(cause error) *Error {
	return &Error{Code: CodeInterrupted, Kind: ErrInterrupted, Msg: "interrupted by the user", Cause: cause}
}

// A growth is how much there is of what a collection can give back.
type growth struct {
	heap, text                         uint64 // bytes
	symbols, codes, contexts, failures int
	roots, externals                   int
}

func (g *gate) size() growth {
	ev := g.ev
	return growth{
		heap:     ev.heap.Used(),
		text:     ev.config.Files.Size(),
		symbols:  ev.config.Symbols.Count(),
		codes:    ev.codes.len(),
		contexts: ev.contexts.len(),
		failures: ev.failures.len(),
		roots:    ev.roots.len(), externals: ev.externals.len(),
	}
}

// plan says when there is to be a collection again: when there is twice as much
// as was left.
func (g *gate) plan() {
	g.last = g.size()
	limit := g.ev.heap.Limit()
	g.next = growth{
		heap:     max(min(32<<20, limit/4), min(2*g.last.heap, (g.last.heap+limit)/2)),
		text:     max(8<<20, 2*g.last.text),
		symbols:  max(100_000, 2*g.last.symbols),
		codes:    max(500_000, 2*g.last.codes),
		contexts: max(100_000, 2*g.last.contexts),
		failures: max(10_000, 2*g.last.failures),
		roots:    max(100_000, 2*g.last.roots), externals: max(1000, 2*g.last.externals),
	}
}

// due reports whether there is to be a collection. g.mu is held.
func (g *gate) due() bool {
	is, next := g.size(), &g.next
	return g.dead > g.max/2 || is.heap >= next.heap || is.text >= next.text || is.symbols >= next.symbols ||
		is.codes >= next.codes || is.contexts >= next.contexts || is.failures >= next.failures ||
		is.roots >= next.roots || is.externals >= next.externals
}
