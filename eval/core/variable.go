package core

import (
	"slices"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines the nodes of variables: global, lexical, and of a with.

// globalNode is a global that was not yet evaluated when the text was compiled.
type globalNode struct {
	value heap.Lazy
	pos   lang.Pos
}

func (n *globalNode) eval(w *worker, _ heap.Env) heap.Value { return w.force(n.value, n.pos) }

// var0Node is a variable of the innermost scope.
type var0Node struct {
	slot uint32
	pos  lang.Pos
}

// eval forces a variable of the present environment.
func (n *var0Node) eval(w *worker, env heap.Env) heap.Value {
	return w.forceVar(env, n.slot, n.pos)
}

// forceVar forces a variable and leaves its value in its place if it is lasting.
func (w *worker) forceVar(env heap.Env, slot uint32, pos lang.Pos) heap.Value {
	l := w.Var(env, slot)
	if w.IsValue(l) {
		return heap.Value(l)
	}
	v := w.forceThunk(l, pos)
	if v != 0 && w.lasting(l) {
		w.SetVar(env, slot, heap.Lazy(v))
	}
	return v
}

// var1Node is a variable of the scope around the innermost one.
type var1Node struct {
	slot uint32
	pos  lang.Pos
}

// eval forces a variable of the environment around the present one.
func (n *var1Node) eval(w *worker, env heap.Env) heap.Value {
	return w.forceVar(w.Up(env), n.slot, n.pos)
}

// varNode is a variable of a scope further out.
type varNode struct {
	level int // scopes between it and the innermost one, which is 0
	slot  uint32
	pos   lang.Pos
}

// eval goes out as many environments as the variable is away.
func (n *varNode) eval(w *worker, env heap.Env) heap.Value {
	for i := n.level; i > 0; i-- {
		env = w.Up(env)
	}
	return w.forceVar(env, n.slot, n.pos)
}

// withVarNode is a variable that some with may define.
type withVarNode struct {
	level int // to the innermost with
	name  lang.Symbol
	pos   lang.Pos
}

// eval looks the name up in the sets of with, from the innermost out. A set that fails ends
// the search.
func (n *withVarNode) eval(w *worker, env heap.Env) heap.Value {
	for i := n.level; i > 0; i-- {
		env = w.Up(env)
	}
	first := env
	for {
		outer, pos := w.With(env)
		set := w.forceVar(env, 0, lang.Pos(pos))
		switch {
		case set == 0:
			return 0
		case !w.KindOf(set).IsAttrs():
			w.failType(set, 0, "a set")
			w.err.frame(lang.Pos(pos), "while evaluating the first subexpression of a with expression")
			return 0
		}
		if at := w.Find(set, n.name); at != 0 {
			return w.forceSlot(at, n.pos)
		}
		if outer == 0 {
			w.fail(CodeUndefinedVariable, n.pos, "undefined variable '%s'", Name(w.showName(n.name)))
			w.err.Near = w.similarInWith(n, first)
			return 0
		}
		for ; outer > 0; outer-- {
			env = w.Up(env)
		}
	}
}

// similarInWith returns attributes of the sets of with, from env on, whose names
// are similar to that of n. The sets have been evaluated.
func (w *worker) similarInWith(n *withVarNode, env heap.Env) []string {
	var names []string
	for {
		outer, _ := w.With(env)
		if set := w.known(w.Var(env, 0)); set != 0 && w.KindOf(set).IsAttrs() && w.Size(set) <= 1<<15 {
			names = append(names, w.attrNames(set)...)
		}
		if outer == 0 {
			break
		}
		for ; outer > 0; outer-- {
			env = w.Up(env)
		}
	}
	slices.Sort(names)
	return lang.Similar(w.name(n.name), slices.Compact(names))
}
