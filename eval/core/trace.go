package core

// This file defines what is told of calls, for profiles, counts and traces. It costs
// nothing where no option asks for it: what calls is prepared for execution as other nodes then,
// and what is called gets something around it.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/profile"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// A tracer is told of the calls of a worker.
type tracer struct {
	w      *worker
	stack  *profile.Stack // nil without a profile
	lines  bool           // print them
	frames map[frameKey]int32
	files  map[string]int32
	called []lang.Pos // the calls under way, if they are printed
	held   heap.Value // what heldNode is
}

// A frameKey is what a frame is of, as cheaply as it can be told: number of the code or
// builtin, arguments that it has got before, kind, and place of the call.
type frameKey uint64

// maxGiven is how many arguments that were given before are told apart.
const maxGiven = 31

// makeKey packs what tells frames apart into one word, which is cheap to hash.
func makeKey(kind profile.Kind, num uint32, given int, pos lang.Pos) frameKey {
	return frameKey(num)<<40 | frameKey(min(given, maxGiven))<<35 | frameKey(kind)<<32 | frameKey(pos)
}

func (k frameKey) kind() profile.Kind { return profile.Kind(k >> 32 & 7) }
func (k frameKey) given() int         { return int(k >> 35 & maxGiven) }
func (k frameKey) num() uint32        { return uint32(k >> 40) }
func (k frameKey) pos() lang.Pos      { return lang.Pos(k) }

// traced reports whether an option asks for calls.
func (ev *Evaluator) traced() bool { return ev.opt.Profile != nil || ev.opt.TraceCalls }

// lazily reports whether no argument is to be evaluated before the call, so that
// calls are told of in the order of the reference.
func (ev *Evaluator) lazily() bool {
	return ev.opt.TraceCalls || ev.opt.Debugger != nil || ev.opt.Profile != nil && ev.opt.Profile.EveryCall()
}

// newTracer returns the tracer of a worker, for profiles, for printed calls, or both.
func (ev *Evaluator) newTracer(w *worker) *tracer {
	t := &tracer{w: w, lines: ev.opt.TraceCalls, frames: map[frameKey]int32{}, files: map[string]int32{}}
	if ev.opt.Profile != nil {
		t.stack = ev.opt.Profile.NewStack()
	}
	return t
}

// begin and end are told of evaluations.
func (t *tracer) begin() {
	t.called = t.called[:0]
	if t.stack != nil {
		t.stack.Begin()
	}
}

// end closes the frames of calls that a panic or a limit left open.
func (t *tracer) end() {
	if t.stack != nil {
		t.stack.End(t.costs())
	}
}

// costs returns what the worker has used up to now.
func (t *tracer) costs() profile.Costs {
	w := t.w
	c := profile.Costs{Calls: w.stats.Calls + w.stats.BuiltinCalls}
	c.Objects, c.Bytes = w.Progress()
	return c
}

// enter is told that fn is called at pos; fn is 0 if it is not known yet.
func (t *tracer) enter(fn heap.Value, pos lang.Pos) {
	if pos == latePos {
		pos = 0
	}
	if t.lines {
		t.called = append(t.called, pos)
		t.print("entered", pos)
	}
	if t.stack == nil {
		return
	}
	key := t.key(fn, pos)
	frame, ok := t.frames[key]
	if !ok {
		frame = t.stack.AddFrame(t.frame(key, fn))
		t.frames[key] = frame
	}
	t.stack.Enter(frame, t.costs())
}

// enterBuiltin is enter, for a builtin and what its call is about.
func (t *tracer) enterBuiltin(num uint32, about string, pos lang.Pos) {
	if t.lines {
		t.called = append(t.called, pos)
		t.print("entered", pos)
	}
	if t.stack == nil {
		return
	}
	key := makeKey(profile.Builtin, num, 0, pos)
	frame, ok := t.frames[key]
	if about != "" || !ok {
		f := t.frame(key, 0)
		f.About = about
		frame = t.stack.AddFrame(f)
		if about == "" {
			t.frames[key] = frame
		}
	}
	t.stack.Enter(frame, t.costs())
}

// leave is told that the innermost call has ended.
func (t *tracer) leave() {
	if t.lines {
		last := len(t.called) - 1
		t.print("exited", t.called[last])
		t.called = t.called[:last]
	}
	if t.stack != nil {
		t.stack.Leave(t.costs())
	}
}

// inFile tells the tracer that a file is read and evaluated, until what it returns is
// called.
func (w *worker) inFile(name string) (leave func()) {
	if w.trace == nil || w.trace.stack == nil {
		return func() {}
	}
	t := w.trace
	frame, ok := t.files[name]
	if !ok {
		frame = t.stack.AddFrame(profile.Frame{Kind: profile.File, Name: world.Shown(w.shown(name))})
		t.files[name] = frame
	}
	t.stack.Enter(frame, t.costs())
	return func() { t.stack.Leave(t.costs()) }
}

// print writes a line of --trace-function-calls in the form of the reference: entered or
// exited, place, and time in nanoseconds since 1970.
func (t *tracer) print(what string, pos lang.Pos) {
	at := "«none»:0"
	if pos != 0 {
		at = t.position(pos).String()
	}
	fmt.Fprintf(t.w.ev.opt.Stderr, "function-trace %s %s at %d\n", what, at, time.Now().UnixNano())
}

// key returns what fn is.
func (t *tracer) key(fn heap.Value, pos lang.Pos) frameKey {
	w := t.w
	given := 0
	if fn == 0 {
		return makeKey(profile.Unknown, 0, 0, pos)
	}
	k := w.KindOf(fn)
	if k == heap.Partial {
		target, args := w.Partial(fn)
		fn, given, k = target, len(args), w.KindOf(target)
	}
	switch {
	case k == heap.Lambda:
		n, _ := w.Closure(fn)
		return makeKey(profile.Function, n, given, pos)
	case k == heap.Builtin:
		return makeKey(profile.Builtin, w.Code(fn), 0, pos)
	case k.IsAttrs() && w.Find(fn, w.ev.names.functor) != 0:
		return makeKey(profile.Functor, 0, 0, pos)
	}
	return makeKey(profile.Unknown, 0, 0, pos)
}

// frame returns the call with that key for a profile, which outlives the evaluation: names are
// copied out of the symbol table. fn is looked at for a functor, and must be the set then.
func (t *tracer) frame(key frameKey, fn heap.Value) profile.Frame {
	w := t.w
	f := profile.Frame{Kind: key.kind(), Call: t.position(key.pos())}
	switch key.kind() {
	case profile.Function:
		x := w.function(key.num()).lambdas[key.given()]
		f.Def = t.position(x.At)
		if name := x.BoundName(); name != 0 {
			f.Name = strings.Clone(w.name(name))
		}
	case profile.Builtin:
		f.Name = w.ev.builtins[key.num()].Name
	case profile.Functor:
		f.Def = t.position(w.attrPos(fn, w.ev.names.functor))
	}
	return f
}

// position returns the place of pos; the zero Position for 0. Names of internal texts are as
// messages show them.
func (t *tracer) position(pos lang.Pos) lang.Position {
	if pos == 0 {
		return lang.Position{}
	}
	p := t.w.ev.config.Files.Position(pos)
	p.File = world.Shown(p.File)
	return p
}

// forget forgets what places mean: those of files that are no more may be used
// again.
func (t *tracer) forget() { clear(t.frames) }

// tracedApply is applyNode, and tells the tracer. fn is what to call; that of the
// node in it is a heldNode.
type tracedApply struct {
	fn   node
	node applyNode
}

// eval tells the tracer of the call before the arguments are delayed and after it returned.
func (n *tracedApply) eval(w *worker, env heap.Env) heap.Value {
	fn := n.fn.eval(w, env)
	if fn == 0 {
		return 0
	}
	t := w.trace
	// A call that is too deep is none, as in the reference; nor is here one of a builtin
	// that tells the tracer itself.
	told := w.depth <= w.maxDepth && !w.tellsItself(fn)
	if told {
		t.enter(fn, n.node.pos)
	}
	t.held = fn
	v := n.node.eval(w, env)
	if told {
		t.leave()
	}
	return v
}

// tellsItself reports whether fn is a builtin that says what its calls are about.
func (w *worker) tellsItself(fn heap.Value) bool {
	return w.KindOf(fn) == heap.Builtin && w.ev.builtins[w.Code(fn)].About != nil
}

// heldNode is the function that a tracedApply has evaluated.
type heldNode struct{}

func (heldNode) eval(w *worker, _ heap.Env) heap.Value { return w.trace.held }

// tracedOperator is an operator that is the call of a builtin.
type tracedOperator struct {
	node node
	num  uint32
	pos  lang.Pos
}

// eval tells the tracer of a call of the builtin, unless the call is too deep, as in
// tracedApply.
func (n *tracedOperator) eval(w *worker, env heap.Env) heap.Value {
	if w.depth > w.maxDepth {
		return n.node.eval(w, env)
	}
	w.trace.enterBuiltin(n.num, "", n.pos)
	v := n.node.eval(w, env)
	w.trace.leave()
	return v
}

// countedOperator is an operator that is the call of a builtin, counted.
type countedOperator struct {
	node node
	num  uint32
}

// eval counts the operator as a call of the builtin.
func (n *countedOperator) eval(w *worker, env heap.Env) heap.Value {
	w.tally.builtins[n.num]++
	return n.node.eval(w, env)
}

// countedBody is the body of a function whose calls are counted.
type countedBody struct {
	node    node
	lambdas []*lang.Lambda
}

// eval counts one call of each lambda that shares the environment.
func (n *countedBody) eval(w *worker, env heap.Env) heap.Value {
	w.tally.add(n.lambdas, 1)
	return n.node.eval(w, env)
}

// A tally counts the calls of each function and builtin, in one evaluation.
type tally struct {
	functions map[*lang.Lambda]int64
	builtins  []uint64
}

// add counts calls of lambdas; n is 1, or -1 if they were counted already.
func (t *tally) add(lambdas []*lang.Lambda, n int64) {
	for _, x := range lambdas {
		t.functions[x] += n
	}
}

// operator returns n, an operator that counts as the call of a builtin, as a node that
// reports the call to counters and profiles if there are any.
func (c *compiler) operator(n node, builtin string, pos lang.Pos) node {
	num := c.ev.numbers[builtin]
	if c.ev.opt.CountCalls {
		n = &countedOperator{n, num}
	}
	if c.ev.traced() {
		n = &tracedOperator{n, num, pos}
	}
	return n
}

// apply returns n, or a node that tells observers of the call and does as n does.
func (c *compiler) apply(n *applyNode) node {
	if !c.ev.traced() {
		return n
	}
	t := &tracedApply{fn: n.fn, node: *n}
	t.node.fn = heldNode{}
	return t
}

// watchBuiltins puts what counts and traces calls around copies of the builtins.
func (ev *Evaluator) watchBuiltins() {
	if !ev.lazily() && !ev.traced() && !ev.opt.CountCalls {
		return
	}
	own := make([]*Builtin, len(ev.builtins))
	for i := range own {
		b := *ev.builtins[i]
		own[i] = &b
	}
	ev.builtins = own
	for i, b := range own {
		if b.Impl == nil {
			continue
		}
		if ev.lazily() {
			b.Early = 0
		}
		if about := b.About; about != nil && ev.traced() {
			impl := b.Impl
			b.Impl = func(c *Call) (heap.Value, error) {
				// Before it begins, as in the reference: what that evaluates belongs to
				// the caller.
				name := strings.Clone(about(c))
				c.w.stats.BuiltinCalls-- // it belongs to the call
				c.w.trace.enterBuiltin(uint32(i), name, c.pos)
				c.w.stats.BuiltinCalls++
				v, err := impl(c)
				c.w.trace.leave()
				return v, err
			}
		}
		if ev.opt.CountCalls {
			impl := b.Impl
			b.Impl = func(c *Call) (heap.Value, error) {
				c.w.tally.builtins[i]++
				return impl(c)
			}
		}
	}
}

// account adds what w did since the last time to what all did. g.mu is held.
func (g *gate) account(w *worker) {
	g.counts[w.id] = w.count()
	t := w.tally
	if t == nil {
		return
	}
	if g.functions == nil {
		g.functions, g.builtins = map[FunctionCount]uint64{}, make([]uint64, len(g.ev.builtins))
	}
	for x, n := range t.functions {
		// The position now, since the text of x may be forgotten.
		f := FunctionCount{Pos: g.ev.config.Files.Position(x.At)}
		if name := x.BoundName(); name != 0 {
			f.Name = strings.Clone(w.name(name))
		}
		f.Pos.File = world.Shown(f.Pos.File)
		g.functions[f] += uint64(n)
	}
	clear(t.functions)
	for i, n := range t.builtins {
		g.builtins[i] += n
	}
	clear(t.builtins)
}

// CallCounts returns how often each function and builtin was called, in evaluations
// that have ended. Those that were called most are first.
func (ev *Evaluator) CallCounts() CallCounts {
	g := &ev.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	out := CallCounts{Builtins: map[string]uint64{}}
	for i, n := range g.builtins {
		if n > 0 {
			out.Builtins[ev.builtins[i].Name] = n
		}
	}
	for f, n := range g.functions {
		f.Count = n
		out.Functions = append(out.Functions, f)
	}
	slices.SortFunc(out.Functions, func(a, b FunctionCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return out
}
