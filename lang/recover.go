package lang

// This file defines how the parser goes on after a syntax error.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// errorf reports an error that is found as soon as its text is read.
func (p *parser) errorf(span Span, format string, args ...any) *Error {
	return p.errorAfter(span.Start, span, format, args...)
}

// errorAfter reports an error that the reference finds when it has read up to met. The
// caller may say more of it, such as a code other than CodeSyntax.
func (p *parser) errorAfter(met Pos, span Span, format string, args ...any) *Error {
	e := &Error{File: p.file, Span: span, Code: CodeSyntax, Msg: shorten(fmt.Sprintf(format, args...)), met: met}
	if len(p.errs) < maxErrors {
		p.errs = append(p.errs, e)
	}
	return e
}

// shorten cuts a message that quotes a long text.
func shorten(msg string) string {
	const most = 1000
	if len(msg) > most {
		return strings.ToValidUTF8(msg[:most], "") + "…"
	}
	return msg
}

// tokenAt returns the span of the token at pos.
func (p *parser) tokenAt(pos Pos) Span {
	s := scanner{src: p.file.Source, pos: p.file.Offset(pos), doc: func(int, int, int) {}}
	var tok lexer.Token
	s.scan(&tok)
	return p.tokenSpan(&tok)
}

// A bindingStart remembers the parser's state before a binding.
type bindingStart struct {
	offset, depth int
	stacks        stackMark
}

func (p *parser) startBinding() bindingStart {
	return bindingStart{p.tok.Pos.Offset, p.depth, p.stacks.mark()}
}

// recoverBudget bounds the bytes that are scanned again after errors.
const recoverBudget = 1 << 26

// recoverBinding goes on behind the binding in which the parser failed, where
// that is safe: if every bracket in the binding has its partner, so that the
// semicolon behind it is certain.
func (p *parser) recoverBinding(start bindingStart) bool {
	if p.fatal || p.window.ended || len(p.errs) >= maxErrors || len(p.errs)*len(p.file.Source) > recoverBudget {
		p.fatal = true
		return false
	}
	// Only a fresh scan knows in which strings the binding stands.
	s := scanner{src: p.file.Source, pipes: p.pipes, doc: func(int, int, int) {}}
	certain, openIf := p.skipBinding(&s, start.offset, p.tok.Pos.Offset)
	p.openIf = p.openIf || openIf
	if !certain {
		p.fatal = true
		return false
	}
	s.doc = p.scan.doc
	p.scan = s
	p.window.reset()
	p.refill(p.lex)
	p.load()
	p.failed, p.depth = false, start.depth
	p.stacks.release(start.stacks)
	return true
}

// skipBinding moves s behind the semicolon of the binding that starts at
// start, or before the closing brace, but not to before the token at failed.
// It reports whether that place is certain, and whether an if was left without
// its else. It asks every so often whether parsing is to stop.
func (p *parser) skipBinding(s *scanner, start, failed int) (certain, openIf bool) {
	var tok lexer.Token
	n := 0
	scan := func() {
		if n++; n%(16*windowSize) == 0 && p.window.stop != nil {
			p.window.ended = p.window.ended || p.window.stop()
		}
		if s.scan(&tok); p.window.ended {
			tok.Type = tokEOF
		}
	}
	for scan(); tok.Pos.Offset < start && !p.window.ended; {
		scan()
	}
	// What is open: brackets, and let, with and assert, which have semicolons
	// of their own.
	var open []lexer.TokenType
	top := func() lexer.TokenType {
		if len(open) == 0 {
			return 0
		}
		return open[len(open)-1]
	}
	var prev lexer.TokenType
	for ; ; scan() {
		t := tok.Type
		if t == tokLBrace && prev == tokLet {
			open[len(open)-1] = tokLegacyLet // it has no in
		}
		prev = t
		switch t {
		case tokLBrace, tokDollarBrace, tokLParen, tokLBracket, tokLet, tokWith, tokAssert, tokIf:
			open = append(open, t)
		case tokElse:
			if top() == tokIf {
				open = open[:len(open)-1]
			}
		case tokQuote:
			if top() == tokQuote {
				open = open[:len(open)-1]
			} else {
				open = append(open, t)
			}
		case tokIndOpen:
			open = append(open, t)
		case tokIndClose, tokRParen, tokRBracket, tokRBrace, tokIn:
			if len(open) == 0 && (t == tokRBrace || t == tokIn) && tok.Pos.Offset >= failed {
				// The brace belongs to the set around: let it be read again.
				s.pos = tok.Pos.Offset
				if t == tokRBrace {
					s.push(modeCode)
				}
				// What seemed a set may have been meant as a pattern.
				return t == tokIn || !slices.Contains([]lexer.TokenType{tokColon, tokAt}, peek(s, 2)), openIf
			}
			if !closes(top(), t) {
				return false, openIf
			}
			open = open[:len(open)-1]
			if t == tokRBrace && top() == tokLegacyLet {
				open = open[:len(open)-1]
			}
		case tokSemicolon:
			for top() == tokIf {
				open = open[:len(open)-1]
				openIf = true
			}
			switch top() {
			case tokWith, tokAssert:
				open = open[:len(open)-1]
			case 0:
				return tok.Pos.Offset >= failed && slices.Contains(behindBinding, peek(s, 1)), openIf
			case tokLParen, tokLBracket:
				return false, openIf
			}
		case tokEOF, tokInvalid:
			return false, openIf
		}
	}
}

// behindBinding is what may stand behind the semicolon of a binding.
var behindBinding = []lexer.TokenType{tokIdent, tokOr, tokString, tokQuote, tokDollarBrace, tokInherit, tokRBrace, tokIn}

// peek returns the type of the token that is n tokens ahead.
func peek(s *scanner, n int) lexer.TokenType {
	ahead := *s
	ahead.modes = slices.Clone(s.modes)
	ahead.docEnd = 0
	var tok lexer.Token
	for range n {
		ahead.scan(&tok)
	}
	return tok.Type
}

// closes reports whether t is the partner of open.
func closes(open, t lexer.TokenType) bool {
	switch t {
	case tokRParen:
		return open == tokLParen
	case tokRBracket:
		return open == tokLBracket
	case tokRBrace:
		return open == tokLBrace || open == tokDollarBrace
	case tokIn:
		return open == tokLet
	case tokIndClose:
		return open == tokIndOpen
	}
	return false
}

// check looks for errors in the bindings of a set that is incomplete.
func (p *parser) check(bindings []binding) {
	p.set(bindings, lexer.Position{}, &lexer.Token{})
}
