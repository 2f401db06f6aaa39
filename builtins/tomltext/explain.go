package tomltext

// This file defines explain: what the reference says about a mistake in the
// syntax. The library that reads texts has words of its own, so once it has
// found a mistake, the expression is read again, the way the reference does.

import (
	"bytes"
	"strings"
)

const (
	badKey     = `toml::parse_simple_key: invalid key: key must be "quoted", 'quoted-literal', or bare key.`
	badKeyNote = "expected alpha [a-zA-Z], digit [0-9], -, or _"
	badKeyHint = "Hint: non-ASCII scripts are allowed in toml v1.1.0, but not in v1.0.0."
	badTrue    = "toml::parse_boolean: invalid boolean: boolean must be `true` or `false`, in lowercase. string must be surrounded by `\"`"
	badBreak   = "toml::parse_table: newline (LF / CRLF) or EOF is expected"
	badDigits  = "bad integer: `_` must be surrounded by digits"
	intHints   = "Hint: valid  : -42, 1_000, 1_2_3_4_5, 0xC0FFEE, 0b0010, 0o755\nHint: invalid: _42, 1__000, 0123"
	floatHints = "Hint: valid  : +1.0, -2e-2, 3.141_592_653_589, inf, nan\nHint: invalid: .0, 1., _1.0, 1.0_, 1_.0, 1.0__0"
)

// A mistake is where the reference finds something wrong, and its words.
type mistake struct {
	at         int
	msg, note  string
	hints      string // lines below the excerpt
	unfinished int    // where what lacks its end starts; the end of the text is what is wrong then
}

// An explainer reads an expression until the first mistake.
type explainer struct {
	src   []byte
	found *mistake
	depth int // of values in values
}

// maxDepth is how deep the library reads.
const maxDepth = 10_000

// explain returns the error for the first mistake in src behind start, or nil
// if it finds none.
func explain(src []byte, start int) error {
	x := explainer{src: src}
	i := x.blank(start)
	if i < len(src) && src[i] == '[' {
		x.header(i)
	} else if i = x.keyValue(i); x.found == nil {
		if i = x.spaces(i); !x.lineEnd(i) && x.at(i) != '[' {
			x.fail(i, badBreak, "here", "")
		}
	}
	switch m := x.found; {
	case m == nil || m.msg == "":
		return nil
	case m.unfinished > 0:
		return errorUnfinished(src, m.unfinished-1, m.msg, m.note)
	default:
		return errorAt(src, m.at, m.msg, m.note, m.hints)
	}
}

func (x *explainer) fail(at int, msg, note, hints string) int {
	if x.found == nil {
		x.found = &mistake{at: at, msg: msg, note: note, hints: hints}
	}
	return at
}

// at returns the byte at i, or 0 at the end.
func (x *explainer) at(i int) byte {
	if i < len(x.src) {
		return x.src[i]
	}
	return 0
}

func (x *explainer) has(i int, text string) bool {
	return i <= len(x.src) && bytes.HasPrefix(x.src[i:], []byte(text))
}

// spaces skips blanks and a comment.
func (x *explainer) spaces(i int) int {
	for x.at(i) == ' ' || x.at(i) == '\t' {
		i++
	}
	return i
}

func (x *explainer) comment(i int) int {
	if x.at(i) == '#' {
		for i < len(x.src) && x.src[i] != '\n' {
			i++
		}
	}
	return i
}

func (x *explainer) lineEnd(i int) bool {
	return i >= len(x.src) || x.src[i] == '\n' || x.src[i] == '#' || x.has(i, "\r\n")
}

// blank skips blanks, comments and ends of lines.
func (x *explainer) blank(i int) int {
	for {
		j := x.comment(x.spaces(i))
		switch {
		case x.at(j) == '\n':
			j++
		case x.has(j, "\r\n"):
			j += 2
		}
		if j == i {
			return i
		}
		i = j
	}
}

func isBare(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

func (x *explainer) simpleKey(i int) int {
	switch c := x.at(i); {
	case c == '"':
		return x.basicString(i)
	case c == '\'':
		return x.literalString(i)
	case !isBare(c):
		return x.fail(i, badKey, badKeyNote, badKeyHint)
	}
	for isBare(x.at(i)) {
		i++
	}
	return i
}

// key reads a key with dots, and returns where it ends.
func (x *explainer) key(i int) int {
	for {
		i = x.simpleKey(i)
		j := x.spaces(i)
		if x.found != nil || x.at(j) != '.' {
			return i
		}
		i = x.spaces(j + 1)
	}
}

func (x *explainer) keyValue(i int) int {
	i = x.key(i)
	if x.found != nil {
		return i
	}
	if i = x.spaces(i); x.at(i) != '=' {
		return x.fail(i, "toml::parse_key_value_pair: invalid key value separator `=`", "expected =", "")
	}
	return x.value(x.spaces(i + 1))
}

// header reads the header of a table. In its key the reference does not say
// what is wrong, but where it stopped to be one.
func (x *explainer) header(i int) {
	brackets, msg, note := 1, "toml::parse_file: invalid table key", "expected ]"
	if x.has(i, "[[") {
		brackets, msg, note = 2, "toml::parse_file: invalid array-table key", "expected ]]"
	}
	first := x.spaces(i + brackets)
	end := first
	for j := first; ; {
		k := explainer{src: x.src}
		e := k.simpleKey(j)
		if k.found != nil {
			break
		}
		end = e
		if j = x.spaces(e); x.at(j) != '.' {
			break
		}
		j = x.spaces(j + 1)
	}
	if end == first {
		x.fail(first, msg, `expected basic key([a-zA-Z0-9_-]) or quoted key(" or ')`, "")
		return
	}
	end = x.spaces(end)
	if !x.has(end, "]]"[:brackets]) {
		x.fail(end, msg, note, "")
		return
	}
	if end = x.spaces(end + brackets); !x.lineEnd(end) {
		x.fail(end, "toml::parse_file: newline (or EOF) expected", "expected 0x0a(LINE FEED) or\n", "")
	}
}

func (x *explainer) value(i int) int {
	switch c := x.at(i); {
	case x.has(i, `"""`):
		return x.longString(i, `"""`, "toml::parse_ml_basic_string")
	case c == '"':
		return x.basicString(i)
	case x.has(i, "'''"):
		return x.longString(i, "'''", "toml::parse_ml_literal_string")
	case c == '\'':
		return x.literalString(i)
	case (c == '[' || c == '{') && x.depth > maxDepth:
		x.found = &mistake{} // the library knows
		return i
	case c == '[':
		return x.array(i)
	case c == '{':
		return x.inlineTable(i)
	case c == 't' || c == 'f':
		for _, word := range []string{"true", "false"} {
			if x.has(i, word) {
				return i + len(word)
			}
		}
		return x.fail(i, badTrue, "expected true or false", "")
	case c == 'T' || c == 'F':
		word := map[byte]string{'T': "true", 'F': "false"}[c]
		if len(x.src)-i >= len(word) && strings.EqualFold(string(x.src[i:i+len(word)]), word) {
			return x.fail(i, "toml::parse_value: `"+word+"` must be in lowercase. A string must be surrounded by quotes.", "expected true or false", "")
		}
	case isDigit(c), c == '+', c == '-', c == '_', c == '.', c == 'i', c == 'n':
		return x.number(i)
	}
	return x.unknown(i)
}

func (x *explainer) unknown(i int) int {
	return x.fail(i, "bad format: unknown value appeared", "here", "")
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func (x *explainer) number(i int) int {
	start := i
	if c := x.at(i); c == '+' || c == '-' {
		i++
	}
	switch c := x.at(i); {
	case x.has(i, "inf"), x.has(i, "nan"):
		return i + 3
	case c == '_' && isDigit(x.at(i+1)):
		return x.fail(start, "bad number: `_` must be surrounded by digits", "digits required before `_`", intHints)
	case c == '.' && isDigit(x.at(i+1)):
		return x.fail(start, "bad float: integer part is required before decimal point", "missing integer part", floatHints)
	case !isDigit(c):
		return x.unknown(start)
	}
	if c := x.at(i + 1); start == i && x.at(i) == '0' && (c == 'x' || c == 'o' || c == 'b') {
		return x.based(i)
	}
	if start == i && (x.isTime(i) || x.isDate(i)) {
		return x.time(i)
	}
	if x.at(i) == '0' {
		switch c := x.at(i + 1); {
		case c == '0':
			return x.fail(i, "bad integer: leading zero", "leading zero is not allowed", intHints)
		case isDigit(c):
			return x.fail(i+1, "bad integer: invalid digit after an integer", "this digit is not allowed", intHints)
		case c == '_':
			return x.fail(i+1, "bad integer: leading zero is not allowed in decimal int", "leading zero", intHints)
		}
	}
	var ok bool
	if i, ok = x.digits(i, isDigit); !ok {
		return x.fail(i, badDigits, "invalid underscore", intHints)
	}
	for _, part := range []string{".", "eE"} {
		if c := x.at(i); c == 0 || strings.IndexByte(part, c) < 0 {
			continue
		}
		j := i + 1
		if c := x.at(j); part == "eE" && (c == '+' || c == '-') {
			j++
		}
		end, ok := x.digits(j, isDigit)
		if end == j || !ok {
			return x.fail(i, "bad float: invalid format", "here", floatHints)
		}
		i = end
	}
	return i
}

// digits reads digits with underscores between them; if there is one elsewhere,
// it returns where.
func (x *explainer) digits(i int, is func(byte) bool) (int, bool) {
	for ; is(x.at(i)) || x.at(i) == '_'; i++ {
		if x.at(i) == '_' && (!is(x.at(i-1)) || !is(x.at(i+1))) {
			return i, false
		}
	}
	return i, true
}

// based reads an integer that is not decimal.
func (x *explainer) based(i int) int {
	name, like, note := "hex", "0xC0FFEE, 0xdead_beef", "expected hex [0-9a-fA-F]"
	is := func(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
	switch x.at(i + 1) {
	case 'o':
		name, like, note = "oct", "0o775, 0o04_44", "expected from `0` to `7`"
		is = func(c byte) bool { return '0' <= c && c <= '7' }
	case 'b':
		name, like, note = "bin", "0b0101, 0b1111_0000", "expected 0 or 1"
		is = func(c byte) bool { return c == '0' || c == '1' }
	}
	if !is(x.at(i + 2)) {
		return x.fail(i+2, "toml::parse_"+name+"_integer: invalid integer: "+name+"_int must be like: "+like, note, "")
	}
	end, ok := x.digits(i+2, is)
	if !ok {
		return x.fail(end, badDigits, "invalid underscore", intHints)
	}
	return end
}

func (x *explainer) allDigits(i, n int) bool {
	for k := range n {
		if !isDigit(x.at(i + k)) {
			return false
		}
	}
	return true
}

func (x *explainer) isDate(i int) bool { return x.allDigits(i, 4) && x.at(i+4) == '-' }
func (x *explainer) isTime(i int) bool { return x.allDigits(i, 2) && x.at(i+2) == ':' }

// time is given up on: the library's words about dates and times are kept,
// except when the form is wrong at the first separator.
func (x *explainer) time(i int) int {
	const hints = "Hint: valid  : 1979-05-27T07:32:00-07:00, 1979-05-27 07:32:00.999999Z\nHint: invalid: 1979-05-27T7:32:00-7:00, 1979-05-27 7:32-00:30"
	switch {
	case x.isDate(i) && !(x.allDigits(i+5, 2) && x.at(i+7) == '-' && x.allDigits(i+8, 2)):
		return x.fail(i+4, "bad datetime: invalid format", "here", hints)
	case x.isTime(i) && !(x.allDigits(i+3, 2) && x.at(i+5) == ':' && x.allDigits(i+6, 2)):
		return x.fail(i+2, "bad datetime: invalid format", "here", hints)
	}
	for isBare(x.at(i)) || strings.IndexByte(":.+", x.at(i)) >= 0 && i < len(x.src) {
		i++
	}
	return i
}

// escape returns where the escape at i ends, or i if it is none.
func (x *explainer) escape(i int) int {
	n := 0
	switch c := x.at(i + 1); {
	case c == 'u':
		n = 4
	case c == 'U':
		n = 8
	case c == 0 || strings.IndexByte(`btnfr"\`, c) < 0:
		return i
	}
	for k := range n {
		if c := x.at(i + 2 + k); !isDigit(c) && !('a' <= c|0x20 && c|0x20 <= 'f') {
			return i
		}
	}
	return i + 2 + n
}

func (x *explainer) basicString(i int) int {
	for i++; i < len(x.src); {
		switch c := x.src[i]; {
		case c == '"':
			return i + 1
		case c == '\\':
			end := x.escape(i)
			if end == i {
				return x.fail(i, "toml::parse_basic_string: invalid string format", `expected "`, "")
			}
			i = end
		case c < ' ' && c != '\t' || c == 0x7f:
			return x.fail(i, "toml::parse_basic_string: invalid string format", `expected "`, "")
		default:
			i++
		}
	}
	return x.fail(i, "toml::parse_basic_string: invalid string format", `expected "`, "")
}

func (x *explainer) literalString(i int) int {
	for i++; i < len(x.src); i++ {
		if c := x.src[i]; c == '\'' {
			return i + 1
		} else if c < ' ' && c != '\t' || c == 0x7f {
			break
		}
	}
	return x.fail(i, "toml::parse_literal_string: invalid string format", "expected '", "")
}

// longString reads a string of several lines.
func (x *explainer) longString(i int, quotes, who string) int {
	start := i
	for i += 3; i < len(x.src); {
		switch c := x.src[i]; {
		case x.has(i, quotes):
			for i += 3; x.at(i) == quotes[0]; i++ { // up to two more belong to it
			}
			return i
		case c == '\\' && quotes[0] == '"':
			end := x.escape(i)
			if j := x.spaces(i + 1); end == i && (x.at(j) == '\n' || x.has(j, "\r\n")) {
				end = j + 1
			}
			if end == i {
				return x.fail(i, who+": invalid string format", "expected "+quotes, "")
			}
			i = end
		case c < ' ' && c != '\t' && c != '\n' && !x.has(i, "\r\n") || c == 0x7f:
			return x.fail(i, who+": invalid string format", "expected "+quotes, "")
		default:
			i++
		}
	}
	return x.endOfText(start, who+": invalid string format", "expected "+quotes)
}

func (x *explainer) endOfText(start int, msg, note string) int {
	if x.found == nil {
		x.found = &mistake{msg: msg, note: note, unfinished: start + 1}
	}
	return len(x.src)
}

func (x *explainer) array(i int) int {
	x.depth++
	defer func() { x.depth-- }()
	start := i
	for i = x.blank(i + 1); x.found == nil; {
		if i >= len(x.src) {
			return x.endOfText(start, "toml::parse_array: missing closing bracket `]`", "expected `]`, reached EOF")
		}
		if x.at(i) == ']' {
			return i + 1
		}
		if i = x.value(i); x.found != nil {
			break
		}
		i = x.blank(i)
		switch {
		case x.at(i) == ',':
			i = x.blank(i + 1)
		case i < len(x.src) && x.at(i) != ']':
			return x.fail(i, "toml::parse_array: expected value-separator `,` or closing `]`", "here", "")
		}
	}
	return i
}

func (x *explainer) inlineTable(i int) int {
	const who = "toml::parse_inline_table: "
	x.depth++
	defer func() { x.depth-- }()
	i = x.spaces(i + 1)
	if x.at(i) == '}' {
		return i + 1
	}
	for x.found == nil {
		if i = x.keyValue(i); x.found != nil {
			break
		}
		i = x.spaces(i)
		switch x.at(i) {
		case '}':
			return i + 1
		case ',':
		default:
			return x.fail(i, who+"expected value-separator `,` or closing `}`", "here", "")
		}
		if i = x.spaces(i + 1); x.at(i) == '}' {
			return x.fail(i, who+"trailing comma is not allowed in TOML-v1.0.0)", "here", "")
		}
	}
	return i
}
