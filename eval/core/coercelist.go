package core

// This file defines how a list becomes a string, as toString makes it.

import (
	"strconv"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A listText is the text of a list, also of the lists in it, while it is made.
type listText struct {
	text     budget.Buffer
	contexts contextList // of the elements; some may come several times
	flags    Coercion    // with CoerceMore
	pos      lang.Pos    // where the text is needed
}

// coerceList returns the elements as strings with spaces in between, as toString does.
func (w *worker) coerceList(v heap.Value, pos lang.Pos, flags Coercion, words string) (string, Context, bool) {
	t := listText{flags: flags, pos: pos}
	t.text.Budget = &w.own
	// Coercing an element may coerce another list, which then has a buffer of its own.
	t.text.Tail, w.listText = w.listText[:0], nil
	defer func() { w.listText = t.text.Tail }()
	if !w.appendList(&t, v, words) {
		return "", 0, false
	}
	ctx := w.ev.contexts.unionAll(&w.Space, t.contexts)
	size := t.text.Len()
	if size <= largeText {
		text, err := t.text.Bytes()
		return string(text), ctx, w.passed(err)
	}
	if !w.checkSize(uint64(size) / 8) {
		return "", 0, false
	}
	joined, out := w.NewBytes(heap.String, size, 0)
	_, err := t.text.CopyTo(out)
	return w.Text(joined), ctx, w.passed(err)
}

// passed reports whether err is nil, and fails with it if not.
func (w *worker) passed(err error) bool {
	if err != nil {
		w.err = w.asError(err)
	}
	return err == nil
}

// appendList appends the text of the list v. words is the frame of an error.
func (w *worker) appendList(t *listText, v heap.Value, words string) bool {
	if !w.enterCall(t.pos) {
		return false
	}
	defer func() { w.depth-- }()
	if !w.enter(frameGo) {
		return false
	}
	defer w.leave(frameGo)
	n := w.Len(v)
	s := w.share(w.Elems(v), needText, t.flags, t.pos)
	defer s.close()
	for i := range n {
		s.come(i)
		e := w.force(w.Elems(v)[i], t.pos)
		if e == 0 || !w.appendElement(t, e) {
			w.err.frame(t.pos, "%s", words)
			return false
		}
		// Quirk: an empty list gets no space behind it.
		if i < n-1 && (w.KindOf(e) != heap.List || w.Len(e) != 0) {
			t.text.Tail = append(t.text.Tail, ' ')
		}
		if !w.tick(1) || !w.passed(t.text.Flush()) {
			return false
		}
	}
	return true
}

// appendElement appends the text of an element.
func (w *worker) appendElement(t *listText, e heap.Value) bool {
	const words = "while evaluating one element of the list"
	switch k := w.KindOf(e); {
	case k == heap.String:
		t.contexts = t.contexts.add(Context(w.Context(e)))
		return w.passed(t.text.Add(w.Text(e)))
	case k == heap.List:
		return w.appendList(t, e, words)
	case k.IsInt():
		t.text.Tail = strconv.AppendInt(t.text.Tail, w.Int(e), 10)
		return true
	}
	text, ctx, ok := w.coerceToString(heap.Lazy(e), t.pos, t.flags, words)
	if !ok {
		return false
	}
	t.contexts = t.contexts.add(ctx)
	return w.passed(t.text.Add(text))
}
