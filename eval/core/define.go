package core

// This file defines the builtins of an evaluator.

import (
	"slices"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// constantNode is a builtin that is a constant, evaluated when it is looked at.
type constantNode struct{ builtin uint32 }

// eval asks the declaration for the value, or evaluates its text.
func (n *constantNode) eval(w *worker, _ heap.Env) heap.Value {
	b := w.ev.builtins[n.builtin]
	if b.Source != "" {
		name := world.InternalDir + b.Name + "-internal.nix"
		return w.evalSource(name, b.Source, "/")
	}
	v, err := b.Value(&Call{w: w, b: b})
	if err != nil {
		w.err = w.asError(err)
		return 0
	}
	return v
}

// defineBuiltins makes the set builtins and the global names, which v has.
func (ev *Evaluator) defineBuiltins(w *worker, v *vocabulary) {
	g := &globals{unit: &unit{}, scope: v.scope, native: v.native, values: make([]heap.Lazy, 0, len(v.native))}
	ev.attrs = make([]heap.Entry, 0, len(v.attrs))
	attribute := func(l heap.Lazy) {
		ev.attrs = append(ev.attrs, heap.Entry{Name: v.attrs[len(ev.attrs)], Value: l})
	}
	ev.watchBuiltins()
	self := w.NewThunk(ev.codes.addNode(g.unit, &builtinsNode{}), 0)
	if len(ev.opt.Builtins) > 0 {
		g.values = append(g.values, self)
		attribute(self)
	}
	for i, b := range ev.builtins {
		if v.of[i].absent {
			continue
		}
		var l heap.Lazy
		switch {
		case b.Impl != nil:
			l = heap.Lazy(w.NewBuiltin(uint32(i)))
		default:
			l = w.NewThunk(ev.codes.addNode(g.unit, &constantNode{uint32(i)}), 0)
			if b.Value != nil && !b.Impure {
				// A constant that is forced now is never looked up again.
				if v := w.force(l, 0); v != 0 {
					l = heap.Lazy(v)
				}
			}
		}
		g.values = append(g.values, l)
		if !b.Hidden {
			attribute(l)
		}
	}
	ev.globals = g
	set := w.force(self, 0)
	for i, l := range g.values {
		if l == self {
			g.values[i] = heap.Lazy(set)
		}
	}
}

// missingCore returns what the language itself needs and list does not have:
// the functions of operators, and true, false and null.
func missingCore(list []*Builtin) []*Builtin {
	arith := func(op lang.Op) func(c *Call) (heap.Value, error) {
		return func(c *Call) (heap.Value, error) {
			x, err := c.Arg(0).Value()
			if err != nil {
				return 0, err
			}
			y, err := c.Arg(1).Value()
			if err != nil {
				return 0, err
			}
			return c.Arith(op, x, y)
		}
	}
	constant := func(v heap.Value) func(*Call) (heap.Value, error) {
		return func(*Call) (heap.Value, error) { return v, nil }
	}
	operands := []string{"x", "y"}
	var out []*Builtin
	for _, b := range []Builtin{
		{Name: "sub", Args: operands, Impl: arith(lang.OpSub)},
		{Name: "mul", Args: operands, Impl: arith(lang.OpMul)},
		{Name: "div", Args: operands, Impl: arith(lang.OpDiv)},
		{Name: "lessThan", Args: operands, Impl: func(c *Call) (heap.Value, error) {
			x, err := c.Arg(0).Value()
			if err != nil {
				return 0, err
			}
			y, err := c.Arg(1).Value()
			if err != nil {
				return 0, err
			}
			less, err := c.Less(x, y, "")
			return heap.NewBool(less), err
		}},
		{Name: "true", Global: "true", Value: constant(heap.True)},
		{Name: "false", Global: "false", Value: constant(heap.False)},
		{Name: "null", Global: "null", Value: constant(heap.NullValue)},
	} {
		if !slices.ContainsFunc(list, func(other *Builtin) bool { return other.Name == b.Name }) {
			b.Hidden = true
			out = append(out, &b)
		}
	}
	return out
}

// builtinsNode is the set builtins, which contains itself.
type builtinsNode struct{}

func (n *builtinsNode) eval(w *worker, _ heap.Env) heap.Value { return w.AttrsOf(w.ev.attrs) }
