// Package compare measures what a Go program pays for an embedded language, beside
// starlark-go and go-jsonnet. It is a module of its own, so that those who use firn need
// neither:
//
//	go test -bench . -benchmem
package compare

import (
	"context"
	"testing"

	"github.com/google/go-jsonnet"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/firn-lang/firn/eval"
)

// BenchmarkCall calls a function that adds 1 to its argument. A function of Jsonnet cannot be
// called from Go without evaluating the program that has it, so it has no row.
func BenchmarkCall(b *testing.B) {
	b.Run("firn", func(b *testing.B) {
		ctx := context.Background()
		ev, err := eval.New(eval.Options{})
		if err != nil {
			b.Fatal(err)
		}
		f, err := ev.EvalString(ctx, "n: n + 1")
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			v, err := f.Call(ctx, 41)
			if n, _ := v.Int(); err != nil || n != 42 {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("starlark", func(b *testing.B) {
		thread := &starlark.Thread{}
		globals, err := starlark.ExecFileOptions(&syntax.FileOptions{}, thread, "f.star", "def f(n):\n  return n + 1\n", nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			v, err := starlark.Call(thread, globals["f"], starlark.Tuple{starlark.MakeInt(41)}, nil)
			if err != nil || v.String() != "42" {
				b.Fatal(v, err)
			}
		}
	})
}

// BenchmarkNew makes one more evaluator. Starlark has none: a Thread is a small struct.
func BenchmarkNew(b *testing.B) {
	b.Run("firn", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := eval.New(eval.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("jsonnet", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if jsonnet.MakeVM() == nil {
				b.Fatal("no machine")
			}
		}
	})
}

// BenchmarkFirst makes an evaluator and evaluates a sum, as a program does that uses the
// language once.
func BenchmarkFirst(b *testing.B) {
	b.Run("firn", func(b *testing.B) {
		ctx := context.Background()
		b.ReportAllocs()
		for b.Loop() {
			ev, err := eval.New(eval.Options{})
			if err != nil {
				b.Fatal(err)
			}
			if _, err := ev.EvalString(ctx, "41 + 1"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("jsonnet", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := jsonnet.MakeVM().EvaluateAnonymousSnippet("sum.jsonnet", "41 + 1"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
