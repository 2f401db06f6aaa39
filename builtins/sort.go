package builtins

// This file defines the algorithm of builtins.sort.

import (
	"slices"

	"github.com/firn-lang/firn/eval/heap"
)

// A sorter sorts xs by merging runs that are there already: the algorithm of
// Munro and Wild's peeksort. A function that is no order gets a result, too; for
// it to be the reference's, the same elements are compared in the same order.
type sorter struct {
	xs   []heap.Lazy
	buf  []heap.Lazy // as long as xs
	less func(a, b heap.Lazy) bool
}

// insertionLimit is how many elements are sorted by insertion.
const insertionLimit = 16

func (s *sorter) sort() {
	switch n := len(s.xs); {
	case n < 2:
	case n == 2:
		if s.before(1, 0) {
			s.xs[0], s.xs[1] = s.xs[1], s.xs[0]
		}
	default:
		s.buf = make([]heap.Lazy, n)
		s.sortRange(0, n, 0, n)
	}
}

// before reports whether element i is less than element j.
func (s *sorter) before(i, j int) bool { return s.less(s.xs[i], s.xs[j]) }

// sortRange sorts xs[lo:hi], of which xs[lo:left] and xs[right:hi] are sorted.
func (s *sorter) sortRange(lo, hi, left, right int) {
	if left == hi || right == lo {
		return
	}
	if hi-lo <= insertionLimit {
		s.insertion(lo, hi)
		return
	}
	mid := lo + (hi-lo)/2
	if mid <= left {
		s.sortRange(left, hi, left+1, right)
		s.merge(lo, left, hi)
		return
	}
	if mid >= right {
		s.sortRange(lo, right, left, right-1)
		s.merge(lo, right, hi)
		return
	}
	// The run around the middle.
	falling := s.before(mid, mid-1)
	start := s.runStart(left, mid, falling)
	end := s.runEnd(mid-1, right, falling)
	if falling {
		slices.Reverse(s.xs[start:end])
	}
	switch {
	case start == lo && end == hi:
	case mid-start < end-mid:
		s.sortRange(lo, start, left, start-1)
		s.sortRange(start, hi, end, right)
		s.merge(lo, start, hi)
	default:
		s.sortRange(lo, end, left, start)
		s.sortRange(end, hi, end+1, right)
		s.merge(lo, end, hi)
	}
}

func (s *sorter) insertion(lo, hi int) {
	for i := lo + 1; i < hi; i++ {
		for j := i; j > lo && s.before(j, j-1); j-- {
			s.xs[j], s.xs[j-1] = s.xs[j-1], s.xs[j]
		}
	}
}

// runStart returns where the run that ends at hi starts, at lo at the earliest.
// A run falls strictly, or does not fall at all.
func (s *sorter) runStart(lo, hi int, falling bool) int {
	if lo == hi {
		return hi
	}
	for hi--; hi > lo && s.before(hi, hi-1) == falling; hi-- {
	}
	return hi
}

// runEnd returns where the run that starts at lo ends, at hi at the latest.
func (s *sorter) runEnd(lo, hi int, falling bool) int {
	if lo == hi {
		return lo
	}
	for lo++; lo < hi && s.before(lo, lo-1) == falling; lo++ {
	}
	return lo
}

// merge merges xs[lo:mid] and xs[mid:hi], which are sorted.
func (s *sorter) merge(lo, mid, hi int) {
	n := copy(s.buf, s.xs[lo:mid])
	copy(s.buf[n:], s.xs[mid:hi])
	a, b, out := s.buf[:n], s.buf[n:hi-lo], s.xs[lo:lo]
	for len(a) > 0 && len(b) > 0 {
		if s.less(b[0], a[0]) {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	out = append(out, a...)
	_ = append(out, b...)
}
