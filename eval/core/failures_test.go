package core_test

// This file defines the tests of what is kept of errors that were caught.

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// failing are programs of which %d says how often something fails and is caught.
var failing = []string{
	`let deep = n: if n == 0 then throw "x" else let r = deep (n - 1); in r + 1;
	in builtins.foldl' (a: i: let v = deep 100; in if (builtins.tryEval v).success then a else a + 1) 0 (builtins.genList (i: i) %d)`,
	`builtins.foldl' (a: i: let v = { x = throw "x"; y = v.x; }; in if (builtins.tryEval v.y).success then a else a + 1) 0 (builtins.genList (i: i) %d)`,
	`builtins.foldl' (a: x: if (builtins.tryEval x).success then a else a + 1) 0 (map (i: assert i < 0; i) (builtins.genList (i: i) %d))`,
	// Within a failure that is under way.
	`let f = i: if (builtins.tryEval v).success then 0 else throw "outer"; v = throw "inner"; in
	builtins.foldl' (a: i: let x = f i; in if (builtins.tryEval x).success then a else a + 1) 0 (builtins.genList (i: i) %d)`,
}

// TestCaughtErrorsGo counts what is kept of many errors that were caught.
func TestCaughtErrorsGo(t *testing.T) {
	for _, program := range failing {
		ev := evaluator(t, core.Options{})
		const n = 20_000
		v, err := ev.EvalString(background, "«string»", fmt.Sprintf(program, n), "/")
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprint(n), show(t, ev, v, false))
		errors, frames := ev.Failures()
		assert.LessOrEqual(t, errors+frames, 20_000, program)
	}
}

// TestCaughtErrorsAreUsedAgain counts what Go allocates for errors that are caught: their frames
// are used again, by the next ones.
func TestCaughtErrorsAreUsedAgain(t *testing.T) {
	for _, program := range []string{
		failing[0],
		`let deep = n: if n == 0 then throw "x" else deep (n - 1) + 1; in builtins.foldl' (a: i: if (builtins.tryEval (deep 100)).success then a else a + 1) 0 (builtins.genList (i: i) %d)`,
	} {
		ev := evaluator(t, core.Options{})
		allocated := func(n int) uint64 {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := ev.EvalString(background, "«string»", fmt.Sprintf(program, n), "/")
			require.NoError(t, err)
			runtime.ReadMemStats(&after)
			return after.TotalAlloc - before.TotalAlloc
		}
		few, many := allocated(1000), allocated(3000)
		// The 200 frames of a failure take 10 KB, and 30 while they become so many.
		assert.Less(t, many-min(few, many), uint64(2000*5000), program)
	}
}

// TestForgottenFailure needs a value that fails, again after its failure was
// forgotten: the error is the same, with the same frames.
func TestForgottenFailure(t *testing.T) {
	const source = `
let
  deep = n: if n == 0 then throw "x" else let r = deep (n - 1); in r + 1;
  v = deep 10;
  w = v + 1;
  caught = x: !(builtins.tryEval x).success;
  others = builtins.genList (i: let v = deep 10; in caught v) %d;
in
assert caught w; assert builtins.all (x: x) others; assert caught w; w`
	var traces [2][]string
	for i, n := range []int{0, 20_000} {
		ev := evaluator(t, core.Options{})
		_, err := ev.EvalString(background, "«string»", fmt.Sprintf(source, n), "/")
		var e *core.Error
		require.ErrorAs(t, err, &e)
		for _, f := range e.Frames {
			traces[i] = append(traces[i], f.Text())
		}
		assert.Equal(t, "x", e.Msg)
	}
	assert.Equal(t, traces[0], traces[1])
}

// TestFailuresOfOthers lets evaluations fail side by side with what another one
// forgets meanwhile.
func TestFailuresOfOthers(t *testing.T) {
	ev := evaluator(t, core.Options{})
	shared, err := ev.EvalString(background, "«shared»", `let deep = n: if n == 0 then throw "x" else let r = deep (n - 1); in r + 1;
	values = builtins.genList (i: deep 20) 3000; in _: builtins.all (v: !(builtins.tryEval v).success) values`, "/")
	require.NoError(t, err)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			assert.NoError(t, ev.Run(background, func(c *core.Call) error {
				v, err := c.Apply(shared.Heap(), heap.Lazy(heap.NullValue))
				if err == nil {
					assert.Equal(t, heap.True, v)
				}
				return err
			}))
		})
	}
	wg.Wait()
}
