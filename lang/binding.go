package lang

// This file defines the way from a variable to where it is bound.

// A Binding is where a variable gets its value.
type Binding struct {
	// Scope is the *Lambda, *Let or recursive *Attrs that binds it, or the *With whose set may
	// have it: there may be other ones further out.
	Scope Expr
	Name  Symbol
	// Pos is where the name stands: that of an attribute, which may begin an attribute path, of
	// a formal, or of the parameter of a Lambda without a pattern; otherwise that of Scope.
	Pos Pos
	// Value is what the name is bound to: the value of an attribute or the default of a formal;
	// of a With its set. It is nil for other parameters, and for inherit (Z) x, which Attr says.
	Value Expr
	Attr  *Attr // of a Let or an Attrs; nil for others. It must not be modified
}

// BindingOf returns where v is bound, which Resolve has found. parents are the expressions around
// v, the outermost first, as Traverse has them. It returns false for a global variable, and for one
// that was not resolved, or whose scope is not among parents.
func BindingOf(v *Var, parents []Expr) (Binding, bool) {
	kind := v.Ref.Kind()
	if kind != RefLexical && kind != RefWith {
		return Binding{}, false
	}
	level := v.Ref.Level()
	var child Expr = v
	for i := len(parents) - 1; i >= 0; i-- {
		x := parents[i]
		if opensScope(x, child, parents[:i]) {
			if level == 0 {
				return bindingIn(x, v)
			}
			level--
		}
		child = x
	}
	return Binding{}, false
}

// opensScope reports whether x, which is in parents, makes the scope that child is in, one of its
// children. The bindings of a Let are an Attrs, but the scope is that of the Let.
func opensScope(x, child Expr, parents []Expr) bool {
	switch x := x.(type) {
	case *Lambda:
		return !x.Merged
	case *Let:
		return true
	case *With:
		return child == x.Body
	case *Attrs:
		if n := len(parents); n > 0 {
			if let, ok := parents[n-1].(*Let); ok && let.Binds == x {
				return false
			}
		}
		return x.Rec
	}
	return false
}

// bindingIn returns where v is bound in the scope that x makes.
func bindingIn(x Expr, v *Var) (Binding, bool) {
	slot := int(v.Ref.Slot)
	switch x := x.(type) {
	case *With:
		return Binding{Scope: x, Name: v.Name, Pos: x.At, Value: x.X}, true
	case *Let:
		return attrBinding(x, x.Binds, slot)
	case *Attrs:
		return attrBinding(x, x, slot)
	case *Lambda:
		return paramBinding(x, slot)
	}
	return Binding{}, false
}

// attrBinding returns the attribute of list that has a slot.
func attrBinding(scope Expr, list *Attrs, slot int) (Binding, bool) {
	if slot >= len(list.List) {
		return Binding{}, false
	}
	a := &list.List[slot]
	return Binding{Scope: scope, Name: a.Name, Pos: a.Pos, Value: a.Value, Attr: a}, true
}

// paramBinding returns the parameter that has a slot: of x, or of one of the lambdas that are
// merged with it.
func paramBinding(x *Lambda, slot int) (Binding, bool) {
	for {
		first := int(x.Slot)
		if x.Param != 0 {
			if slot == first {
				return Binding{Scope: x, Name: x.Param, Pos: x.At}, true
			}
			first++
		}
		if x.Formals != nil && slot >= first && slot-first < len(x.Formals.List) {
			f := &x.Formals.List[slot-first]
			return Binding{Scope: x, Name: f.Name, Pos: f.Pos, Value: f.Default}, true
		}
		inner, ok := x.Body.(*Lambda)
		if !ok || !inner.Merged {
			return Binding{}, false
		}
		x = inner
	}
}
