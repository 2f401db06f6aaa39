package core

// This file defines which arguments a function looks at first.

import "github.com/firn-lang/firn/lang"

// earlyArguments returns the parameters that evaluating body forces before it
// does anything that can fail or be observed, in their order. Evaluating such an
// argument before the call changes nothing, and saves its thunk: of the thunks
// of a NixOS machine that is every eleventh.
func (w *worker) earlyArguments(body lang.Expr, arity int, u *unit) []uint8 {
	e := earlyFinder{arity: arity, c: compiler{w: w, ev: w.ev, unit: u}}
	e.expr(body, 0)
	return e.found
}

// An earlyFinder walks a body in the order of evaluation, up to the first step that can fail or
// be observed.
type earlyFinder struct {
	c     compiler
	arity int     // of the function; slots below it are parameters
	found []uint8 // slots of parameters, in the order in which they are forced
	seen  int     // expressions; there is nothing to find beyond maxSeen
}

// maxSeen bounds how deep expr recurses.
const maxSeen = 1000

// expr finds the parameters that evaluating x forces first. depth is how many
// scopes are between x and the function. It reports whether evaluating x does
// nothing else.
func (e *earlyFinder) expr(x lang.Expr, depth int) (nothingElse bool) {
	if e.seen++; e.seen > maxSeen {
		return false
	}
	switch x := x.(type) {
	case *lang.Int, *lang.Float, *lang.String, *lang.Path, *lang.Lambda, *lang.List:
		return true
	case *lang.Var:
		return e.variable(x, depth)
	case *lang.Select:
		e.expr(x.X, depth)
	case *lang.HasAttr:
		e.expr(x.X, depth)
	case *lang.If:
		e.expr(x.Cond, depth)
	case *lang.Assert:
		e.expr(x.Cond, depth)
	case *lang.Let:
		e.expr(x.Body, depth+1)
	case *lang.With:
		e.expr(x.Body, depth+1)
	case *lang.Interp:
		for _, part := range x.Parts {
			// Evaluation may end before the parts after the first one that is no text.
			if _, ok := part.(*lang.String); !ok {
				e.expr(part, depth)
				break
			}
		}
	case *lang.Unary:
		if x.Op == lang.OpNot || e.c.native(x.Fn, "__sub") {
			e.expr(x.X, depth)
		}
	case *lang.Binary:
		e.binary(x, depth)
	case *lang.Apply:
		e.apply(x, depth)
	}
	return false
}

// variable records a parameter of the function, depth levels up, as forced. As expr does, it
// reports whether evaluating x does nothing else: that is so for a parameter, and for a global
// that is a value.
func (e *earlyFinder) variable(x *lang.Var, depth int) bool {
	switch x.Ref.Kind() {
	case lang.RefGlobal:
		return e.c.w.IsValue(e.c.unit.globals.values[x.Ref.Slot])
	case lang.RefLexical:
		if x.Ref.Level() == depth && int(x.Ref.Slot) < e.arity {
			for _, i := range e.found {
				if uint32(i) == x.Ref.Slot {
					return true
				}
			}
			e.found = append(e.found, uint8(x.Ref.Slot))
			return true
		}
	}
	return false
}

// binary records the operands that an operator forces, in its order: the second one only if
// the first was a variable. Of &&, ||, -> and + no more than the first is recorded.
func (e *earlyFinder) binary(x *lang.Binary, depth int) {
	a, b := x.X, x.Y
	both := false
	switch x.Op {
	case lang.OpUpdate:
		// The rightmost operand is first.
		e.expr(b, depth)
		return
	case lang.OpEqual, lang.OpNotEqual, lang.OpConcat:
		both = true
	case lang.OpSub, lang.OpMul, lang.OpDiv, lang.OpLess, lang.OpLessEqual, lang.OpGreater, lang.OpGreaterEqual:
		if !e.c.native(x.Fn, operatorFunctions[x.Op]) {
			return
		}
		if x.Op == lang.OpGreater || x.Op == lang.OpLessEqual {
			a, b = b, a
		}
		both = true
	}
	if e.expr(a, depth) && both {
		e.expr(b, depth)
	}
}

// apply looks at the function, and at the argument of a builtin that is forced
// first.
func (e *earlyFinder) apply(x *lang.Apply, depth int) {
	if !e.expr(x.Fn, depth) {
		return
	}
	v, ok := x.Fn.(*lang.Var)
	if !ok || v.Ref.Kind() != lang.RefGlobal {
		return
	}
	w := e.c.w
	l := e.c.unit.globals.values[v.Ref.Slot]
	if b := w.builtin(l); b != nil && b.Early > 0 && len(b.Args) == len(x.Args) {
		e.expr(x.Args[b.Early-1], depth)
	}
}
