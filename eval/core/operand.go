package core

// This file defines what builtins do with their arguments and parts of these: force
// them, check what they are, and say in errors what they were needed for.

import (
	"fmt"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// An Operand is something that a builtin needs: an argument of the call, or a part of
// one. Its methods force it and check its type:
//
//	n, err := c.Arg(1).Int()
//	name, err := c.Need(l, "while evaluating the name of the file").At(pos).PlainString()
//
// An error of theirs has a frame that says what was needed, so a builtin returns it as
// it is. Each method forces once: what fails may take long, and may do so each time.
type Operand struct {
	c     *Call
	lazy  heap.Lazy
	pos   lang.Pos
	arg   int    // number of the argument, counted from 1, whose usual words the frame has; 0 if words has them
	words string // of the frame; "" for no frame
}

// Arg returns argument i, counted from 0. The frame of an error is "while evaluating the
// second argument passed to builtins.NAME", unless Words changes it.
func (c *Call) Arg(i int) Operand { return Operand{c: c, lazy: c.args[i], arg: i + 1} }

// Need returns the operand l. words is the frame of an error, "" for none; it must not
// be text of the heap.
func (c *Call) Need(l heap.Lazy, words string) Operand { return Operand{c: c, lazy: l, words: words} }

// At returns the operand as something that is needed at pos: where errors and their
// frames are.
func (o Operand) At(pos lang.Pos) Operand {
	o.pos = pos
	return o
}

// Words returns the operand with another frame. Some builtins of the reference do not
// have the usual one.
func (o Operand) Words(words string) Operand {
	o.words, o.arg = words, 0
	return o
}

// Lazy returns the operand as it is, not forced.
func (o Operand) Lazy() heap.Lazy { return o.lazy }

var ordinals = [maxArity]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"}

// frameText returns the words of the frame.
func (o Operand) frameText() string {
	switch b := o.c.b; {
	case o.arg == 0:
		return o.words
	case len(b.Args) == 1:
		return fmt.Sprintf("while evaluating the argument passed to builtins.%s", b.Name)
	default:
		return fmt.Sprintf("while evaluating the %s argument passed to builtins.%s", ordinals[o.arg-1], b.Name)
	}
}

// failed returns the error under way, with the frame.
func (o Operand) failed() error {
	if words := o.frameText(); words != "" {
		o.c.w.err.frame(o.pos, "%s", words)
	}
	return o.c.w.take()
}

// Frame adds the frame to err, which may be any error, and returns it.
func (o Operand) Frame(err error) error { return o.c.FrameAt(err, o.pos, "%s", o.frameText()) }

const wantList, wantAttrs = "a list", "a set"

// typed forces the operand, and checks its kind; want is how messages call that.
func (o Operand) typed(ok func(heap.Kind) bool, want string) (heap.Value, error) {
	w := o.c.w
	v := w.force(o.lazy, o.pos)
	if v == 0 && (want == wantList || want == wantAttrs) {
		return 0, w.take() // Quirk: these two have no frame if they cannot be evaluated
	}
	if v != 0 {
		if ok(w.KindOf(v)) {
			return v, nil
		}
		w.failType(v, o.pos, want)
	}
	return 0, o.failed()
}

// failType fails since v is not what want says.
func (w *worker) failType(v heap.Value, pos lang.Pos, want string) {
	w.fail(CodeWrongType, pos, "expected %s but found %s: %s", Wanted(want), w.showType(v), w.printShort(v))
}

func isInt(k heap.Kind) bool    { return k.IsInt() }
func isNumber(k heap.Kind) bool { return k.IsInt() || k == heap.Float }
func isBool(k heap.Kind) bool   { return k == heap.Bool }
func isString(k heap.Kind) bool { return k == heap.String }
func isList(k heap.Kind) bool   { return k == heap.List }
func isAttrs(k heap.Kind) bool  { return k.IsAttrs() }

// Value forces the operand, which may be anything. An error gets no frame.
func (o Operand) Value() (heap.Value, error) {
	if o.c.w.IsValue(o.lazy) {
		return heap.Value(o.lazy), nil
	}
	return o.c.w.result(o.c.w.forceThunk(o.lazy, o.pos))
}

// Int returns the operand, which has to be an integer.
func (o Operand) Int() (int64, error) {
	v, err := o.typed(isInt, "an integer")
	if err != nil {
		return 0, err
	}
	return o.c.w.Int(v), nil
}

// Float returns the operand, which has to be a number.
func (o Operand) Float() (float64, error) {
	v, err := o.typed(isNumber, "a float")
	if err != nil {
		return 0, err
	}
	if o.c.w.KindOf(v).IsInt() {
		return float64(o.c.w.Int(v)), nil
	}
	return o.c.w.Float(v), nil
}

// Bool returns the operand, which has to be a Boolean.
func (o Operand) Bool() (bool, error) {
	if o.c.w.Kind(o.lazy) == heap.Bool {
		return o.c.w.Bool(heap.Value(o.lazy)), nil
	}
	v, err := o.typed(isBool, "a Boolean")
	return err == nil && o.c.w.Bool(v), err
}

// List forces the operand, which has to be a list.
func (o Operand) List() (heap.Value, error) {
	if o.c.w.Kind(o.lazy) == heap.List {
		return heap.Value(o.lazy), nil
	}
	return o.typed(isList, wantList)
}

// Attrs forces the operand, which has to be a set.
func (o Operand) Attrs() (heap.Value, error) { return o.typed(isAttrs, wantAttrs) }

// Function forces the operand, which has to be a function or a functor.
func (o Operand) Function() (heap.Value, error) {
	w := o.c.w
	v := w.force(o.lazy, o.pos)
	if v != 0 {
		k := w.KindOf(v)
		if k.IsFunction() || k.IsAttrs() && w.Find(v, w.ev.names.functor) != 0 {
			return v, nil
		}
		w.failType(v, o.pos, "a function")
	}
	return 0, o.failed()
}

// String returns the text of the operand, which has to be a string, and its context.
// The text is the heap's own.
func (o Operand) String() (string, Context, error) {
	v, err := o.typed(isString, "a string")
	if err != nil {
		return "", 0, err
	}
	return o.c.w.Text(v), Context(o.c.w.Context(v)), nil
}

// PlainString is like String, and rejects a string with a context.
func (o Operand) PlainString() (string, error) {
	w := o.c.w
	v, err := o.typed(isString, "a string")
	if err != nil {
		return "", err
	}
	if w.Context(v) != 0 {
		w.failContext(v)
		return "", o.failed()
	}
	return w.Text(v), nil
}

// Coercion says what Coerce accepts.
type Coercion uint8

// Flags of a Coercion.
const (
	CoerceMore   Coercion = 1 << iota // numbers, Booleans, null and lists, as toString
	CopyToStore                       // a path is copied to the store
	Canonicalize                      // a path loses its trailing slash
)

// Coerce returns the operand converted to a string, with its context.
//
// Quirk: an operand that cannot be evaluated has no frame.
func (o Operand) Coerce(flags Coercion) (string, Context, error) {
	text, ctx, ok := o.c.w.coerceToString(o.lazy, o.pos, flags, o.frameText())
	if !ok {
		return "", 0, o.c.w.take()
	}
	return text, ctx, nil
}

// Path returns the operand converted to a path: absolute and clean.
func (o Operand) Path() (string, Context, error) {
	path, ctx, ok := o.c.w.coerceToPath(o.lazy, o.pos, o.frameText())
	if !ok {
		return "", 0, o.c.w.take()
	}
	return path, ctx, nil
}
