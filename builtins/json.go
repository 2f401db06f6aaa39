package builtins

// This file defines JSON: fromJSON, toJSON, and values as JSON for whoever
// prints them.

import (
	"errors"
	"fmt"
	"slices"

	"github.com/firn-lang/firn/builtins/jsontext"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

func jsonBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name: "fromJSON",
			Args: []string{"e"},
			Doc: `
The value that the JSON text e stands for. Objects become sets; of several keys of one name
the last one counts. Numbers without fraction and exponent become integers.

	builtins.fromJSON ''{ "x": [ 1, 2.5, null ], "y": "z" }''
	=> { x = [ 1 2.5 null ]; y = "z"; }
`,
			Impl: fromJSON,
		},
		{
			Name: "toJSON",
			Args: []string{"e"},
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
	text, err := c.ForcePlainString(c.Arg(0), "while evaluating the first argument passed to builtins.fromJSON")
	if err != nil {
		return 0, err
	}
	b := newValueBuilder(c)
	if err := jsontext.Decode(text, b); err != nil {
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
	open []int        // of each open array or object, where its elements start
	out  []heap.Entry // elements so far; those of arrays have no name
	key  lang.Symbol  // of the value to come
	keys []lang.Symbol
}

func newValueBuilder(c *core.Call) *valueBuilder { return &valueBuilder{c: c, h: c.Heap()} }

// result returns the value that was read.
func (b *valueBuilder) result() heap.Value {
	if len(b.out) != 1 {
		return heap.NullValue
	}
	return heap.Value(b.out[0].Value)
}

func (b *valueBuilder) add(v heap.Value) error {
	b.out = append(b.out, heap.Entry{Name: b.key, Value: heap.Lazy(v)})
	if len(b.out)&0xfff == 0 {
		return b.c.CheckInterrupt()
	}
	return nil
}

func (b *valueBuilder) Null() error           { return b.add(heap.NullValue) }
func (b *valueBuilder) Bool(v bool) error     { return b.add(heap.NewBool(v)) }
func (b *valueBuilder) Int(n int64) error     { return b.add(b.h.NewInt(n)) }
func (b *valueBuilder) Float(f float64) error { return b.add(b.h.NewFloat(f)) }

func (b *valueBuilder) String(s string) error {
	v, err := b.c.NewString(s, 0)
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
	b.open = append(b.open, len(b.out))
	b.keys = append(b.keys, b.key)
	return nil
}

// end returns the elements of the innermost array or object, which is no longer
// open.
func (b *valueBuilder) end() ([]heap.Entry, error) {
	last := len(b.open) - 1
	start := b.open[last]
	elems := b.out[start:]
	b.out, b.open = b.out[:start], b.open[:last]
	b.key, b.keys = b.keys[last], b.keys[:last]
	return elems, b.c.CheckSize(uint64(len(elems)))
}

func (b *valueBuilder) BeginArray() error  { return b.begin() }
func (b *valueBuilder) BeginObject() error { return b.begin() }

func (b *valueBuilder) EndArray() error {
	elems, err := b.end()
	if err != nil {
		return err
	}
	list := b.h.NewList(len(elems))
	to := b.h.Elems(list)
	for i := range elems {
		to[i] = elems[i].Value
	}
	return b.add(list)
}

func (b *valueBuilder) EndObject() error {
	elems, err := b.end()
	if err != nil {
		return err
	}
	// The last of several values counts, and AttrsOf takes the first.
	slices.Reverse(elems)
	return b.add(b.h.AttrsOf(elems))
}

func toJSON(c *core.Call) (heap.Value, error) {
	w := jsonWriter{c: c, copyToStore: true}
	if err := w.value(c.Arg(0), 0); err != nil {
		return 0, err
	}
	if w.invalid != nil {
		return 0, w.invalid
	}
	return c.NewString(string(w.buf), c.UnionAll(w.contexts))
}

// AppendJSON appends l as JSON. copyToStore says whether paths are copied to
// the store, or come out as they are.
func AppendJSON(c *core.Call, dst []byte, l heap.Lazy, copyToStore bool) ([]byte, core.Context, error) {
	w := jsonWriter{c: c, copyToStore: copyToStore, buf: dst}
	if err := w.value(l, 0); err != nil {
		return nil, 0, err
	}
	if w.invalid != nil {
		return nil, 0, w.invalid
	}
	return w.buf, c.UnionAll(w.contexts), nil
}

// A jsonWriter writes values as JSON.
type jsonWriter struct {
	c           *core.Call
	copyToStore bool
	buf         []byte
	contexts    []core.Context // of the strings, with repetitions
	invalid     error          // the first string that is not UTF-8
}

// string writes a string. The reference evaluates everything before it writes
// anything, so a string that cannot be written is an error later.
func (w *jsonWriter) string(s string) {
	buf, err := jsontext.AppendString(w.buf, s)
	if err != nil {
		if w.invalid == nil {
			w.invalid = w.c.Errorf(core.ErrEval, "JSON serialization error: %s", err)
		}
		return
	}
	w.buf = buf
}

func (w *jsonWriter) addContext(ctx core.Context) {
	if ctx != 0 && (len(w.contexts) == 0 || w.contexts[len(w.contexts)-1] != ctx) {
		w.contexts = append(w.contexts, ctx)
	}
}

// coerced writes l as a string.
func (w *jsonWriter) coerced(l heap.Lazy, flags core.Coercion, words string) error {
	text, ctx, err := w.c.CoerceToString(l, flags, words)
	if err != nil {
		return err
	}
	w.addContext(ctx)
	w.string(text)
	return nil
}

// value writes l. pos is where the attribute is that it belongs to.
func (w *jsonWriter) value(l heap.Lazy, pos lang.Pos) error {
	c, h := w.c, w.c.Heap()
	if err := c.EnterAt(pos); err != nil {
		return err
	}
	defer c.Leave()
	v, err := c.ForceAt(l, pos)
	if err != nil {
		return err
	}
	switch k := h.KindOf(v); {
	case k.IsInt():
		w.buf = jsontext.AppendInt(w.buf, h.Int(v))
	case k == heap.Float:
		w.buf = jsontext.AppendFloat(w.buf, h.Float(v))
	case k == heap.Bool:
		w.buf = fmt.Append(w.buf, h.Bool(v))
	case k == heap.Null:
		w.buf = append(w.buf, "null"...)
	case k == heap.String:
		w.addContext(core.Context(h.Context(v)))
		w.string(h.Text(v))
	case k == heap.Path:
		if w.copyToStore {
			return w.coerced(heap.Lazy(v), core.CopyToStore, "")
		}
		w.string(h.Text(v))
	case k.IsAttrs():
		return w.attrs(v)
	case k == heap.List:
		return w.list(v, pos)
	default:
		return c.ErrorfAt(core.ErrType, c.DefinedAt(v, pos), "cannot convert %s to JSON", c.ShowType(v))
	}
	return nil
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
	w.buf = append(w.buf, '{')
	for i, e := range c.SortedAttrs(v) {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		name := c.Name(e.Name)
		w.string(name)
		w.buf = append(w.buf, ':')
		// Most values have no use for a position, which takes time to find.
		if err := w.attr(v, e); err != nil {
			return c.FrameAt(err, c.AttrPos(v, e.Name), "while evaluating attribute '%s'", c.AttrName(name))
		}
	}
	w.buf = append(w.buf, '}')
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
	w.buf = append(w.buf, '[')
	for i, elem := range c.Heap().Elems(v) {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		if err := w.value(elem, pos); err != nil {
			return c.FrameAt(err, pos, "while evaluating list element at index %d", i)
		}
	}
	w.buf = append(w.buf, ']')
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
		w.buf = append(w.buf, '{')
		for i, e := range c.SortedAttrs(v) {
			if i > 0 {
				w.buf = append(w.buf, ',')
			}
			w.string(c.Name(e.Name))
			w.buf = append(w.buf, ':')
			if err := w.plain(heap.Value(e.Value)); err != nil {
				return err
			}
		}
		w.buf = append(w.buf, '}')
		return nil
	case k == heap.List:
		w.buf = append(w.buf, '[')
		for i, elem := range h.Elems(v) {
			if i > 0 {
				w.buf = append(w.buf, ',')
			}
			if err := w.plain(heap.Value(elem)); err != nil {
				return err
			}
		}
		w.buf = append(w.buf, ']')
		return nil
	}
	return w.value(heap.Lazy(v), 0)
}
