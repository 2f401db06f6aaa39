package core_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
)

// together returns what a text evaluates to with several workers, deeply and as it is printed,
// or the error, and what it writes meanwhile.
func together(t *testing.T, opt core.Options, source string) (out, messages string) {
	t.Helper()
	var said strings.Builder
	opt.Stderr = &said
	ev := evaluator(t, opt)
	var text strings.Builder
	err := ev.Run(background, func(c *core.Call) error {
		v, err := c.EvalText("«string»", source, "/")
		if err != nil {
			return err
		}
		if err := c.DeepForce(heap.Lazy(v)); err != nil {
			return err
		}
		return c.Print(&text, v)
	})
	if err != nil {
		return "error: " + err.Error(), said.String()
	}
	return text.String(), said.String()
}

// TestTeam compares what several workers do with what one does.
func TestTeam(t *testing.T) {
	const long = `fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);`
	for name, source := range map[string]string{
		"list":     `let ` + long + ` in map (n: fib 12 + n) (genList (n: n) 40)`,
		"set":      `let ` + long + ` in mapAttrs (n: v: fib 12 + v) { a = 1; b = 2; c = 3; d = { e = fib 13; f = [ (fib 11) (fib 10) ]; }; }`,
		"shared":   `let ` + long + ` x = fib 16; in map (n: x + n) (genList (n: n) 40)`,
		"first":    `let ` + long + ` in genList (n: if n > 3 then throw "element ${toString n}" else fib 14) 40`,
		"last":     `let ` + long + ` in genList (n: if n == 39 then throw "the last" else fib 10) 40`,
		"caught":   `let ` + long + ` x = genList (n: if n > 3 then throw "element ${toString n}" else fib 14) 40; in genList (n: (tryEval (elemAt x n)).success) 40`,
		"trace":    `let ` + long + ` in genList (n: trace "element ${toString n}" (fib (10 + n / 4))) 20`,
		"warn":     `let ` + long + ` x = warn "once" 1; in genList (n: fib 12 + x) 20`,
		"deep":     `let f = n: if n == 0 then 0 else 1 + f (n - 1); in map f [ 1000 2000 3000 9000 9990 ]`,
		"too deep": `let f = n: if n == 0 then 0 else 1 + f (n - 1); in map f [ 1000 2000 3000 9000 10010 ]`,
		"itself":   `let x = [ (elemAt x 1) (elemAt x 2) (elemAt x 0) ]; in x`,
		"cycle":    `let s = { a = s.b; b = s.c; c = s.d; d = s.a; }; in [ s.a s.b s.c s.d ]`,
		"cycles":   `let s = listToAttrs (genList (n: { name = "v${toString n}"; value = s."v${toString (if n == 19 then 0 else n + 1)}"; }) 20); in attrValues s`,
		"knot":     `let xs = genList (n: if n == 0 then 1 else elemAt xs (n - 1) + elemAt xs (n / 2)) 60; in xs`,
		"text":     `let ` + long + ` in toString (genList (n: fib 12 + n) 40) + concatStringsSep "," (genList (n: toString (fib n)) 14)`,
		"json":     `let ` + long + ` in toJSON (genList (n: { inherit n; x = fib 12; outPath = "p${toString n}"; }) 20)`,
		"drv":      `let ` + long + ` in (derivationStrict { name = "x"; system = "y"; builder = "b"; args = [ (toString (fib 12)) ]; x = fib 13; y = [ (fib 10) (fib 11) ]; }).drvPath`,
		"modules": `let ` + long + ` f = n: { name = "v${toString n}"; value = [ (fib 12) ]; fail = n > 30; }; xs = genList f 40;
			in [ (listToAttrs xs) (catAttrs "value" (map (x: if x.fail then x else x) xs)) (concatLists (map (x: if x.fail then [ ] else x.value) xs))
			(zipAttrsWith (n: v: length v) (map (x: { ${x.name} = x.fail; }) xs)) (concatLists (map (x: if x.fail then throw x.name else x.value) xs)) ]`,
		"forced": `let x = { a = 1; b = x; }; in [ x.a x.b.b.a (x.b == x) ]`,
	} {
		t.Run(name, func(t *testing.T) {
			source := "with builtins; " + source
			want, said := together(t, core.Options{}, source)
			for range 10 {
				got, messages := together(t, core.Options{Cores: 4}, source)
				require.Equal(t, want, got)
				require.Equal(t, said, messages)
			}
		})
	}
}

// TestTeamEnds cancels evaluations that several workers are busy with.
func TestTeamEnds(t *testing.T) {
	ev := evaluator(t, core.Options{Cores: 4})
	ctx, cancel := context.WithCancel(background)
	time.AfterFunc(20*time.Millisecond, cancel)
	err := ev.Run(ctx, func(c *core.Call) error {
		v, err := c.EvalText("«string»", `let f = n: f (n + 1) + f (n + 2); g = n: if n < 2 then 1 else g (n - 1) + g (n - 2); in builtins.genList (n: g 60) 40`, "/")
		if err != nil {
			return err
		}
		return c.DeepForce(heap.Lazy(v))
	})
	require.ErrorIs(t, err, context.Canceled)
	assert.LessOrEqual(t, ev.Stats().Workers, 16)
	require.NoError(t, ev.Collect(background), "no helper is left")
}

// TestTeamPanic lets a builtin panic, for a helper first or for the leader.
func TestTeamPanic(t *testing.T) {
	var calls atomic.Int64
	bad := &core.Builtin{Name: "bad", Args: []string{"x"}, Impl: func(c *core.Call) (heap.Value, error) {
		calls.Add(1)
		panic("out of order")
	}}
	ev := evaluator(t, core.Options{Cores: 4}, bad)
	for range 10 {
		err := ev.Run(background, func(c *core.Call) error {
			v, err := c.EvalText("«string»", `with builtins; let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in genList (n: if n == 38 then bad n else f 10) 40`, "/")
			if err != nil {
				return err
			}
			return c.DeepForce(heap.Lazy(v))
		})
		require.ErrorContains(t, err, "out of order")
	}
	assert.GreaterOrEqual(t, calls.Load(), int64(10))
}

// meeting returns a builtin whose calls wait for each other, two by two.
func meeting() *core.Builtin {
	met := make(chan bool)
	return &core.Builtin{Name: "meet", Args: []string{"x"}, Impl: func(c *core.Call) (heap.Value, error) {
		select {
		case met <- true:
		case <-met:
		case <-time.After(time.Minute):
			return 0, errors.New("nobody came")
		}
		return heap.True, nil
	}}
}

// TestTeamPrints prints two elements that wait for each other, in several forms.
func TestTeamPrints(t *testing.T) {
	for _, form := range []format.Form{format.Nix, format.JSON, format.YAML, format.XML} {
		for _, source := range []string{`[ (meet 1) (meet 2) ]`, `{ a = meet 1; b = meet 2; }`} {
			ev := evaluator(t, core.Options{Cores: 2}, meeting())
			require.NoError(t, ev.Run(background, func(c *core.Call) error {
				v, err := c.EvalText("«string»", "with builtins; "+source, "/")
				if err != nil {
					return err
				}
				return format.Write(c.Source(), io.Discard, heap.Lazy(v), format.Options{Form: form})
			}), "%s %s", form, source)
		}
	}
}

// TestTeamShares evaluates two elements that wait for each other: somebody has to help.
func TestTeamShares(t *testing.T) {
	meet := meeting()
	for name, source := range map[string]string{
		"list":  `[ (meet 1) (meet 2) ]`,
		"set":   `{ a = meet 1; b = meet 2; }`,
		"text":  `toString [ (meet 1) (meet 2) ]`,
		"json":  `toJSON [ (meet 1) (meet 2) ]`,
		"lists": `concatLists [ (seq (meet 1) [ ]) (seq (meet 2) [ ]) ]`,
		"names": `listToAttrs [ (seq (meet 1) { name = "a"; value = 1; }) (seq (meet 2) { name = "b"; value = 1; }) ]`,
		"sets":  `zipAttrsWith (n: v: v) [ (seq (meet 1) { a = 1; }) (seq (meet 2) { b = 2; }) ]`,
		"cat":   `catAttrs "a" [ (seq (meet 1) { a = 1; }) (seq (meet 2) { b = 2; }) ]`,
		"join":  `concatStringsSep "" [ (toString (meet 1)) (toString (meet 2)) ]`,
		"drv":   `derivationStrict { name = "x"; system = "y"; builder = "b"; x = meet 1; y = meet 2; }`,
	} {
		t.Run(name, func(t *testing.T) {
			ev := evaluator(t, core.Options{Cores: 2}, meet)
			require.NoError(t, ev.Run(background, func(c *core.Call) error {
				v, err := c.EvalText("«string»", "with builtins; "+source, "/")
				if err != nil {
					return err
				}
				return c.DeepForce(heap.Lazy(v))
			}))
		})
	}
}
