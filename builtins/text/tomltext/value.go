package tomltext

// This file defines the values.

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/firn-lang/firn/builtins/text/jsontext"
)

const (
	badTrue    = "toml::parse_boolean: invalid boolean: boolean must be `true` or `false`, in lowercase. string must be surrounded by `\"`"
	badDigits  = "bad integer: `_` must be surrounded by digits"
	intHints   = "Hint: valid  : -42, 1_000, 1_2_3_4_5, 0xC0FFEE, 0b0010, 0o755\nHint: invalid: _42, 1__000, 0123"
	floatHints = "Hint: valid  : +1.0, -2e-2, 3.141_592_653_589, inf, nan\nHint: invalid: .0, 1., _1.0, 1.0_, 1_.0, 1.0__0"
	timeHints  = "Hint: valid  : 1979-05-27T07:32:00-07:00, 1979-05-27 07:32:00.999999Z\nHint: invalid: 1979-05-27T7:32:00-7:00, 1979-05-27 7:32-00:30"
)

// maxDepth is how deep arrays and inline tables can be in each other.
const maxDepth = 10_000

// nodeSize is how many bytes a node takes, about.
const nodeSize = 96

func (p *parser) value(i int) (*node, int) {
	p.take(nodeSize)
	switch c := p.at(i); {
	case p.has(i, `"""`):
		return p.text(p.longString(i, '"', "toml::parse_ml_basic_string"))
	case c == '"':
		return p.text(p.basicString(i))
	case p.has(i, "'''"):
		return p.text(p.longString(i, '\'', "toml::parse_ml_literal_string"))
	case c == '\'':
		return p.text(p.literalString(i))
	case (c == '[' || c == '{') && p.depth == maxDepth:
		return nil, p.fail(i, "arrays and inline tables are nested too deeply", "here", "")
	case c == '[':
		return p.array(i)
	case c == '{':
		return p.inlineTable(i)
	case p.has(i, "true"):
		return &node{kind: kindBool, bits: 1}, i + len("true")
	case p.has(i, "false"):
		return &node{kind: kindBool}, i + len("false")
	case c == 't' || c == 'f':
		return nil, p.fail(i, badTrue, "expected true or false", "")
	case c == 'T' || c == 'F':
		word := map[byte]string{'T': "true", 'F': "false"}[c]
		if len(p.src)-i >= len(word) && strings.EqualFold(p.src[i:i+len(word)], word) {
			return nil, p.fail(i, "toml::parse_value: `"+word+"` must be in lowercase. A string must be surrounded by quotes.", "expected true or false", "")
		}
	case isDigit(c), c == '+', c == '-', c == '_', c == '.', c == 'i', c == 'n':
		return p.number(i)
	}
	return nil, p.unknown(i)
}

func (p *parser) unknown(i int) int {
	return p.fail(i, "bad format: unknown value appeared", "here", "")
}

func (p *parser) text(s string, end int) (*node, int) { return &node{kind: kindString, text: s}, end }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func (p *parser) basicString(i int) (string, int) {
	const msg, note = "toml::parse_basic_string: invalid string format", `expected "`
	start, escaped := i+1, false
	for i++; p.err == nil; {
		i = p.skip(i, isBasic)
		switch c := p.at(i); {
		case c == '"':
			return p.unescaped(start, i, escaped), i + 1
		case c == '\\':
			end := p.escape(i)
			if end == i {
				return "", p.fail(i, msg, note, "")
			}
			i, escaped = end, true
		default:
			end := p.letters(i)
			if end == i {
				return "", p.fail(i, msg, note, "")
			}
			i = end
		}
	}
	return "", i
}

func (p *parser) literalString(i int) (string, int) {
	start := i + 1
	for i++; p.err == nil; {
		i = p.skip(i, isLiteral)
		if p.at(i) == '\'' {
			return p.src[start:i], i + 1
		}
		end := p.letters(i)
		if end == i {
			return "", p.fail(i, "toml::parse_literal_string: invalid string format", "expected '", "")
		}
		i = end
	}
	return "", i
}

// longString reads a string of several lines. caller is the name of the function for them
// in the reference, with which its messages begin.
func (p *parser) longString(i int, quote byte, caller string) (string, int) {
	quotes := strings.Repeat(string(quote), 3)
	msg, note := caller+": invalid string format", "expected "+quotes
	plain := isBasic
	if quote == '\'' {
		plain = isLiteral
	}
	open, escaped := i, false
	i += 3
	switch {
	case p.at(i) == '\n':
		i++
	case p.has(i, "\r\n"):
		i += 2
	}
	for start := i; p.err == nil; {
		i = p.skip(i, plain)
		switch c := p.at(i); {
		case i >= len(p.src):
			return "", p.endOfText(open, msg, note)
		case p.has(i, quotes):
			// Up to two more belong to the string.
			for n := 0; n < 2 && p.at(i+3) == quote; n++ {
				i++
			}
			return p.unescaped(start, i, escaped), i + 3
		case c == quote:
			i++
		case c == '\\':
			end := p.escape(i)
			if j := p.spaces(i + 1); end == i && (p.at(j) == '\n' || p.has(j, "\r\n")) {
				end = j + 1
			}
			if end == i {
				return "", p.fail(i, msg, note, "")
			}
			i, escaped = end, true
		case c == '\n':
			i++
		case p.has(i, "\r\n"):
			i += 2
		default:
			end := p.letters(i)
			if end == i {
				return "", p.fail(i, msg, note, "")
			}
			i = end
		}
		if i >= p.end && p.end < len(p.src) {
			p.tick(i)
		}
	}
	return "", i
}

// escape returns where the escape at i ends, or i if it is none.
func (p *parser) escape(i int) int {
	n := 0
	switch c := p.at(i + 1); {
	case c == 'u':
		n = 4
	case c == 'U':
		n = 8
	case c == 0 || strings.IndexByte(`btnfr"\`, c) < 0:
		return i
	}
	for k := range n {
		if !isHex(p.at(i + 2 + k)) {
			return i
		}
	}
	if i >= p.end && p.end < len(p.src) {
		p.tick(i)
	}
	return i + 2 + n
}

// unescaped returns the string between two offsets, which was found good, without
// its escapes if it has any.
func (p *parser) unescaped(start, end int, has bool) string {
	s := p.src[start:end]
	if !has || p.err != nil {
		return s
	}
	if p.take(len(s)); p.err != nil {
		return ""
	}
	var b strings.Builder
	b.Grow(len(s))
	done := 0 // how much of s was counted
	for s0 := s; s != ""; {
		n := strings.IndexByte(s[:min(len(s), window)], '\\')
		if n < 0 {
			n = min(len(s), window)
		}
		b.WriteString(s[:n])
		s = s[n:]
		if len(s0)-len(s)-done >= window {
			done = len(s0) - len(s)
			if !p.tick(p.end) {
				return ""
			}
		}
		if s == "" || s[0] != '\\' {
			continue
		}
		c := s[1]
		s = s[2:]
		switch c {
		case 'b':
			b.WriteByte('\b')
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'f':
			b.WriteByte('\f')
		case 'r':
			b.WriteByte('\r')
		case 'u', 'U':
			n := 4
			if c == 'U' {
				n = 8
			}
			r, _ := strconv.ParseUint(s[:n], 16, 32)
			at := end - len(s) - len(`\u`)
			switch {
			case r > utf8.MaxRune:
				p.failEscape(at, end, n, "toml::parse_utf8_codepoint: input codepoint is too large.", "must be in range [0x00, 0x10FFFF]")
				return ""
			case 0xD800 <= r && r <= 0xDFFF:
				p.failEscape(at, end, n, "toml::parse_utf8_codepoint: [0xD800, 0xDFFF] is not a valid UTF-8", "here")
				return ""
			}
			b.WriteRune(rune(r))
			s = s[n:]
		case ' ', '\t', '\r', '\n':
			for p.err == nil {
				part := s[:min(len(s), window)]
				n := len(part) - len(strings.TrimLeft(part, " \t\r\n"))
				if s = s[n:]; n < window {
					break
				}
				p.tick(p.end)
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func (p *parser) number(i int) (*node, int) {
	start := i
	if c := p.at(i); c == '+' || c == '-' {
		i++
	}
	switch c := p.at(i); {
	case p.has(i, "inf"), p.has(i, "nan"):
		f := math.Inf(1)
		if c == 'n' {
			f = math.Copysign(math.NaN(), 1)
		}
		if p.src[start] == '-' {
			f = math.Copysign(f, -1)
		}
		return &node{kind: kindFloat, bits: math.Float64bits(f)}, i + 3
	case c == '_' && isDigit(p.at(i+1)):
		return nil, p.fail(start, "bad number: `_` must be surrounded by digits", "digits required before `_`", intHints)
	case c == '.' && isDigit(p.at(i+1)):
		return nil, p.fail(start, "bad float: integer part is required before decimal point", "missing integer part", floatHints)
	case !isDigit(c):
		return nil, p.unknown(start)
	}
	if c := p.at(i + 1); start == i && p.at(i) == '0' && (c == 'x' || c == 'o' || c == 'b') {
		return p.based(i)
	}
	if start == i && (p.isWholeTime(i) || p.isDate(i)) {
		return p.time(i)
	}
	if p.at(i) == '0' {
		switch c := p.at(i + 1); {
		case c == '0':
			return nil, p.fail(i, "bad integer: leading zero", "leading zero is not allowed", intHints)
		case isDigit(c):
			return nil, p.fail(i+1, "bad integer: invalid digit after an integer", "this digit is not allowed", intHints)
		case c == '_':
			return nil, p.fail(i+1, "bad integer: leading zero is not allowed in decimal int", "leading zero", intHints)
		}
	}
	var ok bool
	if i, ok = p.digits(i, isDigit); !ok {
		return nil, p.fail(i, badDigits, "invalid underscore", intHints)
	}
	isFloat := false
	for _, part := range []string{".", "eE"} {
		if c := p.at(i); c == 0 || strings.IndexByte(part, c) < 0 {
			continue
		}
		isFloat = true
		j := i + 1
		if c := p.at(j); part == "eE" && (c == '+' || c == '-') {
			j++
		}
		end, ok := p.digits(j, isDigit)
		if end == j || !ok {
			return nil, p.fail(i, "bad float: invalid format", "here", floatHints)
		}
		i = end
	}
	if isFloat {
		return p.float(start, i), i
	}
	if p.at(i) == ':' {
		return nil, p.fail(i, msgFormat, "here", timeHints)
	}
	return p.integer(start, i, 10, "dec", "digits"), i
}

// digits reads digits with underscores between them; if there is one elsewhere,
// it returns where.
func (p *parser) digits(i int, is func(byte) bool) (int, bool) {
	for ; is(p.at(i)) || p.at(i) == '_'; i++ {
		if p.at(i) == '_' && (!is(p.at(i-1)) || !is(p.at(i+1))) {
			return i, false
		}
		if i >= p.end && p.end < len(p.src) && !p.tick(i) {
			break
		}
	}
	return i, true
}

// based reads an integer that is not decimal.
func (p *parser) based(i int) (*node, int) {
	base, name, like, note := 16, "hex", "0xC0FFEE, 0xdead_beef", "expected hex [0-9a-fA-F]"
	is := isHex
	switch p.at(i + 1) {
	case 'o':
		base, name, like, note = 8, "oct", "0o775, 0o04_44", "expected from `0` to `7`"
		is = func(c byte) bool { return '0' <= c && c <= '7' }
	case 'b':
		base, name, like, note = 2, "bin", "0b0101, 0b1111_0000", "expected 0 or 1"
		is = func(c byte) bool { return c == '0' || c == '1' }
	}
	if !is(p.at(i + 2)) {
		return nil, p.fail(i+2, "toml::parse_"+name+"_integer: invalid integer: "+name+"_int must be like: "+like, note, "")
	}
	end, ok := p.digits(i+2, is)
	if !ok {
		return nil, p.fail(end, badDigits, "invalid underscore", intHints)
	}
	return p.integer(i+2, end, base, name, "value"), end
}

// integer returns the integer that is written from start to end. name is what the
// base is called, and limit what of it is bounded.
func (p *parser) integer(start, end, base int, name, limit string) *node {
	// Zeros and underscores at the beginning may be many.
	i := start
	for ; i < end-1 && (p.src[i] == '0' || p.src[i] == '_'); i++ {
		if i%window == 0 && !p.tick(i) {
			return nil
		}
	}
	const most = 2 * 64 // with underscores
	n, err := int64(0), error(strconv.ErrRange)
	if end-i <= most {
		n, err = strconv.ParseInt(strings.ReplaceAll(p.src[i:end], "_", ""), base, 64)
	}
	if err != nil {
		p.fail(end, "toml::parse_"+name+"_integer: too large integer: current max "+limit+" = 2^63", "must be < 2^63", "")
	}
	return &node{kind: kindInt, bits: uint64(n)}
}

// float returns the number that is written from start to end.
func (p *parser) float(start, end int) *node {
	text := p.src[start:end]
	if strings.IndexByte(text[:min(len(text), window)], '_') >= 0 || len(text) > window {
		var b strings.Builder
		if p.take(len(text)); p.err != nil {
			return nil
		}
		b.Grow(len(text))
		for len(text) > 0 {
			n := min(len(text), window)
			b.WriteString(strings.ReplaceAll(text[:n], "_", ""))
			text = text[n:]
			if n == window && !p.tick(end) {
				return nil
			}
		}
		text = b.String()
	}
	f, err := jsontext.ParseFloat(strings.TrimPrefix(text, "+"), p.budget)
	if err != nil && p.err == nil {
		p.err = err
	}
	if math.IsInf(f, 0) {
		p.fail(end, "toml::parse_floating: failed to read floating point value from stream", "here", "")
	}
	return &node{kind: kindFloat, bits: math.Float64bits(f)}
}

func (p *parser) allDigits(i, n int) bool {
	for k := range n {
		if !isDigit(p.at(i + k)) {
			return false
		}
	}
	return true
}

func (p *parser) isDate(i int) bool { return p.allDigits(i, 4) && p.at(i+4) == '-' }

// isWholeTime reports whether there is a time with seconds. The reference takes
// anything else for an integer.
func (p *parser) isWholeTime(i int) bool {
	return p.allDigits(i, 2) && p.at(i+2) == ':' && p.allDigits(i+3, 2) && p.at(i+5) == ':' && p.allDigits(i+6, 2)
}

// time reads a date, a time, or both.
func (p *parser) time(i int) (*node, int) {
	if p.isDate(i) && !(p.allDigits(i+5, 2) && p.at(i+7) == '-' && p.allDigits(i+8, 2)) {
		return nil, p.fail(i+4, msgFormat, "here", timeHints)
	}
	end := i
	for ; end < len(p.src); end++ {
		c := p.src[end]
		if !isDigit(c) && strings.IndexByte(":-+.ZzTt", c) < 0 && !(c == ' ' && isDigit(p.at(end+1))) {
			break
		}
		if end >= p.end && p.end < len(p.src) && !p.tick(end) {
			return nil, end
		}
	}
	const long = 1 << 10
	if end-i > long {
		return nil, p.fail(i, msgFormat, "here", "")
	}
	text, msg, note := normalTime(p.src[i:end])
	if msg != "" {
		return nil, p.fail(i, msg, note, "")
	}
	return &node{kind: kindTime, text: text}, end
}

// endOfText makes it the error that what starts at the offset has no end.
func (p *parser) endOfText(start int, msg, note string) int {
	if p.err == nil {
		p.err = p.errorUnfinished(start, msg, note)
	}
	return len(p.src)
}

func (p *parser) array(i int) (*node, int) {
	p.depth++
	defer func() { p.depth-- }()
	v := &node{kind: kindArray, form: formInline}
	start := i
	for i = p.blank(i + 1); p.err == nil; {
		if i >= len(p.src) {
			return nil, p.endOfText(start, "toml::parse_array: missing closing bracket `]`", "expected `]`, reached EOF")
		}
		if p.at(i) == ']' {
			return v, i + 1
		}
		var elem *node
		if elem, i = p.value(i); p.err != nil {
			break
		}
		v.append(elem)
		i = p.blank(i)
		switch {
		case p.err != nil:
		case p.at(i) == ',':
			i = p.blank(i + 1)
		case i < len(p.src) && p.at(i) != ']':
			return nil, p.fail(i, "toml::parse_array: expected value-separator `,` or closing `]`", "here", "")
		}
	}
	return nil, i
}

func (p *parser) inlineTable(i int) (*node, int) {
	const caller = "toml::parse_inline_table: "
	p.depth++
	defer func() { p.depth-- }()
	v := newTable(formInline)
	i = p.spaces(i + 1)
	if p.at(i) == '}' {
		return v, i + 1
	}
	for p.err == nil {
		i = p.keyValue(v, i, func(i int) int {
			if i = p.spaces(i); p.at(i) != '}' && p.at(i) != ',' {
				p.fail(i, caller+"expected value-separator `,` or closing `}`", "here", "")
			}
			return i
		})
		if p.err != nil {
			break
		}
		if p.at(i) == '}' {
			return v, i + 1
		}
		if i = p.spaces(i + 1); p.at(i) == '}' {
			return nil, p.fail(i, caller+"trailing comma is not allowed in TOML-v1.0.0)", "here", "")
		}
	}
	return nil, i
}
