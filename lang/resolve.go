package lang

// This file defines the resolver: every variable to where its value will be
// found, before anything is evaluated.
//
// Scopes at run time, each one level, with slots for its variables:
//
//	lambda     its parameter, then its formals by symbol. x: y: … shares one
//	           scope: lambdas that stand directly in the body of one without a
//	           pattern add their slots to its scope (Lambda.Merged)
//	let, rec   its attributes by symbol, then the sources of inherit (…)
//	with       one slot, for the set
//
// A non-recursive set is no scope.

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A RefKind says where a variable is found.
type RefKind uint8

// Kinds of references.
const (
	RefUnresolved RefKind = iota // Resolve was not called
	RefLexical                   // in an enclosing scope
	RefGlobal                    // in the global scope: Slot is the place in its names
	RefWith                      // in an enclosing with, innermost first; Level leads to that one
)

// A Ref is where the value of a variable is found.
type Ref struct {
	level uint32 // with the kind in the upper bits
	Slot  uint32
}

const refLevelBits = 30

// Kind returns where the variable is found.
func (r Ref) Kind() RefKind { return RefKind(r.level >> refLevelBits) }

// Level returns how many scopes to go out; 0 is the innermost one.
func (r Ref) Level() int { return int(r.level & (1<<refLevelBits - 1)) }

func makeRef(kind RefKind, level, slot uint32) Ref {
	return Ref{uint32(kind)<<refLevelBits | level, slot}
}

// A Scope is the global names, those that are known everywhere.
type Scope struct {
	names []Symbol
	slots map[Symbol]uint32
}

// NewScope returns a scope of names. It may be used by several goroutines.
func NewScope(symbols *Symbols, names ...string) *Scope {
	s := &Scope{slots: make(map[Symbol]uint32, len(names))}
	for _, name := range names {
		sym := symbols.Intern(name)
		if _, ok := s.slots[sym]; !ok {
			s.slots[sym] = uint32(len(s.names))
			s.names = append(s.names, sym)
		}
	}
	return s
}

// Names returns the names of the scope: the Slot of a RefGlobal counts them.
// Callers must not modify it.
func (s *Scope) Names() []Symbol { return s.names }

// Resolve sets the Ref of every variable. The error, if any, is an ErrorList
// of variables that are defined nowhere, each name once; the tree is then of
// no use. Resolve must be called once only.
func (t *Tree) Resolve(globals *Scope) error { return t.ResolveUntil(globals, nil) }

// ResolveUntil is Resolve, which ends with ErrStopped soon after stop returns
// true. It is asked every thousand nodes.
func (t *Tree) ResolveUntil(globals *Scope, stop func() bool) error {
	r := resolvers.Get().(*resolver)
	defer resolvers.Put(r)
	r.tree, r.globals, r.errs, r.unknown = t, globals, nil, nil
	r.stop, r.stopped, r.nodes = stop, false, 0
	r.nesting.begin()
	if n := t.symbols.Len(); n > len(r.vars) {
		r.vars = make([]variable, n+n/4)
	}
	r.expr(t.Root)
	r.tree, r.globals, r.stop = nil, nil, nil
	if r.stopped {
		return ErrStopped
	}
	return r.errs.err()
}

// resolvers keeps resolvers for their tables, which are blank between uses.
var resolvers = sync.Pool{New: func() any { return &resolver{} }}

// A variable is what a name means now.
type variable struct {
	scope uint32 // depth of its scope, counted from 1; 0 if there is none
	slot  uint32
}

type resolver struct {
	tree    *Tree
	globals *Scope
	vars    []variable // by Symbol
	hidden  []binder   // what the names of enclosing scopes meant before
	depth   uint32     // of the innermost scope
	with    uint32     // depth of the innermost with; 0 if there is none
	errs    ErrorList
	unknown map[Symbol]bool // names already reported
	nodes   int
	stop    func() bool
	stopped bool   // nothing is resolved any more; scopes are left in order
	nesting levels // calls of expr
}

// A binder is a name in an enclosing scope, and what it meant outside.
type binder struct {
	name Symbol
	was  variable
}

// bind gives name a slot in the innermost scope, until unbind.
func (r *resolver) bind(name Symbol, slot int) {
	r.hidden = append(r.hidden, binder{name, r.vars[name]})
	r.vars[name] = variable{r.depth, uint32(slot)}
}

// unbind forgets the names bound since there were n of them.
func (r *resolver) unbind(n int) {
	for i := len(r.hidden) - 1; i >= n; i-- {
		r.vars[r.hidden[i].name] = r.hidden[i].was
	}
	r.hidden = r.hidden[:n]
}

// ref returns where the variable name is found that means v.
func (r *resolver) ref(at Span, name Symbol, v variable) Ref {
	if v.scope != 0 {
		return makeRef(RefLexical, r.depth-v.scope, v.slot)
	}
	if r.globals != nil {
		if slot, ok := r.globals.slots[name]; ok {
			return makeRef(RefGlobal, 0, slot)
		}
	}
	if r.with != 0 {
		return makeRef(RefWith, r.depth-r.with, 0)
	}
	if !r.unknown[name] && len(r.errs) < maxErrors {
		if r.unknown == nil {
			r.unknown = map[Symbol]bool{}
		}
		r.unknown[name] = true
		msg := fmt.Sprintf("undefined variable '%s'", QuoteName(r.tree.symbols.Name(name)))
		r.errs = append(r.errs, &Error{File: r.tree.File, Span: at, Code: CodeUndefinedVariable, Msg: shorten(msg), Near: r.similar(name)})
	}
	return Ref{}
}

// similar returns variables that can be used here with names similar to name.
func (r *resolver) similar(name Symbol) []string {
	var names []string
	add := func(sym Symbol) {
		if other := r.tree.symbols.Name(sym); !strings.HasPrefix(other, "__") {
			names = append(names, other)
		}
	}
	for sym := range r.vars {
		if r.vars[sym].scope != 0 {
			add(Symbol(sym))
		}
	}
	if r.globals != nil {
		for _, sym := range r.globals.names {
			if r.vars[sym].scope == 0 {
				add(sym)
			}
		}
	}
	slices.Sort(names)
	return Similar(r.tree.symbols.Name(name), names)
}

// function returns where the function of an operator is found.
func (r *resolver) function(at Pos, name Symbol) Ref {
	return r.ref(Span{at, at}, name, r.vars[name])
}

func (r *resolver) exprs(list []Expr) {
	for _, x := range list {
		r.expr(x)
	}
}

// expr resolves x, in the order in which the reference does it, so that the
// first error is the same.
func (r *resolver) expr(x Expr) {
	if r.nodes++; r.nodes%1024 == 0 && r.stop != nil && r.stop() {
		r.stopped = true
	}
	if r.stopped {
		return
	}
	if r.nesting.depth >= r.nesting.full {
		r.nesting.spread(func() { r.expr(x) })
		return
	}
	r.nesting.depth++
	switch x := x.(type) {
	case *Var:
		x.Ref = r.ref(x.Span(), x.Name, r.vars[x.Name])
	case *SearchPath:
		x.FindFile = r.function(x.At, symFindFile)
		x.NixPath = r.function(x.At, symNixPath)
	case *Interp:
		r.exprs(x.Parts)
	case *List:
		r.exprs(x.Elems)
	case *Attrs:
		r.attrs(x)
	case *Select:
		r.expr(x.X)
		if x.Default != nil {
			r.expr(x.Default)
		}
		r.path(x.Path)
	case *HasAttr:
		r.expr(x.X)
		r.path(x.Path)
	case *Apply:
		r.expr(x.Fn)
		r.exprs(x.Args)
	case *Lambda:
		r.lambda(x)
	case *Let:
		r.let(x)
	case *With:
		r.withExpr(x)
	case *Assert:
		r.expr(x.Cond)
		r.expr(x.Body)
	case *If:
		r.expr(x.Cond)
		r.expr(x.Then)
		r.expr(x.Else)
	case *Unary:
		if x.Op == OpNegate {
			x.Fn = r.function(x.At, symSub)
		}
		r.expr(x.X)
	case *Binary:
		r.binary(x)
	}
	r.nesting.depth--
}

func (r *resolver) binary(x *Binary) {
	if fn := operators[x.Op].fn; fn != 0 {
		x.Fn = r.function(x.OpPos, fn)
	}
	if x.Op == OpGreater || x.Op == OpLessEqual { // a call with its arguments turned around
		r.expr(x.Y)
		r.expr(x.X)
		return
	}
	r.expr(x.X)
	r.expr(x.Y)
}

func (r *resolver) path(path []AttrName) {
	for i := range path {
		if path[i].Expr != nil {
			r.expr(path[i].Expr)
		}
	}
}

func (r *resolver) attrs(x *Attrs) {
	if !x.Rec {
		r.exprs(x.From)
		for i := range x.List {
			if x.List[i].Value != nil {
				r.expr(x.List[i].Value)
			}
		}
		r.dynamic(x.Dynamic)
		return
	}
	n := len(r.hidden)
	r.depth++
	r.recursive(x)
	r.dynamic(x.Dynamic)
	r.depth--
	r.unbind(n)
}

func (r *resolver) dynamic(list []DynAttr) {
	for _, a := range list {
		r.expr(a.Name)
		r.expr(a.Value)
	}
}

// recursive binds the attributes of x in the innermost scope, and resolves them.
func (r *resolver) recursive(x *Attrs) {
	n := len(r.hidden)
	for i := range x.List {
		r.bind(x.List[i].Name, i)
	}
	r.exprs(x.From)
	for i := range x.List {
		switch a := &x.List[i]; a.Kind {
		case AttrPlain:
			r.expr(a.Value)
		case AttrInherit:
			// What the name means outside, counted from inside.
			v := a.Value.(*Var)
			v.Ref = r.ref(v.Span(), v.Name, r.hidden[n+i].was)
		}
	}
}

func (r *resolver) let(x *Let) {
	n := len(r.hidden)
	r.depth++
	r.recursive(x.Binds)
	r.expr(x.Body)
	r.depth--
	r.unbind(n)
}

func (r *resolver) lambda(x *Lambda) {
	n := len(r.hidden)
	r.depth++
	slot := 0
	for {
		x.Slot = uint32(slot)
		slot = r.params(x, slot)
		inner, ok := x.Body.(*Lambda)
		if !ok || x.Formals != nil {
			break
		}
		inner.Merged = true
		x = inner
	}
	r.expr(x.Body)
	r.depth--
	r.unbind(n)
}

// params binds the variables of one lambda from slot on, and returns the next slot.
func (r *resolver) params(x *Lambda, slot int) int {
	if x.Param != 0 {
		r.bind(x.Param, slot)
		slot++
	}
	if x.Formals == nil {
		return slot
	}
	for i := range x.Formals.List {
		r.bind(x.Formals.List[i].Name, slot+i)
	}
	for i := range x.Formals.List {
		if def := x.Formals.List[i].Default; def != nil {
			r.expr(def)
		}
	}
	return slot + len(x.Formals.List)
}

func (r *resolver) withExpr(x *With) {
	r.expr(x.X)
	outer := r.with
	r.depth++
	if outer != 0 {
		x.Outer = r.depth - outer
	}
	r.with = r.depth
	r.expr(x.Body)
	r.with = outer
	r.depth--
}
