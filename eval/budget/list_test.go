package budget_test

// This file tests lists, stacks and buffers.

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/budget/budgettest"
)

// sizes are numbers of elements around those where parts begin and end.
var sizes = []int{0, 1, 31, 32, 33, 127, 128, 129, budget.PartLen - 1, budget.PartLen, budget.PartLen + 1, 5*budget.PartLen + 1}

func TestList(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for _, n := range sizes {
		for _, want := range []int{0, n, 2 * n} {
			l := budget.List[int]{Want: want}
			require.True(t, l.Empty())
			var all []int
			for range n {
				x := rnd.IntN(n)
				if !l.Add(x) {
					t.Fatal(l.Err)
				}
				all = append(all, x)
			}
			assert.Equal(t, n == 0, l.Empty())
			require.True(t, l.Done())
			require.Equal(t, n, l.Len())
			got := make([]int, n)
			require.NoError(t, l.CopyTo(got))
			require.True(t, slices.Equal(all, got))
			for i := range all {
				if all[i] != *l.At(i) {
					t.Fatalf("element %d of %d is %d, and not %d", i, n, *l.At(i), all[i])
				}
			}
			slices.Sort(all)
			require.NoError(t, budget.SortList(&l))
			require.NoError(t, l.CopyTo(got))
			require.True(t, slices.Equal(all, got))
		}
	}
}

func TestListStops(t *testing.T) {
	fill := func(b budget.Budget) error {
		l := budget.List[int]{Budget: b}
		for i := range 5 * budget.PartLen {
			if !l.Add(-i) {
				return l.Err
			}
		}
		return budget.SortList(&l)
	}
	var all budgettest.Budget
	require.NoError(t, fill(&all))
	for _, n := range []int{1, 2, all.Ticks / 2, all.Ticks - 1, all.Ticks} {
		b := budgettest.Budget{MaxTicks: n}
		assert.Equal(t, budgettest.ErrStop, fill(&b))
		assert.Equal(t, n, b.Ticks, "nothing goes on")
	}
	assert.GreaterOrEqual(t, all.Charged, 4*budget.PartLen*8)
	assert.Equal(t, budgettest.ErrFull, fill(&budgettest.Budget{MaxBytes: all.Bytes / 2}))
}

func TestStack(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 10))
	var s budget.Stack[int]
	var all []int
	for range 2000 {
		if rnd.IntN(3) > 0 {
			for range rnd.IntN(budget.PartLen / 8) {
				all = append(all, len(all))
				if err := s.Push(len(all) - 1); err != nil {
					t.Fatal(err)
				}
			}
		} else {
			n := rnd.IntN(len(all) + 1)
			if rnd.IntN(4) == 0 {
				n -= n % budget.PartLen // at the end of a part
			}
			all = all[:n]
			s.Cut(n)
		}
		require.Equal(t, len(all), s.Len())
		i := rnd.IntN(len(all) + 1)
		if i < len(all) {
			assert.Equal(t, i, *s.At(i))
		}
		for i < s.Len() {
			part := s.From(i)
			require.True(t, slices.Equal(all[i:i+len(part)], part))
			i += len(part)
		}
		assert.Empty(t, s.From(s.Len()))
	}

	var b budgettest.Budget
	s = budget.Stack[int]{Budget: &b}
	for i := range 3 * budget.PartLen {
		require.NoError(t, s.Push(i))
	}
	assert.GreaterOrEqual(t, b.Charged, 2*budget.PartLen*8)
	b.MaxBytes = b.Bytes
	for err := error(nil); err == nil; {
		if err = s.Push(0); err != nil {
			assert.Equal(t, budgettest.ErrFull, err)
		}
	}
	assert.Equal(t, 3*budget.PartLen, s.Len())
}

func TestBuffer(t *testing.T) {
	const part = budget.PartBytes
	for _, n := range []int{0, 1, part - 1, part, part + 1, 3*part + 7} {
		for _, piece := range []int{1000, part, n + 1} {
			var b budget.Buffer
			want := strings.Repeat("abcdefghij", n/10+1)[:n]
			for rest := want; rest != ""; rest = rest[min(len(rest), piece):] {
				if piece == 1000 {
					b.Tail = append(b.Tail, rest[:min(len(rest), piece)]...)
					require.NoError(t, b.Flush())
				} else {
					require.NoError(t, b.Add(rest[:min(len(rest), piece)]))
				}
			}
			require.Equal(t, n, b.Len())
			got := make([]byte, n+2)
			rest, err := b.CopyTo(got)
			require.NoError(t, err)
			assert.Len(t, rest, 2)
			assert.True(t, want == string(got[:n]))
			text, err := b.Bytes()
			require.NoError(t, err)
			assert.True(t, want == string(text))
		}
	}
	var b budgettest.Budget
	buf := budget.Buffer{Budget: &b}
	require.NoError(t, buf.Add(strings.Repeat("x", 10*part)))
	_, err := buf.Bytes()
	require.NoError(t, err)
	assert.GreaterOrEqual(t, b.Charged, 19*part)
	buf.Budget = &budgettest.Budget{MaxBytes: 2}
	assert.Equal(t, budgettest.ErrFull, buf.Add(strings.Repeat("x", part)))
}
