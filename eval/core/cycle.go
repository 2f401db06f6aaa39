package core

import (
	"slices"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines the record of an infinite recursion: the thunks that need each other.

// A Link is a thunk that was being forced when an infinite recursion was met.
type Link struct {
	Span lang.Span // of its expression; empty if it is inherited
	Name string    // of the attribute, if it is inherited
	File string    // of a file that was being evaluated
	// Frames is how many of the error's frames are inside of it.
	Frames int
}

// maxCycle bounds how many links are kept.
const maxCycle = 1 << 12

// link adds the thunk l to the cycle under way, until it is closed.
func (w *worker) link(l heap.Lazy, was heap.Claim) {
	e := w.err
	if e.again == 0 {
		return
	}
	link := Link{Frames: len(e.Frames)}
	switch was.Kind() {
	case heap.Thunk:
		c := w.ev.codes.code(was.Code())
		if c.expr != nil {
			link.Span = c.expr.Span()
		} else if n, ok := c.body.node.(*fileNode); ok {
			link.File = n.path
		}
	case heap.Field:
		n := w.body(was.Code()).node.(*fieldNode)
		link.Name, link.Span = w.name(n.name), lang.Span{Start: n.pos, End: n.pos}
	}
	if (link.Span.Start != 0 || link.File != "") && len(e.Cycle) < maxCycle {
		e.Cycle = append(e.Cycle, link)
	}
	if l == e.again {
		e.again, e.inside = 0, len(e.Frames)
		slices.Reverse(e.Cycle)
	}
}

// CycleFrames returns the frames inside of the cycle of an infinite recursion,
// innermost first.
func (e *Error) CycleFrames() []Frame { return e.Frames[:min(e.inside, len(e.Frames))] }
