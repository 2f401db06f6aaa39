package lang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

// resolved writes where each variable in src is found, in the order of Walk.
func resolved(t *testing.T, src string) string {
	t.Helper()
	cfg := lang.NewConfig()
	tree, err := cfg.Parse("a.nix", src)
	require.NoError(t, err, src)
	require.NoError(t, tree.Resolve(lang.NewScope(cfg.Symbols, "g0", "g1", "__sub")), src)
	var out []string
	lang.Walk(tree.Root, func(x lang.Expr) bool {
		if v, ok := x.(*lang.Var); ok {
			out = append(out, cfg.Symbols.Name(v.Name)+"="+refText(v.Ref))
		}
		return true
	})
	return strings.Join(out, " ")
}

func refText(r lang.Ref) string {
	switch r.Kind() {
	case lang.RefGlobal:
		return fmt.Sprintf("g%d", r.Slot)
	case lang.RefWith:
		return fmt.Sprintf("with%d", r.Level())
	case lang.RefLexical:
		return fmt.Sprintf("%d.%d", r.Level(), r.Slot)
	}
	return "unresolved"
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"g0 g1", "g0=g0 g1=g1"},
		{"g0: g0", "g0=0.0"},
		// Curried functions share a scope; a pattern ends it.
		{"a: b: c: [ a b c ]", "a=0.0 b=0.1 c=0.2"},
		{"a: a: a", "a=0.1"},
		{"a: ({ b, c ? b }@d: [ a b c d ])", "b=0.2 a=0.0 b=0.2 c=0.3 d=0.1"},
		{"{ a }: b: [ a b ]", "a=1.0 b=0.0"},
		{"a: (x: b: [ a x b ]) (c: c)", "a=1.0 x=0.0 b=0.1 c=0.0"},
		// let and rec are scopes, other sets are not.
		{"let a = b; b = 1; in [ a b ]", "b=0.1 a=0.0 b=0.1"},
		{"rec { a = { b = a; }; }", "a=0.0"},
		{"a: { b = a; }", "a=0.0"},
		// inherit means the outside, counted from inside.
		{"a: let inherit a; in a", "a=1.0 a=0.0"},
		{"a: rec { inherit a; b = a; }", "a=1.0 a=0.0"},
		{"a: { inherit a; }", "a=0.0"},
		{"let inherit g0; in g0", "g0=g0 g0=0.0"},
		{"a: let inherit (a) b; a = b; in 1", "b=0.1 a=0.0"},
		// with is behind everything else.
		{"with g0; a", "g0=g0 a=with0"},
		{"a: with a; [ a b g1 ]", "a=0.0 a=1.0 b=with0 g1=g1"},
		{"with g0; x: with g1; [ x y ]", "g0=g0 g1=g1 x=1.0 y=with0"},
		{"with g0; x: y", "g0=g0 y=with1"},
		{"with g0; rec { inherit x; y = x; }", "g0=g0 x=with1 x=0.0"},
		// Names in paths and defaults.
		{"a: b: a.${b} or a ? ${b}", "a=0.0 b=0.1 a=0.0 b=0.1"},
	} {
		assert.Equal(t, c.want, resolved(t, c.src), c.src)
	}
}

// The functions of operators are looked up where the operator stands.
func TestResolveOperators(t *testing.T) {
	cfg := lang.NewConfig()
	tree, err := cfg.Parse("a.nix", "[ (1 - 2) (__sub: 1 - 2) (x: with x; 1 * 2) ]")
	require.NoError(t, err)
	require.NoError(t, tree.Resolve(lang.NewScope(cfg.Symbols, "__sub")))
	var got []string
	lang.Walk(tree.Root, func(x lang.Expr) bool {
		if b, ok := x.(*lang.Binary); ok {
			got = append(got, refText(b.Fn))
		}
		return true
	})
	assert.Equal(t, []string{"g0", "0.0", "with0"}, got)
}

func TestWithChain(t *testing.T) {
	cfg := lang.NewConfig()
	tree, err := cfg.Parse("a.nix", "with { }; x: with { }; with { }; y")
	require.NoError(t, err)
	require.NoError(t, tree.Resolve(nil))
	var got []uint32
	lang.Walk(tree.Root, func(x lang.Expr) bool {
		if w, ok := x.(*lang.With); ok {
			got = append(got, w.Outer)
		}
		return true
	})
	assert.Equal(t, []uint32{0, 2, 1}, got)
}

// One Config serves several goroutines.
func TestConcurrent(t *testing.T) {
	cfg := lang.NewConfig()
	globals := lang.NewScope(cfg.Symbols, "g0")
	results := make(chan string)
	const goroutines = 8
	for range goroutines {
		go func() {
			var out strings.Builder
			for i := range 200 {
				src := fmt.Sprintf("{ a%d, b%d ? g0 }: rec { x%d = a%d; y.z%d = x%d; }", i, i, i, i, i, i)
				tree, err := cfg.Parse("a.nix", src)
				if err == nil {
					err = tree.Resolve(globals)
				}
				if err != nil {
					out.WriteString(err.Error())
					break
				}
				out.WriteString(tree.Print(lang.PrintOptions{}))
			}
			results <- out.String()
		}()
	}
	first := <-results
	assert.Contains(t, first, "x199 = a199")
	for range goroutines - 1 {
		assert.Equal(t, first, <-results)
	}
}
