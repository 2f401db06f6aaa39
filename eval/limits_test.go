package eval_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func TestLimits(t *testing.T) {
	const loop = `builtins.foldl' (a: b: builtins.foldl' (c: d: c + d) 0 (builtins.genList (i: i) 10000)) 0 (builtins.genList (i: i) 100000)`
	for _, tt := range []struct {
		name, source string
		limits       eval.Limits
		want         eval.Limit
	}{
		{"steps", loop, eval.Limits{Steps: 100_000}, eval.LimitSteps},
		{"time", loop, eval.Limits{Time: 20 * time.Millisecond}, eval.LimitTime},
		{"depth", `let f = n: 1 + f (n + 1); in f 0`, eval.Limits{CallDepth: 100}, eval.LimitDepth},
		{"memory of small values", `builtins.length (builtins.foldl' (a: b: [ a b ] ++ a) [ ] (builtins.genList (i: i) 1000000))`,
			eval.Limits{Memory: 4 << 20}, eval.LimitMemory},
		{"a huge list", `builtins.genList (i: i) 100000000`, eval.Limits{Memory: 4 << 20}, eval.LimitMemory},
		{"a huge string", `let f = n: s: if n == 0 then s else f (n - 1) (s + s); in f 40 "x"`, eval.Limits{Memory: 4 << 20}, eval.LimitMemory},
		{"a huge interpolation", `let f = n: s: if n == 0 then s else f (n - 1) "${s}${s}"; in f 40 "x"`, eval.Limits{Memory: 4 << 20}, eval.LimitMemory},
		{"a huge set", `builtins.listToAttrs (builtins.genList (i: { name = toString i; value = i; }) 1000000)`, eval.Limits{Memory: 4 << 20}, eval.LimitMemory},
		{"JSON of what is shared", `let f = n: x: if n == 0 then x else f (n - 1) [ x x ]; in builtins.toJSON (f 40 "x")`, eval.Limits{Memory: 4 << 20}, eval.LimitMemory},
		{"names", `let f = n: { } // { "a${toString n}" = 1; }; in builtins.deepSeq (map f (builtins.genList (i: i) 1000000)) 1`,
			eval.Limits{Memory: 4 << 20}, eval.LimitMemory},
		{"equality", `let f = n: x: if n == 0 then x else f (n - 1) [ x x ]; in f 60 1 == f 60 1`, eval.Limits{Steps: 1_000_000}, eval.LimitSteps},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ev := evaluator(t, eval.Options{})
			_, err := ev.EvalString(eval.WithLimits(ctx, tt.limits), tt.source)
			var e *eval.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, tt.want, e.Limit, e.Msg)
			if tt.want == eval.LimitDepth {
				assert.Equal(t, eval.ErrStackOverflow, e.Kind)
			} else {
				assert.Equal(t, eval.ErrLimit, e.Kind)
			}
			assert.Positive(t, e.Position().Line, "it says where")
			v := evaluate(t, ev, "1 + 1")
			assert.Equal(t, "2", v.String(), "the evaluator is as good as before")
		})
	}
}

// TestLimitThunks meets limits in the middle of shared values, which can be
// evaluated afterwards.
func TestLimitThunks(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	v := evaluate(t, ev, `rec {
		list = builtins.genList (i: i * 2) 20000;
		sum = builtins.foldl' (a: b: a + b) 0 list;
		inherit (rec { inner = sum + 1; }) inner;
		text = builtins.concatStringsSep "," (map toString list);
		sorted = builtins.length (builtins.sort (a: b: a > b) list);
	}`)
	for steps := uint64(100); ; steps *= 2 {
		err := v.DeepForce(eval.WithLimits(ctx, eval.Limits{Steps: steps}))
		if err == nil {
			break
		}
		var e *eval.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, eval.LimitSteps, e.Limit)
		if steps%3 == 0 {
			require.NoError(t, ev.Collect(ctx))
		}
	}
	inner, err := v.Select(ctx, "inner")
	require.NoError(t, err)
	assert.Equal(t, "399980001", inner.String())
}

// endless are programs that take very long in one builtin or operator.
var endless = map[string]string{
	"calls":          `builtins.foldl' (a: b: builtins.foldl' (c: d: c + d) 0 (builtins.genList (i: i) 1000)) 0 (builtins.genList (i: i) 10000000)`,
	"sort":           `builtins.sort builtins.lessThan (builtins.genList (i: 0 - i) 4000000)`,
	"sort by":        `builtins.sort (a: b: a < b) (builtins.genList (i: 0 - i) 4000000)`,
	"match":          `builtins.match "(.*)*(a|b)*c" (builtins.concatStringsSep "" (builtins.genList (i: "ab") 4000000))`,
	"split":          `builtins.length (builtins.split "a" (builtins.concatStringsSep "" (builtins.genList (i: "ab") 4000000)))`,
	"toJSON":         `builtins.stringLength (builtins.toJSON (builtins.genList (i: { a = i; }) 4000000))`,
	"fromJSON":       `builtins.fromJSON ("[" + builtins.concatStringsSep "," (builtins.genList (i: "1") 8000000) + "]")`,
	"hash":           `let f = n: s: if n == 0 then s else f (n - 1) (s + s); in builtins.hashString "sha512" (f 30 "x")`,
	"concat":         `let f = n: s: if n == 0 then s else f (n - 1) (s + s); in builtins.stringLength (f 31 "x")`,
	"lists":          `let f = n: s: if n == 0 then s else f (n - 1) (s ++ s); in builtins.length (f 27 [ 1 ])`,
	"replace":        `let f = n: s: if n == 0 then s else f (n - 1) (s + s); in builtins.stringLength (builtins.replaceStrings [ "x" ] [ "yy" ] (f 28 "x"))`,
	"attrs":          `builtins.length (builtins.attrNames (builtins.listToAttrs (builtins.genList (i: { name = toString i; value = i; }) 4000000)))`,
	"update":         `let a = builtins.listToAttrs (builtins.genList (i: { name = toString i; value = i; }) 1000000); in builtins.foldl' (x: i: builtins.length (builtins.attrNames (a // { "${toString i}x" = 1; }))) 0 (builtins.genList (i: i) 100000)`,
	"equal":          `let a = builtins.genList (i: i) 20000000; b = builtins.genList (i: i) 20000000; in a == b`,
	"elem":           `builtins.elem (-1) (builtins.genList (i: i) 30000000)`,
	"genericClosure": `builtins.length (builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: [ { key = x.key + 1; } ]; })`,
	"trace":          `builtins.trace (builtins.genList (i: i) 10000000) 1`,
	"deepSeq":        `let f = n: x: if n == 0 then x else f (n - 1) [ x x ]; in builtins.toString (f 60 1)`,
	"parse":          `import (builtins.toFile "x.nix" (builtins.concatStringsSep " " (builtins.genList (i: "[ 1 2 3 ] ++") 2000000)))`,
}

// cancelled evaluates a program, cancels it after a while, and returns how long
// it took to end then.
func cancelled(tb testing.TB, ev *eval.Evaluator, source string, after time.Duration) time.Duration {
	tb.Helper()
	ctx, cancel := context.WithCancel(eval.WithLimits(ctx, eval.Limits{Memory: 1 << 40}))
	var at time.Time
	timer := time.AfterFunc(after, func() {
		at = time.Now()
		cancel()
	})
	defer timer.Stop()
	_, err := ev.EvalString(ctx, source)
	end := time.Now()
	if err == nil {
		return 0 // it was done before
	}
	var e *eval.Error
	require.ErrorAs(tb, err, &e)
	require.Equal(tb, eval.ErrInterrupted, e.Kind)
	require.ErrorIs(tb, err, context.Canceled)
	return end.Sub(at)
}

func TestCancel(t *testing.T) {
	ev := evaluator(t, eval.Options{Store: eval.Memory("")})
	for name, source := range endless {
		t.Log(name)
		for _, after := range []time.Duration{5 * time.Millisecond, 150 * time.Millisecond} {
			d := cancelled(t, ev, source, after)
			t.Logf("%s: ended %v after it was cancelled", name, d)
		}
		require.NoError(t, ev.Collect(ctx))
	}
	assert.Equal(t, "2", evaluate(t, ev, "1 + 1").String())
}

// BenchmarkCancel reports the longest time from a cancellation to the end.
func BenchmarkCancel(b *testing.B) {
	ev := evaluator(b, eval.Options{Store: eval.Memory("")})
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range endless {
			if !yield(name) {
				return
			}
		}
	}) {
		b.Run(name, func(b *testing.B) {
			longest := time.Duration(0)
			n := 0
			for b.Loop() {
				n++
				longest = max(longest, cancelled(b, ev, endless[name], time.Duration(20+37*(n%13))*time.Millisecond))
				require.NoError(b, ev.Collect(ctx))
			}
			b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
		})
	}
}

func TestContextDone(t *testing.T) {
	ev := evaluator(t, eval.Options{Workers: 1})
	done, cancel := context.WithCancel(ctx)
	cancel()
	_, err := ev.EvalString(done, "1")
	assert.ErrorIs(t, err, context.Canceled)

	// One that waits for its turn can be cancelled, too.
	started, release := make(chan struct{}), make(chan struct{})
	v, err := ev.Encode(ctx, func(int) int {
		close(started)
		<-release
		return 1
	})
	require.NoError(t, err)
	var wg sync.WaitGroup
	wg.Go(func() {
		_, err := v.Call(ctx, 1)
		assert.NoError(t, err)
	})
	<-started
	waiting, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	_, err = ev.EvalString(waiting, "1")
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	close(release)
	wg.Wait()
	assert.Equal(t, "1", evaluate(t, ev, "1").String())
}

// TestStress lets many goroutines do everything at once, with the results that
// one would have.
func TestStress(t *testing.T) {
	ev := evaluator(t, eval.Options{Heap: 1 << 30, Functions: []eval.Function{
		eval.Func1("go", func(ctx context.Context, v eval.Value) (int, error) {
			v, err := v.Force(ctx)
			n, _ := v.Int()
			return int(n) + 1, err
		}),
	}})
	shared := evaluate(t, ev, `let
		fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
		self = { fibs = map fib (builtins.genList (i: i) 18); set = builtins.listToAttrs (map (n: { name = "n${toString n}"; value = fib n; }) [ 1 5 9 15 ]); };
	in self // { call = n: builtins.go (n + builtins.elemAt self.fibs 10); bad = throw "always the same"; }`)
	program, err := ev.Compile(ctx, "p", "a * 2 + builtins.length shared.fibs", "a", "shared")
	require.NoError(t, err)
	var wg sync.WaitGroup
	for g := range 32 {
		wg.Go(func() {
			for i := range 40 {
				switch (g + i) % 8 {
				case 0:
					v, err := shared.Select(ctx, "set.n15")
					if assert.NoError(t, err) {
						assert.Equal(t, "610", v.String())
					}
				case 1:
					f, err := shared.Select(ctx, "call")
					if assert.NoError(t, err) {
						v, err := f.Call(ctx, i)
						if assert.NoError(t, err) {
							assert.Equal(t, fmt.Sprint(i+56), v.String())
						}
					}
				case 2:
					v, err := program.Run(ctx, map[string]any{"a": i, "shared": shared})
					if assert.NoError(t, err) {
						assert.Equal(t, fmt.Sprint(2*i+18), v.String())
					}
				case 3:
					_, err := shared.Select(ctx, "bad")
					assert.ErrorContains(t, err, "always the same")
				case 4:
					var out struct{ Fibs []int }
					if assert.NoError(t, eval.Decode(ctx, shared, &out)) {
						assert.Equal(t, 1597, out.Fibs[17])
					}
				case 5:
					_, err := ev.EvalString(eval.WithLimits(ctx, eval.Limits{Steps: 5000}), `let f = n: f (n + 1); in f 0`)
					var e *eval.Error
					assert.True(t, errors.As(err, &e) && e.Limit == eval.LimitSteps)
				case 6:
					for name, v := range shared.Attrs() {
						if name == "set" {
							assert.Contains(t, []eval.Kind{eval.KindThunk, eval.KindAttrs}, v.Kind())
						}
					}
				case 7:
					if i%3 == 0 {
						assert.NoError(t, ev.Collect(ctx))
					}
					text, err := evaluateJSON(ev, fmt.Sprintf(`{ "x%d" = [ %d ]; }`, i, g))
					if assert.NoError(t, err) {
						assert.Equal(t, fmt.Sprintf(`{"x%d":[%d]}`, i, g), text)
					}
				}
			}
		})
	}
	wg.Wait()
	runtime.KeepAlive(shared)
}

func evaluateJSON(ev *eval.Evaluator, source string) (string, error) {
	v, err := ev.EvalString(ctx, source)
	if err != nil {
		return "", err
	}
	text, err := v.JSON(ctx)
	return string(text), err
}

// TestHeapIsGivenBack drops evaluators, whose memory the system gets back.
func TestHeapIsGivenBack(t *testing.T) {
	// Each reserves 32 GiB of addresses where it can, of which there are 128 TiB.
	limit := evaluator(t, eval.Options{}).Stats().HeapLimit
	for i := range 5000 {
		ev := evaluator(t, eval.Options{})
		if i%200 == 0 {
			assert.Equal(t, 1000, evaluate(t, ev, `builtins.genList (i: i) 1000`).Len())
			runtime.GC()
		}
		require.Equal(t, limit, ev.Stats().HeapLimit, "there are addresses left")
	}
}

// TestStoreMemory puts much into a store in memory, which counts.
func TestStoreMemory(t *testing.T) {
	for _, source := range []string{
		`builtins.foldl' (a: i: builtins.seq (builtins.toFile "f" "${toString i}-${text}") 0) 0 (builtins.genList (i: i) 100000)`,
		`builtins.foldl' (a: i: builtins.seq (derivation { name = "n"; system = "s"; builder = "b"; inherit i text; }).drvPath 0) 0 (builtins.genList (i: i) 100000)`,
	} {
		ev := evaluator(t, eval.Options{Store: eval.Memory("")})
		p, err := ev.Compile(ctx, "p", source, "text")
		require.NoError(t, err)
		_, err = p.Run(eval.WithLimits(ctx, eval.Limits{Memory: 16 << 20}), map[string]any{"text": strings.Repeat("x", 20_000)})
		var e *eval.Error
		require.ErrorAs(t, err, &e, source)
		assert.Equal(t, eval.LimitMemory, e.Limit)
	}
}

// TestStopsWithinRun meets a limit, within Run, in a loop that can only end by a panic.
func TestStopsWithinRun(t *testing.T) {
	ev := evaluator(t, eval.Options{Limits: eval.Limits{Steps: 20_000}})
	err := ev.Run(ctx, func(ctx context.Context) error {
		_, err := ev.EvalString(ctx, `builtins.foldl' (s: _: s + s) "0123456789abcdef" (builtins.genList (i: i) 30)`)
		return err
	})
	var e *eval.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, eval.ErrLimit, e.Kind)
	_, err = ev.EvalString(ctx, "1")
	assert.NoError(t, err)
}

// TestCaches compiles patterns: the statistics show what they take, until a collection.
func TestCaches(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	assert.Zero(t, ev.Stats().Caches)
	const many = `builtins.all (i: builtins.match "(a|b${toString i}){1,20}" "a" != null) (builtins.genList (i: i) `
	_, err := ev.EvalString(ctx, many+"100)")
	require.NoError(t, err)
	assert.Greater(t, ev.Stats().Caches, uint64(100_000))
	require.NoError(t, ev.Collect(ctx))
	assert.Zero(t, ev.Stats().Caches)
	_, err = ev.EvalString(ctx, many+"20000)")
	require.NoError(t, err)
	assert.Less(t, ev.Stats().Caches, uint64(20<<20))
}
