package datatext

// This file defines the XML of builtins.toXML: layout and escapes.

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// An XMLAttr is an attribute of an XML element.
type XMLAttr struct {
	Name  string
	Value string // not escaped
}

// A XMLWriter appends an XML document to a byte slice: one tag on a line, two
// spaces of indentation for each level.
type XMLWriter struct {
	// Flush, if not nil, is called now and then with what was written since, which
	// is then gone from the XMLWriter. After it failed nothing is written any more.
	Flush func(text []byte) error

	buf  []byte
	open []string // names of the open elements, outermost first
	err  error    // of Flush
}

// Err returns the error of Flush.
func (w *XMLWriter) Err() error { return w.err }

// partLen is how much is written between two calls of Flush.
const partLen = 1 << 16

// flush calls Flush if much was written.
func (w *XMLWriter) flush() {
	if w.Flush == nil || len(w.buf) < partLen {
		return
	}
	if w.err == nil {
		w.err = w.Flush(w.buf)
	}
	w.buf = w.buf[:0]
}

// NewXMLWriter returns a XMLWriter that has appended the XML declaration to dst.
func NewXMLWriter(dst []byte) *XMLWriter {
	return &XMLWriter{buf: append(dst, "<?xml version='1.0' encoding='utf-8'?>\n"...)}
}

// Bytes returns everything written so far, behind what was in the slice given
// to NewXMLWriter.
func (w *XMLWriter) Bytes() []byte { return w.buf }

// Take returns what Bytes does, and forgets it. It is valid until more is written.
func (w *XMLWriter) Take() []byte {
	text := w.buf
	w.buf = w.buf[:0]
	return text
}

// Open writes a start tag. Its attributes come out sorted by name, as the
// reference has it.
func (w *XMLWriter) Open(name string, attrs ...XMLAttr) {
	w.tag(name, attrs)
	w.buf = append(w.buf, ">\n"...)
	w.flush()
	w.open = append(w.open, name)
}

// CloseAll writes the end tags of all open elements.
func (w *XMLWriter) CloseAll() {
	for len(w.open) > 0 {
		w.Close()
	}
}

// Close writes the end tag of the innermost open element, if there is one.
func (w *XMLWriter) Close() {
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
func (w *XMLWriter) Empty(name string, attrs ...XMLAttr) {
	w.tag(name, attrs)
	w.buf = append(w.buf, " />\n"...)
	w.flush()
}

func (w *XMLWriter) tag(name string, attrs []XMLAttr) {
	w.indent()
	w.buf = append(w.buf, '<')
	w.buf = append(w.buf, name...)
	byName := func(a, b XMLAttr) int { return strings.Compare(a.Name, b.Name) }
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
func (w *XMLWriter) value(s string) {
	if w.Flush == nil {
		w.room(len(s))
	}
	for w.Flush != nil && len(s) > partLen && w.err == nil {
		w.buf = AppendXMLValue(w.buf, s[:partLen])
		w.flush()
		s = s[partLen:]
	}
	if w.err == nil {
		w.buf = AppendXMLValue(w.buf, s)
	}
}

// room doubles the buffer if a value of n bytes may not fit: append alone would
// allocate a large document five times over.
func (w *XMLWriter) room(n int) {
	const markup = 1 << 10
	if need := n + n/8 + markup; cap(w.buf)-len(w.buf) < need {
		w.buf = slices.Grow(w.buf, max(need, cap(w.buf)))
	}
}

func (w *XMLWriter) indent() {
	for range w.open {
		w.buf = append(w.buf, "  "...)
	}
}

// AppendXMLValue appends s as the value of an attribute, without the quotes
// around it. A newline is escaped, since XML readers would make a space of it.
//
// Quirk: other control characters and bytes that are not UTF-8 stay as they
// are, although the document is then not well-formed, or loses them on
// reading.
func AppendXMLValue(dst []byte, s string) []byte {
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

// BadXML returns the index of the first byte in s that XML 1.0 has no way to write, not
// even escaped: of a control character, of U+FFFE or U+FFFF, or one that is not UTF-8.
// If there is none, it returns -1.
func BadXML(s string) int {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r == 0xfffe || r == 0xffff {
			return i
		}
		i += n
	}
	return -1
}
