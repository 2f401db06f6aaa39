package builtins

// This file defines builtins.fromJSON and toJSON, AppendJSON for commands that print values as
// JSON, and valueBuilder, which makes the values of JSON and TOML texts.
// Package jsontext decodes, package format writes. Neither recurses: texts may be nested as
// deep as memory allows, so the builder has a stack of its own.

import (
	"errors"
	"slices"

	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// jsonBuiltins returns the declarations of the builtins about JSON, by name.
func jsonBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:  "fromJSON",
			Order: 520,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
The value that the JSON text e stands for. Objects become sets; of several keys of one name
the last one counts. Numbers without fraction and exponent become integers.

	builtins.fromJSON ''{ "x": [ 1, 2.5, null ], "y": "z" }''
	=> { x = [ 1 2.5 null ]; y = "z"; }
`,
			Impl: fromJSON,
		},
		{
			Name:  "toJSON",
			Order: 510,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
The value e as JSON text, on one line and with sorted keys. A path is copied to the store and
becomes its path there; a set with __toString or outPath, such as a derivation, becomes that
as a string.

	builtins.toJSON { b = [ 1 2.5 null ]; a = "x"; c.outPath = "/y"; }
	=> "{\"a\":\"x\",\"b\":[1,2.5,null],\"c\":\"/y\"}"

There is no JSON for a function.

	builtins.toJSON [ (x: x) ]
	=> error: cannot convert a function to JSON
`,
			Impl: toJSON,
		},
	}
}

// fromJSON is builtins.fromJSON. The text must not have a context. The whole text is decoded
// at once: a fault anywhere is an error of the call, which no laziness defers.
//
// Quirk: of the errors, only those of the syntax get a frame; an integer that is too large,
// or a NUL byte, has none (eval-fail-fromJSON-unsigned).
func fromJSON(c *core.Call) (heap.Value, error) {
	text, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.fromJSON").PlainString()
	if err != nil {
		return 0, err
	}
	b := newValueBuilder(c)
	if err := jsontext.Decode(text, b, c); err != nil {
		if se := (*jsontext.SyntaxError)(nil); errors.As(err, &se) {
			return 0, c.Frame(err, "while decoding a JSON string")
		}
		return 0, err
	}
	return b.result(), nil
}

// A valueBuilder makes values of the events of a decoder of JSON or TOML: it is a
// jsontext.Handler. Complete values are on the stack out; the end of an array or object
// replaces its elements there by one value. So each element is moved once, and nothing is
// made before its length is known.
type valueBuilder struct {
	c    *core.Call
	h    *heap.Space
	out  budget.Stack[heap.Entry] // elements of open arrays and objects, outermost first; in arrays, names mean nothing
	open budget.Stack[opened]     // arrays and objects without an end, outermost first
	key  lang.Symbol              // name of the value to come; of no meaning in an array
}

// opened is an array or object that is not complete.
type opened struct {
	start int         // index in out of its first element
	key   lang.Symbol // its own name in the object around it
}

// newValueBuilder returns a builder that is ready for the events of one text.
func newValueBuilder(c *core.Call) *valueBuilder {
	return &valueBuilder{c: c, h: c.Heap(), out: budget.Stack[heap.Entry]{Budget: c}, open: budget.Stack[opened]{Budget: c}}
}

// result returns the value of the text, once decoding has succeeded; null if there is none.
func (b *valueBuilder) result() heap.Value {
	if b.out.Len() != 1 {
		return heap.NullValue
	}
	return heap.Value(b.out.At(0).Value)
}

// add puts v on the stack, under the current key. The budget is asked at every 64th value.
func (b *valueBuilder) add(v heap.Value) error {
	if b.out.Len()&63 == 63 {
		if err := b.c.Tick(8); err != nil {
			return err
		}
	}
	return b.out.Push(heap.Entry{Name: b.key, Value: heap.Lazy(v)})
}

func (b *valueBuilder) Null() error           { return b.add(heap.NullValue) }
func (b *valueBuilder) Bool(v bool) error     { return b.add(heap.NewBool(v)) }
func (b *valueBuilder) Int(n int64) error     { return b.add(b.h.NewInt(n)) }
func (b *valueBuilder) Float(f float64) error { return b.add(b.h.NewFloat(f)) }

// String adds a copy of s, which may be part of the source. The result has no context.
func (b *valueBuilder) String(s string) error {
	v, err := newString(b.c, s, 0)
	if err != nil {
		return err
	}
	return b.add(v)
}

// Key sets the name of the value to come, and interns it: names get symbols in the order of
// the text, those of values that are replaced by later ones as well.
func (b *valueBuilder) Key(s string) error {
	b.key = b.c.Intern(s)
	return nil
}

// begin opens an array or object. Its key is kept aside, since those of its elements take
// its place.
func (b *valueBuilder) begin() error {
	if err := b.c.Tick(1); err != nil {
		return err
	}
	return b.open.Push(opened{b.out.Len(), b.key})
}

// end ends the innermost array or object: v takes the place of its elements, which begin at
// start in out.
func (b *valueBuilder) end(v heap.Value, start int) error {
	if err := b.c.Tick(1); err != nil {
		return err
	}
	last := b.open.Len() - 1
	b.key = b.open.At(last).key
	b.open.Cut(last)
	b.out.Cut(start)
	return b.add(v)
}

func (b *valueBuilder) BeginArray() error  { return b.begin() }
func (b *valueBuilder) BeginObject() error { return b.begin() }

// EndArray makes a list of the elements since BeginArray.
func (b *valueBuilder) EndArray() error {
	start := b.open.At(b.open.Len() - 1).start
	list, out, err := newList(b.c, b.out.Len()-start, 0)
	if err != nil {
		return err
	}
	for i := start; len(out) > 0; {
		part := b.out.From(i)
		for j, e := range part {
			out[j] = e.Value
		}
		i, out = i+len(part), out[len(part):]
		if err := b.c.Tick(len(part) >> 6); err != nil {
			return err
		}
	}
	return b.end(list, start)
}

// EndObject makes a set of the elements since BeginObject. Of equal names the last one
// counts. A small object is sorted in its place on the stack; one that is large, or lies in
// several parts of the stack, takes the way of largeObject.
func (b *valueBuilder) EndObject() error {
	start := b.open.At(b.open.Len() - 1).start
	if n := b.out.Len() - start; n > large || n > len(b.out.From(start)) {
		set, err := b.largeObject(start)
		if err != nil {
			return err
		}
		return b.end(set, start)
	}
	// The last of several values counts, and AttrsOf takes the first.
	elems := b.out.From(start)
	slices.Reverse(elems)
	return b.end(b.h.AttrsOf(elems), start)
}

// largeObject returns the set of the elements from start on, by sorting keys as listToAttrs
// does: in parts, so that the budget is asked in between. The last of equal names counts.
func (b *valueBuilder) largeObject(start int) (heap.Value, error) {
	n := b.out.Len() - start
	keys := budget.List[uint64]{Budget: b.c, Want: n} // by name, then place
	for i := range n {
		if !keys.Add(placedKey(b.out.At(start+i).Name, i)) {
			return 0, keys.Err
		}
	}
	size, err := sortKeys(&keys)
	if err != nil {
		return 0, err
	}
	if err := checkLarge(b.c, size, 1); err != nil {
		return 0, err
	}
	v, entries := b.h.NewAttrs(size, 0)
	at, rest := 0, []uint64(nil)
	for i := range entries {
		var n int
		if _, rest, n, err = nextName(&keys, at, rest); err != nil {
			return 0, err
		}
		at += n
		last := keyPlace(*keys.At(at - 1)) // of several values, it counts
		entries[i] = *b.out.At(start + last)
		if err := budget.Step(b.c, i); err != nil {
			return 0, err
		}
	}
	return v, nil
}

// toJSON is builtins.toJSON. Everything is forced, attributes by name. Paths are copied to
// the store. The result has the contexts of all strings in it, and those of such paths.
func toJSON(c *core.Call) (heap.Value, error) {
	doc, err := format.ToJSON(c.Source(), c.Arg(0).Lazy(), format.Options{})
	if err != nil {
		return 0, err
	}
	return documentValue(c, doc)
}

// documentValue returns a document as a string with the contexts of all strings in it.
func documentValue(c *core.Call, doc *format.Document) (heap.Value, error) {
	return bufferValue(c, &doc.Buffer, "", c.DocumentContext(doc))
}
