package format

// This file defines the printer of JSON, also that of builtins.toJSON.

import (
	"strconv"

	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/eval/heap"
)

// A jsonPrinter writes JSON, as the reference does.
type jsonPrinter struct {
	*walker
	pretty bool
	spaced bool // on one line, with spaces: what YAML reads as well
	level  int  // of indentation
	roomy  bool // a part of the set or list that is being written may be a level deeper
	leaves int  // written by leaf, not counted yet

	// late says that a string which is not UTF-8 is an error when all is written, and
	// invalid is the first such error. The reference evaluates everything before it
	// writes anything.
	late    bool
	invalid error
}

func newJSONPrinter(w *walker) *jsonPrinter { return &jsonPrinter{walker: w, pretty: w.opt.Pretty} }

// A JSONDocument is JSON that is written piece by piece, as builtins.toJSON writes it.
// Errors have a frame for each step to what failed.
type JSONDocument struct {
	doc   Document
	w     walker
	json  jsonPrinter
	attrs int // of the object
}

// NewJSON returns an empty document. Of the options, KeepPaths counts.
func NewJSON(src Source, opt Options) *JSONDocument {
	d := &JSONDocument{}
	d.doc.Budget = src
	d.w = newWalker(src, (*memory)(&d.doc.Buffer), opt)
	d.w.style, d.w.keepContexts, d.w.ahead, d.w.json = errorFrames, true, true, true
	d.json = jsonPrinter{walker: &d.w, late: true}
	return d
}

// Plain says that the values to come were read from JSON: in them __toString and outPath
// mean nothing.
func (d *JSONDocument) Plain() { d.w.plain = true }

// Begin begins an object, whose attributes are written with Attr until End.
func (d *JSONDocument) Begin() {
	d.json.open('{')
	d.attrs = 0
}

// Attr writes an attribute of the object. Errors have no frame for it.
func (d *JSONDocument) Attr(name string, l heap.Lazy) error {
	d.json.next(d.attrs)
	d.attrs++
	if err := d.json.string(name); err != nil {
		return err
	}
	d.json.colon()
	return d.json.value(l)
}

// End ends the object.
func (d *JSONDocument) End() { d.json.close('}', d.attrs) }

// Value writes l.
func (d *JSONDocument) Value(l heap.Lazy) error { return d.json.value(l) }

// Done returns the document, after the last piece of it. It is an error if a string in it
// is not UTF-8.
func (d *JSONDocument) Done() (*Document, error) {
	d.doc.Tail, d.doc.Contexts = d.w.buf, d.w.contexts
	return &d.doc, d.json.invalid
}

// ToJSON returns l as builtins.toJSON does. Of the options, KeepPaths counts.
func ToJSON(src Source, l heap.Lazy, opt Options) (*Document, error) {
	d := NewJSON(src, opt)
	if err := d.Value(l); err != nil {
		return nil, err
	}
	return d.Done()
}

// value writes l, or a mark if that cannot be evaluated.
func (w *jsonPrinter) value(l heap.Lazy) error {
	if w.roomy && w.h.IsValue(l) && w.leaf(heap.Value(l)) {
		return w.flush()
	}
	return w.walker.value(l, w)
}

// leaf writes v if that has no parts, needs no evaluation, and cannot fail, and reports
// whether it did. It saves the way through the walker, which takes longer than the text.
func (w *jsonPrinter) leaf(v heap.Value) bool {
	h := w.h
	switch k := h.KindOf(v); {
	case k == heap.String && w.late:
		s := h.Text(v)
		if len(s) > partLen {
			return false
		}
		start := len(w.buf)
		buf, err := datatext.AppendJSONString(w.buf, s)
		if err != nil {
			w.buf = buf[:start]
			return false
		}
		w.buf = buf
		w.addContext(h.Context(v))
	case k.IsInt():
		w.buf = strconv.AppendInt(w.buf, h.Int(v), 10)
	case k == heap.Float:
		w.buf = w.appendFloat(w.buf, h.Float(v))
	case k == heap.Bool:
		w.buf = strconv.AppendBool(w.buf, h.Bool(v))
	case k == heap.Null:
		w.buf = append(w.buf, "null"...)
	default:
		return false
	}
	w.leaves++
	return true
}

// parts prepares for the parts of a set or list, and counts the leaves before it. The
// caller must give what it returns to endParts.
func (w *jsonPrinter) parts() (outer bool, err error) {
	outer, w.roomy = w.roomy, w.src.Roomy()
	return outer, w.countLeaves()
}

// endParts ends the parts of a set or list.
func (w *jsonPrinter) endParts(outer bool) error {
	w.roomy = outer
	return w.countLeaves()
}

// countLeaves counts each leaf as the walker would: as a step.
func (w *jsonPrinter) countLeaves() error {
	n := w.leaves
	w.leaves = 0
	return w.src.Tick(n)
}

// visit writes l. If it cannot be evaluated, nothing of it was written.
func (w *jsonPrinter) visit(l heap.Lazy) error {
	d, err := w.datum(l)
	if err != nil {
		return err
	}
	return w.write(d)
}

// write writes d, or fails having written nothing or for good.
func (w *jsonPrinter) write(d datum) error {
	if d.isText {
		return w.string(d.text)
	}
	if d.v == 0 {
		return w.fields([2]string{"$elided", "thunk"})
	}
	h := w.h
	switch k := h.KindOf(d.v); {
	case k.IsInt():
		w.buf = strconv.AppendInt(w.buf, h.Int(d.v), 10)
	case k == heap.Float:
		w.buf = w.appendFloat(w.buf, h.Float(d.v))
	case k == heap.Bool:
		w.buf = strconv.AppendBool(w.buf, h.Bool(d.v))
	case k == heap.Null:
		w.buf = append(w.buf, "null"...)
	case k.IsAttrs():
		return w.set(d.v)
	case k == heap.List:
		return w.list(d.v)
	default:
		return w.noForm(d.v, w.form())
	}
	return nil
}

func (w *jsonPrinter) form() Form {
	if w.spaced {
		return YAML
	}
	return JSON
}

func (w *jsonPrinter) appendFloat(buf []byte, f float64) []byte {
	if w.spaced {
		return appendYAMLFloat(buf, f)
	}
	return datatext.AppendJSONFloat(buf, f)
}

var formNames = map[Form]string{JSON: "JSON", YAML: "YAML", TOML: "TOML", XML: "XML", Env: "environment variables"}

// noForm returns the error for a value that the form has no way to write.
func (w *walker) noForm(v heap.Value, form Form) error {
	return w.fail(w.src.Errorf(NoFunction, w.src.DefinedAt(v, w.pos()), "cannot convert %s to "+formNames[form], w.src.TypeText(v)))
}

// notUTF8 returns the error for s, of which byte at is wrong.
func (w *walker) notUTF8(s string, at int, form Form) error {
	return w.failf(NotUTF8, "the string is not UTF-8, which %s needs: its byte %d is 0x%02x", formNames[form], at, s[at])
}

// string writes a string, or fails having written nothing.
func (w *jsonPrinter) string(s string) error {
	if !w.late {
		if err := w.quoted(s, w.form()); err != nil {
			return err
		}
		return w.flush()
	}
	w.buf = append(w.buf, '"')
	for i := 0; i < len(s); {
		end := datatext.PartEnd(s, i, partLen)
		buf, err := datatext.AppendJSONPart(w.buf, s, i, end)
		if err != nil {
			if w.invalid == nil {
				w.invalid = w.src.Errorf(NotUTF8, 0, "JSON serialization error: %s", err)
			}
			return nil
		}
		w.buf = buf
		if i = end; i < len(s) {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	w.buf = append(w.buf, '"')
	return w.flush()
}

// quoted writes s in double quotes, with the escapes of JSON, which YAML and TOML
// have as well. It fails having written nothing, or for good.
func (w *walker) quoted(s string, form Form) error {
	if at := invalidUTF8(s); at >= 0 {
		return w.notUTF8(s, at, form)
	}
	w.buf = append(w.buf, '"')
	if err := w.escaped(s, form); err != nil {
		return err
	}
	w.buf = append(w.buf, '"')
	return nil
}

// escaped writes s, which is UTF-8, with the escapes of JSON.
func (w *walker) escaped(s string, form Form) error {
	for i := 0; i < len(s); {
		end := datatext.PartEnd(s, i, partLen)
		part := len(w.buf)
		w.buf, _ = datatext.AppendJSONPart(w.buf, s, i, end) // which fails only if it is not UTF-8
		if form != JSON {
			w.buf = escapeUnprintable(w.buf, part)
		}
		if i = end; i < len(s) {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// newline ends a line if there are several.
func (w *jsonPrinter) newline() {
	if w.pretty {
		w.buf = append(w.buf, newLine(w.level)...)
	}
}

// open, next and close write what is around the parts of a set or list.
func (w *jsonPrinter) open(bracket byte) {
	w.buf = append(w.buf, bracket)
	w.level++
}

func (w *jsonPrinter) next(i int) {
	if i > 0 {
		w.buf = append(w.buf, ',')
		if w.spaced {
			w.buf = append(w.buf, ' ')
		}
	}
	w.newline()
}

func (w *jsonPrinter) close(bracket byte, n int) {
	w.level--
	if n > 0 {
		w.newline()
	}
	w.buf = append(w.buf, bracket)
}

func (w *jsonPrinter) colon() {
	w.buf = append(w.buf, ':')
	if w.pretty || w.spaced {
		w.buf = append(w.buf, ' ')
	}
}

// set writes a set.
func (w *jsonPrinter) set(v heap.Value) error {
	all := w.src.SortedAttrs(v)
	if len(all) > 0 && w.beyond() {
		return w.fields([2]string{"$elided", "set"})
	}
	outer, err := w.parts()
	if err != nil {
		return err
	}
	w.open('{')
	if err := w.attrs(v, all, w); err != nil {
		return err
	}
	w.close('}', len(all))
	return w.endParts(outer)
}

// attr writes an attribute.
func (w *jsonPrinter) attr(i int, e heap.Entry) error {
	w.next(i)
	name := w.src.Name(e.Name)
	if w.spaced && len(name) > longKey {
		w.buf = append(w.buf, "? "...)
	}
	if err := w.string(name); err != nil {
		return err
	}
	w.colon()
	return w.value(e.Value)
}

// list writes a list.
func (w *jsonPrinter) list(v heap.Value) error {
	if w.h.Len(v) > 0 && w.beyond() {
		return w.fields([2]string{"$elided", "list"})
	}
	outer, err := w.parts()
	if err != nil {
		return err
	}
	w.open('[')
	if err := w.elems(v, w); err != nil {
		return err
	}
	w.close(']', w.h.Len(v))
	return w.endParts(outer)
}

// elem writes an element.
func (w *jsonPrinter) elem(i int, l heap.Lazy) error {
	w.next(i)
	return w.value(l)
}

// fields writes an object with names and texts in place of something else.
func (w *jsonPrinter) fields(fields ...[2]string) error {
	w.open('{')
	for i, f := range fields {
		w.next(i)
		if err := w.string(f[0]); err != nil {
			return err
		}
		w.colon()
		if err := w.string(f[1]); err != nil {
			return err
		}
	}
	w.close('}', len(fields))
	return nil
}

// mark writes an error in place of a value.
func (w *jsonPrinter) mark(e *Error) error { return w.fields(errorFields(e)...) }

// errorFields returns what a mark says of an error.
func errorFields(e *Error) [][2]string {
	out := [][2]string{{"$error", validUTF8(e.Message())}}
	if pos := e.Position(); pos != "" {
		out = append(out, [2]string{"at", validUTF8(pos)})
	}
	return out
}
