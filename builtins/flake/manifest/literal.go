package manifest

// This file defines which expressions are literals, and of which type.

import (
	"github.com/firn-lang/firn/lang"
)

// A literal is an expression whose value is known, or a thunk.
type literal struct {
	x       lang.Expr   // nil for true, false and null
	parents []lang.Expr // the sets around x, the outermost first
	word    string      // "true", "false" or "null" if x is nil
	thunk   bool        // the value is not known; x is what it would be of
}

// typeName returns the type of l as messages have it.
func (l literal) typeName() string {
	switch {
	case l.thunk:
		return "a thunk"
	case l.word == "null":
		return "null"
	case l.x == nil:
		return "a Boolean"
	}
	switch l.x.(type) {
	case *lang.String:
		return "a string"
	case *lang.Int:
		return "an integer"
	case *lang.Float:
		return "a float"
	case *lang.Path:
		return "a path"
	case *lang.List:
		return "a list"
	case *lang.Attrs:
		return "a set"
	case *lang.Lambda:
		return "a function"
	}
	return "a thunk"
}

// asThunk returns l as it is before it is forced: sets, functions and lists that have elements
// are thunks then.
func (l literal) asThunk() literal {
	switch x := l.x.(type) {
	case *lang.Attrs, *lang.Lambda:
		l.thunk = true
	case *lang.List:
		l.thunk = len(x.Elems) > 0
	}
	return l
}

// attr returns the attribute i of a set, in which parents are the sets around it and itself.
func (r *reader) attr(set *lang.Attrs, i int, parents []lang.Expr) literal {
	a := &set.List[i]
	switch a.Kind {
	case lang.AttrInheritFrom:
		return literal{thunk: true}
	case lang.AttrInherit:
		if set.Rec { // the variable is one of what is around the set
			return r.literal(a.Value, parents[:len(parents)-1], nil, 0)
		}
	}
	return r.literal(a.Value, parents, set, i)
}

// literal returns x as a literal. If x is directly an attribute of a set, set and i say which:
// when a recursive set is made, its attributes become known in their order, so that a variable
// that means a later one is a thunk for ever.
func (r *reader) literal(x lang.Expr, parents []lang.Expr, set *lang.Attrs, i int) literal {
	switch x := x.(type) {
	case *lang.Attrs:
		return literal{x: x, parents: append(parents[:len(parents):len(parents)], x), thunk: len(x.Dynamic) > 0}
	case *lang.String, *lang.Int, *lang.Float, *lang.Path, *lang.List, *lang.Lambda:
		return literal{x: x, parents: parents}
	case *lang.Var:
		if x.Ref.Kind() == lang.RefGlobal {
			switch name := r.name(x.Name); name {
			case "true", "false", "null":
				return literal{word: name}
			}
			break
		}
		b, ok := lang.BindingOf(x, parents)
		if !ok || b.Attr == nil {
			break
		}
		scope, ok := b.Scope.(*lang.Attrs)
		if !ok {
			break
		}
		for depth := len(parents) - 1; depth >= 0; depth-- {
			if parents[depth] != lang.Expr(scope) {
				continue
			}
			for j := range scope.List {
				if scope.List[j].Name == x.Name && (scope != set || j < i) {
					return r.attr(scope, j, parents[:depth+1])
				}
			}
		}
	}
	return literal{thunk: true}
}
