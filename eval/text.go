package eval

// This file defines programs that know where they stand.

import (
	"context"
	"errors"
	"runtime"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// A Text is a program, and what it may refer to: what a prompt, or a template, has
// around the texts it evaluates.
type Text struct {
	Source string
	Name   string // what messages call it; default: "«string»"
	Dir    string // where its relative paths start; default: "/"
	// Bindings says that the source is bindings, as they stand between the braces
	// of a set: "x = 1; inherit (y) z". It evaluates to that set. The semicolon of
	// the last one may be missing.
	Bindings bool
	// Scope returns what a name is that the source does not bind itself. It goes
	// before the global names, and is asked for the names that are in the source
	// only. What it returns is kept as long as a result can need it. Default: the
	// global names are all there are.
	Scope func(name string) (Value, bool)
}

// setDefaults fills in the name and the folder.
func (t *Text) setDefaults() {
	if t.Name == "" {
		t.Name = "«string»"
	}
	if t.Dir == "" {
		t.Dir = "/"
	}
}

// Delay parses a text, and returns it as a Value that is not evaluated yet: what needs
// it evaluates it, once. Its Scope and Bindings are not used.
func (ev *Evaluator) Delay(ctx context.Context, t Text) (Value, error) {
	t.setDefaults()
	var out Value
	err := ev.run(ctx, func(c *core.Call) error {
		l, err := c.DelayText(t.Name, t.Source, t.Dir)
		if err == nil {
			out = ev.keep(c, l)
		}
		return err
	})
	return out, err
}

// Eval evaluates a text. It differs from a Program in that it is evaluated once,
// and from a function of its scope in that nothing of it is in traces.
func (ev *Evaluator) Eval(ctx context.Context, t Text) (Value, error) {
	t.setDefaults()
	text := core.Text{Name: t.Name, Source: t.Source, Dir: t.Dir, Bindings: t.Bindings}
	foreign := false
	var call *core.Call
	var used []Value // until the evaluation has ended
	if t.Scope != nil {
		text.Scope = func(name string) heap.Lazy {
			v, ok := t.Scope(name)
			if !ok {
				return 0
			}
			if v.ev != ev {
				foreign = true
				return 0
			}
			used = append(used, v)
			v.grant(call)
			return v.l
		}
	}
	v, err := ev.value(ctx, func(c *core.Call) (heap.Value, error) {
		call = c
		v, err := c.EvalIn(text)
		if foreign {
			return 0, errors.New("eval: a value in the scope is of another evaluator")
		}
		return v, err
	})
	runtime.KeepAlive(used)
	return v, err
}
