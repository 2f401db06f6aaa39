package lang

// This file defines what an evaluator wants to know about a resolved
// expression before it evaluates it.

// NeedsThunk reports whether delaying x takes a thunk. It does not if x is a
// value as it stands, or a variable whose slot can be shared. Making a value
// that is larger than a reference is work, so lists and sets with anything in
// them do need one.
func NeedsThunk(x Expr) bool {
	switch x := x.(type) {
	case *Int, *Float, *String, *Path, *CurPos, *Lambda:
		return false
	case *Var:
		return x.Ref.Kind() == RefWith
	case *List:
		return len(x.Elems) > 0
	case *Attrs:
		return len(x.List)+len(x.Dynamic)+len(x.From) > 0
	}
	return true
}

// Captures lists what evaluating x, or calling it if it is a lambda, may read
// from the scopes around it: each slot once, in the order in which it is met.
// Levels count from the scope in which x stands. Globals are not among them.
// The scope of a merged lambda is the one around it, so that its own parameters
// are among them.
//
// It walks x, so it is for the expressions that turn out to matter, not for
// every one in a tree.
//
// A RefWith stands for the set of the with that its Level leads to, and for
// those of all the withs around that one.
func Captures(x Expr) []Ref {
	c := capturer{seen: map[Ref]bool{}}
	c.expr(x)
	return c.refs
}

type capturer struct {
	depth int // scopes entered since x
	refs  []Ref
	seen  map[Ref]bool
}

func (c *capturer) ref(r Ref) {
	kind := r.Kind()
	level := r.Level() - c.depth
	if level < 0 || (kind != RefLexical && kind != RefWith) {
		return
	}
	outside := makeRef(kind, uint32(level), r.Slot)
	if !c.seen[outside] {
		c.seen[outside] = true
		c.refs = append(c.refs, outside)
	}
}

func (c *capturer) expr(x Expr) {
	switch x := x.(type) {
	case *Var:
		c.ref(x.Ref)
	case *SearchPath:
		c.ref(x.FindFile)
		c.ref(x.NixPath)
	case *Unary:
		c.ref(x.Fn)
		c.expr(x.X)
	case *Binary:
		c.ref(x.Fn)
		c.expr(x.X)
		c.expr(x.Y)
	case *Attrs:
		if x.Rec {
			c.scope(func() { c.children(x) })
		} else {
			c.children(x)
		}
	case *Let:
		c.scope(func() {
			c.children(x.Binds)
			c.expr(x.Body)
		})
	case *Lambda:
		if x.Merged {
			c.children(x)
		} else {
			c.scope(func() { c.children(x) })
		}
	case *With:
		c.expr(x.X)
		c.scope(func() {
			if x.Outer > 0 {
				c.ref(makeRef(RefWith, x.Outer, 0))
			}
			c.expr(x.Body)
		})
	default:
		c.children(x)
	}
}

func (c *capturer) scope(body func()) {
	c.depth++
	body()
	c.depth--
}

func (c *capturer) children(x Expr) { eachChild(x, c.expr) }
