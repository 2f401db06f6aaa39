package eval_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

func TestParse(t *testing.T) {
	ev := evaluator(t, eval.Options{FS: fstest.MapFS{
		"a/default.nix": {Data: []byte("let x = ./b; in throw x")},
		"bad.nix":       {Data: []byte("x")},
	}})
	tree, err := ev.Parse(ctx, eval.Text{Source: "throw ./x", Dir: "/home"})
	require.NoError(t, err, "nothing is evaluated")
	assert.Equal(t, "(throw /home/x)", tree.Print(lang.PrintOptions{Desugar: true, Dir: "/home"}))
	tree, dir, err := ev.ParseFile(ctx, "a")
	require.NoError(t, err)
	assert.Equal(t, "/a", dir)
	assert.Contains(t, tree.Print(lang.PrintOptions{}), "let x = ./b")
	_, _, err = ev.ParseFile(ctx, "bad.nix")
	var e *eval.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, eval.ErrUndefined, e.Kind)
	assert.Equal(t, lang.Position{File: "/bad.nix", Line: 1, Column: 1}, e.Position())
}

func TestDelay(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	v, err := ev.Delay(ctx, eval.Text{Source: `throw "needed"`, Name: "later"})
	require.NoError(t, err)
	assert.Equal(t, eval.KindThunk, v.Kind())
	f := evaluate(t, ev, "{ x, y ? 1 }: y")
	v, err = f.AutoCall(ctx, map[string]any{"x": v, "z": 3})
	require.NoError(t, err, "x is not needed")
	n, _ := v.Int()
	assert.Equal(t, int64(1), n)
	_, err = ev.Delay(ctx, eval.Text{Source: "1 +"})
	assert.ErrorContains(t, err, "syntax error")
}

// TestRun checks that evaluations within Run share the limits, and that others do not.
func TestRun(t *testing.T) {
	ev := evaluator(t, eval.Options{Limits: eval.Limits{Steps: 15_000}})
	const work = "builtins.foldl' builtins.add 0 (builtins.genList (x: x) 5000)"
	for range 3 {
		_, err := ev.EvalString(ctx, work)
		require.NoError(t, err)
	}
	rounds := 0
	err := ev.Run(ctx, func(ctx context.Context) error {
		for range 3 {
			if _, err := ev.EvalString(ctx, work); err != nil {
				return err
			}
			rounds++
		}
		return nil
	})
	var e *eval.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, eval.LimitSteps, e.Limit)
	assert.Less(t, rounds, 3)

	mine := errors.New("mine")
	assert.Equal(t, mine, ev.Run(ctx, func(context.Context) error { return mine }))
	assert.ErrorContains(t, ev.Run(ctx, func(context.Context) error { panic("oh") }), "oh")
	_, err = ev.EvalString(ctx, "1")
	assert.NoError(t, err)
}

func TestSelectWith(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	v := evaluate(t, ev, "{ n }: { a = { m ? n }: [ 0 { b = m; } ]; f = x: x; }")
	got, err := v.SelectWith(ctx, "a.1.b", map[string]any{"n": 3})
	require.NoError(t, err)
	assert.Equal(t, "3", toJSON(t, got))
	got, err = v.SelectWith(ctx, "a.1.b", map[string]any{"n": 3, "m": 4})
	require.NoError(t, err)
	assert.Equal(t, "4", toJSON(t, got))
	got, err = v.SelectWith(ctx, "f", map[string]any{"n": 3})
	require.NoError(t, err)
	assert.Equal(t, eval.KindFunction, got.Kind(), "what is at the end is not called")
	_, err = v.Select(ctx, "f")
	assert.ErrorContains(t, err, "--arg")
}

func TestFindFile(t *testing.T) {
	ev := evaluator(t, eval.Options{
		FS:         fstest.MapFS{"lib/a/x.nix": {}},
		SearchPath: []eval.SearchPathEntry{{Prefix: "l", Path: "/lib"}},
	})
	file, err := ev.FindFile(ctx, "l/a/x.nix")
	require.NoError(t, err)
	assert.Equal(t, "/lib/a/x.nix", file)
	_, err = ev.FindFile(ctx, "l/b")
	var e *eval.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "search-path", e.Code)
}

func TestEvalMain(t *testing.T) {
	ev := evaluator(t, eval.Options{FS: fstest.MapFS{"a.nix": {Data: []byte("1 + {}")}}})
	render := func(_ eval.Value, err error) string {
		var e *eval.Error
		require.ErrorAs(t, err, &e)
		return e.Render(eval.RenderOptions{ShowTrace: true})
	}
	assert.Contains(t, render(ev.EvalFile(ctx, "a.nix")), "while evaluating the file")
	assert.NotContains(t, render(ev.EvalMain(ctx, "a.nix")), "while evaluating the file")
}

func TestDerivations(t *testing.T) {
	ev := evaluator(t, eval.Options{Store: eval.Memory("")})
	v := evaluate(t, ev, `
		let
		  drv = name: derivation { inherit name; builder = "b"; system = "s"; outputs = [ "out" "doc" ]; };
		in { p ? "p" }: {
		  a = drv "a";
		  again = drv "a";
		  deep = { recurseForDerivations = true; x = drv p; };
		  other = { y = drv "y"; };
		  "not looked at" = throw "no";
		  list = [ 1 ];
		  z.doc = 1;
		  doc = (drv "a").doc;
		}`)
	found, err := v.Derivations(ctx, map[string]any{"p": "given"})
	require.NoError(t, err)
	var names []string
	for _, d := range found {
		name, _ := d.Attr("name")
		s, _ := name.Text()
		path, output, err := d.Instantiate(ctx)
		require.NoError(t, err)
		names = append(names, s+"!"+output)
		built, err := ev.Derivation(path)
		require.NoError(t, err)
		assert.Len(t, built.Outputs, 2)
	}
	assert.Equal(t, []string{"a!out", "a!out", "given!out", "a!doc"}, names)

	for source, want := range map[string]string{
		`1`:                        "expression does not evaluate to a derivation",
		`{ a = throw "x"; }`:       "x",
		`{ type = "derivation"; }`: "derivation name missing",
	} {
		_, err := evaluate(t, ev, source).Derivations(ctx, nil)
		assert.ErrorContains(t, err, want, source)
	}
	for source, want := range map[string]string{
		`1`:                   "expected a derivation but found an integer: 1",
		`{ }`:                 "does not contain a 'drvPath' attribute",
		`{ drvPath = "/x"; }`: "path '/x' is not in the Nix store",
		`{ drvPath = "/nix/store/00000000000000000000000000000000-a"; }`:     "is not a valid derivation path",
		`{ drvPath = "/nix/store/00000000000000000000000000000000-a.drv"; }`: "lacks an 'outputName' attribute",
	} {
		_, _, err := evaluate(t, ev, source).Instantiate(ctx)
		assert.ErrorContains(t, err, want, source)
	}
}

func TestPrint(t *testing.T) {
	ev := evaluator(t, eval.Options{Store: eval.Memory("")})
	for _, tt := range []struct {
		source string
		opt    eval.PrintOptions
		want   string // or the error
	}{
		{"{ a = 1 + 1; }", eval.PrintOptions{}, "{ a = <CODE>; }\n"},
		{"{ a = 1 + 1; }", eval.PrintOptions{Strict: true}, "{ a = 2; }\n"},
		{`"a\n"`, eval.PrintOptions{Form: eval.FormRaw}, "a\n"},
		{`[ 1 ]`, eval.PrintOptions{Form: eval.FormJSON}, "[1]\n"},
		{`[ (1 + 1) ]`, eval.PrintOptions{Form: eval.FormJSON, Strict: true}, "[2]\n"},
		{`[ (1 + 1) ]`, eval.PrintOptions{Form: eval.FormJSON}, "cannot convert a thunk to JSON"},
		{`[ (1 + 1) ]`, eval.PrintOptions{Form: eval.FormXML}, "<?xml version='1.0' encoding='utf-8'?>\n<expr>\n  <list>\n    <unevaluated />\n  </list>\n</expr>\n"},
		{`{ }`, eval.PrintOptions{Form: eval.FormRaw}, "cannot coerce a set to a string"},
		{`{ }`, eval.PrintOptions{Form: eval.FormTOML}, "nix-instantiate has no form"},
	} {
		var b strings.Builder
		if err := evaluate(t, ev, tt.source).Print(ctx, &b, tt.opt); err != nil {
			assert.ErrorContains(t, err, tt.want, tt.source)
			continue
		}
		assert.Equal(t, tt.want, b.String(), tt.source)
	}
	var b strings.Builder
	v, err := ev.Delay(ctx, eval.Text{Source: "1"})
	require.NoError(t, err)
	require.NoError(t, v.Print(ctx, &b, eval.PrintOptions{}))
	assert.Equal(t, "<CODE>\n", b.String())
}
