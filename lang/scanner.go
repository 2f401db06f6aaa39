package lang

// This file defines the scanner: source bytes to tokens, one call a token,
// in time linear in the text whatever it holds.

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// A mode says what kind of text the scanner is in. Modes nest by ${ } and { }.
type mode uint8

const (
	modeCode   mode = iota
	modeString      // between " and "
	modeInd         // between '' and ''
	modePath        // after the first part of a path
)

// A scanner reads tokens from src. The longest match wins, as in the reference.
type scanner struct {
	src   string
	pos   int
	modes []mode // outermost first; empty is modeCode
	pipes bool   // pipe operators are enabled

	pathSlash bool // in modePath: the last text ended in a slash
	pathText  int  // where that text starts

	// [.., runEnd) is a run of path characters, with its last underscore at
	// runUnderscore. Remembered so that a.b.c… is not searched again at each dot.
	runEnd, runUnderscore int

	noCommentEnd bool // no */ from here on

	docStart, docEnd int // the last documentation comment, until a token follows; 0 if none
	doc              func(token, start, end int)

	invalid map[int]invalid // what is wrong with the Invalid token at this offset

	wrap     wrapping        // of a text of bindings
	wrapLast lexer.TokenType // the token before
}

// A wrapping says which of the tokens comes next that make a set of a text that
// is bindings, and are not in it.
type wrapping uint8

const (
	wrapNone  wrapping = iota
	wrapOpen           // {
	wrapText           // those of the text, and a ; at its end if there is none
	wrapClose          // }
	wrapDone
)

// scanWrapped is scan for a text of bindings.
func (s *scanner) scanWrapped(tok *lexer.Token) {
	switch s.wrap {
	case wrapOpen:
		s.wrap = wrapText
		s.emit(tok, tokLBrace, s.pos)
		s.wrapLast = tokSemicolon
		return
	case wrapClose:
		s.wrap = wrapDone
		s.emit(tok, tokRBrace, s.pos)
		return
	}
	s.scan(tok)
	if s.wrap == wrapText && tok.Type == tokEOF {
		if s.wrap = wrapClose; s.wrapLast == tokSemicolon {
			s.scanWrapped(tok)
			return
		}
		s.emit(tok, tokSemicolon, s.pos)
	}
	s.wrapLast = tok.Type
}

// Character classes, as bits.
const (
	charIdent = 1 << iota // may continue an identifier
	charPath
	charURI
	charLetter
	charDigit
	charSpace
)

var charClass = func() (t [256]uint8) {
	set := func(chars string, class uint8) {
		for i := 0; i < len(chars); i++ {
			t[chars[i]] |= class
		}
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	const digits = "0123456789"
	set(letters, charIdent|charPath|charURI|charLetter)
	set(digits, charIdent|charPath|charURI|charDigit)
	set("_'-", charIdent)
	set("._-+", charPath)
	set("%/?:@&=+$,-_.!~*'", charURI)
	set(" \t\r\n", charSpace)
	return t
}()

func is(c byte, class uint8) bool { return charClass[c]&class != 0 }

// at returns the byte at i, or NUL beyond the end. A NUL in the text is an
// error wherever it is met, so the two need not be told apart here.
func (s *scanner) at(i int) byte {
	if i < len(s.src) {
		return s.src[i]
	}
	return 0
}

func (s *scanner) hasDollarBrace(i int) bool { return s.at(i) == '$' && s.at(i+1) == '{' }

func (s *scanner) push(m mode) { s.modes = append(s.modes, m) }

func (s *scanner) pop() {
	if len(s.modes) > 0 {
		s.modes = s.modes[:len(s.modes)-1]
	}
}

// emit fills in tok, which covers the text from s.pos to end.
func (s *scanner) emit(tok *lexer.Token, t lexer.TokenType, end int) {
	tok.Type = t
	tok.Value = s.src[s.pos:end]
	tok.Pos.Offset = s.pos
	s.pos = end
}

// An invalid says why a token is Invalid.
type invalid struct {
	msg     string // "" if no token starts like that
	feature string // the experimental feature that would allow the token; or ""
}

// fail emits an Invalid token that covers the text up to end.
func (s *scanner) fail(tok *lexer.Token, end int, msg string) {
	if s.invalid == nil {
		s.invalid = map[int]invalid{}
	}
	s.invalid[s.pos] = invalid{msg: msg}
	s.emit(tok, tokInvalid, end)
}

// scan reads the next token. At the end of the text it yields EOF for ever.
func (s *scanner) scan(tok *lexer.Token) {
	if len(s.modes) > 0 {
		switch s.modes[len(s.modes)-1] {
		case modeString:
			s.scanString(tok)
			return
		case modeInd:
			s.scanInd(tok)
			return
		case modePath:
			s.scanPathPart(tok)
			return
		}
	}
	s.skipSpace()
	if s.docEnd != 0 {
		s.doc(s.pos, s.docStart, s.docEnd)
		s.docEnd = 0
	}
	if s.pos >= len(s.src) {
		s.emit(tok, tokEOF, s.pos)
		return
	}
	c := s.src[s.pos]
	switch {
	case c == ';' || c == '=' && s.at(s.pos+1) != '=': // the most frequent ones
		s.emit(tok, symbols1[c], s.pos+1)
	case is(c, charLetter) || c == '_':
		s.scanIdent(tok)
	case is(c, charDigit):
		s.scanNumber(tok)
	default:
		s.scanSymbol(tok, c)
	}
}

// skipSpace skips white space and comments, and notes documentation comments.
func (s *scanner) skipSpace() {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case is(c, charSpace):
			s.pos++
		case c == '#':
			if n := strings.IndexAny(s.src[s.pos:], "\r\n"); n >= 0 {
				s.pos += n
			} else {
				s.pos = len(s.src)
			}
		case c == '/' && s.at(s.pos+1) == '*' && !s.noCommentEnd:
			n := strings.Index(s.src[s.pos+2:], "*/")
			if n < 0 {
				s.noCommentEnd = true // the slash and the star are tokens then
				return
			}
			end := s.pos + 2 + n + 2
			if s.at(s.pos+2) == '*' && end > s.pos+4 && s.src[s.pos+3] != '*' {
				s.docStart, s.docEnd = s.pos, end
			}
			s.pos = end
		default:
			return
		}
	}
}

// symbols1 are the tokens of one character that starts no token of another kind.
var symbols1 = [256]lexer.TokenType{
	'.': tokDot, '=': tokAssign, ';': tokSemicolon, ':': tokColon, ',': tokComma, '@': tokAt, '?': tokQuestion,
	'(': tokLParen, ')': tokRParen, '[': tokLBracket, ']': tokRBracket, '<': tokLess, '>': tokGreater,
	'+': tokPlus, '-': tokMinus, '*': tokStar, '/': tokSlash, '!': tokNot,
}

// symbol2 returns the token of two characters.
func symbol2(a, b byte) lexer.TokenType {
	switch {
	case b == '=' && a == '=':
		return tokEqual
	case b == '=' && a == '!':
		return tokNotEqual
	case b == '=' && a == '<':
		return tokLessEqual
	case b == '=' && a == '>':
		return tokGreaterEqual
	case a == '&' && b == '&':
		return tokAnd
	case a == '|' && b == '|':
		return tokOrOr
	case a == '-' && b == '>':
		return tokImplies
	case a == '/' && b == '/':
		return tokUpdate
	case a == '+' && b == '+':
		return tokConcat
	case a == '<' && b == '|':
		return tokPipeLeft
	case a == '|' && b == '>':
		return tokPipeRight
	}
	return 0
}

func (s *scanner) scanSymbol(tok *lexer.Token, c byte) {
	next := s.at(s.pos + 1)
	switch c {
	case '{':
		s.push(modeCode)
		s.emit(tok, tokLBrace, s.pos+1)
		return
	case '}':
		s.pop()
		s.emit(tok, tokRBrace, s.pos+1)
		return
	case '"':
		s.openString(tok)
		return
	case '\'':
		if next == '\'' {
			s.openInd(tok)
			return
		}
	case '$':
		if next == '{' {
			s.push(modeCode)
			s.emit(tok, tokDollarBrace, s.pos+2)
			return
		}
	case '.', '-', '+':
		if s.scanPath(tok, s.pathRun(s.pos)) {
			return
		}
		if c == '.' && next == '.' && s.at(s.pos+2) == '.' {
			s.emit(tok, tokEllipsis, s.pos+3)
			return
		}
		if c == '.' && is(next, charDigit) {
			s.scanNumber(tok)
			return
		}
	case '/':
		if s.scanPath(tok, s.pos) {
			return
		}
	case '~':
		if next == '/' && s.scanHomePath(tok) {
			return
		}
	case '<':
		if end := s.searchPathEnd(); end > 0 {
			s.emit(tok, tokSearchPath, end)
			return
		}
	case 0:
		// The reference takes a NUL for the end of the text, see RATIONALE.md.
		s.fail(tok, s.pos+1, "NUL byte in source text")
		return
	}
	if t := symbol2(c, next); t != 0 {
		if (t == tokPipeLeft || t == tokPipeRight) && !s.pipes {
			at := s.pos
			s.fail(tok, at+2, "experimental Nix feature 'pipe-operators' is disabled; "+
				"add '--extra-experimental-features pipe-operators' to enable it")
			s.invalid[at] = invalid{s.invalid[at].msg, "pipe-operators"}
			return
		}
		s.emit(tok, t, s.pos+2)
		return
	}
	if t := symbols1[c]; t != 0 {
		s.emit(tok, t, s.pos+1)
		return
	}
	s.fail(tok, s.pos+1, "")
}

// scanIdent reads an identifier or keyword, unless what starts here is a path or a URI.
func (s *scanner) scanIdent(tok *lexer.Token) {
	end := s.pos + 1
	for end < len(s.src) && is(s.src[end], charIdent) {
		end++
	}
	switch s.at(end) {
	case '/', '.', '+', ':':
		run := s.pathRun(s.pos)
		if s.scanPath(tok, run) {
			return
		}
		if s.at(run) == ':' && is(s.at(run+1), charURI) && s.src[s.pos] != '_' && s.runUnderscore < s.pos {
			for run++; run < len(s.src) && is(s.src[run], charURI); {
				run++
			}
			s.emit(tok, tokURI, run)
			return
		}
	}
	s.emit(tok, keyword(s.src[s.pos:end]), end)
}

// scanNumber reads an integer or a float, unless what starts here is a path.
//
//	Int = [0-9]+
//	Float = ( [1-9][0-9]* "." [0-9]* | "0"? "." [0-9]+ ) ( [Ee] [+-]? [0-9]+ )?
func (s *scanner) scanNumber(tok *lexer.Token) {
	if s.scanPath(tok, s.pathRun(s.pos)) {
		return
	}
	end := s.digits(s.pos)
	leadingZero := s.src[s.pos] == '0' || end == s.pos
	if s.at(end) != '.' || (leadingZero && (end-s.pos > 1 || !is(s.at(end+1), charDigit))) {
		s.emit(tok, tokInt, end)
		return
	}
	end = s.digits(end + 1)
	if c := s.at(end); c == 'e' || c == 'E' {
		exponent := end + 1
		if c := s.at(exponent); c == '+' || c == '-' {
			exponent++
		}
		if is(s.at(exponent), charDigit) {
			end = s.digits(exponent)
		}
	}
	s.emit(tok, tokFloat, end)
}

func (s *scanner) digits(i int) int {
	for i < len(s.src) && is(s.src[i], charDigit) {
		i++
	}
	return i
}

// pathRun returns where the path characters that start at i end.
func (s *scanner) pathRun(i int) int {
	if i < s.runEnd {
		return s.runEnd
	}
	s.runUnderscore = -1
	for ; i < len(s.src) && is(s.src[i], charPath); i++ {
		if s.src[i] == '_' {
			s.runUnderscore = i
		}
	}
	s.runEnd = i
	return i
}

// segments returns where the text of a path ends whose first slash is at i:
// ("/" PathChar+)+ "/"?. If there is no such text it returns i.
func (s *scanner) segments(i int) int {
	start := i
	for s.at(i) == '/' && is(s.at(i+1), charPath) {
		for i++; i < len(s.src) && is(s.src[i], charPath); {
			i++
		}
	}
	if i > start && s.at(i) == '/' {
		i++
	}
	return i
}

// scanPath reads a path whose first slash would be at slash, if there is one.
func (s *scanner) scanPath(tok *lexer.Token, slash int) bool {
	end := s.segments(slash)
	if end == slash {
		if s.at(slash) != '/' || !s.hasDollarBrace(slash+1) {
			return false
		}
		end++
	}
	s.emitPath(tok, tokPath, tokPathStart, end)
	return true
}

func (s *scanner) scanHomePath(tok *lexer.Token) bool {
	end := s.segments(s.pos + 1)
	if end == s.pos+1 {
		if !s.hasDollarBrace(s.pos + 2) {
			return false
		}
		end++
	}
	s.emitPath(tok, tokHomePath, tokHomeStart, end)
	return true
}

// emitPath emits a path that ends here, or the start of one that goes on.
func (s *scanner) emitPath(tok *lexer.Token, whole, start lexer.TokenType, end int) {
	s.pathSlash = s.src[end-1] == '/'
	if !s.pathSlash && !s.hasDollarBrace(end) {
		s.emit(tok, whole, end)
		return
	}
	s.push(modePath)
	s.pathText = s.pos
	s.emit(tok, start, end)
}

// scanPathPart reads what may follow in a path: ${, more text, or its end.
func (s *scanner) scanPathPart(tok *lexer.Token) {
	if s.hasDollarBrace(s.pos) {
		s.pathSlash = false
		s.push(modeCode)
		s.emit(tok, tokDollarBrace, s.pos+2)
		return
	}
	slash := s.pathRun(s.pos)
	end := s.segments(slash)
	if end == slash && s.at(slash) == '/' {
		end++
	}
	if end > s.pos {
		s.pathSlash = s.src[end-1] == '/'
		s.pathText = s.pos
		s.emit(tok, tokPathPart, end)
		return
	}
	s.pop()
	if s.pathSlash {
		end := s.pos + 1
		if s.pos == len(s.src) { // nothing to point at but the text
			s.pos, end = s.pathText, s.pos
		}
		s.fail(tok, end, "path has a trailing slash")
		return
	}
	s.emit(tok, tokPathEnd, s.pos)
}

// searchPathEnd returns where the search path that starts here ends, or 0.
func (s *scanner) searchPathEnd() int {
	i := s.pos + 1
	for {
		start := i
		for i < len(s.src) && is(s.src[i], charPath) {
			i++
		}
		switch {
		case i == start:
			return 0
		case s.at(i) == '>':
			return i + 1
		case s.at(i) != '/':
			return 0
		}
		i++
	}
}
