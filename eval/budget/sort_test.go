package budget_test

// This file tests sorting.

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/budget/budgettest"
)

// lists are lists of n numbers: random, with runs, falling, and with few
// different ones.
func lists(rnd *rand.Rand, n int) map[string][]int {
	all := map[string][]int{}
	for _, name := range []string{"random", "runs", "falling", "few"} {
		xs := make([]int, n)
		for i := range xs {
			xs[i] = i
			if name == "random" || name == "runs" && rnd.IntN(4) == 0 {
				xs[i] = rnd.IntN(n)
			} else if name == "few" {
				xs[i] = rnd.IntN(5)
			}
		}
		if name == "falling" {
			slices.Reverse(xs)
		}
		all[name] = xs
	}
	return all
}

func TestSortFuncIsStable(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		for name, xs := range lists(rnd, n) {
			want := slices.Clone(xs)
			slices.SortStableFunc(want, func(x, y int) int { return x/4 - y/4 })
			require.NoError(t, budget.SortFunc(nil, xs, func(x, y int) (bool, error) { return x/4 < y/4, nil }))
			require.Equal(t, want, xs, "%s, %d", name, n)
		}
	}
}

func TestSortFuncKeepsElements(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for n := range 200 {
		xs := make([]int, n)
		for i := range xs {
			xs[i] = i
		}
		want := slices.Clone(xs)
		require.NoError(t, budget.SortFunc(nil, xs, func(x, y int) (bool, error) { return rnd.IntN(2) == 0, nil }))
		slices.Sort(xs)
		require.Equal(t, want, xs)
	}
}

// TestSortFuncStops shows that sorting ends with the first error, of the budget
// or of the comparison.
func TestSortFuncStops(t *testing.T) {
	for name, xs := range lists(rand.New(rand.NewPCG(5, 6)), 5*budget.PartLen+3) {
		t.Run(name, func(t *testing.T) {
			work, want := slices.Clone(xs), slices.Clone(xs)
			slices.Sort(want)
			var all budgettest.Budget
			less := func(x, y int) (bool, error) { return x < y, nil }
			require.NoError(t, budget.SortFunc(&all, work, less))
			require.True(t, slices.Equal(want, work))
			for _, n := range []int{1, 2, all.Ticks / 2, all.Ticks} {
				b := budgettest.Budget{MaxTicks: n}
				assert.Equal(t, budgettest.ErrStop, budget.SortFunc(&b, slices.Clone(xs), less))
				assert.Equal(t, n, b.Ticks, "nothing goes on")
			}
			if all.Charged > 0 {
				b := budgettest.Budget{MaxBytes: uint64(all.Charged) / 2}
				assert.Equal(t, budgettest.ErrFull, budget.SortFunc(&b, slices.Clone(xs), less))
			}

			bad, count := errors.New("bad"), 0
			err := budget.SortFunc(nil, slices.Clone(xs), func(x, y int) (bool, error) {
				if count++; count == 1000 {
					return false, bad
				}
				return x < y, nil
			})
			assert.Equal(t, bad, err)
			assert.Equal(t, 1000, count, "nothing goes on")
		})
	}
}

func TestSort(t *testing.T) {
	for _, n := range []int{0, 1, 2, 100, budget.PartLen, budget.PartLen + 1, 3 * budget.PartLen} {
		texts := make([]string, n)
		for i := range texts {
			texts[i] = strings.Repeat("x", i%7) + string(rune('a'+i%26))
		}
		want := slices.Sorted(slices.Values(texts))
		require.NoError(t, budget.Sort(nil, texts))
		require.True(t, slices.Equal(want, texts))
		require.Equal(t, budgettest.ErrStop, budget.Sort(&budgettest.Budget{MaxTicks: 1}, texts))
	}
}

// BenchmarkSort compares with the standard library's stable sort.
func BenchmarkSort(b *testing.B) {
	for _, n := range []int{10, 1000, 100_000} {
		for _, name := range []string{"random", "runs"} {
			numbers := lists(rand.New(rand.NewPCG(7, 8)), n)[name]
			texts := make([]string, n)
			for i, x := range numbers {
				texts[i] = fmt.Sprintf("/nix/store/%08d", x)
			}
			work := make([]string, n)
			b.Run(fmt.Sprintf("%s/%d/budget", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					copy(work, texts)
					err := budget.SortFunc(new(budgettest.Budget), work, func(x, y string) (bool, error) { return x < y, nil })
					require.NoError(b, err)
				}
			})
			b.Run(fmt.Sprintf("%s/%d/slices", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					copy(work, texts)
					slices.SortStableFunc(work, cmp.Compare[string])
				}
			})
		}
	}
}
