package lang_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/lang"
)

// TestBindings looks up the binding of each variable of the corpus: it has the name of the variable,
// and what resolution found lexically is found.
func TestBindings(t *testing.T) {
	files, err := filepath.Glob(corpusDir + "/*-okay-*.nix")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	found := map[string]int{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		cfg := lang.NewConfig()
		tree, err := cfg.Parse(file, string(source))
		if err != nil || tree.Resolve(lang.NewScope(cfg.Symbols, builtins.GlobalNames()...)) != nil {
			continue // it needs a feature
		}
		lang.Traverse(tree.Root, func(x lang.Expr, parents []lang.Expr) bool {
			v, ok := x.(*lang.Var)
			if !ok {
				return true
			}
			b, ok := lang.BindingOf(v, parents)
			kind := v.Ref.Kind()
			if !assert.Equal(t, kind == lang.RefLexical || kind == lang.RefWith, ok, "%s: %s", tree.File.Position(v.At), cfg.Symbols.Name(v.Name)) || !ok {
				return true
			}
			assert.Equal(t, v.Name, b.Name, tree.File.Position(v.At))
			_, isWith := b.Scope.(*lang.With)
			assert.Equal(t, kind == lang.RefWith, isWith)
			assert.Contains(t, parents, b.Scope)
			found[fmt.Sprintf("%T", b.Scope)]++
			return true
		}, nil)
	}
	for _, scope := range []string{"*lang.Lambda", "*lang.Let", "*lang.Attrs", "*lang.With"} {
		assert.Greater(t, found[scope], 20, scope)
	}
}

// TestBindingOf has names that are bound more than once; the binding of the last variable is wanted.
func TestBindingOf(t *testing.T) {
	for source, want := range map[string]string{
		"a: b: a: a":                          "1:7",
		"a: { b, a ? 1 }: a":                  "1:9 1",
		"{ a, ... }@b: c: b":                  "1:1",
		"let a = 1; in let b = 2; in a":       "1:5 1",
		"let a = 1; in rec { a = 2; b = a; }": "1:21 2",
		"let a = 1; in { a = 2; b = a; }":     "1:5 1",
		"let a = 1; in rec { inherit a; }":    "1:5 1",
		"a: let inherit a; in a":              "1:16 a",
		"a: with a; b":                        "1:4 a",
		"a: with { }; with a; b":              "1:14 a",
		"let a = 1; in with { a = 2; }; a":    "1:5 1",
		"with { x = 1; }; (with x; 1) + x":    "1:1 { x = 1; }",
		"x: with (with x; y); 1":              "1:10 x",
		"a: rec { ${a} = 1; }":                "1:1",
		"let { a = 1; body = a; }":            "1:7 1",
		"{ a ? b, b ? 1 }: a":                 "1:3 b",
		"x: { a = rec { b.c = x; x = 1; }; }": "1:25 1",
	} {
		cfg := lang.NewConfig()
		tree, err := cfg.Parse("t.nix", source)
		require.NoError(t, err, source)
		require.NoError(t, tree.Resolve(lang.NewScope(cfg.Symbols)), source)
		got := ""
		last := lang.Pos(0)
		lang.Traverse(tree.Root, func(x lang.Expr, parents []lang.Expr) bool {
			if v, ok := x.(*lang.Var); ok && v.At >= last {
				last = v.At
				b, ok := lang.BindingOf(v, parents)
				require.True(t, ok, source)
				pos := tree.File.Position(b.Pos)
				got = fmt.Sprintf("%d:%d", pos.Line, pos.Column)
				if b.Value != nil {
					got += " " + tree.File.Text(b.Value.Span())
				}
			}
			return true
		}, nil)
		assert.Equal(t, want, got, source)
	}
}

// TestTraverse enters and leaves in order, with the parents of each expression.
func TestTraverse(t *testing.T) {
	cfg := lang.NewConfig()
	tree, err := cfg.Parse("t.nix", "x: [ (x 1) { a = 2; } 3 ]")
	require.NoError(t, err)
	var out strings.Builder
	name := func(x lang.Expr) string { return strings.TrimPrefix(fmt.Sprintf("%T", x), "*lang.") }
	lang.Traverse(tree.Root, func(x lang.Expr, parents []lang.Expr) bool {
		fmt.Fprintf(&out, "%d<%s ", len(parents), name(x))
		if len(parents) > 0 {
			assert.Contains(t, lang.Children(parents[len(parents)-1]), x)
			assert.Equal(t, tree.Root, parents[0])
		}
		_, isSet := x.(*lang.Attrs)
		return !isSet
	}, func(x lang.Expr, parents []lang.Expr) { fmt.Fprintf(&out, "%s>%d ", name(x), len(parents)) })
	assert.Equal(t, "0<Lambda 1<List 2<Apply 3<Var Var>3 3<Int Int>3 Apply>2 2<Attrs Attrs>2 2<Int Int>2 List>1 Lambda>0 ", out.String())
	lang.Traverse(nil, nil, nil)
}
