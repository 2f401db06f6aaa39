package core

import "github.com/firn-lang/firn/eval/heap"

// This file defines deep forcing.

// deepForce forces l and all that it consists of.
func (w *worker) deepForce(l heap.Lazy) bool {
	d := deepForcer{w: w, seen: map[heap.Value]struct{}{}}
	return d.force(l)
}

// A deepForcer forces values to the bottom. Sets and lists that it has seen are not walked
// again, so a value may contain itself.
type deepForcer struct {
	w    *worker
	seen map[heap.Value]struct{}
}

// force counts a call within calls for each level, as the reference does.
func (d *deepForcer) force(l heap.Lazy) bool {
	w := d.w
	at := w.definedAt(l)
	if !w.enterCall(at) {
		return false
	}
	ok := false
	if v := w.force(l, at); v != 0 {
		ok = d.parts(v)
	}
	w.depth--
	return ok
}

// parts forces what v consists of.
func (d *deepForcer) parts(v heap.Value) bool {
	w := d.w
	k := w.KindOf(v)
	if k != heap.List && !k.IsAttrs() {
		return true
	}
	if _, ok := d.seen[v]; ok {
		return true
	}
	d.seen[v] = struct{}{}
	if !w.enter(frameGo) {
		return false
	}
	defer w.leave(frameGo)
	if k == heap.List {
		s := w.share(w.Elems(v), needAll, 0, 0)
		defer s.close()
		for i, l := range w.Elems(v) {
			s.come(i)
			if !d.force(l) {
				w.err.frame(0, "while evaluating list element at index %d", i)
				return false
			}
		}
		return true
	}
	s := w.shareAttrs(w.All(v), needAll, 0)
	defer s.close()
	for i, e := range w.All(v) {
		s.come(i)
		if !d.force(e.Value) {
			w.err.step(StepAttribute, w.attrPos(v, e.Name), "while evaluating the attribute '%s'", w.showName(e.Name))
			return false
		}
	}
	return true
}
