package builtins

// This file defines JSON: fromJSON, toJSON, and values as JSON for whoever
// prints them.

import (
	"errors"
	"slices"
	"strconv"

	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/datatext"
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
	w := newJSONWriter(c, nil, true)
	if err := w.value(c.Arg(0).Lazy(), 0); err != nil {
		return 0, err
	}
	if w.invalid != nil {
		return 0, w.invalid
	}
	return bufferValue(c, &w.out, "", c.UnionAll(w.contexts))
}

// AppendJSON appends l as JSON. copyToStore says whether paths are copied to
// the store, or come out as they are.
func AppendJSON(c *core.Call, dst []byte, l heap.Lazy, copyToStore bool) ([]byte, core.Context, error) {
	w := newJSONWriter(c, dst, copyToStore)
	if err := w.value(l, 0); err != nil {
		return nil, 0, err
	}
	if w.invalid != nil {
		return nil, 0, w.invalid
	}
	text, err := w.out.Bytes()
	return text, c.UnionAll(w.contexts), err
}

// A jsonWriter writes values as JSON.
type jsonWriter struct {
	c           *core.Call
	copyToStore bool
	out         budget.Buffer
	contexts    contextList // of the strings
	invalid     error       // the first string that is not UTF-8
}

func newJSONWriter(c *core.Call, dst []byte, copyToStore bool) *jsonWriter {
	return &jsonWriter{c: c, copyToStore: copyToStore, out: budget.Buffer{Budget: c, Tail: dst}}
}

// string writes a string. The reference evaluates everything before it writes
// anything, so a string that cannot be written is an error later.
func (w *jsonWriter) string(s string) error {
	if len(s) <= budget.PartBytes {
		buf, err := datatext.AppendJSONString(w.out.Tail, s)
		if err != nil {
			w.setInvalid(err)
			return nil
		}
		w.out.Tail = buf
		return w.out.Flush()
	}
	w.byte('"')
	for i := 0; i < len(s); {
		end := datatext.PartEnd(s, i, budget.PartBytes)
		buf, err := datatext.AppendJSONPart(w.out.Tail, s, i, end)
		if err != nil {
			w.setInvalid(err)
			return nil
		}
		w.out.Tail, i = buf, end
		if err := w.out.Flush(); err != nil {
			return err
		}
		if err := w.c.Tick(budget.PartBytes >> 9); err != nil {
			return err
		}
	}
	w.byte('"')
	return nil
}

func (w *jsonWriter) setInvalid(err error) {
	if w.invalid == nil {
		w.invalid = w.c.Errorf(core.CodeNotUTF8, "JSON serialization error: %s", err)
	}
}

func (w *jsonWriter) byte(c byte) { w.out.Tail = append(w.out.Tail, c) }

// coerced writes l as a string.
func (w *jsonWriter) coerced(l heap.Lazy, flags core.Coercion, words string) error {
	text, ctx, err := w.c.Need(l, words).Coerce(flags)
	if err != nil {
		return err
	}
	w.contexts.add(ctx)
	return w.string(text)
}

// value writes l. pos is where the attribute is that it belongs to.
func (w *jsonWriter) value(l heap.Lazy, pos lang.Pos) error {
	c, h := w.c, w.c.Heap()
	if err := c.EnterAt(pos); err != nil {
		return err
	}
	defer c.Leave()
	v, err := c.Need(l, "").At(pos).Value()
	if err != nil {
		return err
	}
	switch k := h.KindOf(v); {
	case k.IsInt():
		w.out.Tail = strconv.AppendInt(w.out.Tail, h.Int(v), 10)
	case k == heap.Float:
		w.out.Tail = datatext.AppendJSONFloat(w.out.Tail, h.Float(v))
	case k == heap.Bool:
		w.out.Tail = strconv.AppendBool(w.out.Tail, h.Bool(v))
	case k == heap.Null:
		w.out.Tail = append(w.out.Tail, "null"...)
	case k == heap.String:
		w.contexts.add(core.Context(h.Context(v)))
		return w.string(h.Text(v))
	case k == heap.Path:
		if w.copyToStore {
			return w.coerced(heap.Lazy(v), core.CopyToStore, "")
		}
		return w.string(h.Text(v))
	case k.IsAttrs():
		return w.attrs(v)
	case k == heap.List:
		return w.list(v, pos)
	default:
		return c.ErrorfAt(core.CodeWrongType, c.DefinedAt(v, pos), "cannot convert %s to JSON", c.ShowType(v))
	}
	return w.out.Flush()
}

func (w *jsonWriter) attrs(v heap.Value) error {
	c, h := w.c, w.c.Heap()
	if at := findAttr(c, v, "__toString"); at != 0 {
		fn, err := c.ForceSlot(at)
		if err != nil {
			return err
		}
		text, err := c.Apply1(fn, heap.Lazy(v))
		if err != nil {
			return err
		}
		return w.coerced(heap.Lazy(text), 0, "while evaluating the result of the `__toString` attribute")
	}
	if sym := c.Lookup("outPath"); sym != 0 {
		if at := h.Find(v, sym); at != 0 {
			return w.value(h.Load(at), c.AttrPos(v, sym))
		}
	}
	w.byte('{')
	for i, e := range c.SortedAttrs(v) {
		if i > 0 {
			w.byte(',')
		}
		name := c.Name(e.Name)
		if err := w.string(name); err != nil {
			return err
		}
		w.byte(':')
		// Most values have no use for a position, which takes time to find.
		if err := w.attr(v, e); err != nil {
			return c.FrameAt(err, c.AttrPos(v, e.Name), "while evaluating attribute '%s'", c.AttrName(name))
		}
	}
	w.byte('}')
	return nil
}

func (w *jsonWriter) attr(set heap.Value, e heap.Entry) error {
	h := w.c.Heap()
	if h.IsValue(e.Value) {
		if k := h.KindOf(heap.Value(e.Value)); k != heap.List && !k.IsFunction() {
			err := w.value(e.Value, 0)
			if e2, ok := err.(*core.Error); ok && e2.Kind == core.ErrStackOverflow && len(e2.Frames) == 0 && e2.Pos == 0 {
				e2.Pos = w.c.AttrPos(set, e.Name)
			}
			return err
		}
	}
	return w.value(e.Value, w.c.AttrPos(set, e.Name))
}

func (w *jsonWriter) list(v heap.Value, pos lang.Pos) error {
	c := w.c
	w.byte('[')
	for i, elem := range c.Heap().Elems(v) {
		if i > 0 {
			w.byte(',')
		}
		if err := w.value(elem, pos); err != nil {
			return c.FrameAt(err, pos, "while evaluating list element at index %d", i)
		}
	}
	w.byte(']')
	return nil
}

// plain writes v, which was read from JSON: as value does, but no attribute of
// a set means anything.
func (w *jsonWriter) plain(v heap.Value) error {
	c, h := w.c, w.c.Heap()
	if err := c.Enter(); err != nil {
		return err
	}
	defer c.Leave()
	switch k := h.KindOf(v); {
	case k.IsAttrs():
		w.byte('{')
		for i, e := range c.SortedAttrs(v) {
			if i > 0 {
				w.byte(',')
			}
			if err := w.string(c.Name(e.Name)); err != nil {
				return err
			}
			w.byte(':')
			if err := w.plain(heap.Value(e.Value)); err != nil {
				return err
			}
		}
		w.byte('}')
		return nil
	case k == heap.List:
		w.byte('[')
		for i, elem := range h.Elems(v) {
			if i > 0 {
				w.byte(',')
			}
			if err := w.plain(heap.Value(elem)); err != nil {
				return err
			}
		}
		w.byte(']')
		return nil
	}
	return w.value(heap.Lazy(v), 0)
}
