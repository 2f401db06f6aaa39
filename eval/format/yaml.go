package format

// This file defines YAML: block style, with strings quoted wherever a parser of YAML
// 1.1 or 1.2 could take them for something else.

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

const (
	// longKey is how many bytes of a key parsers may not read without a sign that
	// it is one; the limit is 1024 characters, with quotes and escapes.
	longKey = 160
	// maxYAMLIndent is the indentation from which on sets and lists are written in
	// braces and brackets. Deep values would be mostly spaces.
	maxYAMLIndent = 80
)

// A yamlPrinter writes YAML.
type yamlPrinter struct {
	*walker
	flow *jsonPrinter
}

func newYAMLPrinter(w *walker) *yamlPrinter {
	return &yamlPrinter{w, &jsonPrinter{walker: w, spaced: true}}
}

// document writes l, and a newline.
func (w *yamlPrinter) document(l heap.Lazy) error { return w.part(l, top, 0, 0, false) }

// A place is what a value stands behind.
type place uint8

const (
	top  place = iota // nothing
	item              // a dash
	attr              // a key
)

// part writes l at a place: of an attribute, name is its name. indent is where its
// line begins; first says that the line has something already.
func (w *yamlPrinter) part(l heap.Lazy, at place, name lang.Symbol, indent int, first bool) error {
	level, err := w.enter()
	if err != nil {
		return err
	}
	defer w.leave(level)
	d, err := w.datum(l)
	if err == nil && !d.isText && d.v != 0 && w.h.KindOf(d.v).IsFunction() {
		err = w.noForm(d.v, YAML)
	}
	if err == nil && d.isText {
		err = w.checkUTF8(d.text)
	}
	var mark *Error
	if err != nil {
		if mark, err = w.absorb(err); err != nil {
			return err
		}
	}
	if at != top && !first {
		w.indent(indent)
	}
	switch at {
	case item:
		w.buf = append(w.buf, '-')
	case attr:
		if err := w.key(w.src.Name(name), indent); err != nil {
			return final(err)
		}
	}
	if mark != nil {
		w.space(at)
		if err := w.flow.mark(mark); err != nil {
			return err
		}
		w.buf = append(w.buf, '\n')
		return w.flush()
	}
	if err := w.write(d, at, indent); err != nil {
		return final(err)
	}
	return w.flush()
}

func (w *walker) checkUTF8(s string) error {
	if invalidUTF8(s) < 0 {
		return nil
	}
	return w.quoted(s, YAML) // which says what is wrong
}

func (w *yamlPrinter) indent(n int) {
	for range n {
		w.buf = append(w.buf, ' ')
	}
}

// space separates a value from what it stands behind.
func (w *yamlPrinter) space(at place) {
	if at != top {
		w.buf = append(w.buf, ' ')
	}
}

func (w *yamlPrinter) key(name string, indent int) error {
	if isPlainYAML(name) && len(name) <= longKey {
		w.buf = append(w.buf, name...)
		w.buf = append(w.buf, ':')
		return nil
	}
	long := len(name) > longKey
	if long {
		w.buf = append(w.buf, "? "...)
	}
	if err := w.quoted(name, YAML); err != nil {
		return err
	}
	if long {
		w.buf = append(w.buf, '\n')
		w.indent(indent)
	}
	w.buf = append(w.buf, ':')
	return nil
}

// write writes d and a newline.
func (w *yamlPrinter) write(d datum, at place, indent int) error {
	var k heap.Kind
	n := 0
	switch {
	case d.isText:
		return w.textLine(d.text, at, indent)
	case d.v != 0:
		if k = w.h.KindOf(d.v); k.IsAttrs() {
			n = w.h.Size(d.v)
		} else if k == heap.List {
			n = w.h.Len(d.v)
		}
	}
	if n == 0 || w.beyond() || indent > maxYAMLIndent {
		w.space(at)
		if err := w.flow.write(d); err != nil {
			return err
		}
		w.buf = append(w.buf, '\n')
		return nil
	}
	inner := indent + 2
	switch at {
	case top:
		inner = 0
	case item:
		w.buf = append(w.buf, ' ')
	case attr:
		w.buf = append(w.buf, '\n')
	}
	if k == heap.List {
		shared := w.shareElems(d.v)
		defer shared.Close()
		for i, l := range w.h.Elems(d.v) {
			shared.Come(i)
			w.intoElem(d.v, i)
			if err := w.part(l, item, 0, inner, i == 0 && at == item); err != nil {
				return err
			}
			w.leavePart()
		}
		return nil
	}
	all := w.src.SortedAttrs(d.v)
	shared := w.shareAttrs(all)
	defer shared.Close()
	for i, e := range all {
		shared.Come(i)
		w.intoAttr(d.v, e.Name)
		if err := w.part(e.Value, attr, e.Name, inner, i == 0 && at == item); err != nil {
			return err
		}
		w.leavePart()
	}
	return nil
}

// textLine writes a string, and a newline.
func (w *yamlPrinter) textLine(s string, at place, indent int) error {
	w.space(at)
	switch {
	case isPlainYAML(s):
		w.buf = append(w.buf, s...)
	case isLiteralYAML(s):
		w.buf = append(w.buf, '|')
		if !strings.HasSuffix(s, "\n") {
			w.buf = append(w.buf, '-')
		}
		w.buf = append(w.buf, '\n')
		for line := range strings.Lines(s) {
			if line != "\n" {
				w.indent(indent + 2)
			}
			if err := w.text(line); err != nil {
				return err
			}
		}
		if strings.HasSuffix(s, "\n") {
			return nil
		}
	default:
		if err := w.quoted(s, YAML); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, '\n')
	return nil
}

// yamlWords are what parsers of some version take for something else than a string,
// in lower case.
var yamlWords = map[string]bool{
	"null": true, "true": true, "false": true, "yes": true, "no": true, "on": true, "off": true,
	"y": true, "n": true, "nan": true, "inf": true,
}

// maxPlain is how long a string without quotes may be.
const maxPlain = 1 << 10

// isPlainYAML reports whether s needs no quotes, whatever reads it: it begins with a
// letter or a slash, has no character that means anything, and is none of the words.
func isPlainYAML(s string) bool {
	if s == "" || len(s) > maxPlain {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s); r != '/' && !unicode.IsLetter(r) {
		return false
	}
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("_-./+@=~()<>,;$%^*", r):
		case r == ' ':
			if i+1 == len(s) || s[i+1] == '#' {
				return false
			}
		case r == ':':
			if i+1 == len(s) || s[i+1] == ' ' {
				return false
			}
		case r > utf8.RuneSelf && r != utf8.RuneError && unicode.IsLetter(r):
		default:
			return false
		}
	}
	return len(s) > 5 || !yamlWords[strings.ToLower(s)]
}

// isLiteralYAML reports whether s can be written as lines that all parsers read
// back as they are: the first does not begin with a blank, none ends with one, and
// nothing is unprintable.
func isLiteralYAML(s string) bool {
	if !strings.Contains(s, "\n") || strings.HasSuffix(s, "\n\n") || s == "\n" {
		return false
	}
	first := true
	blank := false // the last character was one
	for _, r := range s {
		switch {
		case r == '\n':
			if blank || first {
				return false
			}
			blank = false
			continue
		case r == ' ':
			if first {
				return false // its indentation would have to be told
			}
			blank = true
		case r == '\t':
			if first {
				return false
			}
			blank = true
		case r == utf8.RuneError || isUnprintable(r):
			return false
		default:
			blank = false
		}
		first = false
	}
	return !blank
}

// isUnprintable reports whether YAML does not allow r as it is, or means more than
// itself by it.
func isUnprintable(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff, r == 0xfffe, r == 0xffff:
		return true
	}
	return false
}

// escapeUnprintable writes what is unprintable in buf[from:], which is UTF-8, as
// escapes.
func escapeUnprintable(buf []byte, from int) []byte {
	at := -1
	for i := from; i < len(buf); {
		r, n := utf8.DecodeRune(buf[i:])
		if isUnprintable(r) {
			at = i
			break
		}
		i += n
	}
	if at < 0 {
		return buf
	}
	rest := bytes.Clone(buf[at:])
	buf = buf[:at]
	for len(rest) > 0 {
		r, n := utf8.DecodeRune(rest)
		if isUnprintable(r) {
			buf = fmt.Appendf(buf, `\u%04x`, r)
		} else {
			buf = append(buf, rest[:n]...)
		}
		rest = rest[n:]
	}
	return buf
}

// invalidUTF8 returns where s is not UTF-8; -1 if it is.
func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func validUTF8(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// appendYAMLFloat appends a float so that it reads back as the same one, and as a
// float in all versions of YAML: 1.0, 1.0e+30, .inf.
func appendYAMLFloat(buf []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(buf, ".nan"...)
	case math.IsInf(f, 1):
		return append(buf, ".inf"...)
	case math.IsInf(f, -1):
		return append(buf, "-.inf"...)
	}
	return appendDotted(buf, f)
}

// appendDotted is datatext.AppendJSONFloat, but always with a decimal point.
func appendDotted(buf []byte, f float64) []byte {
	text := datatext.AppendJSONFloat(nil, f)
	if e := bytes.IndexByte(text, 'e'); e >= 0 && bytes.IndexByte(text, '.') < 0 {
		buf = append(append(buf, text[:e]...), ".0"...)
		text = text[e:]
	}
	return append(buf, text...)
}
