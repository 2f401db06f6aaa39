package core

// This file defines how an expression is prepared for execution: nodes of the
// tree become nodes with what evaluation needs at hand: constants are values,
// variables places, names of builtins the builtins. What is delayed is prepared
// only when it is forced, and a function when it is called.

import (
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A node is an expression that is prepared for execution.
type node interface {
	// eval evaluates the node to weak head normal form.
	eval(w *worker, env heap.Env) heap.Value
}

// A delayKind says how an expression is delayed.
type delayKind uint8

const (
	delayValue  delayKind = iota // slot is the value
	delayVar                     // the variable's slot is shared
	delayThunk                   // a thunk is made
	delayLambda                  // a closure is made
)

// delayed is an expression that is not evaluated where it stands.
type delayed struct {
	kind  delayKind
	level uint16 // of a variable: how many environments out
	code  uint32 // of a thunk or closure
	slot  uint32 // of a variable; of a value, the value itself
}

// A compiler prepares one body.
type compiler struct {
	w     *worker
	ev    *Evaluator
	unit  *unit // the text of the body
	depth int   // bytes of stack that the nodes around the present one take
	max   int   // the most that depth was
	base  int   // depth at which the present goroutine began

	codes  []uint32    // numbers of code that was made; given back if preparing fails
	values []heap.Lazy // values that nodes refer to
}

// codeBytes is about what a piece of code takes. It counts as memory of the
// evaluation that needs it first.
const codeBytes = 100

// add gives a number to code.
func (c *compiler) add(x lang.Expr) uint32 {
	c.w.Charge(codeBytes)
	t := &c.ev.codes
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.number(c.unit, x)
	c.codes = append(c.codes, n)
	return n
}

// addNode gives a number to code that is no expression.
func (c *compiler) addNode(n node) uint32 {
	num := c.add(nil)
	c.ev.codes.setNode(num, n)
	return num
}

// hold keeps a value alive that a node holds.
func (c *compiler) hold(l heap.Lazy) {
	c.w.Pin(l)
	c.values = append(c.values, l)
}

// done ends the work: ok says that it was not stopped in the middle.
func (c *compiler) done(ok *bool) { c.ev.codes.put(c.unit, c.codes, c.values, *ok) }

// compileBody prepares x, the body of a function, a thunk or a text, with the stack that its
// evaluation takes at most. The numbers that its code was given are put into the unit even if
// compiling is stopped in the middle, so that they can be given up with it.
func (w *worker) compileBody(u *unit, x lang.Expr) *body {
	c := compiler{w: w, ev: w.ev, unit: u}
	ok := false
	defer c.done(&ok)
	n := c.expr(x)
	ok = true
	if w.debug != nil {
		n = &debugBody{node: n, expr: x, unit: u}
	}
	return &body{node: n, cost: frameBase + c.max}
}

func (c *compiler) sym(name string) lang.Symbol { return c.ev.config.Symbols.Intern(name) }

// apart is expr, on another stack: preparing takes about as much as evaluating.
func (c *compiler) apart(x lang.Expr) (n node) {
	base := c.base
	defer func() { c.base = base }()
	c.base = c.depth
	lang.OnNewStack(func() {
		defer keepStack()
		n = c.expr(x)
	})
	return n
}

// expr prepares x, which is evaluated where it stands.
func (c *compiler) expr(x lang.Expr) (n node) {
	cost := stackCost(x)
	if c.ev.opt.Debugger != nil {
		cost += debugCost
	}
	if c.depth+cost-c.base > segment {
		return c.apart(x)
	}
	c.depth += cost
	c.max = max(c.max, c.depth)
	defer func() {
		c.depth -= cost
		if c.ev.opt.Debugger != nil {
			n = c.debugged(n, x)
		}
	}()
	switch x := x.(type) {
	case *lang.Var:
		return c.variable(x)
	case *lang.Int, *lang.Float, *lang.String, *lang.Path:
		return &constNode{c.constant(x)}
	case *lang.Interp:
		return c.interp(x)
	case *lang.SearchPath:
		return c.searchPath(x)
	case *lang.CurPos:
		return &curPosNode{x.At}
	case *lang.List:
		return c.list(x)
	case *lang.Attrs:
		return c.attrs(x)
	case *lang.Select:
		return c.selection(x)
	case *lang.HasAttr:
		return &hasAttrNode{x: c.expr(x.X), path: c.path(x.Path), expr: x}
	case *lang.Apply:
		return c.apply(&applyNode{fn: c.expr(x.Fn), args: c.delayAll(x.Args), pos: x.Call})
	case *lang.Lambda:
		return &lambdaNode{c.add(x)}
	case *lang.Let:
		return c.let(x)
	case *lang.With:
		return &withNode{set: c.delay(x.X), outer: x.Outer, pos: x.At, body: c.expr(x.Body)}
	case *lang.Assert:
		return &assertNode{cond: c.expr(x.Cond), body: c.expr(x.Body), expr: x, unit: c.unit}
	case *lang.If:
		return &ifNode{c.expr(x.Cond), c.expr(x.Then), c.expr(x.Else), x.At}
	case *lang.Unary:
		return c.unary(x)
	case *lang.Binary:
		return c.binary(x)
	}
	return &constNode{heap.NullValue} // unreachable: the set of nodes is closed
}

// stackCost returns how many bytes of stack the evaluation of the node of x takes,
// but for the nodes in it.
func stackCost(x lang.Expr) int {
	switch x := x.(type) {
	case *lang.Interp:
		return 500
	case *lang.If, *lang.Assert:
		return 440
	case *lang.Unary:
		if x.Op == lang.OpNot {
			return 440
		}
	case *lang.Binary:
		switch x.Op {
		case lang.OpConcat, lang.OpUpdate:
			return 420
		case lang.OpAdd:
			return 280
		}
	}
	return 176
}

// constant returns the value of a literal.
func (c *compiler) constant(x lang.Expr) heap.Value {
	w := c.w
	v := heap.NullValue
	switch x := x.(type) {
	case *lang.Int:
		v = w.NewInt(x.Value)
	case *lang.Float:
		v = w.NewFloat(x.Value)
	case *lang.String:
		return c.text(x.Value)
	case *lang.Path:
		v = w.NewPath(lang.ResolvePath(x.Text, c.unit.dir, c.ev.opt.Home))
	}
	c.hold(heap.Lazy(v))
	return v
}

// text returns a string that a node holds.
func (c *compiler) text(text string) heap.Value {
	v := c.w.NewString(text, 0)
	c.hold(heap.Lazy(v))
	return v
}

// delayAll prepares expressions that are not evaluated where they stand.
func (c *compiler) delayAll(list []lang.Expr) []delayed {
	out := make([]delayed, len(list))
	for i, x := range list {
		c.w.work(1)
		out[i] = c.delay(x)
	}
	return out
}

// delay says how x is delayed.
func (c *compiler) delay(x lang.Expr) delayed {
	switch x := x.(type) {
	case *lang.Int, *lang.Float, *lang.String, *lang.Path:
		return delayed{kind: delayValue, slot: uint32(c.constant(x))}
	case *lang.Var:
		switch x.Ref.Kind() {
		case lang.RefGlobal:
			return delayed{kind: delayValue, slot: uint32(c.unit.globals.values[x.Ref.Slot])}
		case lang.RefLexical:
			if level := x.Ref.Level(); level <= 0xffff {
				return delayed{kind: delayVar, level: uint16(level), slot: x.Ref.Slot, code: c.add(x)}
			}
		}
	case *lang.Lambda:
		return delayed{kind: delayLambda, code: c.add(x)}
	case *lang.List:
		if len(x.Elems) == 0 {
			return delayed{kind: delayValue, slot: uint32(heap.EmptyList)}
		}
	}
	return delayed{kind: delayThunk, code: c.add(x)}
}

// delay makes a Lazy of d in env, without evaluating anything.
func (w *worker) delay(d *delayed, env heap.Env) heap.Lazy {
	switch d.kind {
	case delayValue:
		w.stats.Avoided++
		return heap.Lazy(d.slot)
	case delayVar:
		e := env
		for i := d.level; i > 0; i-- {
			e = w.Up(e)
		}
		if l := w.Var(e, d.slot); l != 0 {
			w.stats.Avoided++
			return l
		}
		// A variable of a let or recursive set that is being made.
	case delayLambda:
		return w.NewLambdaThunk(d.code, env)
	}
	w.stats.Thunks++
	return w.NewThunk(d.code, env)
}

// operand prepares an operand of an operator that is a builtin's call. What a
// variable is, is passed; so errors in it have no place here.
func (c *compiler) operand(x lang.Expr) node {
	if v, ok := x.(*lang.Var); ok && v.Ref.Kind() != lang.RefWith {
		return c.variable(&lang.Var{Name: v.Name, Ref: v.Ref})
	}
	return c.expr(x)
}

// evalEarly evaluates d, an argument that the callee looks at before anything
// else can fail: that is as good as a thunk, and cheaper. What a variable is, is
// left alone. known says that forcing l does nothing: only then may the argument
// that the callee looks at next be evaluated as well.
func (w *worker) evalEarly(d *delayed, env heap.Env) (l heap.Lazy, known bool) {
	if d.kind != delayThunk {
		l = w.delay(d, env)
		return l, w.IsValue(l) || d.kind == delayLambda
	}
	b := w.body(d.code)
	if w.stack += b.cost; w.stack > w.stackTop || w.depth > w.maxDepth {
		w.leave(b.cost)
		return w.delay(d, env), false
	}
	w.unwind()
	w.depth++ // as it would be in the call
	v := b.node.eval(w, env)
	w.depth--
	w.leave(b.cost)
	if v == 0 {
		w.early = w.err
		return heap.EarlyFailure, false
	}
	return heap.Lazy(w.Own(v)), true
}

// variable prepares a variable: a constant for a global that is a value already, a node of
// its own for the two innermost levels, which most variables are of, and a walk up the
// environments for the others.
func (c *compiler) variable(x *lang.Var) node {
	switch x.Ref.Kind() {
	case lang.RefGlobal:
		l := c.unit.globals.values[x.Ref.Slot]
		if c.w.IsValue(l) {
			return &constNode{heap.Value(l)}
		}
		return &globalNode{l, x.At}
	case lang.RefWith:
		return &withVarNode{level: x.Ref.Level(), name: x.Name, pos: x.At}
	}
	switch x.Ref.Level() {
	case 0:
		return &var0Node{x.Ref.Slot, x.At}
	case 1:
		return &var1Node{x.Ref.Slot, x.At}
	}
	return &varNode{x.Ref.Level(), x.Ref.Slot, x.At}
}

// reference prepares a variable that has no place of its own in the text.
func (c *compiler) reference(ref lang.Ref, name string, at lang.Pos) node {
	return c.variable(&lang.Var{At: at, Name: c.sym(name), Ref: ref})
}

// native reports whether ref is the builtin of that name itself.
func (c *compiler) native(ref lang.Ref, name string) bool {
	return ref.Kind() == lang.RefGlobal && c.unit.globals.native[ref.Slot] == name
}

// interp prepares a string or path with interpolations. Neighbouring texts are joined. The
// text at the start of a path is resolved here, once, since the folder of the file is known;
// a string that has only texts becomes a constant.
func (c *compiler) interp(x *lang.Interp) node {
	n := &interpNode{isPath: x.IsPath, expr: x}
	var text []string // neighbouring texts, which escapes cut
	flush := func() {
		if text != nil {
			n.parts = append(n.parts, interpPart{text: strings.Join(text, "")})
			text = nil
		}
	}
	for i, part := range x.Parts {
		if first, ok := part.(*lang.Path); ok && x.IsPath && i == 0 {
			n.parts = append(n.parts, interpPart{text: lang.ResolvePath(first.Text, c.unit.dir, c.ev.opt.Home)})
			continue
		}
		switch part := part.(type) {
		case *lang.String:
			text = append(text, part.Value)
		default:
			flush()
			n.parts = append(n.parts, interpPart{node: c.expr(part), expr: part})
		}
	}
	flush()
	if len(n.parts) == 1 && n.parts[0].node == nil && !x.IsPath {
		return &constNode{c.text(n.parts[0].text)}
	}
	return n
}

// searchPath prepares <x>, which the language defines as __findFile __nixPath "x". Unless a
// program binds one of the names itself, no call is made; the frame is that of a call all the
// same.
func (c *compiler) searchPath(x *lang.SearchPath) node {
	if c.native(x.FindFile, "__findFile") && c.native(x.NixPath, "__nixPath") {
		return c.operator(&searchPathNode{x.Text, x.At}, "findFile", x.At)
	}
	return c.apply(&applyNode{
		fn: c.reference(x.FindFile, "__findFile", x.At),
		args: []delayed{
			c.delayRef(x.NixPath, "__nixPath", x.At),
			{kind: delayValue, slot: uint32(c.text(x.Text))},
		},
		pos: x.At,
	})
}

// delayRef is reference for a variable that is an argument, and may stay a thunk.
func (c *compiler) delayRef(ref lang.Ref, name string, at lang.Pos) delayed {
	return c.delay(&lang.Var{At: at, Name: c.sym(name), Ref: ref})
}

// list prepares a list. All empty lists are one value.
func (c *compiler) list(x *lang.List) node {
	if len(x.Elems) == 0 {
		return &constNode{heap.EmptyList}
	}
	return &listNode{c.delayAll(x.Elems)}
}

// binds prepares the attributes of a set or let.
func (c *compiler) binds(x *lang.Attrs) []attrDef {
	out := make([]attrDef, len(x.List))
	for i := range x.List {
		c.w.work(1)
		a := &x.List[i]
		out[i].name = a.Name
		switch {
		case a.Kind == lang.AttrInheritFrom:
			out[i].from = a.From + 1
			out[i].code = c.addNode(&fieldNode{a.Name, a.Pos, x.From[a.From].Span().Start})
		default:
			out[i].value = c.delay(a.Value)
		}
	}
	return out
}

// attrs prepares a set, recursive or not. A recursive set with an attribute __overrides is
// special: the set that the attribute has replaces variables before any of them is looked at,
// so none of them is a constant.
func (c *compiler) attrs(x *lang.Attrs) node {
	if len(x.List)+len(x.Dynamic) == 0 && !x.Rec {
		return &constNode{heap.EmptyAttrs}
	}
	n := attrsNode{code: c.add(x), attrs: c.binds(x), from: c.delayAll(x.From), expr: x}
	for _, d := range x.Dynamic {
		n.dynamic = append(n.dynamic, dynamicDef{name: c.expr(d.Name), value: c.delay(d.Value), pos: d.Pos})
	}
	if !x.Rec {
		return &n
	}
	checkVars(len(x.List) + len(x.From))
	r := &recNode{attrsNode: n, overrides: -1}
	for i := range x.List {
		if x.List[i].Name == c.ev.names.overrides {
			r.overrides = i
		}
	}
	if r.overrides >= 0 {
		// What variables stand for may be replaced: none is looked at now.
		for i := range r.attrs {
			if a := &r.attrs[i]; x.List[i].Kind == lang.AttrPlain && a.value.kind != delayThunk {
				a.value = delayed{kind: delayThunk, code: c.add(x.List[i].Value)}
			}
		}
	}
	return r
}

// checkVars panics if n variables are too many for an environment.
func checkVars(n int) {
	if n > heap.MaxVars {
		panic(heap.ErrFull) // as in codeTable.add
	}
}

// let prepares a let; its environment has the variables, then the sources of inherit (x).
func (c *compiler) let(x *lang.Let) node {
	checkVars(len(x.Binds.List) + len(x.Binds.From))
	return &letNode{attrs: c.binds(x.Binds), from: c.delayAll(x.Binds.From), body: c.expr(x.Body)}
}

// path prepares an attribute path. The name of a step is 0 if it is computed, and its position
// then that of the expression.
func (c *compiler) path(path []lang.AttrName) []pathStep {
	out := make([]pathStep, len(path))
	for i, a := range path {
		out[i] = pathStep{name: a.Name, pos: a.Pos}
		if a.Expr != nil {
			out[i].name, out[i].expr, out[i].pos = 0, c.expr(a.Expr), exprPos(a.Expr)
		}
	}
	return out
}

// selection prepares a select. The common case, one name that is known and no default, has a
// node of its own.
func (c *compiler) selection(x *lang.Select) node {
	n := c.expr(x.X)
	if x.Default == nil && len(x.Path) == 1 && x.Path[0].Expr == nil {
		return &selectNode{x: n, name: x.Path[0].Name, expr: x, unit: c.unit}
	}
	s := &selectPathNode{x: n, path: c.path(x.Path), expr: x, unit: c.unit}
	if x.Default != nil {
		s.def = c.expr(x.Default)
	}
	return s
}

// unary prepares ! and the minus sign. The language defines -x as __sub 0 x, so a program that
// binds __sub itself gets a call of that.
func (c *compiler) unary(x *lang.Unary) node {
	if x.Op == lang.OpNot {
		n := c.expr(x.X)
		if inner, ok := undebugged(n).(*notNode); ok {
			return &notNode{n, inner.pos} // as exprPos, which would go all the way down again
		}
		return &notNode{n, exprPos(x.X)}
	}
	if c.native(x.Fn, "__sub") {
		n := &arithNode{op: lang.OpSub, x: &constNode{c.w.NewInt(0)}, y: c.operand(x.X), pos: x.At}
		return c.operator(n, "sub", x.At)
	}
	zero := delayed{kind: delayValue, slot: uint32(c.w.NewInt(0))}
	return c.apply(&applyNode{fn: c.reference(x.Fn, "__sub", x.At), args: []delayed{zero, c.delay(x.X)}, pos: x.At})
}

var operatorFunctions = map[lang.Op]string{
	lang.OpSub: "__sub", lang.OpMul: "__mul", lang.OpDiv: "__div",
	lang.OpLess: "__lessThan", lang.OpLessEqual: "__lessThan",
	lang.OpGreater: "__lessThan", lang.OpGreaterEqual: "__lessThan",
}

// binary prepares an operator of two operands. The language defines comparison and arithmetic
// as calls of __lessThan, __sub, __mul and __div: a > b as __lessThan b a, and a <= b as not
// (b < a), which fixes the operand that is forced first. Only a program that binds such a name
// itself gets a call; for all others the operator is a node.
func (c *compiler) binary(x *lang.Binary) node {
	switch x.Op {
	case lang.OpAdd:
		return &addNode{c.expr(x.X), c.expr(x.Y), x}
	case lang.OpConcat:
		return &concatNode{c.expr(x.X), c.expr(x.Y), x.OpPos}
	case lang.OpUpdate:
		u := &updateNode{}
		c.updateOperands(u, x)
		return u
	case lang.OpEqual, lang.OpNotEqual:
		return &equalNode{c.expr(x.X), c.expr(x.Y), x.Op == lang.OpNotEqual, x.OpPos}
	case lang.OpAnd, lang.OpOr, lang.OpImplies:
		return &logicNode{x.Op, c.expr(x.X), c.expr(x.Y), x.OpPos}
	}
	a, b := x.X, x.Y
	if x.Op == lang.OpGreater || x.Op == lang.OpLessEqual {
		a, b = b, a
	}
	negate := x.Op == lang.OpLessEqual || x.Op == lang.OpGreaterEqual
	name := operatorFunctions[x.Op]
	var n node
	switch {
	case !c.native(x.Fn, name):
		n = c.apply(&applyNode{fn: c.reference(x.Fn, name, x.OpPos), args: []delayed{c.delay(a), c.delay(b)}, pos: x.OpPos})
		if negate {
			n = &notNode{n, x.OpPos}
		}
	case name == "__lessThan":
		n = c.operator(&lessNode{c.operand(a), c.operand(b), negate, x.OpPos}, "lessThan", x.OpPos)
	default:
		n = c.operator(&arithNode{x.Op, c.operand(a), c.operand(b), x.OpPos}, name[2:], x.OpPos)
	}
	return n
}

// updateOperands appends what is updated, leftmost first: a // b // c and
// (a // b) // c have the same value, which the reference computes from the left.
func (c *compiler) updateOperands(u *updateNode, x *lang.Binary) {
	for i, y := range [2]lang.Expr{x.X, x.Y} {
		if b, ok := y.(*lang.Binary); ok && b.Op == lang.OpUpdate {
			c.updateOperands(u, b)
			continue
		}
		u.operands = append(u.operands, updateOperand{c.expr(y), exprPos(y), y.Span().Start, i == 1})
	}
}

// exprPos returns where errors say that x is; 0 for some, as the reference.
func exprPos(x lang.Expr) lang.Pos {
	switch x := x.(type) {
	case *lang.Int, *lang.Float, *lang.String, *lang.Path, *lang.Let:
		return 0
	case *lang.List:
		if len(x.Elems) == 0 {
			return 0
		}
		return exprPos(x.Elems[0])
	case *lang.Interp:
		if !x.IsPath && !x.Indent {
			return x.At + 1 // the quote does not count
		}
		return x.At
	case *lang.HasAttr:
		return exprPos(x.X)
	case *lang.Apply:
		return x.Call
	case *lang.Select:
		return selectPos(x)
	case *lang.Unary:
		if x.Op == lang.OpNot {
			return exprPos(x.X)
		}
		return x.At
	case *lang.Binary:
		switch x.Op {
		case lang.OpEqual, lang.OpNotEqual:
			return 0
		}
		return x.OpPos
	}
	return x.Span().Start
}
