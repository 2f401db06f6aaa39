package core

// This file defines builtins: their declaration, and their call.

import (
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A Builtin is the declaration of a function or constant in builtins. A function has
// Impl, a constant Value or Source.
type Builtin struct {
	Name string
	// Order says where the reference defines the builtin, in steps of ten, so that
	// there is room between two. Names get their symbols in this order, which programs
	// can observe. 0 for a builtin that the reference does not have.
	Order int
	Args  []string // names of the arguments; none for a constant
	// Early is the number, counted from 1, of the argument that the builtin forces
	// before anything else happens, so that the caller need not make a thunk of it;
	// 0 if there is none.
	Early int
	// Doc is the documentation, in the syntax of Go's doc comments. An indented
	// block "expression" followed by "=> value" is an example, and a test.
	Doc          string
	Global       string // name outside builtins; "" for Name behind two underscores
	Impure       bool   // absent in pure evaluation
	Experimental string // feature without which the builtin is absent; "" for none
	Label        bool   // the name is that of the first argument, an external fmt.Stringer
	Hidden       bool   // known to the evaluator, but not in builtins
	NoTrace      bool   // errors pass the builtin without a frame
	// About returns what a call is about, for profiles: the name of a derivation, say;
	// "" if that is unknown. It may force arguments. Nil if nothing can be said; called
	// only while calls are traced.
	About func(c *Call) string
	// Impl returns the result of a call. An error that it returns gets a frame.
	Impl func(c *Call) (heap.Value, error)
	// Value returns the value of a constant. It is called when a program first looks.
	Value func(c *Call) (heap.Value, error)
	// Source is the text of a constant that is written in Nix.
	Source string
	// Cache is what calls leave for later ones, outside of the heap; nil if nothing.
	// Several builtins may have the same one.
	Cache Cache
}

// A Cache is what a builtin remembers between calls. It counts in the statistics of
// the evaluator, and a collection empties it. What an evaluation adds to it, the
// builtin must Charge to that evaluation. Several goroutines may use it at the same time.
type Cache interface {
	Size() uint64 // bytes
	Empty()
}

const maxArity = 8

// A Call is a call of a builtin: its arguments, and the way to the evaluator.
// It is valid until the builtin returns, and for its goroutine only.
type Call struct {
	w    *worker
	b    *Builtin
	args [maxArity]heap.Lazy
	pos  lang.Pos
}

// callStack is the calls of builtins under way. Calls are used again: one for each call
// would be most of Go's garbage.
type callStack struct {
	calls  []*Call // made so far, the outermost first
	ncalls int     // under way: calls[:ncalls]
}

// callBuiltin calls builtin n with as many arguments as it takes. pos is where.
func (w *worker) callBuiltin(n uint32, args []heap.Lazy, pos lang.Pos) heap.Value {
	b := w.ev.builtins[n]
	w.stats.BuiltinCalls++
	if w.ncalls == len(w.calls) {
		w.calls = append(w.calls, &Call{w: w})
	}
	c := w.calls[w.ncalls]
	w.ncalls++
	c.b, c.pos = b, pos
	//lint:ignore S1001 they are fewer than what copy is good for
	for i, l := range args {
		c.args[i] = l
	}
	w.stack += frameBuiltin
	v, err := b.Impl(c)
	w.leave(frameBuiltin)
	w.ncalls--
	if err != nil {
		e := w.asError(err)
		if !b.NoTrace {
			e.step(StepBuiltin, pos, callingBuiltin, Name(b.Name))
		}
		w.err = e
		return 0
	}
	return v
}

// Builtin returns the builtin with that name, whether programs see it or not.
func (c *Call) Builtin(name string) (heap.Value, error) {
	n, ok := c.w.ev.numbers[name]
	if !ok {
		return 0, c.Errorf(CodeInternal, "there is no builtin '%s'", name)
	}
	return c.w.NewBuiltin(n), nil
}

// BuiltinName returns the name of the builtin that v is; "" if it is none, or
// has got arguments.
func (c *Call) BuiltinName(v heap.Value) string {
	if c.w.KindOf(v) != heap.Builtin {
		return ""
	}
	return c.w.ev.builtins[c.w.Code(v)].Name
}

// BuiltinOf returns the declaration of the builtin that v is; nil if it is none,
// or has got arguments. It is not to be modified.
func (c *Call) BuiltinOf(v heap.Value) *Builtin {
	if c.w.KindOf(v) != heap.Builtin {
		return nil
	}
	return c.w.ev.builtins[c.w.Code(v)]
}
