package core

// This file defines how memory is given back within an evaluation: between two steps of a loop
// of a builtin, and where an error was caught.

import (
	"slices"

	"github.com/firn-lang/firn/eval/heap"
)

// Bounds of memory that is made before anything is given back, in bytes. What is made by a
// loop before its region begins stays, so most loops cost nothing.
const (
	loopBegin = 1 << 20  // by a loop before its region begins
	loopStep  = 8 << 20  // by a loop between two collections, at least
	tryLarge  = 16 << 20 // by an argument of tryEval that failed before what refers to it is looked for
)

// A Loop is a loop of a builtin that calls functions. Between two of its steps memory can be
// given back, since functions that are under way then began before the loop did. So what the
// loop made before its first step, and arguments of the builtin, may be held as they are; but what
// its steps made, the loop has to tell: see Step.
type Loop struct {
	w      *worker
	region int    // number of its region; -1 before that begins
	visits uint64 // gate.visits then
	next   uint64 // bytes made, garbage or not, at which there is something to be done
	step   uint64 // bytes to be made until the next collection
}

// Loop begins a loop, which has to be ended.
func (c *Call) Loop() Loop {
	_, made := c.w.Progress()
	return Loop{w: c.w, region: -1, next: made + loopBegin*c.w.ev.pace, step: loopStep * c.w.ev.pace}
}

// Step is called between two steps. held is all that the loop still holds of what its steps
// made, directly or within; 0 if that is nothing.
func (l *Loop) Step(held heap.Lazy) {
	if _, made := l.w.Progress(); made >= l.next {
		l.collect(held, made)
	}
}

// End ends the loop.
func (l *Loop) End() {
	if l.region >= 0 {
		l.w.EndRegion(l.region)
	}
}

// collect gives back what the steps made, but for what is held; the first time it says that
// this can be done from now on.
func (l *Loop) collect(held heap.Lazy, made uint64) {
	w := l.w
	l.next = made + l.step
	if l.region >= 0 && w.ev.gate.visits.Load() == l.visits {
		before, alive := w.RegionBytes(l.region), uint64(0)
		if w.collectRegion(l.region, l.visits, func(m *heap.Marker) { m.Mark(held) }, &alive) {
			// To look at what is alive takes time: the less that gave back, the longer until it is
			// done again.
			times := min(max(2*alive/max(before-min(alive, before), 1), 2), 8)
			l.next = made + max(l.step, times*alive*w.ev.pace)
			return
		}
	}
	l.End()
	l.region = -1
	if visits, ok := w.alone(); ok {
		l.region, l.visits = w.BeginRegion(), visits
	}
}

// alone reports whether w is the only worker with an evaluation, and nothing looks at it, nor has
// it values that are not kept in the heap. The
// result is right until gate.visits has changed.
func (w *worker) alone() (visits uint64, ok bool) {
	g := &w.ev.gate
	visits = g.visits.Load()
	if w.seenVisits != visits {
		g.mu.Lock()
		visits = g.visits.Load()
		w.seenVisits, w.isAlone = visits, g.active == 1
		g.mu.Unlock()
	}
	return visits, w.isAlone && w.trace == nil && w.debug == nil && w.transientUses == 0
}

// undisturbed calls fn, during which no other evaluation and no look from outside begins, since
// both may take memory behind the start of a region. It returns false, and does not call fn, if
// there were visits, or there is a look under way.
func (w *worker) undisturbed(visits uint64, fn func()) bool {
	g := &w.ev.gate
	if !w.ev.reader.TryLock() {
		return false
	}
	defer w.ev.reader.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.visits.Load() != visits {
		return false
	}
	fn()
	return true
}

// collectRegion gives back what is not alive of a region, unless there were visits. roots marks
// what the loop holds.
func (w *worker) collectRegion(region int, visits uint64, roots func(m *heap.Marker), alive *uint64) bool {
	return w.undisturbed(visits, func() {
		*alive = w.CollectRegion(region, func(m *heap.Marker) {
			m.Check = w.goOn
			roots(m)
			m.Drain()
			w.keepFailures(m)
		})
	})
}

// goOn panics if the evaluation is to stop.
func (w *worker) goOn() {
	if !w.check(0) {
		panic(errStopped)
	}
}

// keepFailures marks what failed thunks that are alive need to be restored, and forgets
// those that are not.
func (w *worker) keepFailures(m *heap.Marker) {
	pending := slices.Concat(w.caught, w.failed)
	slices.Reverse(pending) // outer ones failed after inner ones, which they may refer to
	for n := -1; n != len(pending); {
		n = len(pending)
		pending = slices.DeleteFunc(pending, func(t failedThunk) bool {
			alive := m.Alive(t.thunk)
			if alive {
				m.MarkClaim(t.thunk, t.was)
				m.Drain()
			}
			return alive
		})
	}
	if len(pending) > 0 {
		w.dropFailures(0, len(w.caught), m.Alive)
	}
}
