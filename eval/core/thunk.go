package core

import (
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines how thunks are forced.

// force evaluates l to weak head normal form. pos is where it is needed, for
// an infinite recursion, and where an application that it is was made.
func (w *worker) force(l heap.Lazy, pos lang.Pos) heap.Value {
	if w.IsValue(l) {
		return heap.Value(l)
	}
	return w.forceThunk(l, pos)
}

// forceSlot forces what is at a place, and leaves the value there if it is lasting.
func (w *worker) forceSlot(at heap.Slot, pos lang.Pos) heap.Value {
	l := w.Load(at)
	if w.IsValue(l) {
		return heap.Value(l)
	}
	v := w.forceThunk(l, pos)
	if v != 0 && w.lasting(l) {
		w.Store(at, v)
	}
	return v
}

// forceThunk evaluates l, which is no value, and leaves the value, or the failure, in its
// place. A thunk is claimed first, so that meeting it again on this worker is an
// infinite recursion, and on another one a wait. If it cannot be evaluated, it becomes what
// it was, or a thunk that stands for the error. It also becomes what it was if the value is
// not to be kept: see transients.
func (w *worker) forceThunk(l heap.Lazy, pos lang.Pos) heap.Value {
	was, uses := w.Peek(l), w.transientUses
	var v heap.Value
	if uses != 0 {
		if v = w.transient(l); v != 0 {
			return v
		}
	}
	switch was.Kind() {
	case heap.Indirect:
		return was.Target()
	case heap.Thunk:
		b := w.body(was.Code())
		if w.stack += b.cost; w.stack > w.stackTop {
			w.stack -= b.cost
			return w.deeper(b.cost, func() heap.Value { return w.forceThunk(l, pos) })
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
		if w.transientUses != uses || !w.keep(w.err, l, was) {
			w.Restore(l, was)
		}
		return 0
	}
	if w.transientUses != uses {
		w.Restore(l, was)
		return w.keepTransient(l, v)
	}
	return w.Resolve(l, v)
}

// forceApp evaluates an application. It is not claimed meanwhile: one that
// needs itself ends where calls are too deep, as in the reference.
func (w *worker) forceApp(l heap.Lazy, was heap.Claim, args []heap.Lazy, pos lang.Pos) heap.Value {
	if !w.enter(frameBase) {
		return 0
	}
	uses := w.transientUses
	v := w.force(w.AppFn(l, was), pos)
	if v != 0 {
		v = w.call(v, args, pos)
	}
	w.leave(frameBase)
	switch {
	case w.transientUses != uses:
		if v != 0 {
			v = w.keepTransient(l, v)
		}
	case v != 0:
		v = w.ResolveApp(l, was, v)
	default:
		w.keep(w.err, l, was)
	}
	return v
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
