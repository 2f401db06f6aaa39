package lang

// This file defines how the scanner reads strings: those between double quotes,
// and indented strings, between pairs of single quotes.

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// stringEnd returns where the text of a "…" string ends that goes on at i: at
// ", at ${ or at the end of the source; and whether it holds a NUL.
func (s *scanner) stringEnd(i int) (end int, nul bool) {
	for i < len(s.src) {
		switch s.src[i] {
		case '"':
			return i, nul
		case '\\':
			if i+1 == len(s.src) {
				return i, nul
			}
			nul = nul || s.src[i+1] == 0
			i += 2
		case '$':
			switch s.at(i + 1) {
			case '{':
				return i, nul
			case '"', '\\':
				i++
			default:
				if i+1 == len(s.src) {
					return i, nul
				}
				nul = nul || s.src[i+1] == 0
				i += 2
			}
		case 0:
			nul = true
			i++
		default:
			i++
		}
	}
	return i, nul
}

// failNul reports a NUL in the text of a string up to end.
func (s *scanner) failNul(tok *lexer.Token, end int) {
	const shown = 200 // bytes of the string
	text := strings.ReplaceAll(s.src[s.pos:min(end, s.pos+shown)], "\x00", "␀")
	s.fail(tok, end, "input string '"+text+"' cannot be represented as Nix string because it contains null bytes")
}

// openString reads a " that opens a string: all of the string if there is no ${ in it.
func (s *scanner) openString(tok *lexer.Token) {
	end, nul := s.stringEnd(s.pos + 1)
	if s.at(end) == '"' && !nul {
		s.emit(tok, tokString, end+1)
		return
	}
	s.push(modeString)
	s.emit(tok, tokQuote, s.pos+1)
}

func (s *scanner) scanString(tok *lexer.Token) {
	end, nul := s.stringEnd(s.pos)
	s.scanText(tok, end, nul, tokStringPart, tokQuote, `"`)
}

// scanText reads what stands next in a string whose text ends at end: text, the
// quotes that close it, or a ${.
func (s *scanner) scanText(tok *lexer.Token, end int, nul bool, part, quote lexer.TokenType, quotes string) {
	switch {
	case nul:
		s.failNul(tok, end)
	case end > s.pos:
		s.emit(tok, part, end)
	case strings.HasPrefix(s.src[end:], quotes):
		s.pop()
		s.emit(tok, quote, end+len(quotes))
	case s.hasDollarBrace(end):
		s.push(modeCode)
		s.emit(tok, tokDollarBrace, end+2)
	default: // the end of the text, or a last \ or $
		s.pos = len(s.src)
		s.emit(tok, tokEOF, s.pos)
	}
}

// indEnd returns where the text of an indented string ends that goes on at i: at
// its quotes, at ${ or at the end of the source; and whether it holds a NUL.
func (s *scanner) indEnd(i int) (end int, nul bool) {
	for i < len(s.src) {
		switch s.src[i] {
		case '\'':
			n := indEscape(s.src[i:])
			if n == 0 && s.at(i+1) == '\'' {
				return i, nul
			}
			nul = nul || n == 4 && s.src[i+3] == 0
			i += max(n, 1)
		case '$':
			switch s.at(i + 1) {
			case '{':
				return i, nul
			case '\'':
				i++
			default:
				nul = nul || s.at(i+1) == 0 && i+1 < len(s.src)
				i = min(i+2, len(s.src))
			}
		case 0:
			nul = true
			i++
		default:
			i++
		}
	}
	return i, nul
}

// indEscape returns the length of the escape sequence that text starts with,
// which is two single quotes and ' or $ or \ with a character; 0 if there is none.
func indEscape(text string) int {
	if len(text) < 3 || text[0] != '\'' || text[1] != '\'' {
		return 0
	}
	switch text[2] {
	case '\'', '$':
		return 3
	case '\\':
		if len(text) > 3 {
			return 4
		}
	}
	return 0
}

// indOpen returns the length of the quotes that text starts with, together with
// the rest of its line if that is nothing but spaces.
func indOpen(text string) int {
	i := 2
	for i < len(text) && text[i] == ' ' {
		i++
	}
	if i < len(text) && text[i] == '\n' {
		return i + 1
	}
	return 2
}

// openInd reads the quotes that open an indented string: all of the string if there
// is no ${ in it.
func (s *scanner) openInd(tok *lexer.Token) {
	open := s.pos + indOpen(s.src[s.pos:])
	end, nul := s.indEnd(open)
	if s.at(end) == '\'' && !nul {
		s.emit(tok, tokIndString, end+2)
		return
	}
	s.push(modeInd)
	s.emit(tok, tokIndOpen, open)
}

func (s *scanner) scanInd(tok *lexer.Token) {
	end, nul := s.indEnd(s.pos)
	s.scanText(tok, end, nul, tokIndPart, tokIndClose, "''")
}
