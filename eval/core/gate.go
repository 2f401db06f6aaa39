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
	if w.status.dead.Load() {
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
		if w := g.workers[i].Load(); w.status.dead.Swap(false) && len(g.idle) < g.max {
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
