package core

// This file defines how nodes are evaluated, in the order of lang/ast.go.

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

type constNode struct{ value heap.Value }

func (n *constNode) eval(*worker, heap.Env) heap.Value { return n.value }

type globalNode struct {
	value heap.Lazy
	pos   lang.Pos
}

func (n *globalNode) eval(w *worker, _ heap.Env) heap.Value { return w.force(n.value, n.pos) }

// var0Node is a variable of the innermost scope.
type var0Node struct {
	slot uint32
	pos  lang.Pos
}

func (n *var0Node) eval(w *worker, env heap.Env) heap.Value {
	return w.forceVar(env, n.slot, n.pos)
}

// forceVar forces a variable and leaves its value in its place.
func (w *worker) forceVar(env heap.Env, slot uint32, pos lang.Pos) heap.Value {
	l := w.Var(env, slot)
	if w.IsValue(l) {
		return heap.Value(l)
	}
	v := w.forceThunk(l, pos)
	if v != 0 {
		w.SetVar(env, slot, heap.Lazy(v))
	}
	return v
}

// var1Node is a variable of the scope around the innermost one.
type var1Node struct {
	slot uint32
	pos  lang.Pos
}

func (n *var1Node) eval(w *worker, env heap.Env) heap.Value {
	return w.forceVar(w.Up(env), n.slot, n.pos)
}

type varNode struct {
	level int
	slot  uint32
	pos   lang.Pos
}

func (n *varNode) eval(w *worker, env heap.Env) heap.Value {
	for i := n.level; i > 0; i-- {
		env = w.Up(env)
	}
	return w.forceVar(env, n.slot, n.pos)
}

// withVarNode is a variable that some with may define.
type withVarNode struct {
	level int // to the innermost with
	name  lang.Symbol
	pos   lang.Pos
}

func (n *withVarNode) eval(w *worker, env heap.Env) heap.Value {
	for i := n.level; i > 0; i-- {
		env = w.Up(env)
	}
	first := env
	for {
		outer, pos := w.With(env)
		set := w.forceVar(env, 0, lang.Pos(pos))
		switch {
		case set == 0:
			return 0
		case !w.KindOf(set).IsAttrs():
			w.fail(CodeWrongType, 0, "expected %s but found %s: %s", Wanted("a set"), w.showType(set), w.printShort(set))
			w.err.frame(lang.Pos(pos), "while evaluating the first subexpression of a with expression")
			return 0
		}
		if at := w.Find(set, n.name); at != 0 {
			return w.forceSlot(at, n.pos)
		}
		if outer == 0 {
			w.fail(CodeUndefinedVariable, n.pos, "undefined variable '%s'", Name(w.showName(n.name)))
			w.err.Near = w.similarInWith(n, first)
			return 0
		}
		for ; outer > 0; outer-- {
			env = w.Up(env)
		}
	}
}

// similarInWith returns attributes of the sets of with, from env on, whose names
// are similar to that of n. The sets have been evaluated.
func (w *worker) similarInWith(n *withVarNode, env heap.Env) []string {
	var names []string
	for {
		outer, _ := w.With(env)
		if set := w.Known(w.Var(env, 0)); set != 0 && w.KindOf(set).IsAttrs() && w.Size(set) <= 1<<15 {
			names = append(names, w.attrNames(set)...)
		}
		if outer == 0 {
			break
		}
		for ; outer > 0; outer-- {
			env = w.Up(env)
		}
	}
	slices.Sort(names)
	return lang.Similar(w.name(n.name), slices.Compact(names))
}

// interpNode is a string or path with interpolation.
type interpNode struct {
	isPath bool
	parts  []interpPart
	expr   *lang.Interp
}

type interpPart struct {
	text string
	node node // nil for text
	expr lang.Expr
}

const pathSegment = "while evaluating a path segment"

func (n *interpNode) eval(w *worker, env heap.Env) heap.Value {
	var buf [12]string
	texts := buf[:0]
	size := 0
	ctx := Context(0)
	flags := Canonicalize
	if !n.isPath {
		flags |= CopyToStore
	}
	for i := range n.parts {
		p := &n.parts[i]
		text := p.text
		if p.node != nil {
			v := p.node.eval(w, env)
			if v == 0 {
				return 0
			}
			if w.KindOf(v) == heap.String {
				text = w.Text(v)
				ctx = w.ev.contexts.union(&w.Space, ctx, Context(w.Context(v)))
			} else {
				var c Context
				var ok bool
				text, c, ok = w.coerceToString(heap.Lazy(v), latePos, flags, pathSegment)
				if !ok {
					w.err.settle(w.partPos(n.expr, p.expr))
					return 0
				}
				ctx = w.ev.contexts.union(&w.Space, ctx, c)
			}
		}
		texts = append(texts, text)
		size += len(text)
	}
	if n.isPath {
		if ctx != 0 {
			return w.fail(CodeStringContext, n.expr.At, "a string that refers to a store path cannot be appended to a path")
		}
		return w.newPath(strings.Join(texts, ""))
	}
	return w.joinStrings(texts, size, ctx)
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
	return w.NewPath(canonPath(text))
}

// partPos returns where part stands in x; for what is interpolated, its ${.
func (w *worker) partPos(x *lang.Interp, part lang.Expr) lang.Pos {
	if f := w.ev.config.Files.File(x.At); f != nil {
		return x.PartPos(f, slices.Index(x.Parts, part))
	}
	return 0
}

type searchPathNode struct {
	name string
	pos  lang.Pos
}

func (n *searchPathNode) eval(w *worker, _ heap.Env) heap.Value {
	w.stats.BuiltinCalls++
	path, err := w.lookupPath(n.name)
	if err != nil {
		e := w.asError(err)
		e.frame(n.pos, "while calling the 'findFile' builtin")
		w.err = e
		return 0
	}
	return w.NewPath(path)
}

type curPosNode struct{ pos lang.Pos }

func (n *curPosNode) eval(w *worker, _ heap.Env) heap.Value { return w.posValue(n.pos) }

type listNode struct{ elems []delayed }

func (n *listNode) eval(w *worker, env heap.Env) heap.Value {
	if len(n.elems) > 64 && !w.tick(len(n.elems)/64) {
		return 0
	}
	v := w.NewList(len(n.elems))
	out := w.Elems(v)
	for i := range n.elems {
		out[i] = w.delay(&n.elems[i], env)
	}
	return v
}

// attrDef is an attribute whose name is known.
type attrDef struct {
	name  lang.Symbol
	from  int32 // inherit (from): which source, counted from 1
	code  uint32
	value delayed
}

type dynamicDef struct {
	name  node
	value delayed
	pos   lang.Pos
}

type attrsNode struct {
	code    uint32
	attrs   []attrDef
	from    []delayed
	dynamic []dynamicDef
	expr    *lang.Attrs
}

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
			w.fail(CodeWrongType, 0, "expected %s but found %s: %s", Wanted("a set"), w.showType(over), w.printShort(over))
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

type pathStep struct {
	name lang.Symbol // 0 if it is computed
	expr node
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
	w.Store(at, v)
	return v
}

func (w *worker) notASet(v heap.Value, x *lang.Select) heap.Value {
	w.fail(CodeWrongType, 0, "expected %s but found %s: %s", Wanted("a set"), w.showType(v), w.printShort(v))
	w.err.frame(selectPos(x), "while selecting an attribute")
	return 0
}

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
	err.frame(pos, "while evaluating the attribute '%s'", w.showAttrPath(x.Path, u, env, path, done))
	w.err = err
}

// hidden reports whether pos lies in the text of builtins.derivation.
func (w *worker) hidden(pos lang.Pos) bool {
	f := w.ev.config.Files.File(pos)
	return f != nil && f.Name == derivationText
}

func (w *worker) showAttrPath(names []lang.AttrName, u *unit, env heap.Env, path []pathStep, done int) string {
	var out []string
	for i, a := range names {
		if a.Expr == nil {
			out = append(out, w.showName(a.Name))
			continue
		}
		saved := w.err
		sym := lang.Symbol(0)
		// What met a limit, which nobody remembers, would do so again, and at each
		// level of a recursion twice as often.
		if i < done || saved.Kind.kept() {
			sym = w.step(&path[i], env)
		}
		if sym != 0 {
			out = append(out, w.showName(sym))
		} else {
			out = append(out, `"${`+u.print(w.ev, a.Expr)+`}"`)
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
		w.fail(CodeWrongType, 0, "expected %s but found %s: %s", Wanted("a set"), w.showType(set), w.printShort(set))
		w.err.frame(n.pos, "while selecting an attribute")
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
			w.err.frame(pos, "while evaluating the attribute '%s'", w.showName(n.name))
		}
	}
	return v
}

type hasAttrNode struct {
	x    node
	path []pathStep
	expr *lang.HasAttr
}

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

type lambdaNode struct{ code uint32 }

func (n *lambdaNode) eval(w *worker, env heap.Env) heap.Value { return w.NewLambda(n.code, env) }

type letNode struct {
	attrs []attrDef
	from  []delayed
	body  node
}

func (n *letNode) eval(w *worker, env heap.Env) heap.Value {
	return n.body.eval(w, w.bind(env, n.attrs, n.from))
}

type withNode struct {
	set   delayed
	outer uint32
	pos   lang.Pos
	body  node
}

func (n *withNode) eval(w *worker, env heap.Env) heap.Value {
	return n.body.eval(w, w.NewWithEnv(env, w.delay(&n.set, env), n.outer, uint32(n.pos)))
}

type assertNode struct {
	cond, body node
	expr       *lang.Assert
	unit       *unit
}

func (n *assertNode) eval(w *worker, env heap.Env) heap.Value {
	switch w.evalBool(n.cond, env, n.expr.At, "in the condition of the assert statement") {
	case boolFailed:
		return 0
	case boolTrue:
		return n.body.eval(w, env)
	}
	text := n.unit.print(w.ev, n.expr.Cond)
	if eq, ok := undebugged(n.cond).(*equalNode); ok && !eq.negate {
		if !eq.explain(w, env) {
			if w.err.Kind == ErrAssertion {
				w.err.frame(n.expr.At, "while evaluating the condition of the assertion '%s'", text)
			}
			return 0
		}
	}
	w.fail(CodeAssertionFailed, n.expr.At, "assertion '%s' failed", text)
	w.err.Values = w.valuesIn(n.expr.Cond, env)
	return 0
}

// valuesIn returns what the variables of a condition are, as far as that is known
// and can be shown in a few words.
func (w *worker) valuesIn(cond lang.Expr, env heap.Env) []NamedValue {
	const most, longest = 4, 60
	var out []NamedValue
	lang.Walk(cond, func(x lang.Expr) bool {
		switch x := x.(type) {
		case *lang.Lambda, *lang.Let, *lang.With, *lang.Attrs:
			return false // other scopes
		case *lang.Var:
			if x.Ref.Kind() != lang.RefLexical || len(out) == most {
				return false
			}
			e := env
			for i := x.Ref.Level(); i > 0; i-- {
				e = w.Up(e)
			}
			l := w.Var(e, x.Ref.Slot)
			if l == 0 {
				return false
			}
			v := w.Known(l)
			if v == 0 || w.KindOf(v).IsFunction() || slices.ContainsFunc(out, func(o NamedValue) bool { return o.Name == w.name(x.Name) }) {
				return false
			}
			if text := string(w.printShort(v)); len(text) <= longest {
				out = append(out, NamedValue{w.name(x.Name), text})
			}
		}
		return true
	})
	return out
}

type boolResult uint8

const (
	boolFailed boolResult = iota
	boolFalse
	boolTrue
)

// evalBool evaluates n, which has to be a Boolean. words is the frame of an
// error.
func (w *worker) evalBool(n node, env heap.Env, pos lang.Pos, words string) boolResult {
	v := n.eval(w, env)
	switch {
	case v == heap.True:
		return boolTrue
	case v == heap.False:
		return boolFalse
	case v == 0:
	case w.KindOf(v) == heap.Bool:
		if w.Bool(v) {
			return boolTrue
		}
		return boolFalse
	default:
		w.fail(CodeWrongType, pos, "expected %s but found %s: %s", Wanted("a Boolean"), w.showType(v), w.printShort(v))
	}
	w.err.frame(pos, "%s", words)
	return boolFailed
}

type ifNode struct {
	cond, then, els node
	pos             lang.Pos
}

func (n *ifNode) eval(w *worker, env heap.Env) heap.Value {
	switch w.evalBool(n.cond, env, n.pos, "while evaluating a branch condition") {
	case boolTrue:
		return n.then.eval(w, env)
	case boolFalse:
		return n.els.eval(w, env)
	}
	return 0
}
