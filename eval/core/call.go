package core

import (
	"context"
	"fmt"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines the requests of a builtin to the evaluator: values, names, functions. Its
// arguments are in operand.go, errors in raise.go, limits in limits.go.

// Heap returns where values are made and read.
func (c *Call) Heap() *heap.Space { return &c.w.Space }

// Evaluator returns whose call it is.
func (c *Call) Evaluator() *Evaluator { return c.w.ev }

// Host returns the world.
func (c *Call) Host() View { return c.w.world() }

// Ctx returns the context of the evaluation.
func (c *Call) Ctx() context.Context { return c.w.ctx }

// Extend makes ctx, which is Ctx with values added, the context of the rest of the
// evaluation.
func (c *Call) Extend(ctx context.Context) { c.w.ctx = ctx }

// Pos returns where the call stands; 0 if that is not known.
func (c *Call) Pos() lang.Pos { return c.pos }

// Force evaluates l to weak head normal form.
func (c *Call) Force(l heap.Lazy) (heap.Value, error) {
	if c.w.IsValue(l) {
		return heap.Value(l), nil
	}
	return c.w.result(c.w.forceThunk(l, 0))
}

// ForceSlot evaluates what is at a place, and leaves the value there if it is lasting: Known
// returns it in any case.
func (c *Call) ForceSlot(at heap.Slot) (heap.Value, error) {
	return c.w.result(c.w.forceSlot(at, 0))
}

// ForceSlotAt is ForceSlot, for what is needed where pos says; it is asked on
// failure only.
func (c *Call) ForceSlotAt(at heap.Slot, pos func() lang.Pos) (heap.Value, error) {
	v := c.w.forceSlot(at, latePos)
	if v == 0 {
		c.w.err.settle(pos())
	}
	return c.w.result(v)
}

// DeepForce evaluates l and all that it consists of.
func (c *Call) DeepForce(l heap.Lazy) error {
	if !c.w.deepForce(l) {
		return c.w.take()
	}
	return nil
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

// NewBytes returns a string of n bytes with a context, and the bytes, which are
// to be set at once.
func (c *Call) NewBytes(n int, ctx Context) (heap.Value, []byte, error) {
	if err := c.CheckSize(uint64(n)/8 + 1); err != nil {
		return 0, nil, err
	}
	v, b := c.w.NewBytes(heap.String, n, uint32(ctx))
	return v, b, nil
}

// Intern returns the symbol of name. A new one counts as memory: names stay when the strings
// that they come from are given back.
func (c *Call) Intern(name string) lang.Symbol {
	symbols := c.w.ev.config.Symbols
	if sym := symbols.Lookup(name); sym != 0 {
		return sym
	}
	c.w.Charge(uint64(len(name)))
	return symbols.Intern(name)
}

// Lookup returns the symbol of name, or 0 if no attribute can have it.
func (c *Call) Lookup(name string) lang.Symbol { return c.w.ev.config.Symbols.Lookup(name) }

// Name returns the name of a symbol.
func (c *Call) Name(sym lang.Symbol) string { return c.w.ev.config.Symbols.Name(sym) }

// NameString returns the name of a symbol as a string value.
func (c *Call) NameString(sym lang.Symbol) heap.Value { return c.w.symbolString(sym) }

// AttrName returns the name of an attribute as messages show it: with quotes if
// it is no identifier.
func (c *Call) AttrName(name string) string { return lang.QuoteName(name) }

// SortedAttrs returns the attributes of a set sorted by name.
func (c *Call) SortedAttrs(v heap.Value) []heap.Entry { return c.w.sortedAttrs(v) }

// IsDerivation reports whether v, which is a set, is a derivation.
func (c *Call) IsDerivation(v heap.Value) (bool, error) {
	is, ok := c.w.isDerivation(v)
	if !ok {
		return false, c.w.take()
	}
	return is, nil
}

// AttrPos returns where attribute name of v, which has it, was defined; 0 if
// that is not known.
func (c *Call) AttrPos(v heap.Value, name lang.Symbol) lang.Pos { return c.w.attrPos(v, name) }

// Position returns the place as builtins.unsafeGetAttrPos has it: a set, or
// null for what is not in a file.
func (c *Call) Position(pos lang.Pos) heap.Value { return c.w.posValue(pos) }

// Locate returns a position as messages have it inside a sentence.
func (c *Call) Locate(pos lang.Pos) Located {
	if pos == 0 {
		return Located{0, "«none»:0"}
	}
	return Located{pos, c.w.ev.config.Files.Position(pos).String()}
}

// DefinedAt returns where the function or set v stands in its text. For a value
// that is something else it returns pos.
func (c *Call) DefinedAt(v heap.Value, pos lang.Pos) lang.Pos {
	at := c.w.definedAt(heap.Lazy(v))
	if k := c.w.KindOf(v); k.IsAttrs() || at != 0 {
		return at
	}
	return pos
}

// Lambda returns the function v as it stands in the source, or nil if it does
// not stand there.
func (c *Call) Lambda(v heap.Value) *lang.Lambda {
	given := 0
	if c.w.KindOf(v) == heap.Partial {
		fn, args := c.w.Partial(v)
		v, given = fn, len(args)
	}
	if c.w.KindOf(v) != heap.Lambda {
		return nil
	}
	code, _ := c.w.Closure(v)
	return c.w.function(code).lambdas[given]
}

// Formals returns the pattern of the function v, and whether v is one with a
// pattern.
func (c *Call) Formals(v heap.Value) (*lang.Formals, bool) { return c.w.formals(v) }

// ShowType returns what messages call the type of v: "a set".
func (c *Call) ShowType(v heap.Value) TypeName { return c.w.showType(v) }

// Show returns v as messages print it, in short.
func (c *Call) Show(v heap.Value) Shown { return c.w.printShort(v) }

// Warn prints a warning.
func (c *Call) Warn(format string, args ...any) {
	if c.w.ahead {
		c.Transient() // so that it is evaluated again, in its turn
		return
	}
	fmt.Fprintf(c.w.ev.opt.Stderr, "warning: "+format+"\n", args...)
}

// Enabled reports whether the experimental feature is on.
func (c *Call) Enabled(feature string) bool { return c.w.ev.opt.Features[feature] }

// Require returns an error unless the experimental feature is on. why says what
// needs it, "" for nothing more.
func (c *Call) Require(feature, why string) error {
	if c.Enabled(feature) {
		return nil
	}
	if why != "" {
		why = " (" + why + ")"
	}
	return c.w.errorf(CodeExperimental, 0, "experimental Nix feature '%[1]s' is disabled%[2]s; add '--extra-experimental-features %[1]s' to enable it", Name(feature), why)
}

// Import evaluates the file at path, once; scope, if not 0, is a set whose
// attributes are global names in it, and then it is evaluated each time.
func (c *Call) Import(path string, scope heap.Value) (heap.Value, error) {
	if scope != 0 {
		return c.w.result(c.w.scopedImport(path, scope))
	}
	return c.w.result(c.w.evalFile(path))
}

// Shown returns what messages call the file at path.
func (c *Call) Shown(path string) string { return c.w.shown(path) }

// FileError returns what the host said about the file at path as an error of evaluation.
func (c *Call) FileError(path string, err error) error { return c.w.hostError(path, err) }

// FindFile looks a file up in a search path.
func (c *Call) FindFile(path []SearchPathEntry, name string) (string, error) {
	return c.w.findFile(path, name)
}
