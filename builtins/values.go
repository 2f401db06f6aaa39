package builtins

// This file defines how builtins make values that may be large: in parts, so
// that an evaluation that is to stop does so in between. Small values take no
// longer for it.
//
// newList returns memory of the heap with the value: the caller sets all of it before a program
// can see the value.

import (
	"slices"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// manyElems is the number of elements from which on a sum of lengths is checked against the
// memory limit while it grows, not only at the end.
const manyElems = 1 << 27

// inParts calls do with ranges that cover 0 to n-1, in order. do must do little with each
// number: 16 of them count as a step. The budget is asked after each range.
func inParts(c *core.Call, n int, do func(from, to int)) error {
	for from := 0; from < n; from += budget.PartLen {
		to := min(from+budget.PartLen, n)
		do(from, to)
		if err := c.Tick((to - from) >> 4); err != nil {
			return err
		}
	}
	return nil
}

// isStop reports whether err ends the evaluation: a limit or an interrupt. Builtins that look
// at errors must return such an error as it is, and force nothing more.
func isStop(err error) bool {
	e, ok := err.(*core.Error)
	return ok && (e.Kind == core.ErrInterrupted || e.Kind == core.ErrLimit)
}

// newString is c.NewString for a text of any length: more than 64 KiB are copied in parts.
func newString(c *core.Call, text string, ctx core.Context) (heap.Value, error) {
	if len(text) <= budget.PartBytes {
		return c.NewString(text, ctx)
	}
	v, out, err := c.NewBytes(len(text), ctx)
	if err != nil {
		return 0, err
	}
	return v, budget.CopyText(c, out, text)
}

// plainText returns a copy of text as a string without a context.
func plainText(c *core.Call, text string) (heap.Lazy, error) {
	if len(text) <= budget.PartBytes {
		return heap.Lazy(c.Heap().NewString(text, 0)), c.Tick(len(text) >> 10)
	}
	v, err := newString(c, text, 0)
	return heap.Lazy(v), err
}

// newPath is NewPath of the heap for a text of any length, which must be absolute and clean.
func newPath(c *core.Call, text string) (heap.Value, error) {
	if len(text) <= budget.PartBytes {
		return c.Heap().NewPath(text), nil
	}
	if err := c.CheckSize(uint64(len(text))/8 + 1); err != nil {
		return 0, err
	}
	v, out := c.Heap().NewBytes(heap.Path, len(text), 0)
	return v, budget.CopyText(c, out, text)
}

// bufferValue returns the text of t, and more behind it, as a string: the end of a long text
// need not be copied to t first.
func bufferValue(c *core.Call, t *budget.Buffer, more string, ctx core.Context) (heap.Value, error) {
	if t.Len() == 0 {
		return newString(c, more, ctx)
	}
	v, out, err := c.NewBytes(t.Len()+len(more), ctx)
	if err == nil {
		out, err = t.CopyTo(out)
	}
	if err == nil {
		err = budget.CopyText(c, out, more)
	}
	return v, err
}

// listValue calls Done of elems, which ends adding to it, and returns a list of its elements.
func listValue(c *core.Call, elems *budget.List[heap.Lazy]) (heap.Value, error) {
	if !elems.Done() {
		return 0, elems.Err
	}
	v, out, err := newList(c, elems.Len(), 0)
	if err == nil {
		err = elems.CopyTo(out)
	}
	return v, err
}

// maxShown is the number of bytes that messages show of a text.
const maxShown = 1 << 20

// shown returns a text as messages show it: its beginning, if it is very long. The cut may be
// in the middle of a character. An error would else keep gigabytes alive, and print them.
func shown(text string) string {
	if len(text) <= maxShown {
		return text
	}
	return text[:maxShown] + "…"
}

// A contextList is a list of contexts for c.UnionAll.
type contextList []core.Context

// add adds ctx, unless it is empty or was added last.
func (list *contextList) add(ctx core.Context) {
	l := *list
	if ctx == 0 || len(l) > 0 && l[len(l)-1] == ctx {
		return
	}
	// A few contexts can come again and again: at 4096, 8192, … they are sorted, and those
	// that are there twice go.
	const many = 1 << 12
	if n := len(l); n >= many && n&(n-1) == 0 {
		slices.Sort(l)
		l = slices.Compact(l)
	}
	*list = append(l, ctx)
}

// large is the number of elements from which on room is asked for.
const large = 1 << 12

// checkLarge returns an error if there is no room for n objects of words words of 8 bytes
// each. Fewer than large objects are not asked for: the heap's overdraft covers them.
func checkLarge(c *core.Call, n, words int) error {
	if n < large {
		return nil
	}
	return c.CheckSize(uint64(n) * uint64(words))
}

// newList returns a list of n elements, which the caller must set, and which will take words
// words of 8 bytes each in the heap, beside their place in the list.
func newList(c *core.Call, n, words int) (heap.Value, []heap.Lazy, error) {
	if err := checkLarge(c, n, words+1); err != nil {
		return 0, nil, err
	}
	if n == 0 {
		return heap.EmptyList, nil, nil
	}
	h := c.Heap()
	v := h.NewList(n)
	return v, h.Elems(v), nil
}

// listOf returns a list with a copy of elems.
func listOf(c *core.Call, elems []heap.Lazy) (heap.Value, error) {
	v, out, err := newList(c, len(elems), 0)
	if err != nil {
		return 0, err
	}
	return v, budget.Copy(c, out, elems)
}

// forceList forces the value at a place, which has to be a list, and leaves it there. words is
// the frame of a value of another type; an error of forcing gets none.
func forceList(c *core.Call, at heap.Slot, words string) (heap.Value, error) {
	v, err := c.ForceSlot(at)
	if err != nil {
		return 0, err
	}
	return c.Need(heap.Lazy(v), words).List()
}

// forceAttrs is forceList for a set.
func forceAttrs(c *core.Call, at heap.Slot, words string) (heap.Value, error) {
	v, err := c.ForceSlot(at)
	if err != nil {
		return 0, err
	}
	return c.Need(heap.Lazy(v), words).Attrs()
}

// typeError returns the error for v, which is not of the type want. want has an article, as
// in "a set".
func typeError(c *core.Call, want string, v heap.Value) error {
	return c.Errorf(core.CodeWrongType, "expected %s but found %s: %s", core.Wanted(want), c.ShowType(v), c.Show(v))
}

// A bitSet is a set of small numbers from 0 on: number i is bit i&63 of element i>>6.
type bitSet []uint64

// newBitSet returns an empty set of numbers below n. It lies in buf, which must be zero, if
// that is large enough: on the stack of the caller, without an allocation.
func newBitSet(buf []uint64, n int) bitSet {
	if words := (n + 63) / 64; words > len(buf) {
		return make(bitSet, words)
	}
	return buf
}

func (s bitSet) add(i int)      { s[i>>6] |= 1 << (i & 63) }
func (s bitSet) has(i int) bool { return s[i>>6]>>(i&63)&1 != 0 }
