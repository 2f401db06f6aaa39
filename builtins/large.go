package builtins

// This file defines how builtins deal with what may be large: in parts, so that
// an evaluation that is to stop does so in between, and so that nothing large is
// copied while it grows. What is small takes no longer for it.

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

const (
	partShift = 14
	partLen   = 1 << partShift // elements that are dealt with at a time
	partBytes = 1 << 16        // bytes of text that are
)

// step counts step i of a loop that does little in each.
func step(c *core.Call, i int) error {
	if i&63 != 63 {
		return nil
	}
	return tick(c, 8)
}

// inParts calls do for parts of the numbers below n, which does little with each.
func inParts(c *core.Call, n int, do func(from, to int)) error {
	for from := 0; from < n; from += partLen {
		to := min(from+partLen, n)
		do(from, to)
		if err := c.Tick((to - from) >> 4); err != nil {
			return err
		}
	}
	return nil
}

// tick is c.Tick, but not inlined, so that step can be.
//
//go:noinline
func tick(c *core.Call, n int) error { return c.Tick(n) }

// copyElems copies elements. to has room for them. Many calls with few are to be
// counted by the caller.
func copyElems(c *core.Call, to, from []heap.Lazy) error {
	if len(from) < 64 {
		copy(to, from)
		return nil
	}
	return copyMany(c, to, from)
}

func copyMany(c *core.Call, to, from []heap.Lazy) error {
	for len(from) > partLen {
		copy(to, from[:partLen])
		to, from = to[partLen:], from[partLen:]
		if err := c.Tick(partLen >> 8); err != nil {
			return err
		}
	}
	copy(to, from)
	return c.Tick(len(from) >> 8)
}

// copyText copies a text. to has room for it.
func copyText(c *core.Call, to []byte, from string) error {
	for len(from) > partBytes {
		copy(to, from[:partBytes])
		to, from = to[partBytes:], from[partBytes:]
		if err := c.Tick(partBytes >> 10); err != nil {
			return err
		}
	}
	copy(to, from)
	return c.Tick(len(from) >> 10)
}

// newString is c.NewString.
func newString(c *core.Call, text string, ctx core.Context) (heap.Value, error) {
	if len(text) <= partBytes {
		return c.NewString(text, ctx)
	}
	v, out, err := c.NewBytes(len(text), ctx)
	if err != nil {
		return 0, err
	}
	return v, copyText(c, out, text)
}

// plainText returns text as a string without a context.
func plainText(c *core.Call, text string) (heap.Lazy, error) {
	if len(text) <= partBytes {
		return heap.Lazy(c.Heap().NewString(text, 0)), c.Tick(len(text) >> 10)
	}
	v, err := newString(c, text, 0)
	return heap.Lazy(v), err
}

// indexByte is strings.IndexByte.
func indexByte(c *core.Call, text string, b byte) (int, error) {
	for from := 0; ; from += partBytes {
		part := text[from:]
		if len(part) <= partBytes {
			if i := strings.IndexByte(part, b); i >= 0 {
				return from + i, nil
			}
			return -1, nil
		}
		if i := strings.IndexByte(part[:partBytes], b); i >= 0 {
			return from + i, nil
		}
		if err := c.Tick(partBytes >> 12); err != nil {
			return 0, err
		}
	}
}

// lastIndexByte is strings.LastIndexByte.
func lastIndexByte(c *core.Call, text string, b byte) (int, error) {
	for {
		from := max(0, len(text)-partBytes)
		if i := strings.LastIndexByte(text[from:], b); i >= 0 {
			return from + i, nil
		}
		if from == 0 {
			return -1, nil
		}
		text = text[:from]
		if err := c.Tick(partBytes >> 10); err != nil {
			return 0, err
		}
	}
}

// trimRight returns text without the bytes b at its end.
func trimRight(c *core.Call, text string, b byte) (string, error) {
	for n := 0; len(text) > 0 && text[len(text)-1] == b; n++ {
		text = text[:len(text)-1]
		if err := step(c, n); err != nil {
			return "", err
		}
	}
	return text, nil
}

// hasPrefix is strings.HasPrefix.
func hasPrefix(c *core.Call, text, prefix string) (bool, error) {
	if len(prefix) <= partBytes {
		return strings.HasPrefix(text, prefix), nil
	}
	if len(text) < len(prefix) {
		return false, nil
	}
	order, err := compare(c, text[:len(prefix)], prefix)
	return order == 0, err
}

// compare is strings.Compare.
func compare(c *core.Call, a, b string) (int, error) {
	for len(a) > partBytes && len(b) > partBytes {
		if a[:partBytes] != b[:partBytes] {
			break
		}
		a, b = a[partBytes:], b[partBytes:]
		if err := c.Tick(partBytes >> 12); err != nil {
			return 0, err
		}
	}
	return strings.Compare(a[:min(len(a), partBytes+1)], b[:min(len(b), partBytes+1)]), nil
}

// maxShown is how much of a text messages show.
const maxShown = 1 << 22

// shown returns a text as messages show it: its beginning, if it is very long.
// What is made of a name or hash that long is wrong in the same way.
func shown(text string) string {
	if len(text) <= maxShown {
		return text
	}
	return text[:maxShown] + "…"
}

// pieces are the elements of a list that is being made. They are in parts, which
// are never copied; if there are few, there is none.
type pieces[T any] struct {
	c     *core.Call
	want  int   // how many there will be, if that is known
	n     int   // in parts; of all, once done was called
	fresh int   // in small, and not in parts
	err   error // why add or done failed
	small [32]T
	parts [][]T // of partLen elements, but for the last one
}

// add appends x. If it fails, err is why. It is inlined.
func (p *pieces[T]) add(x T) bool {
	p.small[p.fresh] = x
	p.fresh++
	return p.fresh < len(p.small) || p.flush()
}

func (p *pieces[T]) flush() bool {
	for fresh := p.small[:p.fresh]; len(fresh) > 0; {
		last := len(p.parts) - 1
		if last < 0 || len(p.parts[last]) == partLen {
			size := uint64(reflect.TypeFor[T]().Size())
			n := partLen
			if last < 0 {
				n = min(n, max(4*len(p.small), p.want))
			} else if p.err = p.c.CheckSize(uint64(p.n+n) * size / 8); p.err != nil {
				return false
			}
			p.parts = append(p.parts, make([]T, 0, n))
			last++
		}
		n := min(len(fresh), partLen-len(p.parts[last]))
		p.parts[last] = append(p.parts[last], fresh[:n]...)
		p.n += n
		fresh = fresh[n:]
	}
	p.fresh = 0
	return true
}

// done is called once all were added. If it fails, err is why.
func (p *pieces[T]) done() bool {
	if p.parts == nil {
		p.n = p.fresh
		return true
	}
	return p.flush()
}

// at returns element i.
func (p *pieces[T]) at(i int) *T {
	if p.parts == nil {
		return &p.small[i]
	}
	return &p.parts[i>>partShift][i&(partLen-1)]
}

// from returns up to n elements from i on: those in the same part.
func (p *pieces[T]) from(i, n int) []T {
	var part []T
	if p.parts == nil {
		part = p.small[i:p.n]
	} else {
		part = p.parts[i>>partShift][i&(partLen-1):]
	}
	return part[:min(n, len(part))]
}

// next is from, and counts what was done with the part before.
func (p *pieces[T]) next(i, n int) ([]T, error) {
	if err := p.c.Tick(partLen >> 3); err != nil {
		return nil, err
	}
	return p.from(i, n), nil
}

// list returns the list of p.
func list(p *pieces[heap.Lazy]) (heap.Value, error) {
	if !p.done() {
		return 0, p.err
	}
	v, out, err := newList(p.c, p.n, 0)
	for i := 0; err == nil && i < p.n; {
		part := p.from(i, p.n)
		err = copyElems(p.c, out[i:], part)
		i += len(part)
	}
	return v, err
}

// sortPieces sorts the elements of p, of which there will be no more.
func sortPieces[T cmp.Ordered](p *pieces[T]) error {
	if !p.done() {
		return p.err
	}
	if p.parts == nil {
		slices.Sort(p.small[:p.n])
		return nil
	}
	for _, part := range p.parts {
		slices.Sort(part)
		if err := p.c.Tick(len(part) >> 4); err != nil {
			return err
		}
	}
	// The parts are merged in pairs, and what comes of it, until that is one list.
	for n := 1; n < len(p.parts); n *= 2 {
		all := make([][]T, 0, len(p.parts))
		for rest := p.parts; len(rest) > 0; {
			a := rest[:min(n, len(rest))]
			rest = rest[len(a):]
			b := rest[:min(n, len(rest))]
			rest = rest[len(b):]
			var err error
			if all, err = mergeParts(p, all, a, b); err != nil {
				return err
			}
		}
		p.parts = all
	}
	return nil
}

// mergeParts appends the merger of a and b, which are sorted, to out.
func mergeParts[T cmp.Ordered](p *pieces[T], out, a, b [][]T) ([][]T, error) {
	var used [][]T // for use again
	var part []T
	i, j := 0, 0 // in the first of a and b
	next := func(list [][]T, at int) ([][]T, int) {
		if len(list) == 0 || at < len(list[0]) {
			return list, at
		}
		if cap(list[0]) == partLen {
			used = append(used, list[0][:0])
		}
		return list[1:], 0
	}
	for len(a)+len(b) > 0 {
		if len(part) == cap(part) {
			if part != nil {
				out = append(out, part)
			}
			if last := len(used) - 1; last >= 0 {
				part, used = used[last], used[:last]
			} else {
				part = make([]T, 0, partLen)
			}
		}
		room := cap(part) - len(part)
		switch {
		case len(b) == 0:
			n := min(room, len(a[0])-i)
			part = append(part, a[0][i:i+n]...)
			i += n
		case len(a) == 0:
			n := min(room, len(b[0])-j)
			part = append(part, b[0][j:j+n]...)
			j += n
		default:
			x, y := a[0], b[0]
			for range room {
				if i == len(x) || j == len(y) {
					break
				}
				if y[j] < x[i] {
					part = append(part, y[j])
					j++
				} else {
					part = append(part, x[i])
					i++
				}
			}
		}
		a, i = next(a, i)
		b, j = next(b, j)
		if err := p.c.Tick(room >> 6); err != nil {
			return nil, err
		}
	}
	return append(out, part), nil
}
