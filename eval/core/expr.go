package core

// This file defines the nodes of constants, lists, functions, let, with, assert and if:
// expressions that need few words. Variables, strings, sets and selections have files
// of their own.

import (
	"slices"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// constNode is an expression whose value is known.
type constNode struct{ value heap.Value }

func (n *constNode) eval(*worker, heap.Env) heap.Value { return n.value }

// curPosNode is __curPos: a set that is made anew each time, or null for a text without a file.
type curPosNode struct{ pos lang.Pos }

func (n *curPosNode) eval(w *worker, _ heap.Env) heap.Value { return w.posValue(n.pos) }

// listNode is a list; the elements are delayed.
type listNode struct{ elems []delayed }

// eval makes the list; its elements are delayed. Long lists count steps.
func (n *listNode) eval(w *worker, env heap.Env) heap.Value {
	if len(n.elems) > 64 && !w.tick(len(n.elems)/64) {
		return 0
	}
	v := w.NewList(len(n.elems))
	out := w.Elems(v)
	for i := range n.elems {
		out[i] = w.delay(&n.elems[i], env)
	}
	return v
}

// lambdaNode is a function in the text; code is its number in the table of code.
type lambdaNode struct{ code uint32 }

func (n *lambdaNode) eval(w *worker, env heap.Env) heap.Value { return w.NewLambda(n.code, env) }

// letNode is let … in.
type letNode struct {
	attrs []attrDef
	from  []delayed
	body  node
}

// eval makes the environment of the bindings, and evaluates the body in it.
func (n *letNode) eval(w *worker, env heap.Env) heap.Value {
	return n.body.eval(w, w.bind(env, n.attrs, n.from))
}

// withNode is with x; body.
type withNode struct {
	set   delayed
	outer uint32
	pos   lang.Pos
	body  node
}

// eval makes an environment with one slot, the set: it is forced when the first variable is
// looked up in it.
func (n *withNode) eval(w *worker, env heap.Env) heap.Value {
	return n.body.eval(w, w.NewWithEnv(env, w.delay(&n.set, env), n.outer, uint32(n.pos)))
}

// assertNode is assert cond; body.
type assertNode struct {
	cond, body node
	expr       *lang.Assert
	unit       *unit
}

// eval explains a failed assertion of the form a == b by comparing once more, slowly, for
// the message.
func (n *assertNode) eval(w *worker, env heap.Env) heap.Value {
	switch w.evalBool(n.cond, env, n.expr.At, "in the condition of the assert statement") {
	case boolFailed:
		return 0
	case boolTrue:
		return n.body.eval(w, env)
	}
	text := n.unit.print(w, n.expr.Cond)
	if eq, ok := undebugged(n.cond).(*equalNode); ok && !eq.negate {
		if !eq.explain(w, env) {
			if w.err.Kind == ErrAssertion {
				w.err.step(StepCondition, n.expr.At, "while evaluating the condition of the assertion '%s'", text)
			}
			return 0
		}
	}
	w.fail(CodeAssertionFailed, n.expr.At, "assertion '%s' failed", text)
	w.err.Values = w.valuesIn(n.expr.Cond, env)
	return 0
}

// valuesIn returns what the variables of a condition are, as far as that is known
// and can be shown in a few words.
func (w *worker) valuesIn(cond lang.Expr, env heap.Env) []NamedValue {
	const most, longest = 4, 60
	var out []NamedValue
	lang.Walk(cond, func(x lang.Expr) bool {
		switch x := x.(type) {
		case *lang.Lambda, *lang.Let, *lang.With, *lang.Attrs:
			return false // other scopes
		case *lang.Var:
			if x.Ref.Kind() != lang.RefLexical || len(out) == most {
				return false
			}
			e := env
			for i := x.Ref.Level(); i > 0; i-- {
				e = w.Up(e)
			}
			l := w.Var(e, x.Ref.Slot)
			if l == 0 {
				return false
			}
			v := w.known(l)
			if v == 0 || w.KindOf(v).IsFunction() || slices.ContainsFunc(out, func(o NamedValue) bool { return o.Name == w.name(x.Name) }) {
				return false
			}
			if text := string(w.printShort(v)); len(text) <= longest {
				out = append(out, NamedValue{w.name(x.Name), text})
			}
		}
		return true
	})
	return out
}

// A boolResult is a Boolean, or the failure to get one. The zero value is the failure.
type boolResult uint8

const (
	boolFailed boolResult = iota
	boolFalse
	boolTrue
)

// evalBool evaluates n, which has to be a Boolean. words is the frame of an
// error.
func (w *worker) evalBool(n node, env heap.Env, pos lang.Pos, words string) boolResult {
	v := n.eval(w, env)
	switch {
	case v == heap.True:
		return boolTrue
	case v == heap.False:
		return boolFalse
	case v == 0:
	case w.KindOf(v) == heap.Bool:
		if w.Bool(v) {
			return boolTrue
		}
		return boolFalse
	default:
		w.failType(v, pos, "a Boolean")
	}
	w.err.frame(pos, "%s", words)
	return boolFailed
}

// ifNode is if … then … else.
type ifNode struct {
	cond, then, els node
	pos             lang.Pos
}

// eval evaluates one of the branches. What is no Boolean is an error.
func (n *ifNode) eval(w *worker, env heap.Env) heap.Value {
	switch w.evalBool(n.cond, env, n.pos, "while evaluating a branch condition") {
	case boolTrue:
		return n.then.eval(w, env)
	case boolFalse:
		return n.els.eval(w, env)
	}
	return 0
}
