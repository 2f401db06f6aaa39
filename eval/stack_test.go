package eval_test

// This file defines tests of what nests deeply: it takes a small part of the stacks of several
// goroutines each.

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

// deepThunks needs 200,000 thunks that need each other: by the estimate, a hundred megabytes of stack.
const deepThunks = `(builtins.foldl' (a: i: { v = a.v + STEP; }) { v = 0; } (builtins.genList (i: i) 200000)).v`

// smallStacks lets Go end the process if the stack of a goroutine takes more than a sixteenth of that,
// and as much again for what the race detector adds.
func smallStacks(t *testing.T) {
	if runtime.GOARCH == "wasm" {
		t.Skip("there is less stack")
	}
	old := debug.SetMaxStack(64 << 20)
	t.Cleanup(func() { debug.SetMaxStack(old) })
}

func TestSmallStacks(t *testing.T) {
	smallStacks(t)
	nested := func(open, inner, end string) string {
		return strings.Repeat(open, 50_000) + inner + strings.Repeat(end, 50_000)
	}
	for _, c := range []struct{ name, source, want string }{
		{"thunks", strings.Replace(deepThunks, "STEP", "1", 1), "200000"},
		{"loops", strings.Replace(deepThunks, "STEP", "(builtins.foldl' (s: x: s + x) 0 [ 0 1 0 ])", 1), "200000"},
		{"calls", `let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 100000`, "100000"},
		{"failure", strings.Replace(deepThunks, "STEP", `(if i == 1000 then throw "odd" else 1)`, 1), "odd"},
		{"body", nested("(1 + ", "1", ")"), "50001"},
		{"sets", "(" + nested("{ a = ", "1", "; }") + ").a.a.a ? a", "true"},
		{"lets", nested("let a = 1; in ", "a", ""), "1"},
		{"no end", nested("[ ", "", ""), "syntax error, unexpected end of file"},
		{"undefined", nested("[ ", "x", "]"), "undefined variable 'x'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ev, err := eval.New(eval.Options{Limits: eval.Limits{CallDepth: 1 << 30}})
			require.NoError(t, err)
			v, err := ev.EvalString(context.Background(), c.source)
			var got []byte
			if err == nil {
				got, err = v.JSON(context.Background())
			}
			if err != nil {
				got = []byte(err.Error())
			}
			assert.Contains(t, string(got), c.want)
		})
	}
}

// TestDeepPanic calls functions that panic, or end their goroutine, where the stack of another
// goroutine is in use.
func TestDeepPanic(t *testing.T) {
	smallStacks(t)
	cause := errors.New("odd")
	ev, err := eval.New(eval.Options{Functions: []eval.Function{
		eval.Func1("panics", func(context.Context, int) (int, error) { return oddly(cause) }),
		eval.Func1("exits", func(context.Context, int) (int, error) { runtime.Goexit(); return 0, nil }),
	}})
	require.NoError(t, err)
	deep := func(name string) string {
		return strings.Replace(deepThunks, "STEP", "(if i == 0 then builtins."+name+" i else 1)", 1)
	}

	_, err = ev.EvalString(context.Background(), deep("panics"))
	var p *eval.PanicError
	require.ErrorAs(t, err, &p)
	assert.Equal(t, cause, p.Value)
	assert.Contains(t, string(p.Stack), "eval_test.oddly")

	returned := false
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = ev.EvalString(context.Background(), deep("exits"))
		returned = true
	}()
	<-done
	assert.False(t, returned)

	v, err := ev.EvalString(context.Background(), "1 + 1")
	require.NoError(t, err)
	assert.Equal(t, "2", v.String())
}

//go:noinline
func oddly(err error) (int, error) { panic(err) }
