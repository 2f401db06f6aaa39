package eval_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

// This file defines what a call from Go and a second evaluator cost.

// BenchmarkCall calls a function of Nix from Go, and runs a program with one input.
func BenchmarkCall(b *testing.B) {
	ev := evaluator(b, eval.Options{})
	b.Run("value", func(b *testing.B) {
		f := evaluate(b, ev, "n: n + 1")
		b.ReportAllocs()
		for b.Loop() {
			_, err := f.Call(ctx, 41)
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("program", func(b *testing.B) {
		p, err := ev.Compile(ctx, "bench", "n + 1", "n")
		require.NoError(b, err)
		inputs := map[string]any{"n": 41}
		b.ReportAllocs()
		for b.Loop() {
			_, err := p.Run(ctx, inputs)
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkNew makes evaluators, after the first one.
func BenchmarkNew(b *testing.B) {
	evaluator(b, eval.Options{})
	b.ReportAllocs()
	for b.Loop() {
		_, err := eval.New(eval.Options{})
		if err != nil {
			b.Fatal(err)
		}
	}
}
