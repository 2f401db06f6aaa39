package format

// This file defines the printer of XML, also that of builtins.toXML.

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
	"github.com/firn-lang/firn/lang"
)

// An xmlPrinter writes XML, as builtins.toXML has it. Errors are elements error.
type xmlPrinter struct {
	*walker
	xml   *datatext.XMLWriter
	seen  map[string]bool // paths of derivations that were written; of long ones hashes
	check bool            // strings that XML cannot have are errors, which the reference does not look for
}

func newXMLPrinter(w *walker) *xmlPrinter {
	x := &xmlPrinter{walker: w, xml: datatext.NewXMLWriter(nil), seen: map[string]bool{}, check: true}
	x.xml.Flush = func(text []byte) error { return x.text(heap.Frozen(text)) }
	return x
}

// ToXML returns l as builtins.toXML does: what builtins.toXML cannot write is an error
// without frames, and all strings can be written. Of the options, Lazy and Locations count.
// With an error comes what was written before it, with an end for what has begun.
func ToXML(src Source, l heap.Lazy, opt Options) (*Document, error) {
	doc := &Document{Buffer: budget.Buffer{Budget: src}}
	w := newWalker(src, (*memory)(&doc.Buffer), opt)
	w.style, w.asIs, w.keepContexts = errorPlain, true, true
	x := newXMLPrinter(&w)
	x.check = false
	err := x.document(l)
	if err != nil {
		x.xml.CloseAll()
		x.handBack()
	}
	doc.Tail, doc.Contexts = w.buf, w.contexts
	return doc, err
}

// document writes l inside of an element expr.
func (w *xmlPrinter) document(l heap.Lazy) error {
	w.xml.Open("expr")
	if err := w.value(l, w); err != nil {
		w.handBack()
		return err
	}
	w.xml.Close()
	w.handBack()
	return w.xml.Err()
}

// handBack gives the walker what was written.
func (w *xmlPrinter) handBack() { w.buf = append(w.buf, w.xml.Take()...) }

// look evaluates l, unless it is to stay a thunk, which is 0.
func (w *xmlPrinter) look(l heap.Lazy) (heap.Value, error) {
	if w.thunk(l) {
		return 0, nil
	}
	if !w.h.IsValue(l) {
		w.handBack()
	}
	return w.force(l)
}

// mark writes an element for an error.
func (w *xmlPrinter) mark(e *Error) error {
	attrs := []datatext.XMLAttr{{Name: "message", Value: validXML(e.Message())}}
	if pos := e.Position(); pos != "" {
		attrs = append(attrs, datatext.XMLAttr{Name: "at", Value: validXML(pos)})
	}
	w.xml.Empty("error", attrs...)
	return w.xml.Err()
}

// validXML returns s with a sign in place of each character that XML does not have.
func validXML(s string) string {
	for at := datatext.BadXML(s); at >= 0; at = datatext.BadXML(s) {
		s = strings.ToValidUTF8(s[:at], "") + "\ufffd" + s[at+1:]
	}
	return s
}

// visit writes l.
func (w *xmlPrinter) visit(l heap.Lazy) error {
	v, err := w.look(l)
	if err != nil {
		return err
	}
	if v == 0 {
		w.xml.Empty("unevaluated")
		return nil
	}
	h := w.h
	switch k := h.KindOf(v); {
	case k.IsInt():
		w.scalar("int", strconv.FormatInt(h.Int(v), 10))
	case k == heap.Float:
		w.scalar("float", string(numtext.AppendFloat(nil, h.Float(v))))
	case k == heap.Bool:
		w.scalar("bool", strconv.FormatBool(h.Bool(v)))
	case k == heap.Null:
		w.xml.Empty("null")
	case k == heap.String:
		w.addContext(h.Context(v))
		if err := w.checkText(h.Text(v)); err != nil {
			return err
		}
		w.scalar("string", h.Text(v))
	case k == heap.Path:
		text, err := w.src.SettledPath(h.Text(v))
		if err != nil {
			return err
		}
		if err := w.checkText(text); err != nil {
			return err
		}
		w.scalar("path", text)
	case k.IsAttrs():
		return w.set(v)
	case k == heap.List:
		return final(w.list(v))
	default:
		w.function(v)
	}
	return w.xml.Err()
}

// scalar writes an element with a value.
func (w *xmlPrinter) scalar(element, text string) {
	w.xml.Empty(element, datatext.XMLAttr{Name: "value", Value: text})
}

// checkText fails if XML has no way to write s.
func (w *xmlPrinter) checkText(s string) error {
	if !w.check {
		return nil
	}
	at := datatext.BadXML(s)
	switch {
	case at < 0:
		return nil
	case s[at] < ' ':
		return w.failf(NotUTF8, "the string has a control character, which XML does not have: its byte %d is 0x%02x", at, s[at])
	case invalidUTF8(s) == at:
		return w.notUTF8(s, at, XML)
	}
	return w.failf(NotUTF8, "the string has a character at byte %d that XML does not have", at)
}

// elided says that a set or list has something in it, and reports whether it did.
func (w *xmlPrinter) elided(n int, element string) bool {
	if n == 0 || !w.beyond() {
		return false
	}
	w.xml.Open(element)
	w.xml.Empty("unevaluated")
	w.xml.Close()
	return true
}

// list writes a list.
func (w *xmlPrinter) list(v heap.Value) error {
	if w.elided(w.h.Len(v), "list") {
		return nil
	}
	w.xml.Open("list")
	if err := w.elems(v, w); err != nil {
		return err
	}
	w.xml.Close()
	return nil
}

// elem writes an element of a list.
func (w *xmlPrinter) elem(_ int, l heap.Lazy) error { return w.value(l, w) }

// set writes a set. A derivation is written once.
func (w *xmlPrinter) set(v heap.Value) error {
	if w.elided(w.h.Size(v), "attrs") {
		return nil
	}
	isDrv, err := w.isDerivation(v)
	if err != nil {
		return err
	}
	if !isDrv {
		w.xml.Open("attrs")
		if err := w.attributes(v); err != nil {
			return err
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
			if err := w.checkText(text); err != nil {
				return err
			}
			attrs = append(attrs, datatext.XMLAttr{Name: name, Value: text})
			if name == "drvPath" {
				path = text
			}
		}
	}
	w.xml.Open("derivation", attrs...)
	again, err := w.again(path)
	if err != nil {
		return final(err)
	}
	if again {
		w.xml.Empty("repeated")
	} else if err := w.attributes(v); err != nil {
		return err
	}
	w.xml.Close()
	return nil
}

// again reports whether a derivation was written before, or has no path.
func (w *xmlPrinter) again(path string) (bool, error) {
	if len(path) > partLen {
		sum := sha256.New()
		if err := budget.Write(w.src, sum, path); err != nil {
			return false, err
		}
		path = string(sum.Sum(nil))
	}
	if path == "" || w.seen[path] {
		return true, nil
	}
	const entry = 64 // bytes, about
	w.seen[strings.Clone(path)] = true
	return false, w.src.Charge(entry + len(path))
}

// attributes writes the attributes of a set.
func (w *xmlPrinter) attributes(v heap.Value) error { return w.attrs(v, w.src.SortedAttrs(v), w) }

// attr writes an attribute of the set that the walker is in.
func (w *xmlPrinter) attr(_ int, e heap.Entry) error {
	name := w.src.Name(e.Name)
	if err := w.checkText(name); err != nil {
		return err
	}
	attrs := make([]datatext.XMLAttr, 1, 4)
	attrs[0] = datatext.XMLAttr{Name: "name", Value: name}
	if w.opt.Locations {
		of := w.path[len(w.path)-1].of
		if pos := w.src.AttrPos(of, e.Name); pos != 0 {
			attrs = w.location(attrs, pos)
		}
	}
	w.xml.Open("attr", attrs...)
	if err := w.value(e.Value, w); err != nil {
		return err
	}
	w.xml.Close()
	return nil
}

// location appends the attributes that say where pos is.
func (w *xmlPrinter) location(attrs []datatext.XMLAttr, pos lang.Pos) []datatext.XMLAttr {
	p := w.src.Position(pos)
	// A name in quotes is of no file, unless something follows.
	file := p.File[strings.Index(p.File, "»")+len("»"):]
	if !strings.HasPrefix(strings.TrimPrefix(p.File, "/"), "«") {
		file = p.File
	}
	if file != "" {
		if w.check {
			file = validXML(file)
		}
		attrs = append(attrs, datatext.XMLAttr{Name: "path", Value: file})
	}
	return append(attrs,
		datatext.XMLAttr{Name: "line", Value: strconv.Itoa(p.Line)},
		datatext.XMLAttr{Name: "column", Value: strconv.Itoa(p.Column)})
}

// function writes the element of a function: its parameter, and where it is if locations
// are asked for.
func (w *xmlPrinter) function(v heap.Value) {
	fn := w.src.Lambda(v)
	if fn == nil {
		w.xml.Empty("unevaluated")
		return
	}
	var attrs []datatext.XMLAttr
	if w.opt.Locations {
		attrs = w.location(attrs, fn.At)
	}
	w.xml.Open("function", attrs...)
	var param []datatext.XMLAttr
	if fn.Param != 0 {
		param = append(param, datatext.XMLAttr{Name: "name", Value: w.src.Name(fn.Param)})
	}
	if fn.Formals == nil {
		w.xml.Empty("varpat", param...)
	} else {
		if fn.Formals.Ellipsis {
			param = append(param, datatext.XMLAttr{Name: "ellipsis", Value: "1"})
		}
		w.xml.Open("attrspat", param...)
		names := make([]string, len(fn.Formals.List))
		for i, f := range fn.Formals.List {
			names[i] = w.src.Name(f.Name)
		}
		slices.Sort(names)
		for _, name := range names {
			w.xml.Empty("attr", datatext.XMLAttr{Name: "name", Value: name})
		}
		w.xml.Close()
	}
	w.xml.Close()
}
