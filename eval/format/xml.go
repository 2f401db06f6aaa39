package format

// This file defines XML.

import (
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
)

// An xmlWriter writes XML, as builtins.toXML has it. Errors are elements error.
type xmlWriter struct {
	*writer
	xml  *datatext.XMLWriter
	seen map[string]bool // paths of derivations that were written
}

func newXMLWriter(w *writer) *xmlWriter {
	x := &xmlWriter{writer: w, xml: datatext.NewXMLWriter(nil), seen: map[string]bool{}}
	x.xml.Flush = func(text []byte) error {
		x.buf = append(x.buf, text...)
		return x.flush()
	}
	return x
}

func (w *xmlWriter) document(l heap.Lazy) error {
	w.xml.Open("expr")
	if err := w.value(l); err != nil {
		w.take()
		return err
	}
	w.xml.Close()
	w.take()
	return w.xml.Err()
}

// take takes over what was written.
func (w *xmlWriter) take() { w.buf = append(w.buf, w.xml.Take()...) }

// look evaluates l, unless it is to stay a thunk, which is 0.
func (w *xmlWriter) look(l heap.Lazy) (heap.Value, error) {
	if w.thunk(l) {
		return 0, nil
	}
	if !w.h.IsValue(l) {
		w.take()
	}
	return w.force(l)
}

func (w *xmlWriter) value(l heap.Lazy) error {
	err := w.enter()
	if err == nil {
		err = w.entered(l)
		w.c.Leave()
	}
	if err != nil {
		e, err := w.absorb(err)
		if err != nil {
			return err
		}
		attrs := []datatext.XMLAttr{{Name: "message", Value: e.Message()}}
		if pos := e.Position(); pos != "" {
			attrs = append(attrs, datatext.XMLAttr{Name: "at", Value: pos})
		}
		w.xml.Empty("error", attrs...)
	}
	return w.xml.Err()
}

func (w *xmlWriter) entered(l heap.Lazy) error {
	v, err := w.look(l)
	if err != nil {
		return err
	}
	if v == 0 {
		w.xml.Empty("unevaluated")
		return nil
	}
	h := w.h
	scalar := func(element, text string) {
		w.xml.Empty(element, datatext.XMLAttr{Name: "value", Value: text})
	}
	switch k := h.KindOf(v); {
	case k.IsInt():
		scalar("int", strconv.FormatInt(h.Int(v), 10))
	case k == heap.Float:
		scalar("float", string(numtext.AppendFloat(nil, h.Float(v))))
	case k == heap.Bool:
		scalar("bool", strconv.FormatBool(h.Bool(v)))
	case k == heap.Null:
		w.xml.Empty("null")
	case k == heap.String:
		scalar("string", h.Text(v))
	case k == heap.Path:
		scalar("path", h.Text(v))
	case k.IsAttrs():
		return w.set(v)
	case k == heap.List:
		return final(w.list(v))
	default:
		builtins.WriteXMLFunction(w.c, w.xml, v, w.opt.Locations)
	}
	return w.xml.Err()
}

// elided says that a set or list has something in it, and reports whether it did.
func (w *xmlWriter) elided(n int, element string) bool {
	if n == 0 || !w.beyond() {
		return false
	}
	w.xml.Open(element)
	w.xml.Empty("unevaluated")
	w.xml.Close()
	return true
}

func (w *xmlWriter) list(v heap.Value) error {
	if w.elided(w.h.Len(v), "list") {
		return nil
	}
	w.xml.Open("list")
	for i, elem := range w.h.Elems(v) {
		w.intoElem(v, i)
		if err := w.value(elem); err != nil {
			return err
		}
		w.out()
	}
	w.xml.Close()
	return nil
}

func (w *xmlWriter) set(v heap.Value) error {
	if w.elided(w.h.Size(v), "attrs") {
		return nil
	}
	isDrv, err := w.isDerivation(v)
	if err != nil {
		return err
	}
	if !isDrv {
		w.xml.Open("attrs")
		if err := w.attrs(v); err != nil {
			return final(err)
		}
		w.xml.Close()
		return nil
	}
	var attrs []datatext.XMLAttr
	path := ""
	for _, name := range []string{"drvPath", "outPath"} {
		at := w.find(v, name)
		if at == 0 {
			continue
		}
		a, err := w.look(w.h.Load(at))
		if err != nil {
			return err
		}
		if a != 0 && w.h.KindOf(a) == heap.String {
			text := w.h.Text(a)
			attrs = append(attrs, datatext.XMLAttr{Name: name, Value: text})
			if name == "drvPath" {
				path = text
			}
		}
	}
	w.xml.Open("derivation", attrs...)
	if path != "" && !w.seen[path] {
		w.seen[strings.Clone(path)] = true
		if err := w.attrs(v); err != nil {
			return final(err)
		}
	} else {
		w.xml.Empty("repeated")
	}
	w.xml.Close()
	return nil
}

// isDerivation reports whether v is a set that says it is a derivation.
func (w *writer) isDerivation(v heap.Value) (bool, error) {
	at := w.find(v, "type")
	if at == 0 || w.thunk(w.h.Load(at)) {
		return false, nil
	}
	t, err := w.force(w.h.Load(at))
	if err != nil {
		return false, err
	}
	return w.h.KindOf(t) == heap.String && w.h.Text(t) == "derivation", nil
}

func (w *xmlWriter) attrs(v heap.Value) error {
	for _, e := range w.c.SortedAttrs(v) {
		attrs := make([]datatext.XMLAttr, 1, 4)
		attrs[0] = datatext.XMLAttr{Name: "name", Value: w.c.Name(e.Name)}
		if w.opt.Locations {
			if pos := w.c.AttrPos(v, e.Name); pos != 0 {
				attrs = builtins.XMLLocation(w.c, attrs, pos)
			}
		}
		w.xml.Open("attr", attrs...)
		w.intoAttr(v, e.Name)
		if err := w.value(e.Value); err != nil {
			return err
		}
		w.out()
		w.xml.Close()
	}
	return nil
}
