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

// isStop reports whether err ends the evaluation, whatever it is busy with.
func isStop(err error) bool {
	e, ok := err.(*core.Error)
	return ok && (e.Kind == core.ErrInterrupted || e.Kind == core.ErrLimit)
}

// copyElems copies elements. to has room for them.
func copyElems(c *core.Call, to, from []heap.Lazy) error {
	for len(from) > partLen {
		copy(to, from[:partLen])
		to, from = to[partLen:], from[partLen:]
		if err := c.Tick(partLen >> 8); err != nil {
			return err
		}
	}
	copy(to, from)
	return c.Tick(len(from)>>8 + 8)
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

// newPath is NewPath of the heap.
func newPath(c *core.Call, text string) (heap.Value, error) {
	if len(text) <= partBytes {
		return c.Heap().NewPath(text), nil
	}
	if err := c.CheckSize(uint64(len(text))/8 + 1); err != nil {
		return 0, err
	}
	v, out := c.Heap().NewBytes(heap.Path, len(text), 0)
	return v, copyText(c, out, text)
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

// contains reports whether part, which is short, is in text.
func contains(c *core.Call, text, part string) (bool, error) {
	for {
		end := min(len(text), partBytes+len(part))
		if strings.Contains(text[:end], part) {
			return true, nil
		}
		if end == len(text) {
			return false, nil
		}
		text = text[partBytes:]
		if err := c.Tick(partBytes >> 10); err != nil {
			return false, err
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
const maxShown = 1 << 20

// shown returns a text as messages show it: its beginning, if it is very long.
// What is made of a name or hash that long is wrong in the same way.
func shown(text string) string {
	if len(text) <= maxShown {
		return text
	}
	return text[:maxShown] + "…"
}

// A textBuffer is a text that is being made. It is in parts, which are not copied
// while it grows.
type textBuffer struct {
	c    *core.Call
	buf  []byte // the end of it; who appends to it calls flush every so often
	full [][]byte
	size int // of full
}

func (t *textBuffer) len() int { return t.size + len(t.buf) }

// flush begins a new part if the last one is large.
func (t *textBuffer) flush() error {
	if len(t.buf) < partBytes {
		return nil
	}
	return t.newPart()
}

func (t *textBuffer) newPart() error {
	const room = partBytes + partBytes/4
	if err := t.c.CheckSize(uint64(t.len()+room) / 8); err != nil {
		return err
	}
	if err := t.c.Charge(len(t.buf)); err != nil {
		return err
	}
	t.full, t.size = append(t.full, t.buf), t.len()
	t.buf = make([]byte, 0, room)
	return t.c.Tick(partBytes >> 10)
}

// add appends text.
func (t *textBuffer) add(text string) error {
	for len(t.buf)+len(text) >= partBytes {
		n := max(0, partBytes-len(t.buf))
		t.buf = append(t.buf, text[:n]...)
		text = text[n:]
		if err := t.newPart(); err != nil {
			return err
		}
	}
	t.buf = append(t.buf, text...)
	return nil
}

// Write implements io.Writer.
func (t *textBuffer) Write(text []byte) (int, error) {
	return len(text), t.add(heap.Frozen(text))
}

// value returns the text, and more behind it, as a string.
func (t *textBuffer) value(more string, ctx core.Context) (heap.Value, error) {
	if t.len() == 0 {
		return newString(t.c, more, ctx)
	}
	v, out, err := t.c.NewBytes(t.len()+len(more), ctx)
	for _, part := range t.full {
		if err == nil {
			err = copyText(t.c, out, heap.Frozen(part))
			out = out[len(part):]
		}
	}
	if err == nil {
		out = out[copy(out, t.buf):]
		err = copyText(t.c, out, more)
	}
	return v, err
}

// bytes returns the text.
func (t *textBuffer) bytes() ([]byte, error) {
	if t.full == nil {
		return t.buf, nil
	}
	all := make([]byte, 0, t.len())
	err := t.write(func(part []byte) { all = append(all, part...) })
	return all, err
}

// text returns the text, which nobody is to change any more.
func (t *textBuffer) text() (string, error) {
	if t.full == nil {
		return heap.Frozen(t.buf), nil
	}
	var all strings.Builder
	all.Grow(t.len()) // which does not clear the memory
	err := t.write(func(part []byte) { all.Write(part) })
	return all.String(), err
}

// write writes the parts of the text.
func (t *textBuffer) write(to func(part []byte)) error {
	if err := t.c.Charge(t.len()); err != nil {
		return err
	}
	for _, part := range t.full {
		to(part)
		if err := t.c.Tick(len(part) >> 10); err != nil {
			return err
		}
	}
	to(t.buf)
	return nil
}

// A contextList is a list of contexts for c.UnionAll.
type contextList []core.Context

// add adds ctx, unless it is empty or was added last.
func (list *contextList) add(ctx core.Context) {
	l := *list
	if ctx == 0 || len(l) > 0 && l[len(l)-1] == ctx {
		return
	}
	// A few contexts can come again and again.
	const many = 1 << 12
	if n := len(l); n >= many && n&(n-1) == 0 {
		slices.Sort(l)
		l = slices.Compact(l)
	}
	*list = append(l, ctx)
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

// add appends x, and counts that. If it fails, err is why. It is inlined.
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
			if p.err = p.c.Charge(n * int(size)); p.err != nil {
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
	p.err = p.c.Tick(p.fresh >> 3)
	p.fresh = 0
	return p.err == nil
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

// A stack is a list of which the end comes and goes. It is in parts, which are not
// copied while it grows.
type stack[T any] struct {
	c     *core.Call
	n     int
	parts [][]T // of partLen elements, but for the last one
	spare []T   // a part for use again
}

// push appends x.
func (s *stack[T]) push(x T) error {
	last := len(s.parts) - 1
	if last < 0 || len(s.parts[last]) == partLen {
		if err := s.grow(); err != nil {
			return err
		}
		last++
	}
	s.parts[last] = append(s.parts[last], x)
	s.n++
	return nil
}

func (s *stack[T]) grow() error {
	part := s.spare
	s.spare = nil
	switch {
	case part != nil:
	case s.n == 0:
		part = make([]T, 0, 16)
	default:
		size := int(reflect.TypeFor[T]().Size())
		if err := s.c.CheckSize(uint64(s.n+partLen) * uint64(size) / 8); err != nil {
			return err
		}
		if err := s.c.Charge(partLen * size); err != nil {
			return err
		}
		part = make([]T, 0, partLen)
	}
	s.parts = append(s.parts, part)
	return nil
}

// at returns element i.
func (s *stack[T]) at(i int) *T { return &s.parts[i>>partShift][i&(partLen-1)] }

// from returns the elements from i on: those in the same part.
func (s *stack[T]) from(i int) []T {
	if i == s.n {
		return nil
	}
	return s.parts[i>>partShift][i&(partLen-1):]
}

// cut removes all elements but the first n.
func (s *stack[T]) cut(n int) {
	last := len(s.parts) - 1
	for ; last > 0 && last<<partShift > n; last-- {
		if part := s.parts[last]; cap(part) >= partLen {
			s.spare = part[:0]
		}
		s.parts[last] = nil
	}
	s.n, s.parts = n, s.parts[:last+1]
	if last >= 0 {
		s.parts[last] = s.parts[last][:n-last<<partShift]
	}
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

// sortTexts sorts texts that are not long.
func sortTexts(c *core.Call, texts []string) (err error) {
	if len(texts) <= partLen {
		slices.Sort(texts)
		return c.Tick(len(texts) >> 2)
	}
	n := 0
	defer func() {
		if err != nil {
			_ = recover() // errStopped
		}
	}()
	slices.SortFunc(texts, func(a, b string) int {
		n++
		if err = step(c, n); err != nil {
			panic(errStopped)
		}
		return strings.Compare(a, b)
	})
	return err
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
