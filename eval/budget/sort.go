package budget

// This file defines sorting.

import (
	"cmp"
	"slices"
	"unsafe"
)

// Sort sorts list.
func Sort[T cmp.Ordered](b Budget, list []T) error {
	if len(list) <= PartLen {
		slices.Sort(list)
		return Tick(b, len(list)>>2)
	}
	return SortFunc(b, list, func(x, y T) (bool, error) { return x < y, nil })
}

// SortFunc sorts list so that less holds for no element and one before it, and
// leaves elements in their order otherwise. It ends with the first error of
// less or b; list then has all of its elements, in some order or some of them
// twice.
//
// A less that is no order has a result, too: which elements are compared, and
// in which order, depends on the answers alone. Programs see that through
// builtins.sort, so the algorithm is fixed. It is Munro and Wild's peeksort,
// which merges the runs that are there already.
func SortFunc[T any](b Budget, list []T, less func(x, y T) (bool, error)) error {
	s := sorter[T]{xs: list, less: less, b: b}
	switch n := len(list); {
	case n < 2:
		return nil
	case n == 2:
		swap, err := less(list[1], list[0])
		if swap {
			list[0], list[1] = list[1], list[0]
		}
		return err
	default:
		return s.sort(0, n, 0, n)
	}
}

// A sorter is a call of SortFunc.
type sorter[T any] struct {
	xs   []T
	buf  []T // of the merges
	less func(x, y T) (bool, error)
	b    Budget
	done int // comparisons since b was asked
}

// insertionLimit is how many elements are sorted by insertion.
const insertionLimit = 16

// before reports whether element i is less than element j.
func (s *sorter[T]) before(i, j int) (bool, error) {
	if err := s.tick(1); err != nil {
		return false, err
	}
	return s.less(s.xs[i], s.xs[j])
}

// tick counts n comparisons.
func (s *sorter[T]) tick(n int) error {
	if s.done += n; s.done < 64 {
		return nil
	}
	n, s.done = s.done, 0
	return Tick(s.b, n>>3)
}

// sort sorts xs[lo:hi], of which xs[lo:left] and xs[right:hi] are sorted.
func (s *sorter[T]) sort(lo, hi, left, right int) error {
	if left == hi || right == lo {
		return nil
	}
	if hi-lo <= insertionLimit {
		return s.insertion(lo, hi)
	}
	mid := lo + (hi-lo)/2
	if mid <= left {
		if err := s.sort(left, hi, left+1, right); err != nil {
			return err
		}
		return s.merge(lo, left, hi)
	}
	if mid >= right {
		if err := s.sort(lo, right, left, right-1); err != nil {
			return err
		}
		return s.merge(lo, right, hi)
	}
	// The run around the middle.
	falling, err := s.before(mid, mid-1)
	if err != nil {
		return err
	}
	start, err := s.runStart(left, mid, falling)
	if err != nil {
		return err
	}
	end, err := s.runEnd(mid-1, right, falling)
	if err != nil {
		return err
	}
	if falling {
		if err := s.reverse(start, end); err != nil {
			return err
		}
	}
	if start == lo && end == hi {
		return nil
	}
	cut, leftRun, rightRun := end, start, end+1
	if mid-start < end-mid {
		cut, leftRun, rightRun = start, start-1, end
	}
	if err := s.sort(lo, cut, left, leftRun); err != nil {
		return err
	}
	if err := s.sort(cut, hi, rightRun, right); err != nil {
		return err
	}
	return s.merge(lo, cut, hi)
}

// insertion sorts xs[lo:hi].
func (s *sorter[T]) insertion(lo, hi int) error {
	if err := s.tick(hi - lo); err != nil {
		return err
	}
	for i := lo + 1; i < hi; i++ {
		x, j := s.xs[i], i
		for ; j > lo; j-- {
			before, err := s.less(x, s.xs[j-1])
			if err != nil {
				return err
			}
			if !before {
				break
			}
			s.xs[j] = s.xs[j-1]
		}
		s.xs[j] = x
	}
	return nil
}

// runStart returns where the run that ends at hi starts, at lo at the earliest.
// A run falls strictly, or does not fall at all.
func (s *sorter[T]) runStart(lo, hi int, falling bool) (int, error) {
	if lo == hi {
		return hi, nil
	}
	for hi--; hi > lo; hi-- {
		if before, err := s.before(hi, hi-1); err != nil || before != falling {
			return hi, err
		}
	}
	return hi, nil
}

// runEnd returns where the run that starts at lo ends, at hi at the latest.
func (s *sorter[T]) runEnd(lo, hi int, falling bool) (int, error) {
	if lo == hi {
		return lo, nil
	}
	for lo++; lo < hi; lo++ {
		if before, err := s.before(lo, lo-1); err != nil || before != falling {
			return lo, err
		}
	}
	return lo, nil
}

// reverse reverses xs[lo:hi].
func (s *sorter[T]) reverse(lo, hi int) error {
	for hi-lo > 2*PartLen {
		hi -= PartLen
		for i := range PartLen {
			j := hi + PartLen - 1 - i
			s.xs[lo+i], s.xs[j] = s.xs[j], s.xs[lo+i]
		}
		lo += PartLen
		if err := Tick(s.b, PartLen>>6); err != nil {
			return err
		}
	}
	slices.Reverse(s.xs[lo:hi])
	return nil
}

// merge merges xs[lo:mid] and xs[mid:hi], which are sorted.
func (s *sorter[T]) merge(lo, mid, hi int) error {
	if err := s.grow(mid - lo); err != nil {
		return err
	}
	left, right, out := s.buf[:mid-lo], s.xs[mid:hi], s.xs[lo:lo]
	if err := copyParts(s.b, left, s.xs[lo:mid]); err != nil {
		return err
	}
	// out grows into what was copied, and then into what was taken from right.
	for len(left) > 0 && len(right) > 0 {
		if err := s.tick(1); err != nil {
			return err
		}
		before, err := s.less(right[0], left[0])
		if err != nil {
			return err
		}
		if before {
			out, right = append(out, right[0]), right[1:]
		} else {
			out, left = append(out, left[0]), left[1:]
		}
	}
	return copyParts(s.b, out[len(out):len(out)+len(left)], left)
}

// grow makes buf large enough for n elements.
func (s *sorter[T]) grow(n int) error {
	if len(s.buf) >= n {
		return nil
	}
	if n <= insertionLimit {
		n = min(len(s.xs), 4*insertionLimit)
	} else {
		n = min(len(s.xs), n+n/2)
	}
	if n > PartLen {
		var x T
		if err := Charge(s.b, n*int(unsafe.Sizeof(x))); err != nil {
			return err
		}
	}
	s.buf = make([]T, n)
	return nil
}
