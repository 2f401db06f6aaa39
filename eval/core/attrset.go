package core

import (
	"slices"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines the nodes of sets: plain, with names that are computed, recursive.

// attrDef is an attribute whose name is known.
type attrDef struct {
	name  lang.Symbol
	from  int32 // inherit (from): which source, counted from 1
	code  uint32
	value delayed
}

// A dynamicDef is an attribute whose name is computed.
type dynamicDef struct {
	name  node
	value delayed
	pos   lang.Pos
}

// attrsNode is a set that is not recursive, or what recNode has in common with it.
type attrsNode struct {
	code    uint32
	attrs   []attrDef
	from    []delayed
	dynamic []dynamicDef
	expr    *lang.Attrs
}

// eval makes a set of thunks; only computed names are evaluated.
func (n *attrsNode) eval(w *worker, env heap.Env) heap.Value {
	if len(n.dynamic) > 0 {
		return n.evalDynamic(w, env)
	}
	v, out := w.NewAttrs(len(n.attrs), n.code)
	n.fill(w, env, out)
	return v
}

// fill makes the attributes whose names are known.
func (n *attrsNode) fill(w *worker, env heap.Env, out []heap.Entry) {
	var buf [8]heap.Lazy
	from := buf[:0]
	for i := range n.from {
		from = append(from, w.delay(&n.from[i], env))
	}
	for i := range n.attrs {
		a := &n.attrs[i]
		out[i].Name = a.name
		if a.from > 0 {
			out[i].Value = w.field(a.code, from[a.from-1])
		} else {
			out[i].Value = w.delay(&a.value, env)
		}
	}
}

// field returns the thunk of an attribute of from. One that is known already is
// not taken instead: printing and equality can tell the difference.
func (w *worker) field(code uint32, from heap.Lazy) heap.Lazy {
	w.stats.Thunks++
	return w.NewField(code, from)
}

// evalDynamic makes a set of which some names are computed.
func (n *attrsNode) evalDynamic(w *worker, env heap.Env) heap.Value {
	entries := make([]heap.Entry, len(n.attrs), len(n.attrs)+len(n.dynamic))
	n.fill(w, env, entries)
	return n.addDynamic(w, env, entries, 0)
}

// addDynamic returns the set of entries, which are sorted, and the attributes
// whose names are computed. overrides, if not 0, is a set that entries are from
// as well.
func (n *attrsNode) addDynamic(w *worker, env heap.Env, entries []heap.Entry, overrides heap.Value) heap.Value {
	type place struct {
		name lang.Symbol
		pos  lang.Pos
	}
	var dynamic []place
	at := func(name lang.Symbol) lang.Pos {
		for _, d := range dynamic {
			if d.name == name {
				return d.pos
			}
		}
		if overrides != 0 && w.Find(overrides, name) != 0 {
			return w.attrPos(overrides, name)
		}
		return literalPos(n.expr, name)
	}
	for i := range n.dynamic {
		d := &n.dynamic[i]
		if !w.tick(len(entries) / 256) {
			return 0
		}
		v := d.name.eval(w, env)
		if v == 0 {
			return 0
		}
		if w.KindOf(v) == heap.Null {
			continue
		}
		v = w.forcePlainString(heap.Lazy(v), d.pos, "while evaluating the name of a dynamic attribute")
		if v == 0 {
			return 0
		}
		name := w.intern(v)
		k, found := slices.BinarySearchFunc(entries, name, func(e heap.Entry, name lang.Symbol) int {
			return int(e.Name) - int(name)
		})
		if found {
			return w.fail(CodeDuplicateAttribute, d.pos, "dynamic attribute '%s' already defined at %s", w.showName(name), w.showPos(at(name)))
		}
		if l, ok := n.expr.Dynamic[i].Value.(*lang.Lambda); ok {
			l.SetName(name) // Quirk: of several, the last one
			w.ev.codes.code(n.code).unit.renamed.Store(true)
		}
		entries = slices.Insert(entries, k, heap.Entry{Name: name, Value: w.delay(&d.value, env)})
		dynamic = append(dynamic, place{name, d.pos})
	}
	if len(entries) == 0 {
		return heap.EmptyAttrs
	}
	v, out, posns := w.NewAttrsPos(len(entries))
	copy(out, entries)
	for i := range out {
		w.work(len(dynamic) / 64)
		posns[i] = at(out[i].Name)
	}
	return v
}

// recNode is a recursive set.
type recNode struct {
	attrsNode
	overrides int // which attribute is __overrides; -1 if none
}

// eval makes the environment of the attributes, and a set of what is in it. Set and
// environment share thunks, so that each is evaluated once.
func (n *recNode) eval(w *worker, up heap.Env) heap.Value {
	env := w.bind(up, n.attrs, n.from)
	if n.overrides >= 0 || len(n.dynamic) > 0 {
		return n.evalExtended(w, env)
	}
	if len(n.attrs) == 0 {
		return heap.EmptyAttrs
	}
	v, out := w.NewAttrs(len(n.attrs), n.code)
	for i := range out {
		out[i] = heap.Entry{Name: n.attrs[i].name, Value: w.Var(env, uint32(i))}
	}
	return v
}

// bind makes the scope of a let or recursive set.
func (w *worker) bind(up heap.Env, attrs []attrDef, from []delayed) heap.Env {
	env := w.NewEnv(up, len(attrs)+len(from))
	for i := range from {
		w.SetVar(env, uint32(len(attrs)+i), w.delay(&from[i], env))
	}
	for i := range attrs {
		a := &attrs[i]
		if a.from > 0 {
			w.SetVar(env, uint32(i), w.field(a.code, w.Var(env, uint32(len(attrs))+uint32(a.from-1))))
		} else {
			w.SetVar(env, uint32(i), w.delay(&a.value, env))
		}
	}
	return env
}

// evalExtended makes a recursive set with __overrides, or with computed names. Overrides
// replace variables of the environment as well, and are evaluated at once; computed names
// are no variables.
func (n *recNode) evalExtended(w *worker, env heap.Env) heap.Value {
	entries := make([]heap.Entry, len(n.attrs))
	for i := range entries {
		entries[i] = heap.Entry{Name: n.attrs[i].name, Value: w.Var(env, uint32(i))}
	}
	var over heap.Value
	if n.overrides >= 0 {
		if over = w.force(entries[n.overrides].Value, 0); over == 0 {
			return 0
		}
		if !w.KindOf(over).IsAttrs() {
			w.failType(over, 0, "a set")
			w.err.frame(0, "while evaluating the `__overrides` attribute")
			return 0
		}
		var added []heap.Entry
		for _, e := range w.All(over) {
			w.work(len(n.attrs) / 64)
			i := slices.IndexFunc(n.attrs, func(a attrDef) bool { return a.name == e.Name })
			if i < 0 {
				added = append(added, e)
				continue
			}
			entries[i].Value = e.Value
			w.SetVar(env, uint32(i), e.Value)
		}
		entries = w.SortEntries(append(entries, added...))
	}
	return n.addDynamic(w, env, entries, over)
}
