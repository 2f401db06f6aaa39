package builtins

// This file defines XML: toXML, and values as XML for whoever prints them.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
	"github.com/firn-lang/firn/lang"
)

func xmlBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:  "toXML",
			Order: 500,
			Args:  []string{"e"},
			Doc: `
The value e as an XML document. Every value has one: of a function it tells the arguments. A
derivation is written once; where it comes again, an element says so.

	builtins.toXML { a = [ 1 "x" ]; f = { y, ... }: y; }
	=> "<?xml version='1.0' encoding='utf-8'?>\n<expr>\n  <attrs>\n    <attr name=\"a\">\n      <list>\n        <int value=\"1\" />\n        <string value=\"x\" />\n      </list>\n    </attr>\n    <attr name=\"f\">\n      <function>\n        <attrspat ellipsis=\"1\">\n          <attr name=\"y\" />\n        </attrspat>\n      </function>\n    </attr>\n  </attrs>\n</expr>\n"
`,
			Impl: toXML,
		},
	}
}

func toXML(c *core.Call) (heap.Value, error) {
	w := newXMLWriter(c, nil, XMLOptions{Strict: true})
	ctx, err := w.document(c.Arg(0).Lazy())
	if err != nil {
		return 0, err
	}
	return bufferValue(c, &w.text, "", ctx)
}

// XMLOptions say what AppendXML writes.
type XMLOptions struct {
	Strict    bool // evaluate everything; if not, what is not evaluated yet is said to be so
	Locations bool // say where attributes and functions are defined
}

// AppendXML appends l as an XML document. With an error comes what was written before
// it, with an end for what has begun.
func AppendXML(c *core.Call, dst []byte, l heap.Lazy, opts XMLOptions) ([]byte, core.Context, error) {
	w := newXMLWriter(c, dst, opts)
	ctx, failed := w.document(l)
	if failed != nil {
		if err := w.end(); err != nil {
			return nil, 0, failed
		}
	}
	text, err := w.text.Bytes()
	if failed != nil {
		err = failed
	}
	return text, ctx, err
}

// An xmlWriter writes values as XML.
type xmlWriter struct {
	c        *core.Call
	out      *datatext.XMLWriter
	text     budget.Buffer // what was written
	opts     XMLOptions
	seen     map[string]bool // paths of derivations that were written; or hashes of them
	contexts contextList     // of the strings
}

func newXMLWriter(c *core.Call, dst []byte, opts XMLOptions) *xmlWriter {
	w := &xmlWriter{c: c, out: datatext.NewXMLWriter(dst), text: budget.Buffer{Budget: c}, opts: opts, seen: map[string]bool{}}
	w.out.Flush = w.flush
	return w
}

func (w *xmlWriter) flush(text []byte) error {
	if err := w.c.Tick(len(text) >> 9); err != nil {
		return err
	}
	return w.text.Add(heap.Frozen(text))
}

// document writes l. It returns the context of the text.
func (w *xmlWriter) document(l heap.Lazy) (core.Context, error) {
	w.out.Open("expr")
	if err := w.value(l); err != nil {
		return 0, err
	}
	if err := w.end(); err != nil {
		return 0, err
	}
	return w.c.UnionAll(w.contexts), nil
}

// end ends all that has begun.
func (w *xmlWriter) end() error {
	w.out.CloseAll()
	if err := w.out.Err(); err != nil {
		return err
	}
	if w.text.Len() == 0 {
		w.text.Tail = w.out.Bytes()
		return nil
	}
	return w.flush(w.out.Bytes())
}

// look returns l as a value, or 0 if it is none and is not to be made one.
func (w *xmlWriter) look(l heap.Lazy) (heap.Value, error) {
	h := w.c.Heap()
	if !w.opts.Strict && !h.IsValue(l) && h.Kind(l) != heap.Indirect {
		return 0, nil
	}
	return w.c.Force(l)
}

func (w *xmlWriter) value(l heap.Lazy) error {
	c, h, out := w.c, w.c.Heap(), w.out
	if err := c.Enter(); err != nil {
		return err
	}
	defer c.Leave()
	v, err := w.look(l)
	if err != nil {
		return err
	}
	if v == 0 {
		out.Empty("unevaluated")
		return nil
	}
	scalar := func(element, text string) { out.Empty(element, datatext.XMLAttr{Name: "value", Value: text}) }
	switch k := h.KindOf(v); {
	case k.IsInt():
		scalar("int", strconv.FormatInt(h.Int(v), 10))
	case k == heap.Float:
		scalar("float", string(numtext.AppendFloat(nil, h.Float(v))))
	case k == heap.Bool:
		scalar("bool", strconv.FormatBool(h.Bool(v)))
	case k == heap.Null:
		out.Empty("null")
	case k == heap.String:
		w.contexts.add(core.Context(h.Context(v)))
		scalar("string", h.Text(v))
	case k == heap.Path:
		scalar("path", h.Text(v))
	case k.IsAttrs():
		return w.set(v)
	case k == heap.List:
		out.Open("list")
		for _, elem := range h.Elems(v) {
			if err := w.value(elem); err != nil {
				return err
			}
		}
		out.Close()
	default:
		WriteXMLFunction(w.c, w.out, v, w.opts.Locations)
	}
	return w.out.Err()
}

func (w *xmlWriter) set(v heap.Value) error {
	isDrv, err := isDerivationSet(w.c, v)
	if err != nil {
		return err
	}
	if !isDrv {
		w.out.Open("attrs")
		if err := w.attrs(v); err != nil {
			return err
		}
		w.out.Close()
		return nil
	}
	var attrs []datatext.XMLAttr
	path := ""
	for _, name := range []string{"drvPath", "outPath"} {
		at := findAttr(w.c, v, name)
		if at == 0 {
			continue
		}
		a, err := w.look(w.c.Heap().Load(at))
		if err != nil {
			return err
		}
		if a != 0 && w.c.Heap().KindOf(a) == heap.String {
			text := w.c.Heap().Text(a)
			attrs = append(attrs, datatext.XMLAttr{Name: name, Value: text})
			if name == "drvPath" {
				path = text
			}
		}
	}
	w.out.Open("derivation", attrs...)
	if len(path) > budget.PartBytes {
		sum, err := nixhash.SumText(w.c, nixhash.SHA256, path)
		if err != nil {
			return err
		}
		path = string(sum.Bytes())
	}
	if path != "" && !w.seen[path] {
		if err := w.c.Charge(64); err != nil {
			return err
		}
		w.seen[path] = true
		if err := w.attrs(v); err != nil {
			return err
		}
	} else {
		w.out.Empty("repeated")
	}
	w.out.Close()
	return nil
}

// isDerivationSet reports whether v is a set that says it is a derivation.
func isDerivationSet(c *core.Call, v heap.Value) (bool, error) {
	at := findAttr(c, v, "type")
	if at == 0 {
		return false, nil
	}
	t, err := c.ForceSlot(at)
	if err != nil {
		return false, err
	}
	return c.Heap().KindOf(t) == heap.String && c.Heap().Text(t) == "derivation", nil
}

func (w *xmlWriter) attrs(v heap.Value) error {
	for _, e := range w.c.SortedAttrs(v) {
		attrs := make([]datatext.XMLAttr, 1, 4)
		attrs[0] = datatext.XMLAttr{Name: "name", Value: w.c.Name(e.Name)}
		if w.opts.Locations {
			if pos := w.c.AttrPos(v, e.Name); pos != 0 {
				attrs = XMLLocation(w.c, attrs, pos)
			}
		}
		w.out.Open("attr", attrs...)
		if err := w.value(e.Value); err != nil {
			return err
		}
		w.out.Close()
	}
	return nil
}

// XMLLocation appends the attributes that say where pos is.
func XMLLocation(c *core.Call, attrs []datatext.XMLAttr, pos lang.Pos) []datatext.XMLAttr {
	p := c.Evaluator().Files().Position(pos)
	// A name in quotes is of no file, unless something follows.
	file := p.File[strings.Index(p.File, "»")+len("»"):]
	if !strings.HasPrefix(strings.TrimPrefix(p.File, "/"), "«") {
		file = p.File
	}
	if file != "" {
		attrs = append(attrs, datatext.XMLAttr{Name: "path", Value: file})
	}
	return append(attrs,
		datatext.XMLAttr{Name: "line", Value: strconv.Itoa(p.Line)},
		datatext.XMLAttr{Name: "column", Value: strconv.Itoa(p.Column)})
}

// WriteXMLFunction writes the element of a function, and where it is if locations are
// asked for.
func WriteXMLFunction(c *core.Call, out *datatext.XMLWriter, v heap.Value, locations bool) {
	fn := c.Lambda(v)
	if fn == nil {
		out.Empty("unevaluated")
		return
	}
	var attrs []datatext.XMLAttr
	if locations {
		attrs = XMLLocation(c, attrs, fn.At)
	}
	out.Open("function", attrs...)
	var param []datatext.XMLAttr
	if fn.Param != 0 {
		param = append(param, datatext.XMLAttr{Name: "name", Value: c.Name(fn.Param)})
	}
	if fn.Formals == nil {
		out.Empty("varpat", param...)
	} else {
		if fn.Formals.Ellipsis {
			param = append(param, datatext.XMLAttr{Name: "ellipsis", Value: "1"})
		}
		out.Open("attrspat", param...)
		names := make([]string, len(fn.Formals.List))
		for i, f := range fn.Formals.List {
			names[i] = c.Name(f.Name)
		}
		slices.Sort(names)
		for _, name := range names {
			out.Empty("attr", datatext.XMLAttr{Name: "name", Value: name})
		}
		out.Close()
	}
	out.Close()
}
