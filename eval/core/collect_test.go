package core_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

var background = context.Background()

// show returns v as the command prints it, all of it if deep.
func show(t testing.TB, ev *core.Evaluator, v core.Value, deep bool) string {
	t.Helper()
	var b strings.Builder
	err := ev.Run(background, func(c *core.Call) error {
		if deep {
			if err := c.DeepForce(heap.Lazy(v.Heap())); err != nil {
				return err
			}
		}
		return c.Print(&b, v.Heap())
	})
	if err != nil {
		return "error: " + err.Error()
	}
	return b.String()
}

func collect(t testing.TB, ev *core.Evaluator) {
	t.Helper()
	require.NoError(t, ev.Collect(background))
}

// TestCollectCorpus evaluates all cases of the corpus in one evaluator, with
// collections between all steps, and compares with one that never collects.
func TestCollectCorpus(t *testing.T) {
	files, err := filepath.Glob("../../corpus/lang/eval-*.nix")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	ev := evaluator(t, core.Options{Host: world.OS()})
	plain := evaluator(t, core.Options{Host: world.OS()})
	type result struct {
		v          core.Value
		outer, all string
	}
	var kept []result
	for i, file := range files {
		abs, err := filepath.Abs(file)
		require.NoError(t, err)
		v, err := plain.EvalFile(background, abs)
		w, err2 := ev.EvalFile(background, abs)
		if err != nil {
			require.EqualError(t, err2, err.Error(), file)
			continue
		}
		require.NoError(t, err2, file)
		if i%2 == 0 {
			collect(t, ev)
		}
		outer := show(t, plain, v, false)
		require.Equal(t, outer, show(t, ev, w, false), file)
		collect(t, ev)
		all := show(t, plain, v, true)
		require.Equal(t, all, show(t, ev, w, true), file)
		if i%7 == 0 {
			kept = append(kept, result{w, outer, all})
		}
	}
	collect(t, ev)
	for _, r := range kept {
		require.Equal(t, r.all, show(t, ev, r.v, true))
	}
	runtime.KeepAlive(kept)
}

// TestCollectFlat evaluates new texts for long, which leave nothing behind.
func TestCollectFlat(t *testing.T) {
	ev := evaluator(t, core.Options{})
	keep, err := ev.EvalString(background, "«string»", `{ f = x: { inherit x; name = "kept ${toString x}"; }; }`, "/")
	require.NoError(t, err)
	var first core.Stats
	for round := range 6 {
		for i := range 400 {
			n := round*1000 + i
			_, err := ev.EvalString(background, "«string»", fmt.Sprintf(`
				let name%d = builtins.genList (i: { "attr${toString (i + %d)}" = [ i "text%d" ]; }) 20;
				in builtins.deepSeq name%d (throw "no %d")`, n, n, n, n, n), "/")
			require.Error(t, err)
		}
		collect(t, ev)
		st := ev.Stats()
		if round == 0 {
			first = st
			continue
		}
		assert.LessOrEqual(t, st.HeapUsed, first.HeapUsed+1<<18)
		assert.LessOrEqual(t, st.Text, first.Text+1<<10)
		assert.LessOrEqual(t, st.Symbols, first.Symbols+100)
		assert.LessOrEqual(t, st.Code, first.Code+100)
		assert.LessOrEqual(t, st.Failures, first.Failures)
	}
	assert.Contains(t, show(t, ev, keep, true), "<LAMBDA>")
}

// TestConcurrent lets many goroutines force the same values, with collections
// under way.
func TestConcurrent(t *testing.T) {
	ev := evaluator(t, core.Options{Workers: 16})
	const source = `
		let
		  lib = rec {
		    fix = f: let x = f x; in x;
		    range = a: b: if a > b then [ ] else [ a ] ++ range (a + 1) b;
		    fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
		  };
		  shared = lib.fix (self: builtins.listToAttrs (map (n: {
		    name = "v${toString n}";
		    value = if n < 2 then n else self."v${toString (n - 1)}" + self."v${toString (n - 2)}";
		  }) (lib.range 0 80)));
		  broken = { a = throw "broken"; b = 1 + broken.a; loop = broken.again; again = [ 1 ] ++ broken.loop; };
		in { inherit shared lib broken; list = map (n: n * 2) (lib.range 0 200); layered = shared // { x = 1; } // { y = 2; }; }`
	const want = "23416728348467685"
	for round := range 8 {
		root, err := ev.EvalString(background, "root", source, "/")
		require.NoError(t, err)
		var wg sync.WaitGroup
		for g := range 24 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range 12 {
					err := ev.Run(background, func(c *core.Call) error {
						pick := func(path string) (heap.Value, error) { return c.SelectPath(root.Heap(), path, heap.EmptyAttrs) }
						switch (g + i) % 6 {
						case 0, 1:
							v, err := pick("shared.v80")
							if assert.NoError(t, err) {
								assert.Equal(t, want, fmt.Sprint(c.Heap().Int(v)))
							}
						case 2:
							_, err := pick("broken.b")
							assert.ErrorContains(t, err, "broken")
						case 3:
							_, err := pick("broken.loop")
							assert.ErrorContains(t, err, "infinite recursion")
						case 4:
							v, err := pick("list")
							if assert.NoError(t, err) {
								assert.NoError(t, c.DeepForce(heap.Lazy(v)))
								assert.Equal(t, 201, c.Heap().Len(v))
							}
						case 5:
							v, err := pick("layered")
							if assert.NoError(t, err) {
								assert.Len(t, c.Heap().All(v), 83)
							}
						}
						return nil
					})
					assert.NoError(t, err)
					if (g+i+round)%9 == 0 {
						assert.NoError(t, ev.Collect(background))
					}
				}
			}()
		}
		wg.Wait()
		runtime.KeepAlive(root)
	}
}
