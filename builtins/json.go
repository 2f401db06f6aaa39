package builtins

// This file defines JSON: fromJSON, toJSON, and values as JSON for whoever
// prints them.

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

// A valueBuilder makes values of what a decoder of JSON or TOML tells it.
type valueBuilder struct {
	c    *core.Call
	h    *heap.Space
	out  budget.Stack[heap.Entry] // elements so far; those of arrays have no name
	open budget.Stack[opened]     // arrays and objects
	key  lang.Symbol              // of the value to come
}

// opened is an array or object that is not complete.
type opened struct {
	start int         // where its elements are
	key   lang.Symbol // of itself
}

func newValueBuilder(c *core.Call) *valueBuilder {
	return &valueBuilder{c: c, h: c.Heap(), out: budget.Stack[heap.Entry]{Budget: c}, open: budget.Stack[opened]{Budget: c}}
}

// result returns the value that was read.
func (b *valueBuilder) result() heap.Value {
	if b.out.Len() != 1 {
		return heap.NullValue
	}
	return heap.Value(b.out.At(0).Value)
}

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

func (b *valueBuilder) String(s string) error {
	v, err := newString(b.c, s, 0)
	if err != nil {
		return err
	}
	return b.add(v)
}

func (b *valueBuilder) Key(s string) error {
	b.key = b.c.Intern(s)
	return nil
}

func (b *valueBuilder) begin() error {
	if err := b.c.Tick(1); err != nil {
		return err
	}
	return b.open.Push(opened{b.out.Len(), b.key})
}

// end ends the innermost array or object, which is v. Its elements are given up.
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

// largeObject returns the set of the elements from start on.
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

func toJSON(c *core.Call) (heap.Value, error) {
	doc, err := format.ToJSON(c.Source(), c.Arg(0).Lazy(), format.Options{})
	if err != nil {
		return 0, err
	}
	return documentValue(c, doc)
}

// documentValue returns a document as a string with the contexts of those in it.
func documentValue(c *core.Call, doc *format.Document) (heap.Value, error) {
	return bufferValue(c, &doc.Buffer, "", c.DocumentContext(doc))
}

// AppendJSON appends l as JSON. copyToStore says whether paths are copied to
// the store, or come out as they are.
func AppendJSON(c *core.Call, dst []byte, l heap.Lazy, copyToStore bool) ([]byte, core.Context, error) {
	doc, err := format.ToJSON(c.Source(), l, format.Options{KeepPaths: !copyToStore})
	if err != nil {
		return nil, 0, err
	}
	text, err := doc.Bytes()
	if dst != nil {
		text = append(dst, text...)
	}
	return text, c.DocumentContext(doc), err
}
