package core

// This file defines the frames of a stopped evaluation, and the variables in them.

import (
	"slices"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// A FrameKind is what a frame evaluates.
type FrameKind uint8

// Kinds of frames.
const (
	FrameText     FrameKind = iota // a file, or another text
	FrameFunction                  // a call
	FrameThunk                     // what was delayed
)

// A StackFrame is a body that is being evaluated: of a function, of what was
// delayed, or of a text.
type StackFrame struct {
	Kind FrameKind
	Name string        // of the function, the attribute or variable, or the text; "" if it has none
	Pos  lang.Position // of the expression that is being evaluated in it
	End  lang.Position // where that ends

	w    *worker
	env  heap.Env
	at   *place
	unit *unit
}

// A ScopeKind is what made a scope.
type ScopeKind uint8

// Kinds of scopes.
const (
	ScopeFunction ScopeKind = iota
	ScopeLet
	ScopeRec
	ScopeWith
	ScopeGlobal
)

// String returns the word of the language that makes such a scope.
func (k ScopeKind) String() string {
	return [...]string{"function", "let", "rec", "with", "builtins"}[k]
}

// A FrameScope is one level of variables.
type FrameScope struct {
	Kind ScopeKind
	Vars []FrameVar // in the order of the text; of a with, sorted, if its set is evaluated
	// Set is that of a with.
	Set heap.Lazy
}

// A FrameVar is a variable.
type FrameVar struct {
	Name  string
	Value heap.Lazy // 0 if it is not there yet
}

// A place is where an expression stands in its text.
type place struct {
	name   string // of what it is the value of
	scopes []staticScope
}

// A staticScope has the variables that one environment holds at run time.
type staticScope struct {
	kind  ScopeKind
	names []lang.Symbol // by slot; 0 for what has no name
	order []int         // slots in the order of the text
}

// placeOf returns where x stands in u.
func (d *Debugger) placeOf(w *worker, u *unit, x lang.Expr) *place {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p := d.scopes[x]; p != nil {
		return p
	}
	p := &place{}
	if u.tree != nil {
		f := placeFinder{w: w, target: x}
		if f.find(u.tree.Root) {
			p.scopes = f.scopes
			if f.name != 0 {
				p.name = w.name(f.name)
			}
		}
	}
	if d.scopes == nil || len(d.scopes) > 1<<14 {
		d.scopes = map[lang.Expr]*place{}
	}
	d.scopes[x] = p
	return p
}

// A placeFinder looks for an expression, and keeps the scopes around it as the
// resolver has made them.
type placeFinder struct {
	w      *worker
	target lang.Expr
	scopes []staticScope // around the expression looked at, outermost first
	name   lang.Symbol   // attribute or variable that the target is the value of; 0 if it is none
}

// find looks for the target in x, and reports whether it is there. If so, the scopes around the
// target are left in f.scopes, outermost first; if not, f.scopes is as it was. The lambdas of
// a merged chain (x: y: …) share one scope, as they share an environment.
func (f *placeFinder) find(x lang.Expr) bool {
	if x == nil {
		return false
	}
	if x == f.target {
		return true
	}
	n := len(f.scopes)
	found := false
	switch x := x.(type) {
	case *lang.Lambda:
		if !x.Merged {
			f.scopes = append(f.scopes, staticScope{kind: ScopeFunction})
			n = len(f.scopes) - 1
		} else {
			// What a part of a chain binds stays in its scope.
			n = len(f.scopes)
		}
		s := &f.scopes[len(f.scopes)-1]
		before := len(s.names)
		if x.Param != 0 {
			s.names = append(s.names, x.Param)
		}
		if x.Formals != nil {
			for i := range x.Formals.List {
				s.names = append(s.names, x.Formals.List[i].Name)
			}
		}
		s.number()
		found = slices.ContainsFunc(lang.Children(x), f.find)
		if !found && x.Merged {
			s := &f.scopes[len(f.scopes)-1]
			s.names = s.names[:before]
			s.number()
		}
	case *lang.Let:
		f.bindings(ScopeLet, x.Binds)
		found = f.attrs(x.Binds) || f.find(x.Body)
	case *lang.Attrs:
		if x.Rec {
			f.bindings(ScopeRec, x)
		}
		found = f.attrs(x)
	case *lang.With:
		if found = f.find(x.X); !found {
			f.scopes = append(f.scopes, staticScope{kind: ScopeWith})
			found = f.find(x.Body)
		}
	default:
		found = slices.ContainsFunc(lang.Children(x), f.find)
	}
	if !found {
		f.scopes = f.scopes[:n]
	}
	return found
}

// number sets the order of the variables to that of their slots.
func (s *staticScope) number() {
	s.order = s.order[:0]
	for i := range s.names {
		s.order = append(s.order, i)
	}
}

// bindings adds the scope of a let or recursive set. Slots are in the order of symbols;
// variables are shown in the order of the text.
func (f *placeFinder) bindings(kind ScopeKind, x *lang.Attrs) {
	s := staticScope{kind: kind}
	for i := range x.List {
		s.names = append(s.names, x.List[i].Name)
	}
	s.number()
	slices.SortStableFunc(s.order, func(a, b int) int { return int(x.List[a].Pos) - int(x.List[b].Pos) })
	f.scopes = append(f.scopes, s)
}

// attrs looks for the target in the attributes of x, whose scope was added before. If the
// target is the value of an attribute, the name of that is kept: it names the thunk.
func (f *placeFinder) attrs(x *lang.Attrs) bool {
	for i := range x.List {
		if v := x.List[i].Value; v != nil && f.find(v) {
			if v == f.target {
				f.name = x.List[i].Name
			}
			return true
		}
	}
	for i := range x.Dynamic {
		if f.find(x.Dynamic[i].Name) || f.find(x.Dynamic[i].Value) {
			return true
		}
	}
	return slices.ContainsFunc(x.From, f.find)
}

// frame returns frame i of the stack as others see it.
func (t *debugging) frame(w *worker, i int) *StackFrame {
	f := &t.frames[i]
	b := f.body
	x := b.expr
	if f.at != nil {
		x = f.at.expr
	}
	out := &StackFrame{w: w, env: f.env, at: t.d.placeOf(w, b.unit, x), unit: b.unit}
	span := x.Span()
	if span.Start != 0 {
		out.Pos = w.ev.config.Files.Position(span.Start)
		out.End = w.ev.config.Files.Position(span.End)
		out.Pos.File, out.End.File = world.Shown(out.Pos.File), world.Shown(out.End.File)
	}
	switch {
	case b.function != nil:
		out.Kind = FrameFunction
		if name := b.function[len(b.function)-1].BoundName(); name != 0 {
			out.Name = w.name(name)
		}
	case b.unit.tree != nil && b.expr == b.unit.tree.Root:
		out.Kind, out.Name = FrameText, out.Pos.File
	default:
		out.Kind, out.Name = FrameThunk, t.d.placeOf(w, b.unit, b.expr).name
	}
	return out
}

// Scopes returns the variables that the frame can use, of the innermost scope first;
// those that every text has are not among them.
func (f *StackFrame) Scopes() []FrameScope {
	w := f.w
	env := f.env
	var out []FrameScope
	for _, s := range slices.Backward(f.at.scopes) {
		scope := FrameScope{Kind: s.kind}
		if s.kind == ScopeWith {
			scope.Set = w.Var(env, 0)
			if set := w.known(scope.Set); set != 0 && w.KindOf(set).IsAttrs() {
				for _, e := range w.All(set) {
					scope.Vars = append(scope.Vars, FrameVar{w.name(e.Name), e.Value})
				}
				slices.SortFunc(scope.Vars, func(a, b FrameVar) int { return compareText(a.Name, b.Name) })
			}
		}
		for _, slot := range s.order {
			scope.Vars = append(scope.Vars, FrameVar{w.name(s.names[slot]), w.Var(env, uint32(slot))})
		}
		out = append(out, scope)
		env = w.Up(env)
	}
	return out
}

// compareText returns -1, 0 or 1 for the order of a and b, byte by byte.
func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Lookup returns what a variable is in the frame; 0 if it is none of its own. As in
// the language, sets of with come after all others, and after the global names. They
// are evaluated, unless that fails.
func (f *StackFrame) Lookup(name string) heap.Lazy {
	w := f.w
	sym := w.ev.config.Symbols.Intern(name)
	var sets []heap.Lazy
	env := f.env
	for _, s := range slices.Backward(f.at.scopes) {
		if s.kind == ScopeWith {
			sets = append(sets, w.Var(env, 0))
		} else if i := slices.Index(s.names, sym); i >= 0 {
			return w.Var(env, uint32(i))
		}
		env = w.Up(env)
	}
	if slices.Contains(w.ev.globals.scope.Names(), sym) {
		return 0
	}
	for _, l := range sets {
		set := w.force(l, 0)
		if set == 0 || !w.KindOf(set).IsAttrs() {
			break
		}
		if v := w.Get(set, sym); v != 0 {
			return v
		}
	}
	return 0
}

// Source returns line n of the text that the frame evaluates; "" if there is none.
func (f *StackFrame) Source(n int) string {
	if f.unit.tree == nil || n < 1 || n > f.unit.tree.File.Lines() {
		return ""
	}
	return f.unit.tree.File.Line(n)
}
