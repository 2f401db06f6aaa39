package core

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines the nodes of selections, X.a.b or Y and X ? a.b, and what errors
// say about a name that is not there.

// A pathStep is one name of an attribute path.
type pathStep struct {
	name lang.Symbol // 0 if it is computed
	expr node        // computes the name; nil if it is known
	pos  lang.Pos
}

// step returns the name of one step of an attribute path; 0 is a failure.
func (w *worker) step(s *pathStep, env heap.Env) lang.Symbol {
	if s.expr == nil {
		return s.name
	}
	v := s.expr.eval(w, env)
	if v == 0 {
		return 0
	}
	if w.KindOf(v) == heap.String {
		if sym := w.Symbol(v); sym != 0 { // which it has without a context only
			return sym
		}
	}
	v = w.forcePlainString(heap.Lazy(v), s.pos, "while evaluating an attribute name")
	if v == 0 {
		return 0
	}
	return w.intern(v)
}

// selectNode selects one attribute whose name is known.
type selectNode struct {
	x    node
	name lang.Symbol
	expr *lang.Select
	unit *unit
}

// eval writes the value back to the set, so that the next selection finds it without a look
// at the thunk.
func (n *selectNode) eval(w *worker, env heap.Env) heap.Value {
	set := n.x.eval(w, env)
	if set == 0 {
		return 0
	}
	w.stats.Selects++
	if !w.KindOf(set).IsAttrs() {
		return w.notASet(set, n.expr)
	}
	at := w.Find(set, n.name)
	if at == 0 {
		return w.missingAttr(set, n.name, n.expr)
	}
	l := w.Load(at)
	if w.IsValue(l) {
		return heap.Value(l)
	}
	v := w.forceThunk(l, latePos)
	if v == 0 {
		w.selectFrame(n.expr, n.unit, env, w.attrPos(set, n.name), nil, 0)
		return 0
	}
	if w.lasting(l) {
		w.Store(at, v)
	}
	return v
}

// notASet fails, since v, from which x selects, is no set.
func (w *worker) notASet(v heap.Value, x *lang.Select) heap.Value {
	w.failType(v, 0, "a set")
	w.err.step(StepSelection, selectPos(x), "while selecting an attribute")
	return 0
}

// missingAttr fails, since set does not have the attribute that x selects. The error gets
// names that are like it.
func (w *worker) missingAttr(set heap.Value, name lang.Symbol, x *lang.Select) heap.Value {
	w.fail(CodeMissingAttribute, selectPos(x), "attribute '%s' missing", Name(w.showName(name)))
	w.suggestAttrs(name, set)
	return 0
}

// suggestAttrs puts the attributes of a set whose names are near to name into the
// error under way. Of a very large set there are none.
func (w *worker) suggestAttrs(name lang.Symbol, set heap.Value) {
	if w.Size(set) > 1<<15 {
		return
	}
	names := w.attrNames(set)
	w.err.Suggestions = lang.Near(w.name(name), names)
	w.err.Near = lang.Similar(w.name(name), names)
	if len(names) <= maxKnown {
		w.err.Known = names
	}
}

// maxKnown is how many attributes a set may have for an error to have their names.
const maxKnown = 64

// attrNames returns the names of the attributes of v, sorted.
func (w *worker) attrNames(v heap.Value) []string {
	all := w.All(v)
	out := make([]string, len(all))
	for i, e := range all {
		out[i] = w.name(e.Name)
	}
	w.sort(len(out), func(stop func()) {
		slices.SortFunc(out, func(a, b string) int {
			stop()
			return strings.Compare(a, b)
		})
	})
	return out
}

// manyNames is from how many things on a sort can be stopped.
const manyNames = 1 << 10

// sort runs a sort of n things, which calls stop for each comparison: it panics
// when the evaluation is to end.
func (w *worker) sort(n int, run func(stop func())) {
	if n < manyNames {
		run(func() {})
		return
	}
	k := 0
	run(func() {
		if k++; k%256 == 0 {
			w.work(20)
		}
	})
}

// selectFrame adds the frame of a selection whose attribute, defined at pos,
// could not be evaluated. Of path, if names are computed, done steps have been
// evaluated.
func (w *worker) selectFrame(x *lang.Select, u *unit, env heap.Env, pos lang.Pos, path []pathStep, done int) {
	err := w.err
	if pos == 0 {
		err.settle(selectPos(x))
		return
	}
	err.settle(pos)
	if w.hidden(pos) {
		return
	}
	err.step(StepAttribute, pos, "while evaluating the attribute '%s'", w.showAttrPath(x.Path, u, env, path, done))
	w.err = err
}

// hidden reports whether pos lies in the text of builtins.derivation.
func (w *worker) hidden(pos lang.Pos) bool {
	f := w.ev.config.Files.File(pos)
	return f != nil && f.Name == derivationText
}

// showAttrPath returns the first names of a path as messages show them, with the values of
// those that are computed.
func (w *worker) showAttrPath(names []lang.AttrName, u *unit, env heap.Env, path []pathStep, done int) string {
	var out []string
	for i, a := range names {
		if a.Expr == nil {
			out = append(out, w.showName(a.Name))
			continue
		}
		saved := w.err
		sym := lang.Symbol(0)
		// What met a limit, which no thunk remembers, would do so again, and at each
		// level of a recursion twice as often.
		if i < done || saved.Kind.kept() {
			sym = w.step(&path[i], env)
		}
		if sym != 0 {
			out = append(out, w.showName(sym))
		} else {
			out = append(out, `"${`+u.print(w, a.Expr)+`}"`)
		}
		w.err = saved
	}
	return strings.Join(out, ".")
}

// selectPos returns where errors say that a selection is.
func selectPos(x *lang.Select) lang.Pos {
	if x.Path[0].Pos == x.At { // let { … }
		return 0
	}
	return x.At
}

// selectPathNode selects an attribute path, perhaps with a default.
type selectPathNode struct {
	x    node
	path []pathStep
	def  node // nil if there is none
	expr *lang.Select
	unit *unit
}

// eval evaluates the name of a step before it forces the set that the step before led to, as
// the reference does. The default stands for attributes that are missing, and for values on
// the way that are no sets; an error on the way is no reason for it.
func (n *selectPathNode) eval(w *worker, env heap.Env) heap.Value {
	v := n.x.eval(w, env)
	if v == 0 {
		return 0
	}
	var pos lang.Pos // of the last attribute; looked up on failure only
	var in heap.Value
	var last lang.Symbol
	done := 0 // steps whose name is known
	failed := func() heap.Value {
		if in != 0 {
			pos = w.attrPos(in, last)
			w.selectFrame(n.expr, n.unit, env, pos, n.path, done)
		}
		return 0
	}
	other := func() heap.Value {
		if v := n.def.eval(w, env); v != 0 {
			return v
		}
		return failed()
	}
	var at heap.Slot // of the last attribute, which is not forced yet
	for i := range n.path {
		w.stats.Selects++
		name := w.step(&n.path[i], env)
		if name == 0 {
			return failed()
		}
		done++
		if at != 0 {
			if v = w.forceSlot(at, latePos); v == 0 {
				w.err.settle(selectPos(n.expr))
				return failed()
			}
		}
		if !w.KindOf(v).IsAttrs() {
			if n.def != nil {
				return other()
			}
			w.notASet(v, n.expr)
			w.err.Step = i
			return failed()
		}
		if at = w.Find(v, name); at == 0 {
			if n.def != nil {
				return other()
			}
			w.missingAttr(v, name, n.expr)
			w.err.Step = i
			w.err.Outer = in != 0 && w.Find(in, name) != 0
			return failed()
		}
		in, last = v, name
	}
	if v = w.forceSlot(at, latePos); v == 0 {
		return failed()
	}
	return v
}

// fieldNode is an attribute that is inherited from a set.
type fieldNode struct {
	name    lang.Symbol
	pos     lang.Pos
	fromPos lang.Pos // of the set
}

func (n *fieldNode) eval(*worker, heap.Env) heap.Value { return 0 } // never called: see lookup

// lookup selects the attribute from a set.
func (n *fieldNode) lookup(w *worker, from heap.Lazy) heap.Value {
	set := w.force(from, n.fromPos)
	if set == 0 {
		return 0
	}
	w.stats.Selects++
	if !w.KindOf(set).IsAttrs() {
		w.failType(set, 0, "a set")
		w.err.step(StepSelection, n.pos, "while selecting an attribute")
		return 0
	}
	at := w.Find(set, n.name)
	if at == 0 {
		w.fail(CodeMissingAttribute, n.pos, "attribute '%s' missing", Name(w.showName(n.name)))
		w.suggestAttrs(n.name, set)
		return 0
	}
	v := w.forceSlot(at, latePos)
	if v == 0 {
		pos := w.attrPos(set, n.name)
		if pos == 0 {
			w.err.settle(n.pos)
			return 0
		}
		w.err.settle(pos)
		if !w.hidden(pos) {
			w.err.step(StepAttribute, pos, "while evaluating the attribute '%s'", w.showName(n.name))
		}
	}
	return v
}

// hasAttrNode is X ? a.b.
type hasAttrNode struct {
	x    node
	path []pathStep
	expr *lang.HasAttr
}

// eval forces the sets on the way, but not the attribute at the end.
func (n *hasAttrNode) eval(w *worker, env heap.Env) heap.Value {
	v := n.x.eval(w, env)
	if v == 0 {
		return 0
	}
	for i := range n.path {
		name := w.step(&n.path[i], env)
		if name == 0 {
			return 0
		}
		if !w.KindOf(v).IsAttrs() {
			return heap.False
		}
		at := w.Find(v, name)
		if at == 0 {
			return heap.False
		}
		if i+1 < len(n.path) {
			if v = w.forceSlot(at, latePos); v == 0 {
				w.err.settle(exprPos(n.expr))
				return 0
			}
		}
	}
	return heap.True
}
