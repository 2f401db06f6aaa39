package eval

// This file defines the evaluator and what can be evaluated.

import (
	"context"
	"fmt"
	"io/fs"
	"path"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/memo"
	"github.com/firn-lang/firn/eval/world"
)

// An Evaluator evaluates Nix programs. What it imports is evaluated once, and
// shared by all evaluations until Forget. It may be used by several goroutines at
// once; evaluations then run side by side, with the results that they would have
// one after the other.
//
// Memory of values that are no longer referenced is used again, or given back,
// while no evaluation is under way; if there always is one, new ones wait for a
// short while to make that possible. An Evaluator that is no longer referenced,
// nor any Value of it, gives everything back. It needs no closing.
type Evaluator struct {
	core   *core.Evaluator
	store  *store.View
	flakes *builtins.Flakes
	asked  store.Store // that of store, not recorded
	reads  *world.Recorder
	cache  *memo.Cache
	said   *said // nil without cache
	// options is what the keys of results begin with; "" if none is kept.
	options string
	mounts  *world.Mounts // the file systems of EvalFS
	world   Host          // of the evaluation, not recorded
}

// run evaluates in fn, with the limits that ctx has.
func (ev *Evaluator) run(ctx context.Context, fn func(c *core.Call) error) error {
	limits, err := limitsOf(ctx)
	if err != nil {
		return err
	}
	if m := meterOf(ctx); m != nil {
		return public(ev.core.RunWithin(ctx, limits, func(c *core.Call) error { return m.measure(c, fn) }))
	}
	return public(ev.core.RunWithin(ctx, limits, fn))
}

// value evaluates in fn, and returns what that comes to.
func (ev *Evaluator) value(ctx context.Context, fn func(c *core.Call) (heap.Value, error)) (out Value, err error) {
	err = ev.run(ctx, func(c *core.Call) error {
		v, err := fn(c)
		if err == nil {
			out = ev.keep(c, heap.Lazy(v))
		}
		return err
	})
	return out, err
}

// Run calls fn with a context with which all evaluations are part of one: they have its
// limits together, and begin without waiting for a turn. fn must use that context only on
// its goroutine and only until it returns. Run returns the error of fn.
func (ev *Evaluator) Run(ctx context.Context, fn func(ctx context.Context) error) error {
	return ev.run(ctx, func(c *core.Call) (err error) {
		c.Guest(func(ctx context.Context) {
			err = guard(func() error { return fn(ctx) })
		})
		return err
	})
}

// EvalString evaluates a program. Messages call it "«string»", and relative
// paths in it start at "/". To evaluate it more than once, use Compile.
//
// As all that evaluates, it returns an *Error unless ctx was done before it began.
// It evaluates the outside of the value only: the parts are evaluated when they
// are asked for.
func (ev *Evaluator) EvalString(ctx context.Context, source string) (Value, error) {
	return ev.value(ctx, func(c *core.Call) (heap.Value, error) { return c.EvalText("«string»", source, "/") })
}

// EvalFile evaluates the file at a path, or default.nix in the folder there, once:
// the next time it returns what it has.
func (ev *Evaluator) EvalFile(ctx context.Context, name string) (Value, error) {
	return ev.value(ctx, func(c *core.Call) (heap.Value, error) { return c.Import(path.Join("/", name), 0) })
}

// EvalMain evaluates the file that EvalFile does, as the one that a command line names:
// each time anew, and without a step for it in the traces of errors.
func (ev *Evaluator) EvalMain(ctx context.Context, name string) (Value, error) {
	return ev.value(ctx, func(c *core.Call) (heap.Value, error) { return c.EvalMain(path.Join("/", name)) })
}

// EvalFS is EvalFile for a file in another file system than that of the
// evaluator, such as an embed.FS: Mount without a Mount to keep. The program and the
// Values that come of it see the files of fsys; other programs do not.
func (ev *Evaluator) EvalFS(ctx context.Context, fsys fs.FS, name string) (Value, error) {
	m := ev.Mount(fsys)
	return ev.EvalFile(m.In(ctx), path.Join(m.Dir(), path.Join("/", name)))
}

// A Program is a program that was parsed, and can be evaluated with different
// inputs. It may be used by several goroutines at once.
type Program struct {
	fn     Value
	inputs []string
}

// Compile parses a program, in which inputs are variables. name is what messages
// call it; if that is an absolute path, relative paths start there. All errors of
// its text are found.
func (ev *Evaluator) Compile(ctx context.Context, name, source string, inputs ...string) (*Program, error) {
	dir := "/"
	if path.IsAbs(name) {
		dir = path.Dir(name)
	}
	fn, err := ev.value(ctx, func(c *core.Call) (heap.Value, error) { return c.CompileText(name, source, dir, inputs) })
	if err != nil {
		return nil, err
	}
	return &Program{fn, append([]string(nil), inputs...)}, nil
}

// Run evaluates the program. inputs has a value for each of its inputs, and no
// others: see Encode for what it may be.
func (p *Program) Run(ctx context.Context, inputs map[string]any) (Value, error) {
	for _, name := range p.inputs {
		if _, ok := inputs[name]; !ok {
			return Value{}, fmt.Errorf("eval: the program has no value for its input %q", name)
		}
	}
	if len(inputs) > len(p.inputs) {
		return Value{}, fmt.Errorf("eval: the program has the inputs %q, but there are %d values", p.inputs, len(inputs))
	}
	return p.fn.Call(ctx, inputs)
}

// Evaluator returns whose program it is.
func (p *Program) Evaluator() *Evaluator { return p.fn.ev }

// Forget makes the evaluator forget what it knows of files, so that they are read
// again, and what was read so far. What was evaluated stays as it is. A part of a Value that
// is evaluated later, and imports or reads a file then, gets the file as it is then: what must
// not change any more has to be evaluated before, with DeepForce.
func (ev *Evaluator) Forget() {
	ev.core.Forget()
	if ev.reads != nil {
		ev.reads.Forget()
	}
	if ev.said != nil {
		ev.said.forget()
	}
}

// Collect gives back now the memory that is no longer referenced, without waiting until it is worth
// it. It needs a moment without evaluations: for a tenth of a second it lets none
// begin, then it lets them go on for half a second, and so on until ctx is done. It
// must not be called by a function that an evaluation calls. The error is that of ctx.
func (ev *Evaluator) Collect(ctx context.Context) error { return ev.core.Collect(ctx) }
