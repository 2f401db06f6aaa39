package core

// This file defines how builtins get their names.

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
	b := &w.ev.builtins[n.builtin]
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

// defineBuiltins makes the set builtins and the global names.
func (ev *Evaluator) defineBuiltins(w *worker) {
	g := &globals{unit: &unit{}}
	n := len(ev.builtins) + 1
	names := make([]string, 0, n)
	g.values, g.native = make([]heap.Lazy, 0, n), make([]string, 0, n)
	ev.attrs = make([]heap.Entry, 0, n)
	global := func(name string, l heap.Lazy, native string) {
		ev.config.Symbols.Intern(name)
		names = append(names, name)
		g.values = append(g.values, l)
		g.native = append(g.native, native)
	}
	ev.numbers = make(map[string]uint32, n)
	ev.watchBuiltins()
	self := w.NewThunk(ev.codes.addNode(g.unit, &builtinsNode{}), 0)
	if len(ev.opt.Builtins) > 0 {
		global("builtins", self, "")
		ev.attrs = append(ev.attrs, heap.Entry{Name: ev.config.Symbols.Intern("builtins"), Value: self})
	}
	for i := range ev.builtins {
		b := &ev.builtins[i]
		ev.numbers[b.Name] = uint32(i)
		if b.Impure && ev.opt.Pure || b.Experimental != "" && !ev.opt.Features[b.Experimental] {
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
		name := b.Global
		if name == "" {
			name = "__" + b.Name
		}
		global(name, l, name)
		if !b.Hidden {
			ev.attrs = append(ev.attrs, heap.Entry{Name: ev.config.Symbols.Intern(b.Name), Value: l})
		}
	}
	for _, name := range laterNames {
		ev.config.Symbols.Intern(name)
	}
	g.scope = lang.NewScope(ev.config.Symbols, names...)
	ev.globals = g
	set := w.force(self, 0)
	for i, l := range g.values {
		if l == self {
			g.values[i] = heap.Lazy(set)
		}
	}
}

// laterNames are what the reference interns before any program: names in its
// text of derivation that no builtin has. The order of symbols can be observed.
var laterNames = []string{"strict", "drvAttrs", "commonAttrs", "outputsList", "x", "outputToAttrListElement"}

// missingCore returns what the language itself needs and list does not have:
// the functions of operators, and true, false and null.
func missingCore(list []Builtin) []Builtin {
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
	var out []Builtin
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
		if !slices.ContainsFunc(list, func(other Builtin) bool { return other.Name == b.Name }) {
			b.Hidden = true
			out = append(out, b)
		}
	}
	return out
}

// builtinsNode is the set builtins, which contains itself.
type builtinsNode struct{}

func (n *builtinsNode) eval(w *worker, _ heap.Env) heap.Value { return w.AttrsOf(w.ev.attrs) }
