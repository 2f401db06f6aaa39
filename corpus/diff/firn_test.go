package diff

// This file defines the run of firn in this process.

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/corpus/gen"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// A firn evaluates programs one after the other with the same evaluator, as
// making one takes longer than evaluating most programs. Like that of the
// reference's loop, its answer depends a little on the programs before.
type firn struct {
	ev       *core.Evaluator
	uses     int
	patience time.Duration // how long a program may take
	dir      string        // where relative paths start
	lazy     bool          // values are evaluated on the outside only
}

func newFirn(lazy bool) *firn { return &firn{patience: 5 * time.Second, dir: evalDir, lazy: lazy} }

func (f *firn) eval(src string) Result {
	if f.ev == nil || f.uses == 50 {
		ev, err := newEvaluator()
		if err != nil {
			return Result{Broken: err.Error()}
		}
		if _, err := f.run(ev, gen.ValuePrelude); err != nil {
			return Result{Broken: "prelude: " + err.Error()}
		}
		f.ev, f.uses = ev, 0
	}
	f.uses++
	answer := make(chan Result, 1)
	go func(ev *core.Evaluator) { answer <- f.result(ev, src) }(f.ev)
	var r Result
	select {
	case r = <-answer:
	case <-time.After(f.patience + time.Second/2):
		r.Broken = "took too long, and went on when it was told to stop"
	}
	if r.Broken != "" {
		f.ev = nil
	}
	return r
}

// firnAlone evaluates a program with an evaluator of its own.
func firnAlone(src string, lazy bool) Result {
	f := newFirn(lazy)
	f.dir = aloneDir
	return f.eval(src)
}

func newEvaluator() (*core.Evaluator, error) {
	st := memory.View("", world.OS())
	return core.New(core.Options{
		Builtins: builtins.All(st),
		Copier:   st,
		Host:     st.Host(),
		System:   "x86_64-linux",
		Limits:   core.Limits{Memory: 1 << 30},
		Internal: builtins.InternalTexts(),
	})
}

// result is what run returns, in the form that is compared.
func (f *firn) result(ev *core.Evaluator, src string) (result Result) {
	defer func() {
		if p := recover(); p != nil {
			result = Result{Broken: fmt.Sprintf("panic: %v\n%s", p, debug.Stack())}
		}
	}()
	out, err := f.run(ev, src)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return Result{Broken: err.Error()}
	case err != nil:
		result := Result{Messages: []Message{{Text: normalMessage(firnMessage(err))}}}
		if e := (*core.Error)(nil); errors.As(err, &e) {
			result.Trace = firnTrace(e.Render(core.RenderOptions{ShowTrace: true}))
		}
		return result
	}
	return Result{Tree: normalValue(out)}
}

// run evaluates a program as nix-instantiate --eval --strict does, and returns
// what that prints.
func (f *firn) run(ev *core.Evaluator, src string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), f.patience)
	defer cancel()
	var out strings.Builder
	err := ev.Run(ctx, func(c *core.Call) error {
		v, err := c.EvalText("«string»", src, f.dir)
		if err != nil {
			return err
		}
		if !f.lazy {
			if err := c.DeepForce(heap.Lazy(v)); err != nil {
				return err
			}
		}
		return c.Print(&out, v)
	})
	return out.String(), err
}

// firnMessage returns the message of an error without its position.
func firnMessage(err error) string {
	var parse *lang.Error
	var list lang.ErrorList
	var e *core.Error
	msg := err.Error()
	switch {
	case errors.As(err, &list) && len(list) > 0:
		msg = list[0].Msg
	case errors.As(err, &parse):
		msg = parse.Msg
	case errors.As(err, &e):
		msg = e.Msg
	}
	return msg
}
