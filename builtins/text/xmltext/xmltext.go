// Package xmltext writes the documents of builtins.toXML and of
// nix-instantiate --xml. It knows the layout and the escapes; which elements
// a value becomes is for the caller to say:
//
//	int, float, bool, string, path   attribute value
//	null, unevaluated, repeated      nothing
//	list                             its elements
//	attrs                            an attr for each attribute, sorted by name
//	attr                             attributes name and maybe path, line, column; its value
//	derivation                       attributes drvPath and outPath; attr elements, or repeated
//	function                         maybe path, line, column; attrspat or varpat
//	attrspat                         maybe name and ellipsis; an attr for each formal
//	varpat                           attribute name
//
// All of it is inside one element expr. A Writer is used like this:
//
//	w := xmltext.NewWriter(nil)
//	w.Open("expr")
//	w.Empty("int", xmltext.Attr{Name: "value", Value: "1"})
//	w.Close()
//	text := w.Bytes()
package xmltext

// This file defines Writer and AppendEscaped.

import (
	"slices"
	"strings"
)

// An Attr is an attribute of an XML element.
type Attr struct {
	Name  string
	Value string // not escaped
}

// A Writer appends an XML document to a byte slice: one tag on a line, two
// spaces of indentation for each level.
type Writer struct {
	// Flush, if not nil, is called now and then with what was written since, which
	// is then gone from the Writer. After it failed nothing is written any more.
	Flush func(text []byte) error

	buf  []byte
	open []string // names of the open elements, outermost first
	err  error    // of Flush
}

// Err returns the error of Flush.
func (w *Writer) Err() error { return w.err }

// partLen is how much is written between two calls of Flush.
const partLen = 1 << 16

// flush calls Flush if much was written.
func (w *Writer) flush() {
	if w.Flush == nil || len(w.buf) < partLen {
		return
	}
	if w.err == nil {
		w.err = w.Flush(w.buf)
	}
	w.buf = w.buf[:0]
}

// NewWriter returns a Writer that has appended the XML declaration to dst.
func NewWriter(dst []byte) *Writer {
	return &Writer{buf: append(dst, "<?xml version='1.0' encoding='utf-8'?>\n"...)}
}

// Bytes returns everything written so far, behind what was in the slice given
// to NewWriter.
func (w *Writer) Bytes() []byte { return w.buf }

// Take returns what Bytes does, and forgets it. It is valid until more is written.
func (w *Writer) Take() []byte {
	text := w.buf
	w.buf = w.buf[:0]
	return text
}

// Open writes a start tag. Its attributes come out sorted by name, as the
// reference has it.
func (w *Writer) Open(name string, attrs ...Attr) {
	w.tag(name, attrs)
	w.buf = append(w.buf, ">\n"...)
	w.flush()
	w.open = append(w.open, name)
}

// CloseAll writes the end tags of all open elements.
func (w *Writer) CloseAll() {
	for len(w.open) > 0 {
		w.Close()
	}
}

// Close writes the end tag of the innermost open element, if there is one.
func (w *Writer) Close() {
	last := len(w.open) - 1
	if last < 0 {
		return
	}
	name := w.open[last]
	w.open = w.open[:last]
	w.indent()
	w.buf = append(w.buf, "</"...)
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, ">\n"...)
	w.flush()
}

// Empty writes an element without content.
func (w *Writer) Empty(name string, attrs ...Attr) {
	w.tag(name, attrs)
	w.buf = append(w.buf, " />\n"...)
	w.flush()
}

func (w *Writer) tag(name string, attrs []Attr) {
	w.indent()
	w.buf = append(w.buf, '<')
	w.buf = append(w.buf, name...)
	byName := func(a, b Attr) int { return strings.Compare(a.Name, b.Name) }
	if !slices.IsSortedFunc(attrs, byName) {
		attrs = slices.SortedFunc(slices.Values(attrs), byName)
	}
	for _, a := range attrs {
		w.buf = append(w.buf, ' ')
		w.buf = append(w.buf, a.Name...)
		w.buf = append(w.buf, '=', '"')
		w.value(a.Value)
		w.buf = append(w.buf, '"')
	}
}

// value writes the value of an attribute.
func (w *Writer) value(s string) {
	if w.Flush == nil {
		w.room(len(s))
	}
	for w.Flush != nil && len(s) > partLen && w.err == nil {
		w.buf = AppendEscaped(w.buf, s[:partLen])
		w.flush()
		s = s[partLen:]
	}
	if w.err == nil {
		w.buf = AppendEscaped(w.buf, s)
	}
}

// room doubles the buffer if a value of n bytes may not fit: append alone would
// allocate a large document five times over.
func (w *Writer) room(n int) {
	const markup = 1 << 10
	if need := n + n/8 + markup; cap(w.buf)-len(w.buf) < need {
		w.buf = slices.Grow(w.buf, max(need, cap(w.buf)))
	}
}

func (w *Writer) indent() {
	for range w.open {
		w.buf = append(w.buf, "  "...)
	}
}

// AppendEscaped appends s as the value of an attribute, without the quotes
// around it. A newline is escaped, since XML readers would make a space of it.
//
// Quirk: other control characters and bytes that are not UTF-8 stay as they
// are, although the document is then not well-formed, or loses them on
// reading.
func AppendEscaped(dst []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		var esc string
		switch s[i] {
		case '"':
			esc = "&quot;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '&':
			esc = "&amp;"
		case '\n':
			esc = "&#xA;"
		default:
			continue
		}
		dst = append(dst, s[from:i]...)
		dst = append(dst, esc...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}
