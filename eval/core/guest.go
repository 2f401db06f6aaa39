package core

import (
	"context"
	"sync/atomic"
)

// This file defines guests: code of others that a builtin calls, and that may begin
// evaluations of its own.

// A workerKey is the key of an evaluator's guestToken in a context.
type workerKey struct{ ev *Evaluator }

// guests is what makes evaluations that a guest begins part of the one that called it. The
// context that the guest gets carries the token.
type guests struct {
	state atomic.Uint32   // 1 while a guest may begin an evaluation, 2 while it has one, 0 otherwise
	token *guestToken     // of the evaluation under way; nil until there is a guest
	ctx   context.Context // for guests, made of of; nil until there is a guest
	of    context.Context // meter.ctx when ctx was made
}

// end makes contexts that guests have kept worthless.
func (g *guests) end() {
	if g.token != nil {
		g.token.ended.Store(true)
		g.token = nil
	}
	g.ctx, g.of = nil, nil
}

// A guestToken is how a context knows the evaluation that it belongs to.
type guestToken struct {
	w     *worker
	ended atomic.Bool
}

// nest runs fn in the evaluation that w is busy with.
func (w *worker) nest(ctx context.Context, fn func(w *worker) error) error {
	outer, kept, early, depth, stack := w.ctx, w.err, w.early, w.depth, w.stack
	values := w.transientValues
	other := ctx != w.guests.ctx
	if other {
		w.transientValues = nil // they may depend on what the context has
	}
	w.ctx = ctx
	returned := false
	defer func() {
		if !returned {
			kept = w.err // why the evaluation around this one unwinds, too
		}
		w.ctx, w.err, w.early, w.depth, w.stack = outer, kept, early, depth, stack
		if other {
			w.transientValues = values
		}
	}()
	err := w.run(ctx, fn)
	returned = true
	return err
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
	g := &w.guests
	if g.of != w.ctx {
		if g.token == nil {
			g.token = &guestToken{w: w}
		}
		g.of, g.ctx = w.ctx, w.ctx
		if w.ctx.Value(workerKey{w.ev}) != g.token {
			g.ctx = context.WithValue(w.ctx, workerKey{w.ev}, g.token)
		}
	}
	return g.ctx, g.state.Swap(1)
}

// LeaveGuest ends what EnterGuest began.
func (c *Call) LeaveGuest(before uint32) { c.w.guests.state.Store(before) }
