package lang

// This file defines how trees are visited.

import (
	"cmp"
	"slices"
)

// Walk calls visit for x and, if that returns true, for everything in x, in
// the order of the fields in ast.go. It recurses as deeply as the tree nests,
// which Parse bounds.
func Walk(x Expr, visit func(Expr) bool) {
	if x == nil || !visit(x) {
		return
	}
	eachChild(x, func(child Expr) { Walk(child, visit) })
}

// Children returns the expressions directly in x. Those of an attribute path
// or a set are among them; absent ones are not.
func Children(x Expr) []Expr {
	var out []Expr
	eachChild(x, func(child Expr) { out = append(out, child) })
	return out
}

func eachChild(x Expr, visit func(Expr)) {
	all := func(list ...Expr) {
		for _, child := range list {
			if child != nil {
				visit(child)
			}
		}
	}
	path := func(names []AttrName) {
		for i := range names {
			all(names[i].Expr)
		}
	}
	switch x := x.(type) {
	case *Interp:
		all(x.Parts...)
	case *List:
		all(x.Elems...)
	case *Attrs:
		for i := range x.List {
			all(x.List[i].Value)
		}
		for i := range x.Dynamic {
			all(x.Dynamic[i].Name, x.Dynamic[i].Value)
		}
		all(x.From...)
	case *Select:
		all(x.X)
		path(x.Path)
		all(x.Default)
	case *HasAttr:
		all(x.X)
		path(x.Path)
	case *Apply:
		all(x.Fn)
		all(x.Args...)
	case *Lambda:
		if x.Formals != nil {
			for i := range x.Formals.List {
				all(x.Formals.List[i].Default)
			}
		}
		all(x.Body)
	case *Let:
		all(x.Binds, x.Body)
	case *With:
		all(x.X, x.Body)
	case *Assert:
		all(x.Cond, x.Body)
	case *If:
		all(x.Cond, x.Then, x.Else)
	case *Unary:
		all(x.X)
	case *Binary:
		all(x.X, x.Y)
	}
}

// Names returns the symbols in the tree, sorted, each once.
func (t *Tree) Names() []Symbol {
	var out []Symbol
	path := func(names []AttrName) {
		for i := range names {
			out = append(out, names[i].Name)
		}
	}
	Walk(t.Root, func(x Expr) bool {
		switch x := x.(type) {
		case *Var:
			out = append(out, x.Name)
		case *Attrs:
			for i := range x.List {
				out = append(out, x.List[i].Name)
			}
		case *Select:
			path(x.Path)
		case *HasAttr:
			path(x.Path)
		case *Lambda:
			out = append(out, x.Param, x.BoundName())
			if x.Formals != nil {
				for i := range x.Formals.List {
					out = append(out, x.Formals.List[i].Name)
				}
			}
		}
		return true
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// Variables returns the symbols that the tree uses as variables, sorted, each once:
// those that it binds itself, too, and the functions of all operators that have any.
func (t *Tree) Variables() []Symbol {
	out := []Symbol{symFindFile, symNixPath, symSub, symMul, symDiv, symLessThan}
	Walk(t.Root, func(x Expr) bool {
		if x, ok := x.(*Var); ok {
			out = append(out, x.Name)
		}
		return true
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// Bind makes the tree a function of a set with these attributes, which its text
// can use as variables. It is called before Resolve.
func (t *Tree) Bind(names []string) {
	at := t.File.Pos(0)
	formals := &Formals{}
	for _, name := range names {
		formals.List = append(formals.List, Formal{Pos: at, Name: t.symbols.Intern(name)})
	}
	slices.SortFunc(formals.List, func(a, b Formal) int { return cmp.Compare(a.Name, b.Name) })
	formals.List = slices.CompactFunc(formals.List, func(a, b Formal) bool { return a.Name == b.Name })
	t.Root = &Lambda{At: at, End: t.File.Pos(len(t.File.Source)), Formals: formals, Body: t.Root}
}

// Traverse is Walk with what is around: it calls enter for x and, if that returns true, for
// everything in x, then leave. parents are the expressions that the present one is in, the
// outermost, x, first; they are valid until the call returns. leave may be nil; it is called for
// each expression for which enter was, whatever that returned.
func Traverse(x Expr, enter func(x Expr, parents []Expr) bool, leave func(x Expr, parents []Expr)) {
	t := traversal{enter: enter, leave: leave}
	if x != nil {
		t.visit(x)
	}
}

// A traversal is one run of Traverse.
type traversal struct {
	enter   func(x Expr, parents []Expr) bool
	leave   func(x Expr, parents []Expr)
	parents []Expr
}

// visit visits x, and everything in it.
func (t *traversal) visit(x Expr) {
	if t.enter(x, t.parents) {
		t.parents = append(t.parents, x)
		eachChild(x, t.visit)
		t.parents = t.parents[:len(t.parents)-1]
	}
	if t.leave != nil {
		t.leave(x, t.parents)
	}
}
