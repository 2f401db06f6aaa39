//go:build linux

package local_test

// This file defines benchmarks of what commands wait for.

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// someTexts returns texts of 3 kB, of which most refer to four earlier ones.
func someTexts(b testing.TB, n int) []store.Text {
	texts := make([]store.Text, n)
	paths := make([]string, n)
	filler := strings.Repeat("text ", 600)
	for i := range texts {
		texts[i] = store.Text{Name: "text", Contents: fmt.Sprint(i, filler)}
		for j := max(0, i-50); j < i && len(texts[i].References) < 4; j += 13 {
			texts[i].References = append(texts[i].References, paths[j])
		}
		slices.Sort(texts[i].References)
		path, _, err := texts[i].Resolve(storepath.DefaultDir)
		require.NoError(b, err)
		paths[i] = path
	}
	return texts
}

// BenchmarkAddTexts adds 20,000 texts to an empty store.
func BenchmarkAddTexts(b *testing.B) {
	texts := someTexts(b, 20_000)
	for b.Loop() {
		b.StopTimer()
		s := open(b, b.TempDir())
		b.StartTimer()
		_, err := store.AddTexts(ctx, nil, s, texts)
		require.NoError(b, err)
	}
}

// BenchmarkAddTextsAgain adds texts that are valid already.
func BenchmarkAddTextsAgain(b *testing.B) {
	texts := someTexts(b, 20_000)
	s := open(b, b.TempDir())
	_, err := store.AddTexts(ctx, nil, s, texts)
	require.NoError(b, err)
	for b.Loop() {
		_, err := store.AddTexts(ctx, nil, s, texts)
		require.NoError(b, err)
	}
}
