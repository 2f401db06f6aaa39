package budget

// This file defines List and Stack.

import (
	"cmp"
	"slices"
	"unsafe"
)

// A List is a list that is being made. Its elements are in parts, which are
// never copied; if they are few, there are no parts. A List is local to one
// function, and must not be copied once something was added.
type List[T any] struct {
	Budget Budget
	Want   int   // how many elements there will be; 0 if that is not known
	Err    error // why Add or Done failed

	n     int   // elements in parts; all of them, once Done was called
	fresh int   // elements in small that are in no part
	small [32]T // the last ones that were added
	parts [][]T // of PartLen elements, but for the last one
}

// Add appends x and counts it. It reports whether that worked; Err says why not.
func (l *List[T]) Add(x T) bool {
	l.small[l.fresh] = x
	l.fresh++
	return l.fresh < len(l.small) || l.flush()
}

// flush moves what is in small to the parts.
func (l *List[T]) flush() bool {
	for fresh := l.small[:l.fresh]; len(fresh) > 0; {
		last := len(l.parts) - 1
		if last < 0 || len(l.parts[last]) == PartLen {
			if !l.newPart() {
				return false
			}
			last++
		}
		n := min(len(fresh), PartLen-len(l.parts[last]))
		l.parts[last] = append(l.parts[last], fresh[:n]...)
		l.n += n
		fresh = fresh[n:]
	}
	l.Err = Tick(l.Budget, l.fresh>>3)
	l.fresh = 0
	return l.Err == nil
}

// newPart adds an empty part.
func (l *List[T]) newPart() bool {
	size := uint64(unsafe.Sizeof(l.small[0]))
	n := PartLen
	if l.parts == nil {
		n = min(n, max(4*len(l.small), l.Want))
	} else if l.Err = Room(l.Budget, uint64(l.n+n)*size); l.Err != nil {
		return false
	}
	if l.Err = Charge(l.Budget, n*int(size)); l.Err != nil {
		return false
	}
	l.parts = append(l.parts, make([]T, 0, n))
	return true
}

// Done must be called once all were added, before the elements are looked at.
// It reports whether that worked; Err says why not.
func (l *List[T]) Done() bool {
	if l.parts == nil {
		l.n = l.fresh
		return true
	}
	return l.flush()
}

// Len returns the number of elements. Done must have been called.
func (l *List[T]) Len() int { return l.n }

// Empty reports whether nothing was added.
func (l *List[T]) Empty() bool { return l.fresh == 0 && l.n == 0 }

// At returns element i.
func (l *List[T]) At(i int) *T {
	if l.parts == nil {
		return &l.small[i]
	}
	return &l.parts[i>>partShift][i&(PartLen-1)]
}

// From returns up to n elements from i on: those that are in the same part.
func (l *List[T]) From(i, n int) []T {
	var part []T
	if l.parts == nil {
		part = l.small[i:l.n]
	} else {
		part = l.parts[i>>partShift][i&(PartLen-1):]
	}
	return part[:min(n, len(part))]
}

// Next is From, and counts what was done with the part before.
func (l *List[T]) Next(i, n int) ([]T, error) {
	if err := Tick(l.Budget, PartLen>>3); err != nil {
		return nil, err
	}
	return l.From(i, n), nil
}

// CopyTo copies all elements; to must have room for them.
func (l *List[T]) CopyTo(to []T) error {
	for i := 0; i < l.n; {
		part := l.From(i, l.n)
		if err := Copy(l.Budget, to[i:], part); err != nil {
			return err
		}
		i += len(part)
	}
	return nil
}

// SortList calls Done and sorts the elements of l.
func SortList[T cmp.Ordered](l *List[T]) error {
	if !l.Done() {
		return l.Err
	}
	if l.parts == nil {
		slices.Sort(l.small[:l.n])
		return nil
	}
	for _, part := range l.parts {
		slices.Sort(part)
		if err := Tick(l.Budget, len(part)>>4); err != nil {
			return err
		}
	}
	// The parts are merged in pairs, and what comes of that, until there is one
	// list.
	for n := 1; n < len(l.parts); n *= 2 {
		all := make([][]T, 0, len(l.parts))
		for rest := l.parts; len(rest) > 0; {
			x := rest[:min(n, len(rest))]
			rest = rest[len(x):]
			y := rest[:min(n, len(rest))]
			rest = rest[len(y):]
			var err error
			if all, err = mergeParts(l.Budget, all, x, y); err != nil {
				return err
			}
		}
		l.parts = all
	}
	return nil
}

// mergeParts appends the merger of x and y, which are sorted, to out. Parts that
// are empty are used again.
func mergeParts[T cmp.Ordered](b Budget, out, x, y [][]T) ([][]T, error) {
	var used [][]T
	var part []T
	i, j := 0, 0 // in the first of x and y
	next := func(list [][]T, at int) ([][]T, int) {
		if len(list) == 0 || at < len(list[0]) {
			return list, at
		}
		if cap(list[0]) == PartLen {
			used = append(used, list[0][:0])
		}
		return list[1:], 0
	}
	for len(x)+len(y) > 0 {
		if len(part) == cap(part) {
			if part != nil {
				out = append(out, part)
			}
			if last := len(used) - 1; last >= 0 {
				part, used = used[last], used[:last]
			} else {
				part = make([]T, 0, PartLen)
			}
		}
		room := cap(part) - len(part)
		switch {
		case len(y) == 0:
			n := min(room, len(x[0])-i)
			part = append(part, x[0][i:i+n]...)
			i += n
		case len(x) == 0:
			n := min(room, len(y[0])-j)
			part = append(part, y[0][j:j+n]...)
			j += n
		default:
			part, i, j = mergeInto(part, x[0], y[0], i, j)
		}
		x, i = next(x, i)
		y, j = next(y, j)
		if err := Tick(b, room>>6); err != nil {
			return nil, err
		}
	}
	return append(out, part), nil
}

// mergeInto appends the merger of x[i:] and y[j:] to part until part is full or
// one of them is empty, and returns how far it came.
func mergeInto[T cmp.Ordered](part, x, y []T, i, j int) ([]T, int, int) {
	for len(part) < cap(part) && i < len(x) && j < len(y) {
		if y[j] < x[i] {
			part = append(part, y[j])
			j++
		} else {
			part = append(part, x[i])
			i++
		}
	}
	return part, i, j
}

// A Stack is a list of which the end comes and goes. Its elements are in parts,
// which are not copied while it grows.
type Stack[T any] struct {
	Budget Budget

	n     int
	parts [][]T // of PartLen elements, but for the last one
	spare []T   // a part for use again; nil if there is none
}

// Len returns the number of elements.
func (s *Stack[T]) Len() int { return s.n }

// Push appends x.
func (s *Stack[T]) Push(x T) error {
	last := len(s.parts) - 1
	if last < 0 || len(s.parts[last]) == PartLen {
		if err := s.grow(); err != nil {
			return err
		}
		last++
	}
	s.parts[last] = append(s.parts[last], x)
	s.n++
	return nil
}

// grow adds an empty part.
func (s *Stack[T]) grow() error {
	part := s.spare
	s.spare = nil
	switch {
	case part != nil:
	case s.n == 0:
		part = make([]T, 0, 16)
	default:
		var x T
		size := int(unsafe.Sizeof(x))
		if err := Room(s.Budget, uint64(s.n+PartLen)*uint64(size)); err != nil {
			return err
		}
		if err := Charge(s.Budget, PartLen*size); err != nil {
			return err
		}
		part = make([]T, 0, PartLen)
	}
	s.parts = append(s.parts, part)
	return nil
}

// At returns element i.
func (s *Stack[T]) At(i int) *T { return &s.parts[i>>partShift][i&(PartLen-1)] }

// From returns the elements from i on that are in the same part.
func (s *Stack[T]) From(i int) []T {
	if i == s.n {
		return nil
	}
	return s.parts[i>>partShift][i&(PartLen-1):]
}

// Cut removes all elements but the first n.
func (s *Stack[T]) Cut(n int) {
	last := len(s.parts) - 1
	for ; last > 0 && last<<partShift > n; last-- {
		if part := s.parts[last]; cap(part) >= PartLen {
			s.spare = part[:0]
		}
		s.parts[last] = nil
	}
	s.n, s.parts = n, s.parts[:last+1]
	if last >= 0 {
		s.parts[last] = s.parts[last][:n-last<<partShift]
	}
}
