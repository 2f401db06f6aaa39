package core

// This file defines equality, and how a failed assertion explains itself.

import (
	"fmt"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// equal reports whether x and y are equal. One and the same value is equal to
// itself, even if it is a function: see "How does equality of functions work?"
// in RATIONALE.md.
func (w *worker) equal(x, y heap.Lazy, pos lang.Pos) (eq, ok bool) {
	a := w.force(x, pos)
	if a == 0 {
		return false, false
	}
	b := w.force(y, pos)
	if b == 0 {
		return false, false
	}
	if a == b {
		return true, true
	}
	return w.equalValues(a, b, pos)
}

// equalValues is equal but for sameness.
func (w *worker) equalValues(x, y heap.Value, pos lang.Pos) (eq, ok bool) {
	if w.depth > w.maxDepth { // the reference counts it as a call
		return false, w.tooDeep(pos)
	}
	kx, ky := w.KindOf(x), w.KindOf(y)
	switch {
	case kx.IsInt() && ky.IsInt():
		return w.Int(x) == w.Int(y), true
	case isNumber(kx) && isNumber(ky):
		return w.number(x) == w.number(y), true
	case kx.IsAttrs() && ky.IsAttrs():
		return w.equalAttrs(x, y, pos)
	case kx != ky:
		return false, true
	}
	switch kx {
	case heap.Null:
		return true, true
	case heap.Bool:
		return w.Bool(x) == w.Bool(y), true
	case heap.Path:
		a, b, ok := w.bothSettled(w.Text(x), w.Text(y))
		return a == b, ok
	case heap.String:
		a, b := w.Text(x), w.Text(y)
		if len(a) == len(b) && len(a) > largeText && !w.tick(len(a)>>13) {
			return false, false
		}
		return a == b, true
	case heap.External:
		return w.External(x) == w.External(y), true
	case heap.List:
		return w.equalLists(x, y, pos)
	}
	return false, true // functions
}

// equalLists is apart from equalValues, in which a defer would be slow: there are
// too many returns.
func (w *worker) equalLists(x, y heap.Value, pos lang.Pos) (eq, ok bool) {
	n := w.Len(x)
	if n != w.Len(y) {
		return false, true
	}
	if !w.enterEqual(pos) {
		return false, false
	}
	defer w.leaveEqual()
	for i := range n {
		if !w.tick(1) {
			return false, false
		}
		if eq, ok := w.equalSlots(w.ElemSlot(x, i), w.ElemSlot(y, i), pos); !eq || !ok {
			return false, ok
		}
	}
	return true, true
}

// enterEqual counts a level of comparison. If it returns true, the caller must call
// leaveEqual.
func (w *worker) enterEqual(pos lang.Pos) bool {
	if !w.enterCall(pos) {
		return false
	}
	if !w.enter(frameGo) {
		w.depth--
		return false
	}
	return true
}

// leaveEqual ends a level that enterEqual has counted.
func (w *worker) leaveEqual() {
	w.depth--
	w.leave(frameGo)
}

// equalSlots compares what is at two places, and leaves the values there.
func (w *worker) equalSlots(x, y heap.Slot, pos lang.Pos) (eq, ok bool) {
	a := w.forceSlot(x, pos)
	if a == 0 {
		return false, false
	}
	b := w.forceSlot(y, pos)
	if b == 0 {
		return false, false
	}
	if a == b {
		return true, true
	}
	return w.equalValues(a, b, pos)
}

// equalAttrs compares two sets. Derivations are equal if their output paths are.
func (w *worker) equalAttrs(x, y heap.Value, pos lang.Pos) (eq, ok bool) {
	if !w.enterEqual(pos) {
		return false, false
	}
	defer w.leaveEqual()
	dx, ok := w.isDerivation(x)
	if !ok {
		return false, false
	}
	if dx {
		dy, ok := w.isDerivation(y)
		if !ok {
			return false, false
		}
		if dy {
			i, j := w.Find(x, w.ev.names.outPath), w.Find(y, w.ev.names.outPath)
			if i != 0 && j != 0 {
				return w.equalSlots(i, j, pos)
			}
		}
	}
	if w.Size(x) != w.Size(y) {
		return false, true
	}
	ex, ey := w.All(x), w.All(y)
	for i := range ex {
		if ex[i].Name != ey[i].Name {
			return false, true
		}
		if !w.tick(1) {
			return false, false
		}
		if eq, ok := w.equal(ex[i].Value, ey[i].Value, pos); !eq || !ok {
			return false, ok
		}
	}
	return true, true
}

// isDerivation reports whether the type of a set is "derivation".
func (w *worker) isDerivation(v heap.Value) (is, ok bool) {
	at := w.Find(v, w.ev.names.typ)
	if at == 0 {
		return false, true
	}
	t := w.forceSlot(at, latePos)
	if t == 0 {
		w.err.settle(w.attrPos(v, w.ev.names.typ))
		return false, false
	}
	return w.KindOf(t) == heap.String && w.Text(t) == "derivation", true
}

// assertEqual fails with what makes x and y differ; true means that they are
// equal. It goes through them as equal does. top says that they are operands.
func (w *worker) assertEqual(x, y heap.Value, top bool) bool {
	if !top && x == y {
		return true
	}
	if !w.enterEqual(0) {
		return false
	}
	defer w.leaveEqual()
	differ := func(format string, args ...any) bool {
		w.fail(CodeAssertionFailed, 0, format, args...)
		return false
	}
	kx, ky := w.KindOf(x), w.KindOf(y)
	show := func(v heap.Value) Shown { return w.printShort(v) }
	switch {
	case isNumber(kx) && isNumber(ky) && (kx == heap.Float || ky == heap.Float || w.Int(x) != w.Int(y)):
		if eq, _ := w.equalValues(x, y, 0); eq {
			return true
		}
		return differ("%s with value '%s' is not equal to %s with value '%s'", w.showType(x), show(x), w.showType(y), show(y))
	case kx.IsInt() && ky.IsInt():
		return true
	case kx.IsAttrs() && ky.IsAttrs():
		return w.assertEqualAttrs(x, y, differ)
	case kx.IsFunction() && ky.IsFunction():
		return differ("distinct functions and immediate comparisons of identical functions compare as unequal")
	case kx != ky:
		return differ("%s of value '%s' is not equal to %s of value '%s'", w.showType(x), show(x), w.showType(y), show(y))
	}
	switch kx {
	case heap.Bool:
		if w.Bool(x) != w.Bool(y) {
			return differ("boolean '%s' is not equal to boolean '%s'", show(x), show(y))
		}
	case heap.String:
		if w.Text(x) != w.Text(y) {
			return differ("string '%s' is not equal to string '%s'", show(x), show(y))
		}
	case heap.Path:
		if strings.HasPrefix(w.Text(x), world.InternalDir) != strings.HasPrefix(w.Text(y), world.InternalDir) {
			return differ("path '%s' is not equal to path '%s' because their accessors are different", show(x), show(y))
		}
		a, b, ok := w.bothSettled(w.Text(x), w.Text(y))
		if ok && a != b {
			return differ("path '%s' is not equal to path '%s'", show(x), show(y))
		}
	case heap.List:
		n := w.Len(x)
		if n != w.Len(y) {
			return differ("list of size '%d' is not equal to list of size '%d', left hand side is '%s', right hand side is '%s'",
				n, w.Len(y), show(x), show(y))
		}
		for i := range n {
			if !w.assertEqualLazy(w.Elems(x)[i], w.Elems(y)[i]) {
				w.err.frame(0, "while comparing list element %d", i)
				return false
			}
		}
	}
	return true
}

// assertEqualLazy is assertEqual for parts that may not be forced yet.
func (w *worker) assertEqualLazy(x, y heap.Lazy) bool {
	a := w.force(x, 0)
	if a == 0 {
		return false
	}
	b := w.force(y, 0)
	return b != 0 && w.assertEqual(a, b, false)
}

// assertEqualAttrs fails with the first attribute in which two sets differ.
func (w *worker) assertEqualAttrs(x, y heap.Value, differ func(string, ...any) bool) bool {
	dx, ok := w.isDerivation(x)
	if !ok {
		return false
	}
	dy := false
	if dx {
		if dy, ok = w.isDerivation(y); !ok {
			return false
		}
	}
	if dx && dy {
		i, j := w.Get(x, w.ev.names.outPath), w.Get(y, w.ev.names.outPath)
		if i != 0 && j != 0 {
			if !w.assertEqualLazy(i, j) {
				w.err.frame(0, "while comparing a derivation by its '%s' attribute", "outPath")
				return false
			}
			return true
		}
	}
	if w.Size(x) != w.Size(y) {
		return differ("attribute names of attribute set '%s' differs from attribute set '%s'", w.printShort(x), w.printShort(y))
	}
	ex, ey := w.All(x), w.All(y)
	for i := range ex {
		if ex[i].Name != ey[i].Name {
			if w.Find(y, ex[i].Name) == 0 {
				return differ("attribute name '%s' is contained in '%s', but not in '%s'",
					w.showName(ex[i].Name), w.printShort(x), w.printShort(y))
			}
			return differ("attribute name '%s' is missing in '%s', but is contained in '%s'",
				w.showName(ey[i].Name), w.printShort(x), w.printShort(y))
		}
		if !w.assertEqualLazy(ex[i].Value, ey[i].Value) {
			name := ex[i].Name
			if pos := w.attrPos(y, name); pos != 0 {
				w.err.frame(pos, "where right hand side is")
			}
			if pos := w.attrPos(x, name); pos != 0 {
				w.err.frame(pos, "where left hand side is")
			}
			w.err.frame(0, "while comparing attribute '%s'", w.showName(name))
			return false
		}
	}
	return true
}

// attrPos returns where attribute name of v, which has it, was defined.
func (w *worker) attrPos(v heap.Value, name lang.Symbol) lang.Pos {
	o := w.Origin(v, name)
	if o.Code == 0 {
		return o.Pos
	}
	x, ok := w.ev.codes.code(o.Code).expr.(*lang.Attrs)
	if !ok {
		return 0
	}
	return literalPos(x, name)
}

// literalPos returns where a set literal defines an attribute.
func literalPos(x *lang.Attrs, name lang.Symbol) lang.Pos {
	lo, hi := 0, len(x.List)
	for lo < hi {
		mid := (lo + hi) / 2
		if x.List[mid].Name < name {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(x.List) && x.List[lo].Name == name {
		return x.List[lo].Pos
	}
	return 0
}

// showPos returns a position as messages print it.
func (w *worker) showPos(pos lang.Pos) string {
	p := w.ev.config.Files.Position(pos)
	if p.Line == 0 {
		return "«none»"
	}
	return fmt.Sprintf("%s:%d:%d", world.Shown(p.File), p.Line, p.Column)
}

// bothSettled returns two paths as programs may see them. Equal ones may stay as they are.
func (w *worker) bothSettled(a, b string) (string, string, bool) {
	if a == b {
		return a, b, true
	}
	a, ok := w.settled(a)
	if ok {
		b, ok = w.settled(b)
	}
	return a, b, ok
}
