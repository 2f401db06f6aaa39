package regex

// This file defines sets of bytes and the parser of bracket expressions.

import (
	"math/bits"
	"strings"
)

// A set is a set of bytes.
type set [4]uint64

func (s *set) add(c byte)      { s[c>>6] |= 1 << (c & 63) }
func (s *set) has(c byte) bool { return s[c>>6]&(1<<(c&63)) != 0 }

// addRange adds the bytes from lo to hi, in the order of signed bytes.
func (s *set) addRange(lo, hi int8) {
	for c := int(lo); c <= int(hi); c++ {
		s.add(byte(c))
	}
}

func (s *set) addFunc(f func(c byte) bool) {
	for c := range 256 {
		if f(byte(c)) {
			s.add(byte(c))
		}
	}
}

func (s *set) negate() {
	for i := range s {
		s[i] = ^s[i]
	}
}

// single returns the only element of s, and whether there is only one.
func (s *set) single() (byte, bool) {
	n, c := 0, 0
	for i, w := range s {
		n += bits.OnesCount64(w)
		if w != 0 {
			c = i<<6 | bits.TrailingZeros64(w)
		}
	}
	return byte(c), n == 1
}

// anySet is what a dot matches: all but the byte 0.
func anySet() set {
	var s set
	s.add(0)
	s.negate()
	return s
}

// bracket parses the rest of a bracket expression after [ or [^.
//
// Quirk: a range may start with [.x.] but not end with it; a dash is a byte
// only as the first or last one, or as an end of a range.
func (p *parser) bracket(negated bool) (fragment, error) {
	var s set
	// The last byte, which may be the start of a range.
	const (
		none = iota
		char
		class
	)
	state, last := none, byte(0)
	push := func(c byte) {
		s.add(c)
		state, last = char, c
	}
	if p.accept(tokByte) {
		push(p.last[0])
	} else if p.accept(tokDash) {
		push('-')
	}
	for p.fail == nil && !p.accept(tokBracketEnd) {
		switch {
		case p.accept(tokCollate):
			c, ok := collatingElement(p.last)
			if !ok {
				return fragment{}, errSyntax
			}
			push(c)
		case p.accept(tokEquiv):
			c, ok := collatingElement(p.last)
			if !ok {
				return fragment{}, errSyntax
			}
			s.addFunc(func(d byte) bool { return lower(d) == lower(c) })
			state = class
		case p.accept(tokClass):
			f := byteClass(p.last)
			if f == nil {
				return fragment{}, errSyntax
			}
			s.addFunc(f)
			state = class
		case p.accept(tokByte):
			push(p.last[0])
		case p.accept(tokDash):
			if p.tok == tokBracketEnd {
				push('-')
				continue
			}
			if state != char {
				return fragment{}, errSyntax
			}
			var end byte
			switch {
			case p.accept(tokByte):
				end = p.last[0]
			case p.accept(tokDash):
				end = '-'
			default:
				return fragment{}, errSyntax
			}
			if int8(last) > int8(end) {
				return fragment{}, errSyntax
			}
			s.addRange(int8(last), int8(end))
			state = none
		default:
			return fragment{}, errSyntax
		}
	}
	if p.fail != nil {
		return fragment{}, p.fail
	}
	if negated {
		s.negate()
	}
	return p.addSet(s)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// byteClass returns the class of a name, in any case; nil if there is none.
func byteClass(name string) func(c byte) bool {
	isAlpha := func(c byte) bool { return 'a' <= lower(c) && lower(c) <= 'z' }
	isAlnum := func(c byte) bool { return isAlpha(c) || isDigit(c) }
	isGraph := func(c byte) bool { return '!' <= c && c <= '~' }
	isSpace := func(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }
	b := []byte(name)
	for i := range b {
		b[i] = lower(b[i])
	}
	switch string(b) {
	case "d", "digit":
		return isDigit
	case "w":
		return func(c byte) bool { return isAlnum(c) || c == '_' }
	case "s", "space":
		return isSpace
	case "alnum":
		return isAlnum
	case "alpha":
		return isAlpha
	case "blank":
		return func(c byte) bool { return c == ' ' || c == '\t' }
	case "cntrl":
		return func(c byte) bool { return c < ' ' || c == 0x7f }
	case "graph":
		return isGraph
	case "lower":
		return func(c byte) bool { return 'a' <= c && c <= 'z' }
	case "print":
		return func(c byte) bool { return isGraph(c) || c == ' ' }
	case "punct":
		return func(c byte) bool { return isGraph(c) && !isAlnum(c) }
	case "upper":
		return func(c byte) bool { return 'A' <= c && c <= 'Z' }
	case "xdigit":
		return func(c byte) bool { return isDigit(c) || 'a' <= lower(c) && lower(c) <= 'f' }
	}
	return nil
}

// collatingElement returns the byte that POSIX names so: letters by
// themselves, other bytes by a name only.
func collatingElement(name string) (byte, bool) {
	if len(name) == 1 && ('a' <= lower(name[0]) && lower(name[0]) <= 'z') {
		return name[0], true
	}
	for i, n := range strings.Fields(collatingNames) {
		if n == name && n != "-" {
			return byte(i), true
		}
	}
	return 0, false
}

// collatingNames holds the POSIX names of the bytes from 0 on; a dash stands
// for a letter.
const collatingNames = `
NUL SOH STX ETX EOT ENQ ACK alert backspace tab newline vertical-tab form-feed carriage-return SO SI
DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC IS4 IS3 IS2 IS1
space exclamation-mark quotation-mark number-sign dollar-sign percent-sign ampersand apostrophe
left-parenthesis right-parenthesis asterisk plus-sign comma hyphen period slash
zero one two three four five six seven eight nine colon semicolon
less-than-sign equals-sign greater-than-sign question-mark
commercial-at - - - - - - - - - - - - - - - - - - - - - - - - - -
left-square-bracket backslash right-square-bracket circumflex underscore
grave-accent - - - - - - - - - - - - - - - - - - - - - - - - - -
left-curly-bracket vertical-line right-curly-bracket tilde DEL
`
