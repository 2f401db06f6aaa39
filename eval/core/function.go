package core

// This file defines functions: calls, formals, partial application, functors.

import (
	"slices"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A function is what closures of one lambda have in common. Curried lambdas are
// one function of several arguments.
type function struct {
	arity   int            // arguments that a call needs before the body is evaluated
	slots   int            // of its environment: arguments, then formals
	lambdas []*lang.Lambda // one for each argument
	body    *body          // not nil

	// early are the arguments that the body looks at first, in this order,
	// before anything can fail.
	early []uint8

	formals  *formals // pattern of the last argument; or nil
	lastSlot int      // of the last argument, if it has a name; or -1

	name atomic.Pointer[[]any] // the callee, as frames of all failed calls have it; nil until there is one
}

// formals is a pattern, { a, b ? 1, ... }.
type formals struct {
	list     []formal // in the order of the tree
	slot     uint32   // of the first; the others follow
	ellipsis bool
}

// A formal is one name of a pattern.
type formal struct {
	name       lang.Symbol
	hasDefault bool
	def        delayed // the default; no meaning without one
}

// newFunction prepares a lambda for calls. Lambdas that share an environment, as in x: y:
// z, are one function.
func (w *worker) newFunction(u *unit, x *lang.Lambda) *function {
	f := &function{lambdas: []*lang.Lambda{x}}
	for x.Formals == nil {
		inner, ok := x.Body.(*lang.Lambda)
		if !ok || !inner.Merged {
			break
		}
		x = inner
		f.lambdas = append(f.lambdas, x)
	}
	f.arity = len(f.lambdas)
	f.lastSlot, f.slots = int(x.Slot), int(x.Slot)
	if x.Param != 0 {
		f.slots++
	} else {
		f.lastSlot = -1
	}
	if x.Formals != nil {
		c := compiler{w: w, ev: w.ev, unit: u}
		ok := false
		defer c.done(&ok)
		f.formals = &formals{slot: uint32(f.slots), ellipsis: x.Formals.Ellipsis}
		for i := range x.Formals.List {
			a := &x.Formals.List[i]
			p := formal{name: a.Name, hasDefault: a.Default != nil}
			if p.hasDefault {
				p.def = c.delay(a.Default)
			}
			f.formals.list = append(f.formals.list, p)
		}
		f.slots += len(x.Formals.List)
		ok = true
	}
	checkVars(f.slots)
	f.body = w.compileBody(u, x.Body)
	if b, ok := f.body.node.(*debugBody); ok {
		b.function = f.lambdas
	}
	if w.tally != nil {
		f.body.node = &countedBody{f.body.node, f.lambdas}
	}
	if f.formals != nil {
		f.early = []uint8{uint8(f.arity - 1)}
	} else {
		f.early = w.earlyArguments(x.Body, f.arity, u)
	}
	if f.arity > 32 || w.ev.lazily() {
		f.early = nil
	}
	return f
}

// functionName returns the name that frames call x by.
func (w *worker) functionName(x *lang.Lambda) string {
	if name := x.BoundName(); name != 0 {
		return w.name(name)
	}
	return "anonymous lambda"
}

// applyNode applies a function.
type applyNode struct {
	fn   node
	args []delayed
	pos  lang.Pos
}

// eval takes the short way if fn takes as many arguments as there are: a lambda without a
// list of arguments, a builtin with one on the stack. Everything else is for apply.
func (n *applyNode) eval(w *worker, env heap.Env) heap.Value {
	fn := n.fn.eval(w, env)
	if fn == 0 {
		return 0
	}
	switch w.KindOf(fn) {
	case heap.Lambda:
		code, up := w.Closure(fn)
		f := w.function(code)
		if f.arity == len(n.args) {
			return n.callLambda(w, env, f, up)
		}
	case heap.Builtin:
		num := w.Code(fn)
		if b := w.ev.builtins[num]; len(n.args) <= maxArity && len(b.Args) == len(n.args) {
			var args [maxArity]heap.Lazy
			for i := range n.args {
				if i+1 == b.Early {
					args[i], _ = w.evalEarly(&n.args[i], env)
				} else {
					args[i] = w.delay(&n.args[i], env)
				}
			}
			if !w.enterCall(n.pos) {
				return 0
			}
			v := w.callBuiltin(num, args[:len(n.args)], n.pos)
			w.depth--
			return v
		}
	}
	var buf [6]heap.Lazy
	args := buf[:0]
	for i := range n.args {
		args = append(args, w.delay(&n.args[i], env))
	}
	if !w.enterCall(n.pos) {
		return 0
	}
	v := w.apply(fn, args, n.pos)
	w.depth--
	return v
}

// callLambda calls a function with as many arguments as it takes.
func (n *applyNode) callLambda(w *worker, env heap.Env, f *function, up heap.Env) heap.Value {
	e := w.NewCallEnv(up, f.slots)
	last := len(n.args) - 1
	var arg heap.Lazy
	for _, i := range f.early {
		l, known := w.evalEarly(&n.args[i], env)
		if int(i) == last {
			arg = l
		} else {
			w.SetVar(e, uint32(i), l)
		}
		if !known {
			break
		}
	}
	for i := range last {
		if w.Var(e, uint32(i)) == 0 {
			w.SetVar(e, uint32(i), w.delay(&n.args[i], env))
		}
	}
	if arg == 0 {
		arg = w.delay(&n.args[last], env)
	}
	if !w.enterCall(n.pos) {
		return 0
	}
	v := w.enterFunction(f, e, arg, n.pos)
	w.depth--
	return v
}

// enterFunction binds the last argument and evaluates the body of f.
func (w *worker) enterFunction(f *function, e heap.Env, arg heap.Lazy, pos lang.Pos) heap.Value {
	w.stats.Calls += uint64(f.arity)
	if f.formals != nil {
		if !w.bindFormals(f, e, arg, pos) {
			w.stats.Calls-- // which the reference counts from here on only
			return 0
		}
	} else {
		w.SetVar(e, uint32(f.lastSlot), arg)
	}
	var v heap.Value
	if b := f.body; w.stack+b.cost <= w.stackTop {
		v = w.evalBody(b, e)
	} else {
		v = w.deeper(b.cost, func() heap.Value { return w.evalBody(b, e) })
	}
	w.FreeCallEnv(e)
	if v == 0 {
		w.lambdaFrame(f, pos)
	}
	return v
}

// evalBody evaluates the body of a function, for which there is room on the stack.
func (w *worker) evalBody(b *body, e heap.Env) heap.Value {
	w.stack += b.cost
	w.unwind()
	v := b.node.eval(w, e)
	w.leave(b.cost)
	return v
}

// lambdaFrame adds the frame of a call of f at pos to the error under way.
func (w *worker) lambdaFrame(f *function, pos lang.Pos) {
	x := f.lambdas[f.arity-1]
	name := f.name.Load()
	if name == nil {
		name = &[]any{callee{}}
		if sym := x.BoundName(); sym != 0 {
			(*name)[0] = callee{w.name(sym), true}
		}
		f.name.Store(name)
	}
	w.err.detail(StepFunction, x.At, callingFunction, *name...)
	if pos != 0 {
		w.err.detail(StepCallSite, pos, fromCallSite)
	}
}

// bindFormals matches the last argument with the pattern of f.
func (w *worker) bindFormals(f *function, e heap.Env, arg heap.Lazy, pos lang.Pos) bool {
	x := f.lambdas[f.arity-1]
	set := w.force(arg, x.At)
	if set == 0 || !w.KindOf(set).IsAttrs() {
		if set != 0 {
			w.failType(set, 0, "a set")
			w.err.frame(x.At, "while evaluating the value passed for the lambda argument")
		}
		if pos != 0 {
			w.err.step(StepCallSite, pos, fromCallSite)
		}
		return false
	}
	if f.lastSlot >= 0 {
		// The variable is the argument itself, whose identity equality can see.
		w.SetVar(e, uint32(f.lastSlot), heap.Lazy(set))
	}
	p := f.formals
	used := 0
	for i := range p.list {
		a := &p.list[i]
		slot := p.slot + uint32(i)
		if l := w.Get(set, a.name); l != 0 {
			used++
			w.SetVar(e, slot, l)
			continue
		}
		if !a.hasDefault {
			w.fail(CodeMissingArgument, x.At, "function '%s' called without required argument '%s'", w.functionName(x), Name(w.showName(a.name)))
			w.err.step(StepCallSite, pos, fromCallSite) // stays, even without a place
			return false
		}
		w.SetVar(e, slot, w.delay(&a.def, e))
	}
	if !p.ellipsis && used != w.Size(set) {
		return w.unexpectedArgument(f, set, pos)
	}
	return true
}

// unexpectedArgument fails, and returns false, if set has an attribute that the pattern of f does not name. The
// first one in the order of symbols is reported.
func (w *worker) unexpectedArgument(f *function, set heap.Value, pos lang.Pos) bool {
	x := f.lambdas[f.arity-1]
	var names []string
	for _, a := range f.formals.list {
		names = append(names, w.name(a.name))
	}
	for _, e := range w.All(set) {
		name := w.name(e.Name)
		if !slices.Contains(names, name) {
			slices.Sort(names)
			w.fail(CodeUnexpectedArgument, x.At, "function '%s' called with unexpected argument '%s'", w.functionName(x), Name(w.showName(e.Name)))
			w.err.step(StepCallSite, pos, fromCallSite)
			w.err.Suggestions = lang.Near(name, names)
			w.err.Near = lang.Similar(name, names)
			return false
		}
	}
	return true
}

// call applies fn to args, of which there is at least one.
func (w *worker) call(fn heap.Value, args []heap.Lazy, pos lang.Pos) heap.Value {
	if !w.enterCall(pos) {
		return 0
	}
	if w.trace == nil || w.tellsItself(fn) {
		v := w.apply(fn, args, pos)
		w.depth--
		return v
	}
	w.trace.enter(fn, pos)
	v := w.apply(fn, args, pos)
	w.trace.leave()
	w.depth--
	return v
}

// apply applies fn to arguments of any number: it collects partial applications, calls
// functors, and goes on with what a call returned until all arguments are used.
func (w *worker) apply(fn heap.Value, args []heap.Lazy, pos lang.Pos) heap.Value {
	var buf [8]heap.Lazy
	free := buf[:0]
	for len(args) > 0 {
		target := fn
		if w.KindOf(fn) == heap.Partial {
			var before []heap.Lazy
			target, before = w.Partial(fn)
			args = append(append(free, before...), args...)
			free = nil // args may lie there
			if w.KindOf(target) == heap.Lambda {
				w.stats.Calls -= uint64(len(before)) // which were counted
				if w.tally != nil {
					code, _ := w.Closure(target)
					w.tally.add(w.function(code).lambdas[:len(before)], -1)
				}
			}
		}
		switch k := w.KindOf(target); {
		case k == heap.Lambda:
			code, up := w.Closure(target)
			f := w.function(code)
			if len(args) < f.arity {
				w.stats.Calls += uint64(len(args))
				if w.tally != nil {
					w.tally.add(f.lambdas[:len(args)], 1)
				}
				return w.NewPartial(target, args)
			}
			e := w.NewCallEnv(up, f.slots)
			for i := range f.arity - 1 {
				w.SetVar(e, uint32(i), args[i])
			}
			fn = w.enterFunction(f, e, args[f.arity-1], pos)
			args = args[f.arity:]
		case k == heap.Builtin:
			num := w.Code(target)
			arity := len(w.ev.builtins[num].Args)
			if len(args) < arity {
				return w.NewPartial(target, args)
			}
			fn = w.callBuiltin(num, args[:arity], pos)
			args = args[arity:]
		case k.IsAttrs() && w.Find(fn, w.ev.names.functor) != 0:
			fn = w.callFunctor(fn, args[0], pos)
			args = args[1:]
		default:
			w.fail(CodeNotAFunction, pos, "attempt to call something which is not a function but %s: %s",
				w.showType(fn), w.printShort(fn))
			w.err.Unused = len(args)
			return 0
		}
		if fn == 0 {
			return 0
		}
	}
	return fn
}

// callFunctor calls a set that has __functor.
func (w *worker) callFunctor(set heap.Value, arg heap.Lazy, pos lang.Pos) heap.Value {
	if !w.enter(frameGo) {
		return 0
	}
	defer w.leave(frameGo)
	at := w.Find(set, w.ev.names.functor)
	fpos := w.attrPos(set, w.ev.names.functor)
	v := heap.Value(0)
	if w.enterCall(fpos) {
		evaluated := w.IsValue(w.Load(at))
		if v = w.forceSlot(at, fpos); v != 0 {
			args := [2]heap.Lazy{heap.Lazy(set), arg}
			if w.trace != nil {
				callee := v
				if !evaluated && w.ev.lazily() {
					callee = 0 // the reference tells of the call before it evaluates the callee
				}
				w.trace.enter(callee, fpos)
			}
			v = w.apply(v, args[:], fpos)
			if w.trace != nil {
				w.trace.leave()
			}
		}
		w.depth--
	}
	if v == 0 {
		w.err.frame(pos, "while calling a functor (an attribute set with a '__functor' attribute)")
	}
	return v
}

// formals returns the pattern of the function v, and whether v is a function
// with a pattern.
func (w *worker) formals(v heap.Value) (*lang.Formals, bool) {
	given := 0
	if w.KindOf(v) == heap.Partial {
		fn, args := w.Partial(v)
		v, given = fn, len(args)
	}
	if w.KindOf(v) != heap.Lambda {
		return nil, false
	}
	code, _ := w.Closure(v)
	f := w.function(code)
	x := f.lambdas[given]
	return x.Formals, x.Formals != nil
}

// builtin returns the declaration of l if it is a builtin; or nil.
func (w *worker) builtin(l heap.Lazy) *Builtin {
	if w.Kind(l) != heap.Builtin {
		return nil
	}
	return w.ev.builtins[w.Code(heap.Value(l))]
}

// lambdaPos returns where the lambda stands that is left of the closure v after
// args arguments.
func (w *worker) lambdaPos(v heap.Value, args int) lang.Pos {
	n, _ := w.Closure(v)
	return w.function(n).lambdas[args].At
}
