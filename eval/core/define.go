package core

// This file defines how builtins get their names.

import (
	"context"
	"io"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// constantNode is a builtin that is a constant, evaluated when it is looked at.
type constantNode struct{ builtin uint32 }

func (n *constantNode) eval(w *worker, _ heap.Env) heap.Value {
	b := &w.ev.builtins[n.builtin]
	if b.Source != "" {
		name := internalPrefix + b.Name + "-internal.nix"
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
	var names []string
	global := func(name string, l heap.Lazy, native string) {
		ev.config.Symbols.Intern(name)
		names = append(names, name)
		g.values = append(g.values, l)
		g.native = append(g.native, native)
	}
	ev.numbers = map[string]uint32{}
	ev.watchBuiltins()
	self := w.NewThunk(ev.codes.addNode(g.unit, &builtinsNode{}), 0)
	if len(ev.opt.Builtins) > 0 {
		global("builtins", self, "")
		ev.attrs = append(ev.attrs, heap.Entry{Name: ev.config.Symbols.Intern("builtins"), Value: self})
	}
	for i := range ev.builtins {
		b := &ev.builtins[i]
		ev.numbers[b.Name] = uint32(i)
		b.named = []any{b.Name}
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
				// What is known now need not be looked up again.
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
	has := map[string]bool{}
	for i := range list {
		has[list[i].Name] = true
	}
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
		if !has[b.Name] {
			b.Hidden = true
			out = append(out, b)
		}
	}
	return out
}

// builtinsNode is the set builtins, which contains itself.
type builtinsNode struct{}

func (n *builtinsNode) eval(w *worker, _ heap.Env) heap.Value { return w.AttrsOf(w.ev.attrs) }

// EvalString evaluates a text to weak head normal form. name is what messages
// call it, dir what relative paths in it are relative to.
func (ev *Evaluator) EvalString(ctx context.Context, name, source, dir string) (Value, error) {
	return ev.value(ctx, func(c *Call) (heap.Value, error) { return c.EvalText(name, source, dir) })
}

// EvalFile evaluates the file at an absolute path, or default.nix in a folder,
// to weak head normal form.
func (ev *Evaluator) EvalFile(ctx context.Context, file string) (Value, error) {
	return ev.value(ctx, func(c *Call) (heap.Value, error) { return c.Import(world.Clean(file), 0) })
}

// A Value is what an evaluation came to, in weak head normal form. It keeps
// its evaluator alive.
type Value struct {
	roots *Roots
	v     heap.Value
}

func (ev *Evaluator) value(ctx context.Context, fn func(*Call) (heap.Value, error)) (out Value, err error) {
	err = ev.Run(ctx, func(c *Call) error {
		v, err := fn(c)
		if err == nil {
			out = Value{ev.NewRoots(heap.Lazy(v)), v}
		}
		return err
	})
	return out, err
}

// Run calls fn with a Call that is no call of a builtin: the way to the
// evaluator for what works on values outside of builtins. What fn gets hold of
// is valid until it returns, but for what Roots keep alive.
func (ev *Evaluator) Run(ctx context.Context, fn func(c *Call) error) error {
	return ev.RunWithin(ctx, nil, fn)
}

// RunWithin is Run with limits of its own; nil stands for those of the evaluator.
// An evaluation within another one has the limits of that.
func (ev *Evaluator) RunWithin(ctx context.Context, limits *Limits, fn func(c *Call) error) error {
	return ev.do(ctx, limits, func(w *worker) error { return fn(&Call{w: w, b: &Builtin{}}) })
}

// Heap returns what v is in the heap of its evaluator, for use in Run.
func (v Value) Heap() heap.Value { return v.v }

// Print writes v as nix-instantiate --eval does, without forcing anything.
func (c *Call) Print(out io.Writer, v heap.Value) error { return c.w.print(out, v) }

// EvalText evaluates a text where a value is at hand, as EvalString does.
func (c *Call) EvalText(name, source, dir string) (heap.Value, error) {
	return c.w.result(c.w.evalSource(name, source, dir))
}

// EvalMain evaluates the file that importing path means, as the one that a
// program is about: each time, and without a frame for it.
func (c *Call) EvalMain(path string) (heap.Value, error) {
	w := c.w
	p, err := w.resolveImport(path)
	if err != nil {
		return 0, err
	}
	return w.result(w.evalText(p, w.ev.globals))
}

// CompileText parses a text in which inputs are variables, and returns the
// function of a set of them that evaluates it. dir is what relative paths in it
// are relative to.
func (c *Call) CompileText(name, source, dir string, inputs []string) (heap.Value, error) {
	w := c.w
	u, err := w.parse(name, source, dir, w.ev.globals, append([]string{}, inputs...)...)
	if err != nil {
		return 0, err
	}
	return w.NewLambda(w.ev.codes.add(u, u.tree.Root), 0), nil
}

// Lazy returns v as something to evaluate with.
func (c *Call) Lazy(v Value) heap.Lazy { return heap.Lazy(v.v) }

// DelayText parses a text and returns its thunk; see EvalText.
func (c *Call) DelayText(name, source, dir string) (heap.Lazy, error) {
	w := c.w
	u, err := w.parse(name, source, dir, w.ev.globals)
	if err != nil {
		return 0, err
	}
	return w.NewThunk(w.ev.codes.add(u, u.tree.Root), 0), nil
}
