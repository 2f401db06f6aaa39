package core

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/firn-lang/firn/eval/heap"
)

// This file defines how an evaluation runs: it gets a worker, is stopped when its context
// is done, and survives a panic.

// do runs fn with a worker. It returns when fn does, or soon after ctx is done
// or a limit was met; limits may be nil. An evaluation that a builtin begins
// with the context that it got is part of the one that called the builtin.
func (ev *Evaluator) do(ctx context.Context, limits *Limits, fn func(w *worker) error) (err error) {
	if t, ok := ctx.Value(workerKey{ev}).(*guestToken); ok && !t.ended.Load() && t.w.guests.state.CompareAndSwap(1, 2) {
		w := t.w
		defer w.guests.state.Store(1)
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
	if w.team = ev.newTeam(w.ctx, limits, ev.opt.Cores); w.team != nil {
		defer func() {
			w.team.end()
			w.team = nil
		}()
	}
	done := false
	defer w.rescue(&done, &err)
	err = w.run(w.ctx, fn)
	done = true
	return err
}

// run runs fn, which is stopped when ctx is done.
func (w *worker) run(ctx context.Context, fn func(w *worker) error) (err error) {
	if ctx.Done() != nil {
		outer := w.stop
		w.stop = &stopper{ctx: ctx, outer: outer}
		defer func() { w.stop = outer }()
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
	w.status.dead.Store(true)
	switch r := recover(); r {
	case nil: // runtime.Goexit
	case errStopped:
		*err = w.detach(w.err)
	case heap.ErrBudget:
		*err = w.detach(w.memoryError(0))
	case heap.ErrFull:
		*err = w.detach(w.limitError(LimitHeap, 0, heap.ErrFull.Error()))
	default:
		p, foreign := r.(*Panic)
		code, words := CodePanic, "the program that evaluates this panicked: %v"
		if !foreign {
			p = &Panic{Value: r, Stack: debug.Stack(), internal: true}
		}
		if p.internal {
			code, words = CodeInternal, "internal error: %v"
		}
		e := w.errorf(code, 0, words, p.Value)
		e.Cause = p
		*err = w.detach(e)
	}
}

// A Panic is a panic that ended an evaluation. Code that is not part of the evaluator, such as
// a world, is to panic with one in place of what it would panic with.
type Panic struct {
	Value any
	Stack []byte // of the goroutine, as debug.Stack returns it

	internal bool // a panic of firn's own code
}

// Error returns the value.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// Unwinds reports whether r, which was recovered, is how an evaluation that has no
// other way to end leaves the functions on its way. A caller that recovers it must
// panic with it again.
func Unwinds(r any) bool { return r == errStopped || r == heap.ErrFull || r == heap.ErrBudget }
