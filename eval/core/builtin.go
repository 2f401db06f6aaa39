package core

// This file defines what a builtin is, and what it can ask of the evaluator.

import (
	"context"
	"errors"
	"io/fs"
	"strings"

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

// callBuiltin calls builtin n with as many arguments as it takes. pos is where.
func (w *worker) callBuiltin(n uint32, args []heap.Lazy, pos lang.Pos) heap.Value {
	b := &w.ev.builtins[n]
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
			e.frame(pos, "while calling the '%s' builtin", b.Name)
		}
		w.err = e
		return 0
	}
	return v
}

// asError returns err as an error of evaluation.
func (w *worker) asError(err error) *Error {
	e, ok := err.(*Error)
	switch {
	case !ok && w.ctx.Err() != nil:
		// Somebody noticed before we did, whatever they call it.
		if !w.check(0) {
			return w.err
		}
		e := interrupted(err)
		e.files = w.ev.config.Files
		return e
	case !ok:
		return w.wrap(w.codeOf(err), err, err.Error())
	case e.run == w.serial:
		// It left this evaluation and comes back: its positions are still good.
		back := *e
		back.run, back.files = 0, w.ev.config.Files
		return &back
	case e.run != 0:
		// Of another evaluation, and nobody knows what its positions mean here.
		return &Error{Code: e.Code, Kind: e.Kind, Msg: e.Error(), Limit: e.Limit, Cause: err, files: w.ev.config.Files}
	}
	return e
}

// codeOf returns the code of an error of a layer that knows no evaluator.
func (w *worker) codeOf(err error) Code {
	var coded interface{ ErrorCode() string }
	var forbidden *ForbiddenError
	var path *fs.PathError
	switch {
	case errors.As(err, &coded):
		return Code(coded.ErrorCode())
	case errors.As(err, &forbidden):
		return w.forbidden()
	case errors.Is(err, fs.ErrNotExist):
		return CodeMissingFile
	case errors.As(err, &path):
		return CodeFile
	}
	return CodeHost
}

// take returns the error under way, which is no more.
func (w *worker) take() error {
	err := w.err
	w.err = nil
	if err == nil {
		return w.errorf(CodeInternal, 0, "internal error: failure without an error")
	}
	return err
}

// result returns v, or the error under way if it is a failure.
func (w *worker) result(v heap.Value) (heap.Value, error) {
	if v == 0 {
		return 0, w.take()
	}
	return v, nil
}

// Heap returns where values are made and read.
func (c *Call) Heap() *heap.Space { return &c.w.Space }

// Evaluator returns whose call it is.
func (c *Call) Evaluator() *Evaluator { return c.w.ev }

// Host returns the world.
func (c *Call) Host() World { return c.w.world() }

// Ctx returns the context of the evaluation.
func (c *Call) Ctx() context.Context { return c.w.ctx }

// Pos returns where the call stands; 0 if that is not known.
func (c *Call) Pos() lang.Pos { return c.pos }

// Force evaluates l to weak head normal form.
func (c *Call) Force(l heap.Lazy) (heap.Value, error) {
	if c.w.IsValue(l) {
		return heap.Value(l), nil
	}
	return c.w.result(c.w.forceThunk(l, 0))
}

// ForceSlot evaluates what is at a place, and leaves the value there.
func (c *Call) ForceSlot(at heap.Slot) (heap.Value, error) {
	return c.w.result(c.w.forceSlot(at, 0))
}

// Frame adds a step to err, which may be any error, and returns it.
func (c *Call) Frame(err error, format string, args ...any) error {
	return c.FrameAt(err, 0, format, args...)
}

// FrameAt is like Frame; the step is at pos.
func (c *Call) FrameAt(err error, pos lang.Pos, format string, args ...any) error {
	e := c.w.asError(err)
	if format != "" {
		for i, arg := range args {
			if text, ok := arg.(string); ok {
				args[i] = strings.Clone(text) // which may be the heap's; errors outlive it
			}
		}
		e.frame(pos, format, args...)
	}
	return e
}

// Errorf returns an error with that code, without a position.
func (c *Call) Errorf(code Code, format string, args ...any) error {
	return c.w.errorf(code, 0, format, args...)
}

// Coded returns err, which may be nil, as an error of evaluation: with that code,
// unless err is one of evaluation already. It is for errors of formats and other layers
// that know no evaluator. Errors there that have a type may say their code themselves,
// with a method ErrorCode() string, and need no Coded.
func (c *Call) Coded(code Code, err error) error {
	var e *Error
	if err == nil || errors.As(err, &e) || c.w.ctx.Err() != nil {
		return err
	}
	return c.w.wrap(code, err, err.Error())
}

// Apply applies fn to args.
func (c *Call) Apply(fn heap.Value, args ...heap.Lazy) (heap.Value, error) {
	return c.w.result(c.w.call(fn, args, 0))
}

// Apply1 applies fn to one argument.
func (c *Call) Apply1(fn heap.Value, x heap.Lazy) (heap.Value, error) {
	args := [1]heap.Lazy{x}
	return c.w.result(c.w.call(fn, args[:], 0))
}

// Apply2 applies fn to two arguments.
func (c *Call) Apply2(fn heap.Value, x, y heap.Lazy) (heap.Value, error) {
	args := [2]heap.Lazy{x, y}
	return c.w.result(c.w.call(fn, args[:], 0))
}

// DeepForce evaluates l and all that it consists of.
func (c *Call) DeepForce(l heap.Lazy) error {
	if !c.w.deepForce(l) {
		return c.w.take()
	}
	return nil
}

// Equal reports whether x and y are equal as == has it.
func (c *Call) Equal(x, y heap.Lazy) (bool, error) {
	eq, ok := c.w.equal(x, y, 0)
	if !ok {
		return false, c.w.take()
	}
	return eq, nil
}

// Less reports whether x < y. words is the frame of an error when elements of
// lists are compared.
func (c *Call) Less(x, y heap.Value, words string) (bool, error) {
	less, ok := c.w.less(x, y, 0, words)
	if !ok {
		return false, c.w.take()
	}
	return less, nil
}

// NewString returns a string with a context.
func (c *Call) NewString(text string, ctx Context) (heap.Value, error) {
	return c.w.result(c.w.newString(text, ctx))
}

// Context returns the context of elems.
func (c *Call) Context(elems ...ContextElem) Context { return c.w.ev.contexts.of(&c.w.Space, elems...) }

// Elems returns what ctx consists of.
func (c *Call) Elems(ctx Context) []ContextElem { return c.w.ev.contexts.list(ctx) }

// Union returns what is in a or b.
func (c *Call) Union(a, b Context) Context { return c.w.ev.contexts.union(&c.w.Space, a, b) }

// Intern returns the symbol of name.
func (c *Call) Intern(name string) lang.Symbol { return c.w.ev.config.Symbols.Intern(name) }

// Lookup returns the symbol of name, or 0 if no attribute can have it.
func (c *Call) Lookup(name string) lang.Symbol { return c.w.ev.config.Symbols.Lookup(name) }

// Name returns the name of a symbol.
func (c *Call) Name(sym lang.Symbol) string { return c.w.ev.config.Symbols.Name(sym) }

// NameString returns the name of a symbol as a string value.
func (c *Call) NameString(sym lang.Symbol) heap.Value { return c.w.symbolString(sym) }

// SortedAttrs returns the attributes of a set sorted by name.
func (c *Call) SortedAttrs(v heap.Value) []heap.Entry { return c.w.sortedAttrs(v) }

// AttrPos returns where attribute name of v, which has it, was defined; 0 if
// that is not known.
func (c *Call) AttrPos(v heap.Value, name lang.Symbol) lang.Pos { return c.w.attrPos(v, name) }

// Position returns the place as builtins.unsafeGetAttrPos has it: a set, or
// null for what is not in a file.
func (c *Call) Position(pos lang.Pos) heap.Value { return c.w.posValue(pos) }

// ShowType returns what messages call the type of v: "a set".
func (c *Call) ShowType(v heap.Value) TypeName { return c.w.showType(v) }

// Show returns v as messages print it, in short.
func (c *Call) Show(v heap.Value) Shown { return c.w.printShort(v) }

// Formals returns the pattern of the function v, and whether v is one with a
// pattern.
func (c *Call) Formals(v heap.Value) (*lang.Formals, bool) { return c.w.formals(v) }

// CheckSize returns an error if words more words of 8 bytes are too many for
// the heap. It is to be asked before something large is made.
func (c *Call) CheckSize(words uint64) error {
	if c.w.checkSize(words) {
		return nil
	}
	if c.w.err.Pos == 0 {
		c.w.err.Pos = c.pos
	}
	return c.w.take()
}

// Tick counts n units of work, each of about a microsecond or less, and returns
// an error if the evaluation is to stop. Loops over the parts of a value call it,
// but for what they evaluate: that is counted already. It costs next to nothing.
func (c *Call) Tick(n int) error {
	if c.w.Credit -= n; c.w.Credit >= 0 || c.w.check(c.pos) {
		return nil
	}
	return c.w.take()
}

// Charge counts bytes that are kept outside of the heap, as if they were in it,
// and returns an error if they are too many.
func (c *Call) Charge(bytes int) error {
	if err := c.CheckSize(uint64(bytes)/8 + 1); err != nil {
		return err
	}
	c.w.Charge(uint64(bytes))
	return nil
}

// Builtin returns the builtin with that name, whether programs see it or not.
func (c *Call) Builtin(name string) (heap.Value, error) {
	n, ok := c.w.ev.numbers[name]
	if !ok {
		return 0, c.Errorf(CodeInternal, "there is no builtin '%s'", name)
	}
	return c.w.NewBuiltin(n), nil
}

// CheckInterrupt returns an error if the evaluation is to stop: Tick that always
// looks.
func (c *Call) CheckInterrupt() error {
	if c.w.check(c.pos) {
		return nil
	}
	return c.w.take()
}

// Import evaluates the file at path, once; scope, if not 0, is a set whose
// attributes are global names in it, and then it is evaluated each time.
func (c *Call) Import(path string, scope heap.Value) (heap.Value, error) {
	if scope != 0 {
		return c.w.result(c.w.scopedImport(path, scope))
	}
	return c.w.result(c.w.evalFile(path))
}

// FindFile looks a file up in a search path.
func (c *Call) FindFile(path []SearchPathEntry, name string) (string, error) {
	return c.w.findFile(path, name)
}
