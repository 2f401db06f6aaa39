package core

// This file defines the gate: which evaluation gets a worker, and when.

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A gate lets evaluations begin: it has the workers, and stops all of them for a
// collection. Either evaluations are under way (active > 0) or a collection is, never both.
type gate struct {
	ev        *Evaluator
	max       int         // workers that may be active at once, without dead ones
	permanent lang.Symbol // first symbol that does not live as long as the evaluator

	// visits counts what ends the certainty that a worker is alone with what it made: evaluations
	// that began, roots, and looks at values from outside.
	visits atomic.Uint64

	mu        sync.Mutex                              // of the fields below, but for workers
	workers   [heap.MaxWorkers]atomic.Pointer[worker] // by id; set once each, nil from made on
	counts    []Counts                                // by id: work up to the worker's last evaluation
	functions map[FunctionCount]uint64                // calls of each function; nil if they are not counted
	builtins  []uint64                                // calls of each builtin, by number; likewise
	made      int                                     // workers, dead ones too
	idle      []*worker                               // workers without an evaluation
	active    int                                     // evaluations under way
	queue     []*ticket                               // evaluations that wait for a worker, oldest first
	draining  *drain                                  // collection that evaluations wait for; nil if there is none
	preparing bool                                    // prepare is asking Go's collector
	retry     time.Time                               // when a collection that was put off is tried again
	dead      int                                     // workers that panicked, whose claims are not restored yet
	next      growth                                  // size from which on a collection is due
	last      growth                                  // size after the last collection
	stats     collectStats                            // of all collections
	number    int                                     // of the last collection; read by the collection alone
}

// A ticket is an evaluation that waits for its turn.
type ticket struct {
	worker chan *worker // gets one worker; has room for it
	gone   bool         // the evaluation gave up; under gate.mu
}

// init sets how many workers there may be.
func (g *gate) init(ev *Evaluator) {
	g.ev = ev
	g.max = ev.opt.Workers
	if g.max <= 0 {
		g.max = max(8, 2*runtime.GOMAXPROCS(0))
	}
	g.max = min(g.max, heap.MaxWorkers)
	g.plan()
}

// newWorker makes one more worker. The caller must hold g.mu, or be New.
func (g *gate) newWorker() *worker {
	w := &worker{Space: g.ev.heap.Space(), ev: g.ev, id: uint32(g.made)}
	w.own = Call{w: w, b: &Builtin{}}
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
	g.counts = append(g.counts, Counts{})
	g.made++
	return w
}

// enter waits until there is a worker.
func (g *gate) enter(ctx context.Context) (*worker, error) {
	if ctx.Err() != nil {
		return nil, interrupted(causeOf(ctx))
	}
	g.mu.Lock()
	if g.draining == nil && g.due() && (g.active == 0 || g.pressed() || time.Now().After(g.retry)) {
		g.prepare()
	}
	if g.draining == nil && !g.free() && g.active == 0 {
		g.drain(true) // all are dead
	}
	if g.draining == nil && g.free() {
		w := g.take()
		g.mu.Unlock()
		return w, nil
	}
	t := &ticket{worker: make(chan *worker, 1)}
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
	return nil, interrupted(causeOf(ctx))
}

// free reports whether a worker can be had.
func (g *gate) free() bool {
	return len(g.idle) > 0 || g.made < heap.MaxWorkers && g.made-g.dead < g.max
}

// take returns a worker, which free has said there is. The caller must hold g.mu.
func (g *gate) take() *worker {
	g.active++
	g.visits.Add(1)
	if n := len(g.idle); n > 0 {
		w := g.idle[n-1]
		g.idle = g.idle[:n-1]
		return w
	}
	return g.newWorker()
}

// join returns a worker for a helper of an evaluation that is under way; nil if there is none now.
func (g *gate) join() *worker {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.draining != nil || !g.free() {
		return nil
	}
	return g.take()
}

// leave takes a worker back.
func (g *gate) leave(w *worker) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.active--
	g.visits.Add(1) // another one may be alone now
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
