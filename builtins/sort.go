package builtins

// This file defines the algorithm of builtins.sort.

import (
	"errors"
	"slices"

	"github.com/firn-lang/firn/eval/heap"
)

// A sorter sorts xs by merging runs that are there already: the algorithm of
// Munro and Wild's peeksort. A function that is no order gets a result, too; for
// it to be the reference's, the same elements are compared in the same order.
type sorter struct {
	xs   []heap.Lazy
	buf  []heap.Lazy // as long as xs; made if it is nil
	less func(a, b heap.Lazy) bool
	tick func(n int) error // as core.Call has it
	err  error             // why check panicked
}

// insertionLimit is how many elements are sorted by insertion.
const insertionLimit = 16

// sort sorts. It returns the error that check got.
func (s *sorter) sort() (err error) {
	defer func() {
		if s.err != nil {
			_ = recover()
			err = s.err
		}
	}()
	switch n := len(s.xs); {
	case n < 2:
	case n == 2:
		if s.before(1, 0) {
			s.xs[0], s.xs[1] = s.xs[1], s.xs[0]
		}
	default:
		if s.buf == nil {
			s.buf = make([]heap.Lazy, n)
		}
		s.sortRange(0, n, 0, n)
	}
	return nil
}

// check ends the sorting if there is an error: less calls it.
func (s *sorter) check(err error) {
	if err != nil {
		s.err = err
		panic(errStopped)
	}
}

var errStopped = errors.New("sorting was stopped")

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
		s.reverse(start, end)
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

// reverse reverses xs[lo:hi].
func (s *sorter) reverse(lo, hi int) {
	for hi-lo > 2*partLen {
		hi -= partLen
		for i := range partLen {
			j := hi + partLen - 1 - i
			s.xs[lo+i], s.xs[j] = s.xs[j], s.xs[lo+i]
		}
		lo += partLen
		s.check(s.tick(partLen >> 6))
	}
	slices.Reverse(s.xs[lo:hi])
}

// merge merges xs[lo:mid] and xs[mid:hi], which are sorted.
func (s *sorter) merge(lo, mid, hi int) {
	n := mid - lo
	s.copy(s.buf, s.xs[lo:hi])
	a, b, out := s.buf[:n], s.buf[n:hi-lo], s.xs[lo:lo]
	for len(a) > 0 && len(b) > 0 {
		if s.less(b[0], a[0]) {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	out = out[:len(out)+len(a)+len(b)]
	s.copy(out[len(out)-len(b)-len(a):], a)
	s.copy(out[len(out)-len(b):], b)
}

// copy copies from to to, which is at least as long.
func (s *sorter) copy(to, from []heap.Lazy) {
	for len(from) > partLen {
		copy(to, from[:partLen])
		to, from = to[partLen:], from[partLen:]
		s.check(s.tick(partLen >> 8))
	}
	copy(to, from)
}
