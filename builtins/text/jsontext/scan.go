package jsontext

// This file defines the scanner: JSON text to tokens.

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/datatext"
)

type token uint8

const (
	tokNone token = iota
	tokTrue
	tokFalse
	tokNull
	tokString
	tokUint
	tokInt
	tokFloat
	tokArrayOpen
	tokObjectOpen
	tokArrayClose
	tokObjectClose
	tokColon
	tokComma
	tokError
	tokEnd
	tokAny // only expected, never read
)

// String returns the name of a token in messages.
func (t token) String() string {
	return [...]string{
		tokNone:        "<uninitialized>",
		tokTrue:        "true literal",
		tokFalse:       "false literal",
		tokNull:        "null literal",
		tokString:      "string literal",
		tokUint:        "number literal",
		tokInt:         "number literal",
		tokFloat:       "number literal",
		tokArrayOpen:   "'['",
		tokObjectOpen:  "'{'",
		tokArrayClose:  "']'",
		tokObjectClose: "'}'",
		tokColon:       "':'",
		tokComma:       "','",
		tokError:       "<parse error>",
		tokEnd:         "end of input",
		tokAny:         "'[', '{', or a literal",
	}[t]
}

// A scanner reads tokens. It stops behind the byte that shows an error, which
// is where messages point to.
type scanner struct {
	src    string
	text   string // src up to where the budget is asked
	pos    int    // bytes read
	start  int    // of the last string or number, where "last read" begins
	eof    bool   // an attempt was made to read behind the end
	number bool   // the last token is a number

	str      string  // value of tokString
	buf      []byte  // where strings with escapes are put together
	hasNull  bool    // str has a NUL byte, which only \u0000 can bring
	unsigned uint64  // value of tokUint
	signed   int64   // value of tokInt
	float    float64 // value of tokFloat; infinite if too large
	msg      string  // of tokError

	budget budget.Budget
	stop   error    // of the budget; the token is tokError then
	parts  [][]byte // what comes before buf in a long string
	size   int      // of parts
}

// window is how much text is read between two calls of the budget.
const window = 1 << 16

// tick asks the budget, at pos. It reports whether to go on.
func (s *scanner) tick(pos int) bool {
	s.text = s.src
	if s.budget != nil {
		s.text = s.src[:min(len(s.src), pos+window)]
		if err := s.budget.Tick(window >> 8); err != nil {
			s.stop = err
		}
	}
	return s.stop == nil
}

// maxShown is how much of a text messages show.
const maxShown = 1 << 20

func shown(text string) string {
	if len(text) <= maxShown {
		return text
	}
	return text[:maxShown] + "…"
}

const byteOrderMark = "\uFEFF"

// scan reads a token.
func (s *scanner) scan() token {
	if s.pos == 0 && s.src != "" && s.src[0] == byteOrderMark[0] && !s.skipByteOrderMark() {
		return s.fail("invalid BOM; must be 0xEF 0xBB 0xBF if given")
	}
	s.number = false
	text, pos := s.text, s.pos
	for {
		for pos < len(text) && (text[pos] == ' ' || text[pos] == '\n' || text[pos] == '\r' || text[pos] == '\t') {
			pos++
		}
		if pos < len(text) {
			break
		}
		if len(text) == len(s.src) {
			s.pos, s.eof = pos, true
			return tokEnd
		}
		if !s.tick(pos) {
			return tokError
		}
		text = s.text
	}
	s.pos = pos + 1
	switch text[pos] {
	case '[':
		return tokArrayOpen
	case ']':
		return tokArrayClose
	case '{':
		return tokObjectOpen
	case '}':
		return tokObjectClose
	case ':':
		return tokColon
	case ',':
		return tokComma
	case 't':
		return s.literal("rue", tokTrue)
	case 'f':
		return s.literal("alse", tokFalse)
	case 'n':
		return s.literal("ull", tokNull)
	case '"':
		s.start = pos
		return s.string()
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		s.start = pos
		return s.scanNumber()
	}
	// The library takes a NUL byte for the end of the text. Nix strings have
	// none, so it is an error here.
	return s.fail("invalid literal")
}

// fail makes msg the reason why there is no token.
func (s *scanner) fail(msg string) token {
	s.msg = msg
	return tokError
}

// get reads a byte; at the end it returns 0, which no caller looks for.
func (s *scanner) get() byte {
	if s.pos >= len(s.src) {
		s.eof = true
		return 0
	}
	c := s.src[s.pos]
	s.pos++
	return c
}

func (s *scanner) skipByteOrderMark() bool {
	for i := range len(byteOrderMark) {
		if s.get() != byteOrderMark[i] {
			return false
		}
	}
	return true
}

// literal reads the rest of a word such as true.
func (s *scanner) literal(rest string, t token) token {
	if strings.HasPrefix(s.src[s.pos:], rest) {
		s.pos += len(rest)
		return t
	}
	for i := 0; s.get() == rest[i]; i++ {
	}
	return s.fail("invalid literal")
}

// string reads a string behind its opening quote.
func (s *scanner) string() token {
	s.hasNull = false
	src, text, from := s.src, s.text, s.pos
	escaped, buf := false, s.buf[:0] // what was read, if there are escapes
	for pos := from; ; {
		for pos < len(text) && datatext.IsPlainJSON(text[pos]) {
			pos++
		}
		if pos >= len(text) {
			if len(text) == len(src) {
				s.pos, s.eof = pos, true
				return s.fail("invalid string: missing closing quote")
			}
			if !s.tick(pos) {
				return tokError
			}
			if escaped {
				buf = append(buf, src[from:pos]...)
				if from = pos; len(buf) > window {
					if buf = s.split(buf); buf == nil {
						return tokError
					}
				}
			}
			text = s.text
			continue
		}
		switch c := text[pos]; {
		case c == '"':
			s.pos = pos + 1
			if !escaped {
				s.str = src[from:pos]
				return tokString
			}
			s.buf = append(buf, src[from:pos]...)
			if s.parts != nil {
				return s.join()
			}
			s.str = string(s.buf)
			return tokString
		case c == '\\':
			escaped = true
			buf = append(buf, src[from:pos]...)
			s.pos = pos + 1
			r, msg := s.escape()
			if msg != "" {
				return s.fail(msg)
			}
			s.hasNull = s.hasNull || r == 0
			buf = utf8.AppendRune(buf, r)
			pos, from = s.pos, s.pos
		case c < ' ':
			s.pos = pos + 1
			return s.fail(controlMessage(c))
		default:
			r, size := utf8.DecodeRuneInString(src[pos:])
			if r == utf8.RuneError && size == 1 {
				s.pos = pos
				s.illFormed()
				return s.fail("invalid string: ill-formed UTF-8 byte")
			}
			pos += size
		}
	}
}

// split begins a new part of a long string, whose end is buf so far; it returns
// nil if there is no room.
func (s *scanner) split(buf []byte) []byte {
	if s.budget != nil {
		// There is to be room for all of it in one piece, too.
		if err := s.budget.Room(2 * uint64(s.size+len(buf))); err != nil {
			s.stop, s.parts, s.size = err, nil, 0
			return nil
		}
	}
	s.parts = append(s.parts, buf)
	s.size += len(buf)
	return make([]byte, 0, 2*window)
}

// join makes a long string of its parts.
func (s *scanner) join() token {
	var b strings.Builder
	b.Grow(s.size + len(s.buf))
	for _, part := range s.parts {
		b.Write(part)
		if !s.tick(s.pos) {
			return tokError
		}
	}
	b.Write(s.buf)
	s.str, s.parts, s.size = b.String(), nil, 0
	return tokString
}

// escape reads an escape behind its backslash. The message is empty unless it
// is wrong.
func (s *scanner) escape() (r rune, msg string) {
	switch c := s.get(); c {
	case '"', '\\', '/':
		return rune(c), ""
	case 'b':
		return '\b', ""
	case 'f':
		return '\f', ""
	case 'n':
		return '\n', ""
	case 'r':
		return '\r', ""
	case 't':
		return '\t', ""
	case 'u':
	default:
		return 0, "invalid string: forbidden character after backslash"
	}
	const (
		msgHex  = `invalid string: '\u' must be followed by 4 hex digits`
		msgHigh = "invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF"
		msgLow  = "invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF"
	)
	r, ok := s.hex4()
	switch {
	case !ok:
		return 0, msgHex
	case 0xDC00 <= r && r <= 0xDFFF:
		return 0, msgLow
	case r < 0xD800 || 0xDBFF < r:
		return r, ""
	}
	if s.get() != '\\' || s.get() != 'u' {
		return 0, msgHigh
	}
	low, ok := s.hex4()
	if !ok {
		return 0, msgHex
	}
	if low < 0xDC00 || 0xDFFF < low {
		return 0, msgHigh
	}
	return utf16.DecodeRune(r, low), ""
}

// hex4 reads the four digits of an escape.
func (s *scanner) hex4() (r rune, ok bool) {
	for range 4 {
		c := s.get()
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// illFormed reads up to the first byte that cannot be part of UTF-8; the next
// byte begins a sequence that is wrong.
func (s *scanner) illFormed() {
	s.pos += datatext.IllFormedAt(s.src[s.pos:min(s.pos+utf8.UTFMax, len(s.src))])
	if s.pos < len(s.src) {
		s.pos++
	} else {
		s.eof = true
	}
}

func controlMessage(c byte) string {
	const names = "NULSOHSTXETXEOTENQACKBELBS HT LF VT FF CR SO SI DLEDC1DC2DC3DC4NAKSYNETBCANEM SUBESCFS GS RS US "
	short := ""
	switch c {
	case '\b':
		short = ` or \b`
	case '\t':
		short = ` or \t`
	case '\n':
		short = ` or \n`
	case '\f':
		short = ` or \f`
	case '\r':
		short = ` or \r`
	}
	name := strings.TrimSpace(names[3*int(c) : 3*int(c)+3])
	return fmt.Sprintf(`invalid string: control character U+%04X (%s) must be escaped to \u%04X%s`, c, name, c, short)
}

// scanNumber reads a number behind its first byte.
func (s *scanner) scanNumber() token {
	s.number = true
	src, pos := s.src, s.pos
	negative := src[s.start] == '-'
	first := s.start
	if negative {
		if pos >= len(src) || src[pos]-'0' > 9 {
			s.get()
			return s.fail("invalid number; expected digit after '-'")
		}
		first = pos
		pos++
	}
	if src[first] != '0' {
		pos = s.skipDigits(pos)
	}
	t := tokUint
	if negative {
		t = tokInt
	}
	if pos < len(src) && src[pos] == '.' {
		t = tokFloat
		pos++
		if pos >= len(src) || src[pos]-'0' > 9 {
			s.pos = pos
			s.get()
			return s.fail("invalid number; expected digit after '.'")
		}
		pos = s.skipDigits(pos)
	}
	if pos < len(src) && (src[pos] == 'e' || src[pos] == 'E') {
		t = tokFloat
		pos++
		msg := "invalid number; expected '+', '-', or digit after exponent"
		if pos < len(src) && (src[pos] == '+' || src[pos] == '-') {
			pos++
			msg = "invalid number; expected digit after exponent sign"
		}
		if pos >= len(src) || src[pos]-'0' > 9 {
			s.pos = pos
			s.get()
			return s.fail(msg)
		}
		pos = s.skipDigits(pos)
	}
	if s.stop != nil {
		return tokError
	}
	s.pos = pos
	text := src[s.start:pos]
	const digits = 20 // of the largest integers
	switch {
	case len(text) > digits:
	case t == tokUint:
		if n, err := strconv.ParseUint(text, 10, 64); err == nil {
			s.unsigned = n
			return tokUint
		}
	case t == tokInt:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			s.signed = n
			return tokInt
		}
	}
	if len(text) > longNumber {
		if text = s.shortNumber(text); s.stop != nil {
			return tokError
		}
	}
	// Integers that do not fit become floats. The error can only be a range
	// error, and then the value is infinite.
	s.float, _ = strconv.ParseFloat(text, 64)
	return tokFloat
}

// skipDigits returns where the digits end that start at pos.
func (s *scanner) skipDigits(pos int) int {
	for {
		text := s.text
		for pos < len(text) && text[pos]-'0' <= 9 {
			pos++
		}
		if pos < len(text) || len(text) == len(s.src) || !s.tick(pos) {
			return pos
		}
	}
}

// longNumber is how many characters a number may have before it is made shorter.
// strconv takes up to 800 digits: of more it gets the wrong exponent.
const longNumber = 790

// ParseFloat returns the float that a number is, as JSON has it, but for zeros in
// front, which there may be: infinite if it is too large. Its error is that of
// the budget.
func ParseFloat(text string, b budget.Budget) (float64, error) {
	s := scanner{budget: b}
	if len(text) > longNumber {
		text = s.shortNumber(text)
	}
	f, _ := strconv.ParseFloat(text, 64)
	return f, s.stop
}

// shortNumber returns a number with fewer digits that is the same as a float: no
// float depends on more than 767 of them, but for whether anything else follows.
func (s *scanner) shortNumber(text string) string {
	const enough = 770
	mantissa, more := make([]byte, 0, enough+1), false
	exp, scale := 0, 0 // the exponent in the text, and what it is short of
	isFraction := false
	i := 0
	for ; i < len(text) && text[i]|0x20 != 'e'; i++ {
		if i%window == window-1 && !s.tick(s.pos) {
			return ""
		}
		switch c := text[i]; {
		case c == '-':
		case c == '.':
			isFraction = true
		case len(mantissa) == 0 && c == '0':
			if isFraction {
				scale--
			}
		case len(mantissa) < enough:
			mantissa = append(mantissa, c)
			if isFraction {
				scale--
			}
		default:
			more = more || c != '0'
			if !isFraction {
				scale++
			}
		}
	}
	const huge = 1 << 27
	isNegative := false
	for i++; i < len(text); i++ {
		if i%window == window-1 && !s.tick(s.pos) {
			return ""
		}
		switch c := text[i]; {
		case c == '-':
			isNegative = true
		case c != '+':
			exp = min(exp*10+int(c-'0'), huge)
		}
	}
	if isNegative {
		exp = -exp
	}
	if more {
		mantissa = append(mantissa, '1')
		scale--
	}
	if len(mantissa) == 0 {
		mantissa = append(mantissa, '0')
	}
	sign := ""
	if text[0] == '-' {
		sign = "-"
	}
	return sign + string(mantissa) + "e" + strconv.Itoa(exp+scale)
}

// position returns where reading stopped. The line counts from 1, the column
// is the number of bytes read of it; the end of the text counts as a byte if
// it was read.
func (s *scanner) position() (line, column int) {
	line = 1
	last := -1 // the last newline
	for from := 0; from < s.pos; from += window {
		part := s.src[from:min(s.pos, from+window)]
		if n := strings.Count(part, "\n"); n > 0 {
			line, last = line+n, from+strings.LastIndexByte(part, '\n')
		}
		if len(part) == window && !s.tick(s.pos) {
			return 0, 0
		}
	}
	column = s.pos - 1 - last
	if s.eof {
		column++
	}
	// Quirk: to see the end of a number the library reads the byte behind it and
	// takes it back, which after a newline does not restore the column.
	if s.number && !s.eof && s.pos < len(s.src) && s.src[s.pos] == '\n' && s.src[s.pos-1]-'0' <= 9 {
		column = 0
	}
	return line, column
}

// lastRead returns what was read since the start of the last string or number,
// as messages show it.
func (s *scanner) lastRead() string {
	var b strings.Builder
	for i := s.start; i < s.pos; i++ {
		if b.Len() > maxShown {
			return b.String() + "…"
		}
		if c := s.src[i]; c <= 0x1F {
			fmt.Fprintf(&b, "<U+%04X>", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
