package format

// This file defines JSON.

import (
	"strconv"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/eval/heap"
)

// A jsonWriter writes JSON, as the reference does.
type jsonWriter struct {
	*writer
	pretty bool
	spaced bool // on one line, with spaces: what YAML reads as well
	level  int  // of indentation
}

func newJSONWriter(w *writer) *jsonWriter { return &jsonWriter{writer: w, pretty: w.opt.Pretty} }

// value writes l, or a mark if that cannot be evaluated.
func (w *jsonWriter) value(l heap.Lazy) error {
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
		return w.errorMark(e)
	}
	return w.flush()
}

// entered writes l. If it cannot be evaluated, nothing of it was written.
func (w *jsonWriter) entered(l heap.Lazy) error {
	d, err := w.datum(l)
	if err != nil {
		return err
	}
	return w.write(d)
}

// write writes d, or fails having written nothing or for good.
func (w *jsonWriter) write(d datum) error {
	if d.isText {
		return w.string(d.text)
	}
	if d.v == 0 {
		return w.mark("$elided", "thunk")
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
		return w.attrs(d.v)
	case k == heap.List:
		return w.list(d.v)
	default:
		return w.noForm(d.v, w.form())
	}
	return nil
}

func (w *jsonWriter) form() Form {
	if w.spaced {
		return YAML
	}
	return JSON
}

func (w *jsonWriter) appendFloat(buf []byte, f float64) []byte {
	if w.spaced {
		return appendYAMLFloat(buf, f)
	}
	return datatext.AppendJSONFloat(buf, f)
}

var formNames = map[Form]string{JSON: "JSON", YAML: "YAML", TOML: "TOML", Env: "environment variables"}

// noForm returns the error for a value that the form has no way to write.
func (w *writer) noForm(v heap.Value, form Form) error {
	return w.fail(w.c.ErrorfAt(core.CodeWrongType, w.c.DefinedAt(v, w.pos()), "cannot convert %s to %s", w.c.ShowType(v), formNames[form]))
}

// string writes a string, or fails having written nothing.
func (w *jsonWriter) string(s string) error {
	if err := w.quoted(s, w.form()); err != nil {
		return err
	}
	return w.flush()
}

// quoted writes s in double quotes, with the escapes of JSON, which YAML and TOML
// have as well. It fails having written nothing, or for good.
func (w *writer) quoted(s string, form Form) error {
	if form != JSON {
		if at := invalidUTF8(s); at >= 0 {
			return w.failf(core.CodeNotUTF8, "the string is not UTF-8, which %s needs: its byte %d is 0x%02x", formNames[form], at, s[at])
		}
	}
	w.buf = append(w.buf, '"')
	if err := w.escaped(s, form); err != nil {
		if e, ok := err.(*Error); ok && !e.final {
			w.buf = w.buf[:len(w.buf)-1]
		}
		return err
	}
	w.buf = append(w.buf, '"')
	return nil
}

// escaped is quoted without the quotes. Only JSON tells here that s is not UTF-8.
func (w *writer) escaped(s string, form Form) error {
	from := len(w.buf)
	for i := 0; i < len(s); {
		end := datatext.PartEnd(s, i, partLen)
		part := len(w.buf)
		buf, err := datatext.AppendJSONPart(w.buf, s, i, end)
		if err != nil {
			err = w.failf(core.CodeNotUTF8, "JSON serialization error: %s", err)
			if i > 0 {
				return final(err)
			}
			w.buf = buf[:from]
			return err
		}
		w.buf = buf
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
func (w *jsonWriter) newline() {
	if !w.pretty {
		return
	}
	w.buf = append(w.buf, '\n')
	for range w.level {
		w.buf = append(w.buf, "  "...)
	}
}

// open, next and close write what is around the parts of a set or list.
func (w *jsonWriter) open(bracket byte) {
	w.buf = append(w.buf, bracket)
	w.level++
}

func (w *jsonWriter) next(i int) {
	if i > 0 {
		w.buf = append(w.buf, ',')
		if w.spaced {
			w.buf = append(w.buf, ' ')
		}
	}
	w.newline()
}

func (w *jsonWriter) close(bracket byte, n int) {
	w.level--
	if n > 0 {
		w.newline()
	}
	w.buf = append(w.buf, bracket)
}

func (w *jsonWriter) colon() {
	w.buf = append(w.buf, ':')
	if w.pretty || w.spaced {
		w.buf = append(w.buf, ' ')
	}
}

func (w *jsonWriter) attrs(v heap.Value) error {
	all := w.c.SortedAttrs(v)
	if len(all) > 0 && w.beyond() {
		return w.mark("$elided", "set")
	}
	w.open('{')
	for i, e := range all {
		w.next(i)
		if name := w.c.Name(e.Name); w.spaced && len(name) > longKey {
			w.buf = append(w.buf, "? "...)
		}
		w.intoAttr(v, e.Name)
		if err := w.string(w.c.Name(e.Name)); err != nil {
			return final(err)
		}
		w.colon()
		if err := w.value(e.Value); err != nil {
			return err
		}
		w.out()
	}
	w.close('}', len(all))
	return nil
}

func (w *jsonWriter) list(v heap.Value) error {
	if w.h.Len(v) > 0 && w.beyond() {
		return w.mark("$elided", "list")
	}
	w.open('[')
	for i, l := range w.h.Elems(v) {
		w.next(i)
		w.intoElem(v, i)
		if err := w.value(l); err != nil {
			return err
		}
		w.out()
	}
	w.close(']', w.h.Len(v))
	return nil
}

// mark writes an object with one attribute in place of something else.
func (w *jsonWriter) mark(name, text string) error { return w.marks([][2]string{{name, text}}) }

func (w *jsonWriter) marks(fields [][2]string) error {
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

func (w *jsonWriter) errorMark(e *Error) error { return w.marks(errorFields(e)) }

// errorFields returns what a mark says of an error.
func errorFields(e *Error) [][2]string {
	out := [][2]string{{"$error", validUTF8(e.Message())}}
	if pos := e.Position(); pos != "" {
		out = append(out, [2]string{"at", validUTF8(pos)})
	}
	return out
}
