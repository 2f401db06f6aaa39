package eval_test

// This file defines the tests of errors that Go functions return once only, of their
// panics, and of collections beside functions that take long.

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func TestTransient(t *testing.T) {
	calls := 0
	flaky := func(wrap func(error) error) func(ctx context.Context, n int) (int, error) {
		calls = 0
		return func(_ context.Context, n int) (int, error) {
			if calls++; calls == 1 {
				return 0, wrap(errors.New("no route to host"))
			}
			return n, nil
		}
	}
	for _, tt := range []struct {
		name string
		wrap func(error) error
		want int // calls
	}{
		{"kept", func(err error) error { return err }, 1},
		{"transient", eval.Transient, 2},
		{"caught", func(err error) error { return eval.Catchable(eval.Transient(err)) }, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ev := evaluator(t, eval.Options{
				FS:        fstest.MapFS{"shared.nix": {Data: []byte(`rec { x = builtins.flaky 7; y = x + 1; }`)}},
				Functions: []eval.Function{eval.Func1("flaky", flaky(tt.wrap))},
			})
			_, err := ev.EvalString(ctx, `(import /shared.nix).y`)
			require.ErrorContains(t, err, "no route to host")
			v, err := ev.EvalString(ctx, `(import /shared.nix).y`)
			assert.Equal(t, tt.want, calls)
			if tt.want == 1 {
				assert.ErrorContains(t, err, "no route to host")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "8", v.String())
		})
	}
}

func TestPanicStack(t *testing.T) {
	ev := evaluator(t, eval.Options{Functions: []eval.Function{
		eval.Func1("burst", func(context.Context, int) (int, error) { panic("pipe") }),
	}})
	_, err := ev.EvalString(ctx, `builtins.burst 1`)
	var p *eval.PanicError
	require.ErrorAs(t, err, &p)
	assert.Equal(t, "pipe", p.Value)
	assert.Contains(t, string(p.Stack), "TestPanicStack")
}

func TestExplainNothing(t *testing.T) {
	assert.Nil(t, evaluator(t, eval.Options{}).Explain(nil))
}

// TestCollectBeside collects while an evaluation goes on that does not end: others begin
// all the same.
func TestCollectBeside(t *testing.T) {
	started, release := make(chan bool), make(chan bool)
	ev := evaluator(t, eval.Options{Functions: []eval.Function{
		eval.Func1("wait", func(_ context.Context, n int) (int, error) {
			started <- true
			<-release
			return n, nil
		}),
	}})
	var wg sync.WaitGroup
	wg.Go(func() {
		_, err := ev.EvalString(ctx, `builtins.wait 1`)
		assert.NoError(t, err)
	})
	<-started
	wg.Go(func() { assert.NoError(t, ev.Collect(ctx)) })
	for range 3 {
		assert.Equal(t, "2", evaluate(t, ev, "1 + 1").String())
		time.Sleep(50 * time.Millisecond) // so that some meet a collection
	}
	close(release)
	wg.Wait()
	assert.Positive(t, ev.Stats().Collections)
}
