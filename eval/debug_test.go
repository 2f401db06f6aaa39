package eval_test

// This file defines the tests and the example of the debugger.

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func ExampleDebugger() {
	d := eval.NewDebugger(eval.DebuggerOptions{
		Stopped: func(ctx context.Context, s *eval.Stop) eval.Resume {
			f := s.Frames[0]
			v, _ := f.Lookup("x")
			fmt.Println(s.Err, "in", f.Name(), "at", f.Position().Line, "with x =", v)
			return eval.Continue
		},
	})
	ev, err := eval.New(eval.Options{Debugger: d})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = ev.EvalString(context.Background(), `let half = x: if x == 3 then throw "odd" else x / 2; in half (half 6)`)
	fmt.Println(err)
	// Output:
	// odd in half at 1 with x = 3
	// odd
}

func TestDebugger(t *testing.T) {
	ctx := context.Background()
	var ev *eval.Evaluator
	var got []string
	d := eval.NewDebugger(eval.DebuggerOptions{Stopped: func(ctx context.Context, s *eval.Stop) eval.Resume {
		if s.Reason != eval.StopPoint {
			return eval.Continue
		}
		_, err := ev.Eval(ctx, eval.Text{Source: "a + throw a", Scope: s.Frames[0].Lookup})
		assert.Error(t, err)
		v, err := ev.Eval(ctx, eval.Text{Source: "a + \"!\"", Scope: s.Frames[0].Lookup})
		assert.NoError(t, err)
		got = append(got, v.String())
		for _, scope := range s.Frames[0].Scopes() {
			for _, one := range scope.Vars {
				got = append(got, scope.Kind+" "+one.Name+" "+one.Value.Kind().String())
			}
		}
		return eval.StepOut
	}})
	ev, err := eval.New(eval.Options{Debugger: d})
	require.NoError(t, err)
	id, err := d.Break(eval.Breakpoint{File: "«string»", Line: 2})
	require.NoError(t, err)
	v, err := ev.EvalString(ctx, "let a = \"x\"; b = a + a; in\na + b")
	require.NoError(t, err)
	assert.Equal(t, `"xxx"`, v.String())
	assert.Equal(t, []string{`"x!"`, "let a string", "let b thunk"}, got[:3])
	assert.Len(t, d.Breakpoints(), 1)
	assert.True(t, d.Clear(id))
	assert.False(t, d.Clear(id))
	_, err = d.Break(eval.Breakpoint{File: "a", Line: 1, Condition: "1 +"})
	assert.Error(t, err)
}
