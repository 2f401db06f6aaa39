package builtins

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/firn-lang/firn/eval/heap"
)

func TestSorterIsStable(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		xs := make([]heap.Lazy, n)
		for i := range xs {
			xs[i] = heap.Lazy(i)
			if rnd.IntN(4) == 0 { // otherwise there are runs
				xs[i] = heap.Lazy(rnd.IntN(n))
			}
		}
		if n%3 == 0 {
			slices.Reverse(xs)
		}
		less := func(a, b heap.Lazy) bool { return a/4 < b/4 }
		want := slices.Clone(xs)
		slices.SortStableFunc(want, func(a, b heap.Lazy) int { return int(a/4) - int(b/4) })
		s := sorter{xs: xs, less: less}
		assert.NoError(t, s.sort())
		assert.Equal(t, want, xs)
	}
}

func TestSorterKeepsElements(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for n := range 200 {
		xs := make([]heap.Lazy, n)
		for i := range xs {
			xs[i] = heap.Lazy(i)
		}
		want := slices.Clone(xs)
		s := sorter{xs: xs, less: func(a, b heap.Lazy) bool { return rnd.IntN(2) == 0 }}
		assert.NoError(t, s.sort())
		slices.Sort(xs)
		assert.Equal(t, want, xs)
	}
}
