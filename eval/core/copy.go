package core

import (
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// This file defines how large strings and lists are copied: in parts, so that an
// evaluation that is to stop does so in between.

// largeText is from how many bytes on a text is copied piece by piece, after
// asking whether there is room.
const largeText = 1 << 16

// newString returns a string, if it is not too long.
func (w *worker) newString(text string, ctx Context) heap.Value {
	if len(text) <= largeText {
		return w.NewString(text, uint32(ctx))
	}
	texts := [1]string{text}
	return w.joinStrings(texts[:], len(text), ctx)
}

// joinStrings returns texts, of size bytes in all, as one string.
func (w *worker) joinStrings(texts []string, size int, ctx Context) heap.Value {
	if size == 0 && ctx == 0 {
		return heap.EmptyStr
	}
	if !w.tick(1) { // a long text can be made without a call
		return 0
	}
	if uint(size) > largeText && !w.checkSize(uint64(size)/8) { // negative if it is beyond 32 bits
		return 0
	}
	v, out := w.NewBytes(heap.String, size, uint32(ctx))
	for _, text := range texts {
		out = w.copyText(out, text)
	}
	return v
}

// newPath returns the path of text, which need not be clean.
func (w *worker) newPath(text string) heap.Value {
	if !w.tick(1) || len(text) > largeText && !w.checkSize(uint64(len(text))) {
		return 0
	}
	return w.NewPath(world.Clean(text))
}

// copyText copies text to the start of out, and returns what is behind it. The
// evaluation may be stopped meanwhile.
func (w *worker) copyText(out []byte, text string) []byte {
	for len(text) > largeText {
		copy(out, text[:largeText])
		out, text = out[largeText:], text[largeText:]
		w.work(200) // memory that is touched for the first time takes long
	}
	return out[copy(out, text):]
}

// copyElems is copyText for elements of lists.
func (w *worker) copyElems(out, elems []heap.Lazy) []heap.Lazy {
	const many = 1 << 14
	for len(elems) > many {
		copy(out, elems[:many])
		out, elems = out[many:], elems[many:]
		w.work(200)
	}
	return out[copy(out, elems):]
}
