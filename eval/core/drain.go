package core

import (
	"context"
	"errors"
	"time"
)

// This file defines how the gate stops all evaluations for a collection.

// drainTime is how long a collection waits for the evaluations under way, with
// no new ones beginning. If one takes longer, the collection is put off.
const drainTime = 100 * time.Millisecond

// A drain is a collection that is about to be, or under way.
type drain struct {
	done   chan struct{} // closed when the collection has ended, or was put off
	begun  bool          // no evaluation is under way any more
	urgent int           // callers of Collect that wait; with one it is not put off
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

// collect runs a collection. No evaluation is under way, and none begins.
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

// Collect gives back values that nothing refers to any more, as soon as no evaluation is
// under way. For drainTime it lets none begin; if the others have not ended by then, it
// tries again a while later, until ctx is done. It is not to be called in an evaluation.
// The error is that of ctx.
func (ev *Evaluator) Collect(ctx context.Context) error {
	g := &ev.gate
	if ctx.Value(workerKey{ev}) != nil {
		return errors.New("a collection cannot be waited for in an evaluation")
	}
	ev.roots.ask()
	for {
		g.mu.Lock()
		d := g.drain(false)
		g.mu.Unlock()
		select {
		case <-d.done:
		case <-ctx.Done():
			g.putOff(d)
			return causeOf(ctx)
		}
		if d.begun { // which nothing writes any more
			return nil
		}
		select { // let others begin
		case <-time.After(5 * drainTime):
		case <-ctx.Done():
			return causeOf(ctx)
		}
	}
}
