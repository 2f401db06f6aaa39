package core_test

// This file defines the tests of memory that is given back within an evaluation.

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/core"
)

// garbage are programs that make much and hold little, and what they come to. Between them
// they leave something alive in every way that there is: in the accumulator, in thunks that are
// older than the loop, in variables, in a set that is made flat, in failed thunks.
var garbage = []struct{ source, want string }{
	{`builtins.length (builtins.foldl' (acc: x: acc ++ [ (x + 1000) ]) [ ] (builtins.genList (x: x) 300))`, "300"},
	{`builtins.elemAt (builtins.foldl' (acc: x: acc ++ [ (x + 1000) ]) [ ] (builtins.genList (x: x) 300)) 299`, "1299"},
	{`builtins.stringLength (builtins.foldl' (acc: x: acc + "line ${toString x}\n") "" (builtins.genList (x: x) 300))`, "2590"},
	{`let old = builtins.genList (i: { v = "x${toString i}"; l = [ i (i + 1) ]; f = x: x + i; }) 500; use = i: let o = builtins.elemAt old i; in
	builtins.stringLength o.v + builtins.elemAt o.l 1 + o.f 1; all = builtins.genList (i: i) 500; sum = builtins.foldl' (a: i: a + use i) 0;
	in sum all + sum all`, "504780"},
	{`let s = { a = "a"; } // { b = "b" + "c"; }; n = builtins.foldl' (a: i: a + builtins.length (builtins.attrNames (s // { c = toString i; }))) 0 (builtins.genList (i: i) 300);
	in "${toString n}${s.b}${toString (builtins.attrNames s)}"`, `"900bca b"`},
	{`let go = n: acc: if n == 0 then acc else go (n - 1) (builtins.substring 0 100 (acc + toString n)); in
	builtins.foldl' (a: x: a + builtins.stringLength (go 100 "")) 0 (builtins.genList (x: x) 300)`, "30000"},
	{`let inner = i: builtins.foldl' (a: x: a // { ${toString (builtins.bitAnd x 15)} = [ x i ]; }) { } (builtins.genList (x: x) 200);
	in builtins.concatStringsSep "," (builtins.foldl' (a: i: [ (toString (inner i)."7") ] ++ a) [ ] (builtins.genList (i: i) 5))`, `"199 4,199 3,199 2,199 1,199 0"`},
	{`let xs = builtins.genList (i: "k${toString (builtins.bitXor i 21)}") 20; big = s: builtins.stringLength (builtins.foldl' (a: x: a + s) "" xs); in
	builtins.head (builtins.sort (a: b: big a <= big b && a < b) (builtins.filter (s: big s > 40) xs))`, `"k16"`},
	{`let v = throw "x"; f = i: { r = v; s = toString i; }; caught = x: !(builtins.tryEval x).success; failed = builtins.genList (i: let o = f i; in builtins.seq o.s o.r) 300;
	in builtins.foldl' (a: i: if caught (builtins.elemAt failed (builtins.bitAnd i 127)) then a + 1 else a) 0 (builtins.genList (i: i) 300)`, "300"},
	{`let x = builtins.foldl' (a: i: let t = builtins.tryEval (if builtins.bitAnd i 1 == 1 then throw "odd" else { n = i; f = y: y + i; }); in
	if t.success then t.value // { before = a; } else a) null (builtins.genList (i: i) 100); in x.f x.before.before.n`, "192"},
}

// TestLoops gives memory back as often as that is possible, and as it is by itself.
func TestLoops(t *testing.T) {
	for i, p := range garbage {
		for _, eager := range []bool{true, false} {
			ev := evaluator(t, core.Options{})
			if eager {
				ev.CollectEagerly()
			}
			v, err := ev.EvalString(background, "«string»", p.source, "/")
			require.NoError(t, err, i)
			assert.Equal(t, p.want, show(t, ev, v, false), "program %d, eager %v", i, eager)
		}
	}
}

// TestLoopsWithinALimit runs loops that make far more than they hold with a limit of memory
// that C++ Nix would not need either.
func TestLoopsWithinALimit(t *testing.T) {
	const deep = `let deep = n: if n == 0 then throw "x" else let r = deep (n - 1); in r + 1; caught = x: !(builtins.tryEval x).success; in `
	for _, source := range []string{
		`builtins.length (builtins.foldl' (acc: x: acc ++ [ x ]) [ ] (builtins.genList (x: x) 5000))`,
		`builtins.stringLength (builtins.foldl' (acc: x: acc + "line ${toString x}\n") "" (builtins.genList (x: x) 5000))`,
		deep + `builtins.foldl' (a: i: if caught (deep 500) then a + 1 else a) 0 (builtins.genList (i: i) 1000)`,
		deep + `builtins.length (builtins.filter (i: caught (deep 500)) (builtins.genList (i: i) 1000))`,
		deep + `builtins.deepSeq (map (i: caught (deep 500)) (builtins.genList (i: i) 1000)) 0`,
	} {
		const limit = 12 << 20
		ev := evaluator(t, core.Options{Limits: core.Limits{Memory: limit}})
		_, err := ev.EvalString(background, "«string»", source, "/")
		require.NoError(t, err, source)
		assert.Less(t, ev.Stats().HeapUsed, uint64(limit), source)
		assert.Greater(t, ev.Stats().Counts.Made.Bytes, uint64(limit), fmt.Sprint("not much garbage in ", source))
	}
}
