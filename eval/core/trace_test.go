package core_test

// This file tests what is told of calls: counts, profiles, traces.

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	pprof "github.com/google/pprof/profile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/corpus"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/profile"
	"github.com/firn-lang/firn/eval/world"
)

// watched is a program that calls functions of all kinds.
const watched = `
let
  add = a: b: a + b;
  inc = add 1;
  set = { x, y ? 2, ... }: x * y;
  functor = { __functor = self: x: x - 1; };
  fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
  hello = derivation { name = "hello"; builder = "x"; system = "y"; };
in [
  (map inc [ 1 2 3 ]) (set { x = 3; }) (functor 3) (fib 3) hello.drvPath
  (builtins.sort (a: b: a > b) [ 3 1 2 ]) (builtins.tryEval (throw "x")).success
  (builtins.foldl' (a: b: a // b) { } [ { a = 1; } { b = 2; } ]) ([ 1 ] ++ [ 2 ])
  (builtins.concatLists [ [ 1 ] [ 2 ] ])
]`

func watch(t *testing.T, opt core.Options) *core.Evaluator {
	t.Helper()
	st := memory.View("/nix/store", world.None())
	opt.Builtins, opt.Host, opt.Copier = builtins.All(st), st.Host(), st
	ev, err := core.New(opt)
	require.NoError(t, err)
	return ev
}

func runs(t *testing.T, ev *core.Evaluator, source string) error {
	t.Helper()
	return ev.Run(context.Background(), func(c *core.Call) error {
		v, err := c.EvalText("/watched.nix", source, "/")
		if err != nil {
			return err
		}
		return c.DeepForce(heap.Lazy(v))
	})
}

// TestCounts compares with what the reference counts for the program.
func TestCounts(t *testing.T) {
	ev := watch(t, core.Options{})
	require.NoError(t, runs(t, ev, watched))
	c := ev.Stats().Counts
	assert.Equal(t, []uint64{24, 24, 10, 9, 2},
		[]uint64{c.Calls, c.BuiltinCalls, c.Selects, c.Updates, c.Concats}, "calls, of builtins, selections, updates, concatenations")
}

func TestCallCounts(t *testing.T) {
	ev := watch(t, core.Options{CountCalls: true})
	require.NoError(t, runs(t, ev, watched))
	counts := ev.CallCounts()
	var lines []string
	var functions, calls uint64
	for _, f := range counts.Functions {
		functions += f.Count
		if !strings.HasPrefix(f.Pos.File, "«nix-internal»") {
			lines = append(lines, fmt.Sprintf("%s %d:%d %d", f.Name, f.Pos.Line, f.Pos.Column, f.Count))
		}
	}
	for _, n := range counts.Builtins {
		calls += n
	}
	st := ev.Stats()
	assert.Equal(t, st.Counts.Calls, functions)
	assert.Equal(t, st.Counts.BuiltinCalls, calls)
	assert.Equal(t, strings.TrimSpace(`
fib 7:9 5
add 3:12 3
 11:19 3
 11:22 3
 12:21 2
 12:24 2
add 3:9 1
set 5:9 1
__functor 6:27 1
__functor 6:33 1`), strings.TrimSpace(strings.Join(lines, "\n")))
	assert.Equal(t, map[string]uint64{
		"concatLists": 1, "derivationStrict": 1, "foldl'": 1, "head": 1, "lessThan": 8, "listToAttrs": 1, "map": 2,
		"mul": 1, "sort": 1, "sub": 5, "throw": 1, "tryEval": 1,
	}, counts.Builtins)
}

// TestProfileTotals compares the sums of a profile with what the evaluator counts.
func TestProfileTotals(t *testing.T) {
	p := profile.New(profile.Options{})
	ev := watch(t, core.Options{Profile: p, Workers: 4})
	require.NoError(t, runs(t, ev, watched))
	check := func() map[string]int64 {
		self, total := sums(t, p, 0)
		c := ev.Stats().Counts
		assert.Equal(t, int64(c.Calls+c.BuiltinCalls), total)
		_, objects := sums(t, p, 1)
		assert.Equal(t, int64(c.Made.Objects), objects)
		_, bytes := sums(t, p, 2)
		assert.Equal(t, int64(c.Made.Bytes), bytes)
		return self
	}
	self := check()
	for name, want := range map[string]int64{
		// The calls of a function and those of builtins that stand in it, but for
		// those that are frames of their own: its own ones only.
		"fib watched.nix:7": 5, "builtins.lessThan": 8, "builtins.sub": 5,
		"set watched.nix:5": 1, "derivation hello": 1, "builtins.sort": 1, "lambda watched.nix:11": 6,
	} {
		assert.Equal(t, want, self[name], name)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { assert.NoError(t, runs(t, ev, watched)) })
	}
	all.Wait()
	assert.Equal(t, int64(9*5), check()["fib watched.nix:7"])
	require.Error(t, runs(t, ev, "let f = x: builtins.map f (throw x); in f \"failed\""))
	check()
}

// sums returns the sums of one of the numbers of a profile: by function, and in all.
func sums(t *testing.T, p *profile.Profile, number int) (self map[string]int64, total int64) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, p.WritePprof(&out))
	prof, err := pprof.Parse(&out)
	require.NoError(t, err)
	require.NoError(t, prof.CheckValid())
	self = map[string]int64{}
	for _, s := range prof.Sample {
		total += s.Value[number]
		self[s.Location[0].Line[0].Function.Name] += s.Value[number]
	}
	return self, total
}

// TestFolded compares with what the reference's profiler writes if each call is a
// sample. A set with __functor, see TestFoldedFunctor, and functions that mapAttrs calls
// are not among them: there the reference does not say what is called.
func TestFolded(t *testing.T) {
	p := profile.New(profile.Options{EveryCall: true})
	ev := watch(t, core.Options{Profile: p})
	require.NoError(t, runs(t, ev, strings.Replace(watched, " (functor 3)", "", 1)))
	var out bytes.Buffer
	require.NoError(t, p.WriteFolded(&out))
	corpus.File(t, "testdata/folded.txt", out.String())
}

// TestFoldedFunctor has the frames that the reference's flamegraph-profiler.sh expects
// of a set with __functor: the function has no name as long as it was not evaluated
// before the call.
func TestFoldedFunctor(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"{ __functor = x: arg: arg; } 1", "1:1:functor 1\n1:1:functor;1:3 1\n"},
		{"let f = { __functor = x: arg: arg; }; in [ (f 1) (f 2) ]",
			"1:45:functor 1\n1:45:functor;1:11 1\n1:51:functor 1\n1:51:functor;1:11:__functor 1\n"},
	} {
		p := profile.New(profile.Options{EveryCall: true})
		require.NoError(t, runs(t, watch(t, core.Options{Profile: p}), tt.source))
		var out bytes.Buffer
		require.NoError(t, p.WriteFolded(&out))
		assert.Equal(t, tt.want, strings.ReplaceAll(out.String(), "/watched.nix:", ""))
	}
}

// TestTraceCalls compares with the reference's trace of calls.
func TestTraceCalls(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{`builtins.tryEval (throw "example")`, "entered 1:1, entered 1:19, exited 1:19, exited 1:1"},
		{`({ x }: x) { }`, "entered 1:1, exited 1:1"},
		{`({ x }: x) { x = "x"; y = "y"; }`, "entered 1:1, exited 1:1"},
		{`(x: y: x + y) 1`, "entered 1:1, exited 1:1"},
		{`(x: x) 1 2`, "entered 1:1, exited 1:1"},
		{`1 2`, "entered 1:1, exited 1:1"},
		{`3 - 1 < 2`, "entered 1:7, entered 1:3, exited 1:3, exited 1:7"},
		{`builtins.map (x: x) [ 1 ]`, "entered 1:1, exited 1:1, entered 1:15, exited 1:15"},
	} {
		var out bytes.Buffer
		ev := watch(t, core.Options{TraceCalls: true, Stderr: &out})
		_ = runs(t, ev, tt.source)
		var got []string
		for line := range strings.Lines(out.String()) {
			m := regexp.MustCompile(`^function-trace (entered|exited) (?:/watched.nix:)?(\S+) at \d+\n$`).FindStringSubmatch(line)
			require.NotNil(t, m, line)
			got = append(got, m[1]+" "+m[2])
		}
		assert.Equal(t, tt.want, strings.Join(got, ", "), tt.source)
	}
}
