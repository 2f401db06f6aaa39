package eval_test

// This file defines the tests of what single evaluations cost and read, and what they keep.

import (
	"context"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func TestMeter(t *testing.T) {
	const sum = `builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) 10000)`
	ev := evaluator(t, eval.Options{
		FS: fstest.MapFS{"sum.nix": {Data: []byte(sum)}},
		Functions: []eval.Function{eval.Func1("again", func(ctx context.Context, n int) (int, error) {
			v, err := eval.Value{}, error(nil)
			for range n {
				v, err = evaluatorOf(ctx).EvalString(ctx, sum)
			}
			x, _ := v.Int()
			return int(x), err
		})},
	})
	measure := func(source string) eval.Cost {
		var m eval.Meter
		ctx := eval.WithMeter(context.WithValue(ctx, evaluatorKey{}, ev), &m)
		_, err := ev.EvalString(ctx, source)
		require.NoError(t, err)
		return m.Cost()
	}
	small, large := measure(`1 + 1`), measure(sum)
	assert.Equal(t, 1, small.Evaluations)
	assert.Less(t, small.Steps, uint64(1000))
	assert.Greater(t, large.Steps, uint64(10_000))
	assert.Less(t, large.Steps, uint64(100_000))
	assert.Greater(t, large.Memory, uint64(40_000))
	assert.Less(t, large.Memory, uint64(10_000_000))
	assert.Positive(t, large.Time)
	assert.Equal(t, large.Steps, measure(sum).Steps, "another evaluation has paid")

	// A shared file is paid once.
	assert.Greater(t, measure(`import /sum.nix`).Steps, uint64(10_000))
	assert.Less(t, measure(`import /sum.nix`).Steps, uint64(1000))

	// Evaluations within others are part of them.
	within := measure(`builtins.again 3`)
	assert.Equal(t, 1, within.Evaluations)
	assert.InDelta(t, 3*large.Steps, within.Steps, 1000)

	// A limit ends an evaluation that has cost something.
	var m eval.Meter
	limited := eval.WithLimits(eval.WithMeter(ctx, &m), eval.Limits{Steps: 5000})
	_, err := ev.EvalString(limited, sum)
	require.Error(t, err)
	assert.Equal(t, uint64(5000), m.Cost().Steps)

	// Parts of a value cost when they are evaluated, with the context that asks for them.
	v := evaluate(t, ev, `{ x = `+sum+`; }`)
	m = eval.Meter{}
	_, err = v.Select(eval.WithMeter(ctx, &m), "x")
	require.NoError(t, err)
	assert.Greater(t, m.Cost().Steps, uint64(10_000))

	var all eval.Meter
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			_, err := ev.EvalString(eval.WithMeter(ctx, &all), sum)
			assert.NoError(t, err)
		})
	}
	wg.Wait()
	assert.Equal(t, 4, all.Cost().Evaluations)
	assert.Equal(t, 4*large.Steps, all.Cost().Steps)
}

type evaluatorKey struct{}

func evaluatorOf(ctx context.Context) *eval.Evaluator {
	return ctx.Value(evaluatorKey{}).(*eval.Evaluator)
}

// TestMeterWithin gives an evaluation within another one a meter of its own.
func TestMeterWithin(t *testing.T) {
	var inner, outer eval.Meter
	ev := evaluator(t, eval.Options{Functions: []eval.Function{
		eval.Func1("force", func(ctx context.Context, v eval.Value) (eval.Value, error) {
			return v.Force(eval.WithMeter(ctx, &inner))
		}),
	}})
	_, err := ev.EvalString(eval.WithMeter(ctx, &outer), `
		let sum = n: builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) n);
		in builtins.force (sum 10000) + sum 20000`)
	require.NoError(t, err)
	in, out := inner.Cost(), outer.Cost()
	assert.Equal(t, 1, in.Evaluations)
	assert.Equal(t, 1, out.Evaluations)
	assert.Greater(t, in.Steps, uint64(10_000))
	assert.Greater(t, out.Steps, 2*in.Steps)
}

// TestForgetKeeps changes a file after Forget: what is evaluated stays, the rest sees the new file.
func TestForgetKeeps(t *testing.T) {
	files := fstest.MapFS{
		"main.nix": {Data: []byte(`{ now = import ./b.nix; later = import ./b.nix; text = builtins.readFile ./b.nix; }`)},
		"b.nix":    {Data: []byte(`1`)},
	}
	ev := evaluator(t, eval.Options{FS: files})
	v, err := ev.EvalFile(ctx, "/main.nix")
	require.NoError(t, err)
	now, err := v.Select(ctx, "now")
	require.NoError(t, err)
	files["b.nix"] = &fstest.MapFile{Data: []byte(`2`)}
	again, err := v.Select(ctx, "later")
	require.NoError(t, err)
	assert.Equal(t, "1", again.String(), "the file is imported once until Forget")
	w, err := ev.EvalString(ctx, `import /main.nix`)
	require.NoError(t, err)
	ev.Forget()
	for path, want := range map[string]string{"now": "1", "later": "1", "text": `"2"`} {
		part, err := v.Select(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, want, part.String(), path)
	}
	assert.Equal(t, "1", now.String())
	part, err := w.Select(ctx, "now")
	require.NoError(t, err)
	assert.Equal(t, "1", part.String(), "it is the same value as v")
	v, err = ev.EvalFile(ctx, "/main.nix")
	require.NoError(t, err)
	ev.Forget()
	files["b.nix"] = &fstest.MapFile{Data: []byte(`3`)}
	for path, want := range map[string]string{"now": "3", "later": "3", "text": `"3"`} {
		part, err := v.Select(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, want, part.String(), path)
	}
}
