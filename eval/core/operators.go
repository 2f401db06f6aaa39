package core

// This file defines the operators.

import (
	"math"
	"math/bits"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// notNode is !x.
type notNode struct {
	x   node
	pos lang.Pos
}

// eval returns the negation; what is no Boolean is an error.
func (n *notNode) eval(w *worker, env heap.Env) heap.Value {
	switch w.evalBool(n.x, env, n.pos, "in the argument of the not operator") {
	case boolTrue:
		return heap.False
	case boolFalse:
		return heap.True
	}
	return 0
}

// logicNode is && || or ->.
type logicNode struct {
	op   lang.Op
	x, y node
	pos  lang.Pos
}

var logicWords = map[lang.Op][2]string{
	lang.OpAnd:     {"in the left operand of the AND (&&) operator", "in the right operand of the AND (&&) operator"},
	lang.OpOr:      {"in the left operand of the OR (||) operator", "in the right operand of the OR (||) operator"},
	lang.OpImplies: {"in the left operand of the IMPL (->) operator", "in the right operand of the IMPL (->) operator"},
}

// eval forces the right operand only if the left one does not decide. Most operands are
// Booleans, so the words of an error are looked for only where one is not.
func (n *logicNode) eval(w *worker, env heap.Env) heap.Value {
	x := n.x.eval(w, env)
	if x != heap.True && x != heap.False {
		// Not a Boolean as it mostly is one; this finds out.
		switch w.evalBool(&constNode{x}, env, n.pos, logicWords[n.op][0]) {
		case boolFailed:
			return 0
		case boolTrue:
			x = heap.True
		default:
			x = heap.False
		}
	}
	switch {
	case n.op == lang.OpAnd && x == heap.False:
		return heap.False
	case n.op == lang.OpOr && x == heap.True, n.op == lang.OpImplies && x == heap.False:
		return heap.True
	}
	y := n.y.eval(w, env)
	if y == heap.True || y == heap.False {
		return y
	}
	switch w.evalBool(&constNode{y}, env, n.pos, logicWords[n.op][1]) {
	case boolTrue:
		return heap.True
	case boolFalse:
		return heap.False
	}
	return 0
}

// equalNode is == or, negated, !=.
type equalNode struct {
	x, y   node
	negate bool
	pos    lang.Pos // for limits only: other errors have none, as in the reference
}

// eval forces the left operand first, then compares deeply.
func (n *equalNode) eval(w *worker, env heap.Env) heap.Value {
	x := n.x.eval(w, env)
	if x == 0 {
		return 0
	}
	y := n.y.eval(w, env)
	if y == 0 {
		return 0
	}
	eq, ok := w.equalValues(x, y, 0)
	if !ok {
		if e := w.err; e.Kind == ErrLimit && e.Pos == 0 {
			e.Pos = n.pos
		}
		return 0
	}
	return heap.NewBool(eq != n.negate)
}

// explain fails with what makes the operands differ, if that can be said.
func (n *equalNode) explain(w *worker, env heap.Env) bool {
	x := n.x.eval(w, env)
	if x == 0 {
		return false
	}
	y := n.y.eval(w, env)
	return y != 0 && w.assertEqual(x, y, true)
}

// lessNode is < or, negated, >=.
type lessNode struct {
	x, y   node
	negate bool
	pos    lang.Pos
}

// eval counts as a call of lessThan, which the operators < > <= >= are in the reference: so
// it does in call depth, in statistics and in frames.
func (n *lessNode) eval(w *worker, env heap.Env) heap.Value {
	if w.depth > w.maxDepth {
		w.tooDeep(n.pos)
	} else {
		w.stats.BuiltinCalls++
		w.depth++
		x := n.x.eval(w, env)
		if x != 0 {
			if y := n.y.eval(w, env); y != 0 {
				if less, ok := w.less(x, y, 0, ""); ok {
					w.depth--
					return heap.NewBool(less != n.negate)
				}
			}
		}
		w.depth--
		w.err.step(StepBuiltin, n.pos, callingBuiltin, Name("lessThan"))
	}
	if n.negate {
		w.err.frame(n.pos, "in the argument of the not operator")
	}
	return 0
}

// less reports whether x < y. words is the frame of an error in a list.
func (w *worker) less(x, y heap.Value, pos lang.Pos, words string) (less, ok bool) {
	kx, ky := w.KindOf(x), w.KindOf(y)
	switch {
	case kx.IsInt() && ky.IsInt():
		return w.Int(x) < w.Int(y), true
	case isNumber(kx) && isNumber(ky):
		return w.number(x) < w.number(y), true
	case kx == heap.String && ky == heap.String, kx == heap.Path && ky == heap.Path:
		a, b := w.Text(x), w.Text(y)
		if kx == heap.Path {
			var ok bool
			if a, b, ok = w.bothSettled(a, b); !ok {
				return false, false
			}
		}
		if n := min(len(a), len(b)); n > largeText && !w.tick(n>>13) {
			return false, false
		}
		return a < b, true
	case kx == heap.List && ky == heap.List:
		less, ok := w.lessList(x, y, pos)
		if !ok && words != "" {
			w.err.frame(0, "%s", words)
		}
		return less, ok
	}
	if kx == ky || kx.IsAttrs() && ky.IsAttrs() || kx.IsFunction() && ky.IsFunction() {
		w.fail(CodeCannotCompare, pos, "cannot compare %s with %s; values of that type are incomparable (values are %s and %s)",
			w.showType(x), w.showType(y), w.printShort(x), w.printShort(y))
	} else {
		w.fail(CodeCannotCompare, pos, "cannot compare %s with %s; values are %s and %s",
			w.showType(x), w.showType(y), w.printShort(x), w.printShort(y))
	}
	if words != "" {
		w.err.frame(0, "%s", words)
	}
	return false, false
}

// lessList compares lists as texts are compared: the first elements that are not equal decide,
// and a list that ends before is less. So elements are forced and compared with == first, and
// only one pair with <, which may be an error where == is none.
func (w *worker) lessList(x, y heap.Value, pos lang.Pos) (less, ok bool) {
	if !w.enter(frameGo) {
		return false, false
	}
	defer w.leave(frameGo)
	for i := 0; ; i++ {
		if i == w.Len(y) {
			return false, true
		}
		if i == w.Len(x) {
			return true, true
		}
		if !w.tick(1) {
			return false, false
		}
		ex, ey := w.ElemSlot(x, i), w.ElemSlot(y, i)
		eq, ok := w.equal(w.Load(ex), w.Load(ey), pos)
		if !ok {
			return false, false
		}
		if !eq {
			a, b := w.forceSlot(ex, pos), w.forceSlot(ey, pos)
			if a == 0 || b == 0 {
				return false, false
			}
			return w.less(a, b, pos, "while comparing two list elements")
		}
	}
}

// number returns the number that v is as a float.
func (w *worker) number(v heap.Value) float64 {
	if w.KindOf(v).IsInt() {
		return float64(w.Int(v))
	}
	return w.Float(v)
}

// arithNode is - * or /.
type arithNode struct {
	op   lang.Op
	x, y node
	pos  lang.Pos
}

// arithmetic is what the reference calls an operation.
type arithmetic struct{ builtin, words, adding, sign string }

var arithmetics = map[lang.Op]arithmetic{
	lang.OpAdd: {"add", "addition", "adding", "+"},
	lang.OpSub: {"sub", "subtraction", "subtracting", "-"},
	lang.OpMul: {"mul", "multiplication", "multiplying", "*"},
	lang.OpDiv: {"div", "division", "dividing", "/"},
}

// eval counts as a call of the builtin that the operator is in the reference. Only the
// depth is counted, not the stack: the operands are nodes, whose stack counts with
// the body.
func (n *arithNode) eval(w *worker, env heap.Env) heap.Value {
	if w.depth > w.maxDepth { // it is a call
		w.tooDeep(n.pos)
		return 0
	}
	w.stats.BuiltinCalls++
	w.depth++
	x := n.x.eval(w, env)
	if x != 0 {
		if y := n.y.eval(w, env); y != 0 {
			if v := w.arith(n.op, x, y); v != 0 {
				w.depth--
				return v
			}
		}
	}
	w.depth--
	w.err.step(StepBuiltin, n.pos, callingBuiltin, Name(arithmetics[n.op].builtin))
	return 0
}

// Arith returns the sum, difference, product or quotient of two numbers, as
// the builtins add, sub, mul and div compute it.
func (c *Call) Arith(op lang.Op, x, y heap.Value) (heap.Value, error) {
	return c.w.result(c.w.arith(op, x, y))
}

// arith computes with two numbers, as floats if one of them is. Which operand an error
// blames, and in which words, differs between the operators as in the reference.
func (w *worker) arith(op lang.Op, x, y heap.Value) heap.Value {
	kx, ky := w.KindOf(x), w.KindOf(y)
	if kx.IsInt() && ky.IsInt() {
		a, b := w.Int(x), w.Int(y)
		r, ok := intArith(op, a, b)
		if ok {
			return w.NewInt(r)
		}
		if op == lang.OpDiv && b == 0 {
			return w.fail(CodeDivisionByZero, 0, "division by zero")
		}
		name := arithmetics[op]
		return w.fail(CodeIntegerOverflow, 0, "integer overflow in %s %d %s %d", name.adding, a, name.sign, b)
	}
	if isNumber(kx) && isNumber(ky) {
		a, b := w.number(x), w.number(y)
		switch op {
		case lang.OpAdd:
			return w.NewFloat(a + b)
		case lang.OpSub:
			return w.NewFloat(a - b)
		case lang.OpMul:
			return w.NewFloat(a * b)
		}
		if b == 0 {
			return w.fail(CodeDivisionByZero, 0, "division by zero")
		}
		return w.NewFloat(a / b)
	}
	// The words depend on whether one of them is a float.
	want := "an integer"
	if kx == heap.Float || ky == heap.Float {
		want = "a float"
	}
	bad, which := x, "first"
	if isNumber(kx) {
		bad, which = y, "second"
	}
	operand := "argument"
	if op == lang.OpDiv { // looks at the second one first
		operand = "operand"
		switch {
		case !isNumber(ky):
			bad, which, want = y, "second", "a float"
		case w.number(y) == 0:
			return w.fail(CodeDivisionByZero, 0, "division by zero")
		}
	}
	w.fail(CodeWrongType, 0, "expected %s but found %s: %s", Wanted(want), w.showType(bad), w.printShort(bad))
	if op == lang.OpMul && want == "a float" && bad == x {
		operand = "" // Quirk
	} else {
		operand += " "
	}
	w.err.frame(0, "while evaluating the %s %sof the %s", Plain(which), Plain(operand), Plain(arithmetics[op].words))
	return 0
}

// intArith computes with integers; ok is false if the result is none.
func intArith(op lang.Op, a, b int64) (r int64, ok bool) {
	switch op {
	case lang.OpAdd:
		r = a + b
		return r, (a^r)&(b^r) >= 0
	case lang.OpSub:
		r = a - b
		return r, (a^b)&(a^r) >= 0
	case lang.OpMul:
		hi, lo := bits.Mul64(uint64(a), uint64(b))
		if a < 0 {
			hi -= uint64(b)
		}
		if b < 0 {
			hi -= uint64(a)
		}
		return int64(lo), hi == uint64(int64(lo)>>63)
	case lang.OpDiv:
		if b == 0 || a == math.MinInt64 && b == -1 {
			return 0, false
		}
		return a / b, true
	}
	return 0, false
}

// addNode is +: of numbers, of strings, or of a path and something.
type addNode struct {
	x, y node
	expr *lang.Binary
}

// eval chooses by the left operand: numbers add, a path stays a path, everything else is
// coerced to a string. The left operand is coerced before the right one is evaluated.
//
// Quirk: a string with a path on the right copies the path to the store; a path with a
// path on the right does not.
func (n *addNode) eval(w *worker, env heap.Env) heap.Value {
	x := n.x.eval(w, env)
	if x == 0 {
		return 0
	}
	kx := w.KindOf(x)
	if isNumber(kx) {
		y := n.y.eval(w, env)
		if y == 0 {
			return 0
		}
		return w.addNumbers(x, y, n.expr)
	}
	flags := Coercion(0)
	if kx == heap.String {
		flags = CopyToStore
	}
	var text string
	var ctx Context
	switch kx {
	case heap.String:
		text, ctx = w.Text(x), Context(w.Context(x))
	case heap.Path:
		text = rootPath(w.Text(x))
	default:
		var ok bool
		text, ctx, ok = w.coerceToString(heap.Lazy(x), n.expr.At, flags, pathSegment)
		if !ok {
			return 0
		}
	}
	y := n.y.eval(w, env)
	if y == 0 {
		return 0
	}
	var more string
	var ctx2 Context
	if w.KindOf(y) == heap.String {
		more, ctx2 = w.Text(y), Context(w.Context(y))
	} else {
		var ok bool
		more, ctx2, ok = w.coerceToString(heap.Lazy(y), latePos, flags|Canonicalize, pathSegment)
		if !ok {
			w.err.settle(w.rightPos(n.expr))
			return 0
		}
	}
	ctx = w.ev.contexts.union(&w.Space, ctx, ctx2)
	if kx == heap.Path {
		if ctx != 0 {
			return w.fail(CodeStringContext, n.expr.OpPos, "a string that refers to a store path cannot be appended to a path")
		}
		if !strings.HasPrefix(more, "/") { // the name of a tree goes on
			var ok bool
			if text, ok = w.settled(text); !ok {
				return 0
			}
		}
		return w.newPath(text + more)
	}
	texts := [2]string{text, more}
	return w.joinStrings(texts[:], len(text)+len(more), ctx)
}

// rightPos returns where the right operand of x starts.
func (w *worker) rightPos(x *lang.Binary) lang.Pos {
	if f := w.ev.config.Files.File(x.OpPos); f != nil {
		return x.RightPos(f)
	}
	return 0
}

// addNumbers returns x + y, of which x is a number. Unlike the builtin add, the operator
// names the types that cannot be added.
func (w *worker) addNumbers(x, y heap.Value, at *lang.Binary) heap.Value {
	kx, ky := w.KindOf(x), w.KindOf(y)
	switch {
	case kx.IsInt() && ky.IsInt():
		a, b := w.Int(x), w.Int(y)
		r, ok := intArith(lang.OpAdd, a, b)
		if !ok {
			return w.fail(CodeIntegerOverflow, w.rightPos(at), "integer overflow in adding %d + %d", a, b)
		}
		return w.NewInt(r)
	case isNumber(ky):
		return w.NewFloat(w.number(x) + w.number(y))
	case kx.IsInt():
		w.fail(CodeWrongType, w.rightPos(at), "cannot add %s to %s", w.showType(y), Wanted("an integer"))
	default:
		w.fail(CodeWrongType, w.rightPos(at), "cannot add %s to %s", w.showType(y), Wanted("a float"))
	}
	w.err.found = []string{string(w.printShort(y))}
	return 0
}

// concatNode is ++.
type concatNode struct {
	x, y node
	pos  lang.Pos
}

// eval returns one of the lists itself if the other one is empty.
func (n *concatNode) eval(w *worker, env heap.Env) heap.Value {
	x := n.x.eval(w, env)
	if x == 0 {
		return 0
	}
	y := n.y.eval(w, env)
	if y == 0 {
		return 0
	}
	for _, v := range [2]heap.Value{x, y} {
		if w.KindOf(v) != heap.List {
			w.failType(v, 0, "a list")
			w.err.frame(n.pos, "while evaluating one of the elements to concatenate")
			return 0
		}
	}
	w.stats.Concats++
	a, b := w.Len(x), w.Len(y)
	switch {
	case b == 0:
		return x
	case a == 0:
		return y
	case !w.tick(1), a+b > 1<<14 && !w.checkSize(uint64(a+b)/2):
		return 0
	}
	v := w.NewList(a + b)
	w.copyElems(w.copyElems(w.Elems(v), w.Elems(x)), w.Elems(y))
	return v
}

// updateNode is a chain of //, leftmost operand first.
type updateNode struct{ operands []updateOperand }

// An updateOperand is one operand of a chain of //.
type updateOperand struct {
	node  node
	pos   lang.Pos // where errors are, for the reference
	at    lang.Pos // where it is
	right bool     // of its operator
}

// eval evaluates all operands before it joins any, so that a chain makes no more sets than
// it has operators. The rightmost operand wins.
func (n *updateNode) eval(w *worker, env heap.Env) heap.Value {
	var buf [6]heap.Value
	var sets []heap.Value
	if len(n.operands) <= len(buf) {
		sets = buf[:len(n.operands)]
	} else {
		sets = make([]heap.Value, len(n.operands))
	}
	// The rightmost one is evaluated first, as in the reference.
	for i := len(n.operands) - 1; i >= 0; i-- {
		o := &n.operands[i]
		v := o.node.eval(w, env)
		if v == 0 || !w.KindOf(v).IsAttrs() {
			if v != 0 {
				w.failType(v, 0, "a set")
				w.err.At = o.at
			}
			words := "in the left operand of the update (//) operator"
			if o.right {
				words = "in the right operand of the update (//) operator"
			}
			w.err.frame(o.pos, "%s", words)
			return 0
		}
		sets[i] = v
	}
	w.stats.Updates += uint64(len(sets))
	v := sets[0]
	for _, r := range sets[1:] {
		if v = w.update(v, r); v == 0 {
			return 0
		}
	}
	return v
}

// update returns a // b. For a small b, the heap makes a layer on top of a instead of a
// copy of all attributes.
func (w *worker) update(a, b heap.Value) heap.Value {
	if n := uint64(w.Size(a)) + uint64(w.Size(b)); !w.tick(1) || n > 1<<14 && !w.checkSize(n) {
		return 0
	}
	v, copied := w.Update(a, b)
	w.stats.Copied += uint64(copied)
	return v
}
