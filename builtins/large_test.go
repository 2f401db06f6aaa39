package builtins

// This file defines the tests of what is dealt with in parts.

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
var sizes = []int{0, 1, 31, 32, 33, 127, 128, 129, partLen - 1, partLen, partLen + 1, 2*partLen + 17, 5*partLen + 1}

func TestPieces(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	require.NoError(t, run(t, core.Limits{}, func(c *core.Call) error {
		for _, n := range sizes {
			for _, want := range []int{0, n, 2 * n} {
				p := pieces[uint64]{c: c, want: want}
				var all []uint64
				for range n {
					x := placedKey(lang.Symbol(1+rnd.IntN(n)), len(all))
					require.True(t, p.add(x))
					all = append(all, x)
				}
				require.True(t, p.done())
				require.Equal(t, n, p.n)
				var got []uint64
				for i := 0; i < n; {
					assert.Equal(t, all[i], *p.at(i))
					part := p.from(i, n)
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
			n := 3*partLen + 5
			p := pieces[uint64]{c: c}
			for i := range n {
				require.True(t, p.add(placedKey(1, i)+uint64(i*names/n)<<32))
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
		p := pieces[uint64]{c: c}
		for i := range uint64(1 << 20) {
			if !p.add(1<<20 - i) {
				return p.err
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

func TestStack(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 10))
	require.NoError(t, run(t, core.Limits{}, func(c *core.Call) error {
		s := stack[int]{c: c}
		var all []int
		for range 2000 {
			if rnd.IntN(3) > 0 {
				for range rnd.IntN(partLen / 8) {
					all = append(all, len(all))
					require.NoError(t, s.push(len(all)-1))
				}
			} else {
				n := rnd.IntN(len(all) + 1)
				if rnd.IntN(4) == 0 {
					n = n >> partShift << partShift // at the end of a part
				}
				all = all[:n]
				s.cut(n)
			}
			require.Equal(t, len(all), s.n)
			i := rnd.IntN(len(all) + 1)
			if i < len(all) {
				assert.Equal(t, i, *s.at(i))
			}
			for i < s.n {
				part := s.from(i)
				require.Equal(t, all[i:i+len(part)], part)
				i += len(part)
			}
			assert.Empty(t, s.from(s.n))
		}
		return nil
	}))
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
		for i := range 3*partLen + 10 {
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

func TestTextBuffer(t *testing.T) {
	require.NoError(t, run(t, core.Limits{}, func(c *core.Call) error {
		for _, n := range []int{0, 1, partBytes - 1, partBytes, partBytes + 1, 3*partBytes + 7} {
			for _, piece := range []int{1000, partBytes, n + 1} {
				b := textBuffer{c: c}
				want := strings.Repeat("abcdefghij", n/10+1)[:n]
				for rest := want; rest != ""; rest = rest[min(len(rest), piece):] {
					require.NoError(t, b.add(rest[:min(len(rest), piece)]))
				}
				assert.Equal(t, n, b.len())
				v, err := b.value("xy", 0)
				require.NoError(t, err)
				assert.True(t, want+"xy" == c.Heap().Text(v))
				bytes, err := b.bytes()
				require.NoError(t, err)
				assert.True(t, want == string(bytes))
				text, err := b.text()
				require.NoError(t, err)
				assert.True(t, want == text)
			}
		}
		return nil
	}))
}

// TestText compares with the functions of the package strings.
func TestText(t *testing.T) {
	long := strings.Repeat("a", 3*partBytes)
	texts := []string{"", "a", "b", "ab", long, long + "b", long[:partBytes], long[:partBytes] + "b", long[:partBytes+1], "b" + long, long[1:] + "b" + long}
	require.NoError(t, run(t, core.Limits{}, func(c *core.Call) error {
		for _, a := range texts {
			for _, b := range texts {
				order, err := compare(c, a, b)
				require.NoError(t, err)
				assert.Equal(t, strings.Compare(a, b), order)
				is, err := hasPrefix(c, a, b)
				require.NoError(t, err)
				assert.Equal(t, strings.HasPrefix(a, b), is)
			}
			for _, x := range []byte("ab") {
				i, err := indexByte(c, a, x)
				require.NoError(t, err)
				assert.Equal(t, strings.IndexByte(a, x), i)
				i, err = lastIndexByte(c, a, x)
				require.NoError(t, err)
				assert.Equal(t, strings.LastIndexByte(a, x), i)
				s, err := trimRight(c, a, x)
				require.NoError(t, err)
				assert.True(t, strings.TrimRight(a, string(x)) == s)
			}
			for _, part := range []string{"b", "ab", "ba", "aab", "c"} {
				is, err := contains(c, a, part)
				require.NoError(t, err)
				assert.Equal(t, strings.Contains(a, part), is)
			}
			v, err := newString(c, a, 0)
			require.NoError(t, err)
			assert.True(t, a == c.Heap().Text(v))
			v, err = newPath(c, "/"+a)
			require.NoError(t, err)
			assert.True(t, "/"+a == c.Heap().Text(v))
		}
		many := make([]string, 3*partLen)
		for i := range many {
			many[i] = strings.Repeat("x", i%7) + string(rune('a'+i%26))
		}
		want := slices.Clone(many)
		slices.Sort(want)
		require.NoError(t, sortTexts(c, many))
		assert.Equal(t, want, many)
		return nil
	}))
}

// TestSorterParts sorts what is larger than a part, and stops.
func TestSorterParts(t *testing.T) {
	n := 5*partLen + 3
	for name, at := range map[string]func(i int) int{
		"falling": func(i int) int { return n - i },
		"mixed":   func(i int) int { return i * 7919 % n },
	} {
		t.Run(name, func(t *testing.T) {
			xs := make([]heap.Lazy, n)
			for i := range xs {
				xs[i] = heap.Lazy(at(i))
			}
			want := slices.Clone(xs)
			slices.Sort(want)
			s := sorter{xs: xs, less: func(a, b heap.Lazy) bool { return a < b }, tick: func(int) error { return nil }}
			require.NoError(t, s.sort())
			assert.True(t, slices.Equal(want, xs))

			for stop := range 2 {
				for i := range xs {
					xs[i] = heap.Lazy(at(i))
				}
				ticks := 0
				s = sorter{xs: xs, less: func(a, b heap.Lazy) bool { return a < b }, tick: func(int) error {
					if ticks++; ticks > stop {
						return context.Canceled
					}
					return nil
				}}
				assert.Equal(t, context.Canceled, s.sort())
				assert.Equal(t, stop+1, ticks)
			}
		})
	}
	assert.PanicsWithValue(t, "else", func() {
		s := sorter{xs: make([]heap.Lazy, 9), less: func(a, b heap.Lazy) bool { panic("else") }}
		_ = s.sort()
	})
}
