package format

// This file defines the colours of JSON, YAML and TOML. They are added to the finished text:
// so the writers know nothing of them, and cannot be slowed down by them.

import (
	"bytes"
	"io"

	"github.com/firn-lang/firn/eval/ansi"
)

// keyColor is the colour of names of attributes.
const keyColor = ansi.Blue

// A colorWriter adds colours to JSON, YAML or TOML that this package wrote, and passes it on.
// It keeps the beginning of a line of YAML until the rest comes; see end.
type colorWriter struct {
	out  io.Writer
	form Form
	buf  []byte // coloured, not passed on yet

	// JSON, also within YAML; and TOML, whose values are nearly those of JSON.
	open  []byte // the brackets around what comes next
	key   bool   // what comes next is a name
	token jsonToken

	// TOML.
	header  bool // the line is the header of a table
	quote   byte // of the string under way: ", or ' for one without escapes
	quotes  int  // that the string begins with, as far as that is known: 1 to 3
	closing int  // quotes in a row behind them, of a string that begins with three
	opening bool // the next byte may be one of the quotes that the string begins with

	// YAML.
	line    []byte // without its end
	plain   bool   // the rest of the line is passed on as it is, since it is long
	literal int    // indentation that lines of a literal string are beyond; -1 outside
}

// A jsonToken says what the last byte belonged to.
type jsonToken uint8

const (
	tokenNone jsonToken = iota
	tokenString
	tokenEscape // a backslash in a string
	tokenWord   // a number, true, false or null
)

func newColorWriter(out io.Writer, form Form) *colorWriter {
	return &colorWriter{out: out, form: form, key: form == TOML, literal: -1}
}

// Write implements io.Writer.
func (w *colorWriter) Write(p []byte) (int, error) {
	if w.form == YAML {
		w.addYAML(p)
	} else {
		w.addJSON(p)
	}
	return len(p), w.pass()
}

// pass passes on what has its colours.
func (w *colorWriter) pass() error {
	_, err := w.out.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

// end ends the text, which may be incomplete.
func (w *colorWriter) end() error {
	if len(w.line) > 0 {
		w.addLine(w.line)
		w.line = nil
	}
	if w.token != tokenNone {
		w.buf = append(w.buf, ansi.Normal...)
	}
	return w.pass()
}

// addJSON adds JSON or TOML, which may end anywhere. The difference is in place.
func (w *colorWriter) addJSON(text []byte) {
	for _, b := range text {
		if w.form == TOML && w.addTOMLString(b) {
			continue
		}
		switch w.token {
		case tokenEscape:
			w.token = tokenString
			w.buf = append(w.buf, b)
			continue
		case tokenString:
			w.buf = append(w.buf, b)
			if b == '\\' {
				w.token = tokenEscape
			} else if b == '"' {
				w.endToken()
			}
			continue
		case tokenWord:
			if isWordByte(b) {
				w.buf = append(w.buf, b)
				continue
			}
			w.endToken()
		}
		switch {
		case b == '"':
			w.token = tokenString
			if w.key {
				w.buf = append(w.buf, keyColor...)
			} else {
				w.buf = append(w.buf, ansi.Magenta...)
			}
		case isWordByte(b):
			w.token = tokenWord
			if w.key {
				w.buf = append(w.buf, keyColor...)
			} else {
				w.buf = append(w.buf, ansi.Cyan...)
			}
		case w.form == TOML && w.place(b):
		case b == '{' || b == '[':
			w.open = append(w.open, b)
			w.key = b == '{'
		case b == '}' || b == ']':
			w.open = w.open[:max(len(w.open)-1, 0)]
			w.key = false
		case b == ',':
			w.key = len(w.open) > 0 && w.open[len(w.open)-1] == '{'
		case b == ':':
			w.key = false
		}
		w.buf = append(w.buf, b)
	}
}

// addTOMLString adds a byte of a string, or of the quotes around it; of other bytes it returns
// false.
func (w *colorWriter) addTOMLString(b byte) bool {
	switch {
	case w.token == tokenEscape:
		w.token = tokenString
	case w.token != tokenString:
		if b != '"' && b != '\'' {
			return false
		}
		if w.token == tokenWord {
			w.endToken()
		}
		w.token, w.quote, w.quotes, w.closing, w.opening = tokenString, b, 1, 0, true
		color := ansi.Magenta
		if w.key {
			color = keyColor
		}
		w.buf = append(w.buf, color...)
	case w.opening && b == w.quote:
		w.quotes++
		w.opening = w.quotes < 3
	case w.opening && w.quotes == 2: // it was empty
		w.endToken()
		w.opening = false
		return false
	case b == '\\' && w.quote == '"':
		w.token, w.opening, w.closing = tokenEscape, false, 0
	case b == w.quote:
		w.closing++
		if w.closing == w.quotes {
			w.buf = append(w.buf, b)
			w.endToken()
			return true
		}
	default:
		w.opening, w.closing = false, 0
	}
	w.buf = append(w.buf, b)
	return true
}

// place keeps the place in a text of TOML up to date, for the bytes that have another meaning
// there than in JSON; of others, it returns false.
func (w *colorWriter) place(b byte) bool {
	switch {
	case b == '\n' && len(w.open) == 0:
		w.key, w.header = true, false
	case w.header: // names, dots and brackets
	case b == '[' && w.key && len(w.open) == 0:
		w.header = true
	case b == '=':
		w.key = false
	default:
		return false
	}
	return true
}

func (w *colorWriter) endToken() {
	w.token = tokenNone
	w.buf = append(w.buf, ansi.Normal...)
}

// isWordByte reports whether b may stand in a number, true, false or null, or in a name of
// TOML without quotes.
func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '+' || b == '.' || b == '_'
}

// addYAML adds YAML line by line.
func (w *colorWriter) addYAML(text []byte) {
	for len(text) > 0 {
		line, rest, whole := bytes.Cut(text, []byte{'\n'})
		text = rest
		switch {
		case w.plain:
			w.buf = append(w.buf, line...)
		case len(w.line)+len(line) > partLen:
			w.plain = true
			w.buf = append(append(w.buf, w.line...), line...)
		case whole:
			w.addLine(append(w.line, line...))
		default:
			w.line = append(w.line, line...)
			continue
		}
		w.line = w.line[:0]
		if whole {
			w.plain = false
			w.buf = append(w.buf, '\n')
		}
	}
}

// addLine adds a line of YAML: dashes, a name, and a value, each of which may be missing.
func (w *colorWriter) addLine(line []byte) {
	rest := bytes.TrimLeft(line, " ")
	indent := len(line) - len(rest)
	if w.literal >= 0 && (len(rest) == 0 || indent > w.literal) {
		w.paint(ansi.Magenta, line)
		return
	}
	w.literal = indent
	for bytes.HasPrefix(rest, []byte("- ")) || bytes.HasPrefix(rest, []byte("? ")) || bytes.HasPrefix(rest, []byte(": ")) {
		rest = rest[2:]
		indent += 2
		w.literal = indent - 2
	}
	w.buf = append(w.buf, line[:len(line)-len(rest)]...)
	if bytes.HasPrefix(rest, []byte("#")) || string(rest) == "---" {
		w.literal = -1
		w.paint(ansi.Faint, rest)
		return
	}
	if n := keyLen(rest); n > 0 {
		w.literal = indent
		w.paint(keyColor, rest[:n])
		w.buf = append(w.buf, ':')
		if rest = rest[n+1:]; len(rest) > 0 {
			w.buf = append(w.buf, ' ')
			rest = rest[1:]
		}
	}
	if len(rest) > 0 && rest[0] == '|' {
		w.buf = append(w.buf, rest...)
		return
	}
	w.literal = -1
	switch {
	case len(rest) == 0:
	case bytes.IndexByte([]byte(`"[{-.0123456789`), rest[0]) >= 0, yamlWords[string(rest)]:
		w.addJSON(rest)
		if w.token != tokenNone {
			w.endToken()
		}
		w.open, w.key = w.open[:0], false
	default:
		w.paint(ansi.Magenta, rest)
	}
}

// keyLen returns how many bytes the name has that a line of YAML begins with, in front
// of the colon; 0 if there is none.
func keyLen(line []byte) int {
	n := 0
	if len(line) > 0 && line[0] == '"' {
		for n = 1; n < len(line) && line[n] != '"'; n++ {
			if line[n] == '\\' {
				n++
			}
		}
		n++
	} else if i := bytes.Index(line, []byte(": ")); i >= 0 {
		n = i
	} else if bytes.HasSuffix(line, []byte(":")) {
		n = len(line) - 1
	}
	if n > 0 && n < len(line) && line[n] == ':' && (n+1 == len(line) || line[n+1] == ' ') {
		return n
	}
	return 0
}

func (w *colorWriter) paint(color string, text []byte) {
	w.buf = append(append(append(w.buf, color...), text...), ansi.Normal...)
}
