package core

// This file defines the nodes that the debugger is told of, and what it keeps of a worker.

import (
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A debugging is what the debugger knows of a worker.
type debugging struct {
	d      *Debugger
	frames []debugFrame
	quiet  int    // nothing stops: the user evaluates something
	trying int    // calls of tryEval
	step   Resume // Continue if there is no step
	depth  int    // how many frames there were when it began
	// raised says that the error under way has stopped already.
	raised bool
}

// A debugFrame is a body under evaluation.
type debugFrame struct {
	body *debugBody
	at   *debugNode // what is being evaluated in it; nil at its beginning
	env  heap.Env   // of at; or of the body
}

// begin prepares for an evaluation, of which the first one only makes the evaluator.
func (t *debugging) begin(first bool) {
	t.frames = t.frames[:0]
	t.quiet, t.trying, t.raised, t.step = 0, 0, false, Continue
	if !first && t.d.first.Swap(false) {
		t.step = StepInto
	}
}

// debugCost is what debugNode and debugBody take of the stack.
const debugCost = 250

// debugBody is the body of a function, a thunk or a text.
type debugBody struct {
	node     node
	expr     lang.Expr
	unit     *unit
	function []*lang.Lambda // nil if it is none
}

// eval evaluates the body as a frame of the debugger's stack. There is a stop before, if a
// watch waits for this very thunk, which ends the watch; and one after, if the step is to the
// end of this frame. A stop that ends the evaluation makes the result 0.
func (n *debugBody) eval(w *worker, env heap.Env) heap.Value {
	t := w.debug
	i := len(t.frames)
	t.frames = append(t.frames, debugFrame{body: n, env: env})
	if m := t.d.watches.Load(); m != nil && n.function == nil && t.quiet == 0 && (*m)[watchKey{n.expr, env}] {
		t.d.changeWatches(func(m map[watchKey]bool) { delete(m, watchKey{n.expr, env}) })
		if !t.stop(w, &Stop{Reason: StopWatch}) {
			t.frames = t.frames[:i]
			return 0
		}
	}
	v := n.node.eval(w, env)
	switch {
	case v == 0:
		t.failed(w)
	default:
		t.raised = false
		if t.step == StepOut && t.depth == i+1 && t.quiet == 0 && !t.stop(w, &Stop{Reason: StopReturn, Value: v}) {
			v = 0
		}
	}
	t.frames = t.frames[:i]
	return v
}

// debugNode is an expression.
type debugNode struct {
	node  node
	expr  lang.Expr
	file  string
	line  int
	minor bool // steps pass it
}

// debugged returns n, which x was prepared to, so that the debugger knows of it.
func (c *compiler) debugged(n node, x lang.Expr) node {
	out := &debugNode{node: n, expr: x}
	switch x.(type) {
	case *lang.Var, *lang.Int, *lang.Float, *lang.String, *lang.Path, *lang.CurPos, *lang.List, *lang.Attrs, *lang.Lambda:
		out.minor = true
	}
	if pos := x.Span().Start; pos != 0 {
		p := c.ev.config.Files.Position(pos)
		out.file, out.line = p.File, p.Line
	}
	return out
}

// undebugged returns what n was without a debugger.
func undebugged(n node) node {
	if d, ok := n.(*debugNode); ok {
		return d.node
	}
	return n
}

// eval evaluates the expression as the place where the innermost frame is, and puts the place
// before back when it is done. The debugger is asked only while it steps or has breakpoints.
func (n *debugNode) eval(w *worker, env heap.Env) heap.Value {
	t := w.debug
	i := len(t.frames) - 1
	f := &t.frames[i]
	at, in := f.at, f.env
	f.at, f.env = n, env
	v := heap.Value(0)
	if t.quiet > 0 || t.step == Continue && t.d.lines.Load() == nil || t.arrive(w, n, at) {
		if v = n.node.eval(w, env); v == 0 {
			t.failed(w)
		} else {
			t.raised = false
		}
	}
	f = &t.frames[i]
	f.at, f.env = at, in
	return v
}

// arrive stops at n if a step or a breakpoint says so. around is the expression that
// n is in.
func (t *debugging) arrive(w *worker, n, around *debugNode) bool {
	if lines := t.d.lines.Load(); lines != nil && (around == nil || around.line != n.line) {
		for _, p := range (*lines)[n.line] {
			if !p.matches(n.file) {
				continue
			}
			s := &Stop{Reason: StopPoint, Point: &p}
			if p.Condition == "" || t.holds(w, s) {
				return t.stop(w, s)
			}
		}
	}
	if !n.minor && (t.step == StepInto || t.step == StepOver && len(t.frames) <= t.depth ||
		t.step == StepOut && len(t.frames) < t.depth) {
		return t.stop(w, &Stop{Reason: StopStep})
	}
	return true
}

// holds evaluates the condition of a breakpoint. One that fails holds, so that it is
// seen.
func (t *debugging) holds(w *worker, s *Stop) (yes bool) {
	frame := t.frame(w, len(t.frames)-1)
	t.aside(w, func(c *Call) {
		v, err := c.EvalIn(Text{Name: "condition", Source: s.Point.Condition, Dir: "/", Scope: frame.Lookup})
		if err == nil && w.KindOf(v) != heap.Bool {
			err = w.errorf(CodeWrongType, 0, "the condition is %s, not a Boolean", w.showType(v))
		}
		if err != nil {
			s.Err = w.asError(err)
		}
		yes = err != nil || w.Bool(v)
	})
	return yes
}

// aside runs fn, which evaluates something that is none of the evaluation's business.
func (t *debugging) aside(w *worker, fn func(c *Call)) {
	was := *t
	err, early, depth, stack := w.err, w.early, w.depth, w.stack
	t.quiet++
	fn(&Call{w: w, b: &Builtin{Name: "break"}})
	// Not the frames: they may lie elsewhere now.
	t.quiet, t.trying, t.raised, t.step, t.depth = was.quiet, was.trying, was.raised, was.step, was.depth
	w.err, w.early, w.depth, w.stack = err, early, depth, stack
}

// failed stops at the error under way, once.
func (t *debugging) failed(w *worker) {
	if t.raised {
		return
	}
	t.raised = true
	if t.quiet > 0 || w.err.Kind == ErrInterrupted || t.d.IgnoreTry && t.trying > 0 {
		return
	}
	t.stop(w, &Stop{Reason: StopError, Err: w.err, Caught: t.trying > 0 && w.err.Kind.Catchable()})
}

// stop asks the debugger how to go on. It is false if that is not at all.
func (t *debugging) stop(w *worker, s *Stop) bool {
	if t.d.Stopped == nil {
		return true
	}
	s.w, s.depth = w, len(t.frames)
	how := Continue
	t.aside(w, func(c *Call) {
		t.d.turn.Lock()
		defer t.d.turn.Unlock()
		how = t.d.Stopped(c, s)
	})
	t.step, t.depth = how, len(t.frames)
	if s.Reason == StopReturn {
		t.depth-- // that one is done
	}
	if how == Quit {
		t.step, t.raised = Continue, true
		w.fail(CodeInterrupted, 0, "the evaluation was ended in the debugger")
		return false
	}
	return true
}
