package eval_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func ExampleEvaluator_Eval() {
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{})
	known := map[string]eval.Value{}
	scope := func(name string) (eval.Value, bool) {
		v, ok := known[name]
		return v, ok
	}
	set, _ := ev.Eval(ctx, eval.Text{Source: "price = 3; count = 2", Bindings: true, Scope: scope})
	for name, v := range set.Attrs() {
		known[name] = v
	}
	v, _ := ev.Eval(ctx, eval.Text{Source: "price * count", Scope: scope})
	fmt.Println(v)
	// Bindings do not see each other: this is the price from before.
	set, _ = ev.Eval(ctx, eval.Text{Source: "price = price + 1", Bindings: true, Scope: scope})
	v, _ = set.Select(ctx, "price")
	fmt.Println(v)
	// Output:
	// 6
	// 4
}

func TestEvalText(t *testing.T) {
	ctx := context.Background()
	ev, err := eval.New(eval.Options{})
	require.NoError(t, err)
	three, err := ev.EvalString(ctx, "3")
	require.NoError(t, err)
	asked := map[string]bool{}
	scope := func(name string) (eval.Value, bool) {
		asked[name] = true
		return three, name == "x" || name == "map"
	}
	for _, test := range []struct{ src, want string }{
		{"x", "3"},
		{"map", "3"}, // before the global names
		{"builtins.length [ x ]", "1"},
		{"let x = 1; in x", "1"},
		{"with { x = 1; }; x", "3"},
		{"(y: x + y) 1", "4"},
	} {
		v, err := ev.Eval(ctx, eval.Text{Source: test.src, Scope: scope})
		require.NoError(t, err, test.src)
		assert.Equal(t, test.want, v.String(), test.src)
	}
	assert.NotContains(t, asked, "filter", "names that are not in the source")

	// No frame of ours in the trace.
	_, err = ev.Eval(ctx, eval.Text{Source: `x + "a"`, Name: "line 1", Scope: scope})
	var e *eval.Error
	require.True(t, errors.As(err, &e))
	assert.Empty(t, e.Frames())
	assert.Equal(t, "line 1:1:5: cannot add a string to an integer", err.Error())

	other, err := eval.New(eval.Options{})
	require.NoError(t, err)
	_, err = other.Eval(ctx, eval.Text{Source: "x", Scope: scope})
	assert.ErrorContains(t, err, "another evaluator")
	_, err = ev.Eval(ctx, eval.Text{Source: "x = ", Bindings: true})
	assert.EqualError(t, err, "«string»:1:5: syntax error, unexpected end of file")
}

// What is no longer in the scope is given back, though functions were made beside it.
func TestEvalTextKeepsWhatItUses(t *testing.T) {
	ctx := context.Background()
	ev, err := eval.New(eval.Options{})
	require.NoError(t, err)
	big, err := ev.EvalString(ctx, "builtins.genList (n: n + 1000000) 100000")
	require.NoError(t, err)
	require.NoError(t, big.DeepForce(ctx))
	scope := func(name string) (eval.Value, bool) { return big, name == "big" }
	fn, err := ev.Eval(ctx, eval.Text{Source: "x: x + 1", Scope: scope})
	require.NoError(t, err)
	user, err := ev.Eval(ctx, eval.Text{Source: "x: builtins.length big + x", Scope: scope})
	require.NoError(t, err)
	big = eval.Value{}
	collect := func() uint64 {
		for range 2 { // the first finds what is no longer referenced
			runtime.GC()
			require.NoError(t, ev.Collect(ctx))
		}
		return ev.Stats().HeapUsed
	}
	with := collect()
	v, err := user.Call(ctx, 1)
	require.NoError(t, err)
	assert.Equal(t, "100001", v.String())
	user = eval.Value{}
	assert.Less(t, collect()+300_000, with)
	v, err = fn.Call(ctx, 1)
	require.NoError(t, err)
	assert.Equal(t, "2", v.String())
}
