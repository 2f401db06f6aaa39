package core

import (
	"runtime"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines how a worker waits for a thunk that another one forces.

// status is what other workers see of a worker.
type status struct {
	dead  atomic.Bool   // the worker panicked, and the thunks that it had claimed must be restored: see rescue
	ahead atomic.Bool   // it is a helper, which gives up where workers wait for each other
	waits atomic.Uint32 // the thunk, claimed by another worker, that blocks this one; 0 if none
}

// await waits until the worker that forces l is done, and forces l then. Workers
// that wait for each other have met an infinite recursion.
//
// It looks again and again rather than being told: that costs a worker for which no other
// waits nothing, and those that wait a millisecond at most.
func (w *worker) await(l heap.Lazy, pos lang.Pos) heap.Value {
	w.status.waits.Store(uint32(l))
	defer w.status.waits.Store(0)
	cycles, longest := 0, time.Millisecond
	if w.team != nil && !w.ahead {
		longest = 100 * time.Microsecond // everything waits for the leader of a team
	}
	for pause := time.Duration(0); ; pause = min(2*pause+10*time.Microsecond, longest) {
		was := w.Peek(l)
		if was.Kind() == heap.BlackHole && w.ev.gate.workers[was.Owner()].Load().status.dead.Load() {
			w.Unclaim(l, was)
			was = w.Peek(l)
		}
		if was.Kind() != heap.BlackHole {
			w.status.waits.Store(0)
			return w.force(l, pos)
		}
		if !w.check(pos) {
			return 0
		}
		switch cycle, helped := w.waitsForItself(l); {
		case !cycle:
			cycles = 0
		case w.ahead:
			w.err = interrupted(errAhead)
			return 0
		case helped: // until the helper sees it, too
		default:
			if cycles++; cycles > 2 {
				return w.fail(CodeInfiniteRecursion, pos, "infinite recursion encountered")
			}
		}
		if pause == 0 {
			runtime.Gosched()
			w.team.block()
			defer w.team.unblock()
			continue
		}
		time.Sleep(pause)
	}
}

// waitsForItself reports whether the worker that forces l waits for w, directly
// or through others, and whether any of these is a helper. What it sees may change meanwhile,
// unless it is so.
func (w *worker) waitsForItself(l heap.Lazy) (cycle, helped bool) {
	for range heap.MaxWorkers {
		was := w.Peek(l)
		if was.Kind() != heap.BlackHole {
			return false, false
		}
		if was.Owner() == w.id {
			return true, helped
		}
		other := &w.ev.gate.workers[was.Owner()].Load().status
		helped = helped || other.ahead.Load()
		if l = heap.Lazy(other.waits.Load()); l == 0 {
			return false, false
		}
	}
	return false, false
}
