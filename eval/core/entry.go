package core

import (
	"context"
	"io"
	"path"

	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// This file defines the ways into an evaluation: texts and files to values.

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

// value runs fn and returns its value as one that lives on after the evaluation.
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

// Heap returns what v is in the heap of its evaluator, for use in Run.
func (v Value) Heap() heap.Value { return v.v }

// Run calls fn with a Call that is no call of a builtin: the way to the
// evaluator for what works on values outside of builtins. What fn gets hold of
// is valid until it returns, but for what Roots keep alive.
func (ev *Evaluator) Run(ctx context.Context, fn func(c *Call) error) error {
	return ev.RunWithin(ctx, nil, fn)
}

// RunWithin is Run with limits of its own; nil stands for those of the evaluator.
// An evaluation within another one has the limits of that.
func (ev *Evaluator) RunWithin(ctx context.Context, limits *Limits, fn func(c *Call) error) error {
	return ev.do(ctx, limits, func(w *worker) error { return fn(&w.own) })
}

// Print writes v as nix-instantiate --eval does, without forcing anything.
func (c *Call) Print(out io.Writer, v heap.Value) error { return format.Result(c.Source(), out, v) }

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

// DelayText parses a text and returns its thunk; see EvalText.
func (c *Call) DelayText(name, source, dir string) (heap.Lazy, error) {
	w := c.w
	u, err := w.parse(name, source, dir, w.ev.globals)
	if err != nil {
		return 0, err
	}
	return w.NewThunk(w.ev.codes.add(u, u.tree.Root), 0), nil
}

// EvalIn evaluates a text. What its scope returns is kept only as long as code
// of the text can need it.
func (c *Call) EvalIn(t Text) (heap.Value, error) {
	w := c.w
	u, err := w.parseText(t, func(tree *lang.Tree) *globals {
		if t.Scope == nil {
			return w.ev.globals
		}
		var entries []heap.Entry
		for _, sym := range tree.Variables() {
			if l := t.Scope(w.name(sym)); l != 0 {
				entries = append(entries, heap.Entry{Name: sym, Value: l})
			}
		}
		return w.moreGlobals(entries)
	})
	if err != nil {
		return 0, err
	}
	return w.result(w.evalUnit(u))
}

// ParseText parses a text, as EvalText does before it evaluates.
func (c *Call) ParseText(name, source, dir string) (*lang.Tree, error) {
	u, err := c.w.parse(name, source, dir, c.w.ev.globals)
	if err != nil {
		return nil, err
	}
	return u.tree, nil
}

// ParseMain parses the file that importing path means, as EvalMain does before it
// evaluates. It returns also what relative paths in it are relative to.
func (c *Call) ParseMain(p string) (tree *lang.Tree, dir string, err error) {
	w := c.w
	if p, err = w.resolveImport(p); err != nil {
		return nil, "", err
	}
	u := w.readText(p, w.ev.globals)
	if u == nil {
		return nil, "", w.take()
	}
	return u.tree, path.Dir(p), nil
}

// Lazy returns v as something to evaluate with.
func (c *Call) Lazy(v Value) heap.Lazy { return heap.Lazy(v.v) }
