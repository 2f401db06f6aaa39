package builtins

// This file tests what is dealt with in parts.

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// run runs fn with a call, within limits.
func run(t *testing.T, limits core.Limits, fn func(c *core.Call) error) error {
	ev, err := core.New(core.Options{})
	require.NoError(t, err)
	return ev.RunWithin(context.Background(), &limits, fn)
}

// sizes are numbers of elements around those where parts begin and end.
var sizes = []int{0, 1, 31, 32, 33, 127, 128, 129, budget.PartLen - 1, budget.PartLen, budget.PartLen + 1, 2*budget.PartLen + 17, 5*budget.PartLen + 1}

func TestPieces(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	require.NoError(t, run(t, core.Limits{}, func(c *core.Call) error {
		for _, n := range sizes {
			for _, want := range []int{0, n, 2 * n} {
				p := budget.List[uint64]{Budget: c, Want: want}
				var all []uint64
				for range n {
					x := placedKey(lang.Symbol(1+rnd.IntN(n)), len(all))
					require.True(t, p.Add(x))
					all = append(all, x)
				}
				require.True(t, p.Done())
				require.Equal(t, n, p.Len())
				var got []uint64
				for i := 0; i < n; {
					assert.Equal(t, all[i], *p.At(i))
					part := p.From(i, n)
					got = append(got, part...)
					i += len(part)
				}
				assert.True(t, slices.Equal(all, got))

				names, err := sortKeys(&p)
				require.NoError(t, err)
				slices.Sort(all)
				at, rest, count := 0, []uint64(nil), 0
				for at < n {
					name := keyName(all[at])
					var part []uint64
					var k int
					part, rest, k, err = nextName(&p, at, rest)
					require.NoError(t, err)
					end := at + k
					assert.True(t, slices.Equal(all[at:at+len(part)], part))
					assert.Equal(t, name, keyName(all[end-1]))
					assert.True(t, end == n || keyName(all[end]) != name)
					out := make([]heap.Lazy, k)
					require.NoError(t, fill(out, &p, at, func(i int) heap.Lazy { return heap.Lazy(i) }))
					for i := range out {
						assert.Equal(t, keyPlace(all[at+i]), int(out[i]))
					}
					at = end
					count++
				}
				assert.Equal(t, count, names)
			}
		}
		return nil
	}))
}

// TestPiecesSame has keys of one name, and few, across parts.
func TestPiecesSame(t *testing.T) {
	require.NoError(t, run(t, core.Limits{}, func(c *core.Call) error {
		for _, names := range []int{1, 2, 3} {
			n := 3*budget.PartLen + 5
			p := budget.List[uint64]{Budget: c}
			for i := range n {
				require.True(t, p.Add(placedKey(1, i)+uint64(i*names/n)<<32))
			}
			got, err := sortKeys(&p)
			require.NoError(t, err)
			assert.Equal(t, names, got)
			sum, rest := 0, []uint64(nil)
			for range names {
				var k int
				_, rest, k, err = nextName(&p, sum, rest)
				require.NoError(t, err)
				sum += k
			}
			assert.Equal(t, n, sum)
		}
		return nil
	}))
}

func TestPiecesLimits(t *testing.T) {
	fn := func(c *core.Call) error {
		p := budget.List[uint64]{Budget: c}
		for i := range uint64(1 << 20) {
			if !p.Add(1<<20 - i) {
				return p.Err
			}
		}
		_, err := sortKeys(&p)
		return err
	}
	assert.NoError(t, run(t, core.Limits{}, fn))
	assert.ErrorContains(t, run(t, core.Limits{Memory: 4 << 20}, fn), "memory")
	for steps := uint64(1); steps < 1<<18; steps *= 4 {
		assert.ErrorContains(t, run(t, core.Limits{Steps: steps}, fn), "steps")
	}
}

func TestQueue(t *testing.T) {
	require.NoError(t, run(t, core.Limits{}, func(c *core.Call) error {
		h := c.Heap()
		q := queue{c: c}
		pushed, popped := 0, 0
		push := func(n int) {
			list := h.NewList(n)
			for i := range h.Elems(list) {
				h.Elems(list)[i] = heap.Lazy(h.NewInt(int64(pushed)))
				pushed++
			}
			require.NoError(t, q.push(list))
		}
		pop := func() bool {
			at := q.pop()
			if at == 0 {
				return false
			}
			require.Equal(t, int64(popped), h.Int(heap.Value(h.Load(at))))
			popped++
			return true
		}
		for i := range 3*budget.PartLen + 10 {
			push(i % 3)
			if i%5 < 2 {
				pop()
			}
		}
		for pop() {
		}
		assert.Equal(t, pushed, popped)
		push(2)
		assert.True(t, pop())
		assert.True(t, pop())
		assert.False(t, pop())
		return nil
	}))
}
