package lang

// This file defines the lexer: the scanner's tokens behind participle's
// lexer.Definition, marked so that one token of look-ahead decides everywhere.

import (
	"io"

	"github.com/alecthomas/participle/v2/lexer"
)

// mark looks back from the token just read, toks[n], and marks what it decides:
// an identifier that is a parameter, a { that opens formals, a let of the old
// kind. It changes none but the two tokens before.
//
//	Ident ( ":" | "@" )                  a parameter
//	"{" "..."  "{" "}" ( ":" | "@" )     formals
//	"{" Ident ( "," | "?" | "}" )        formals
//	"let" "{"                            let { body = …; }
func mark(toks []lexer.Token, n int) {
	back := func(i int) *lexer.Token {
		if i > n {
			return &lexer.Token{}
		}
		return &toks[n-i]
	}
	switch toks[n].Type {
	case tokColon, tokAt:
		switch prev := back(1); prev.Type {
		case tokIdent:
			prev.Type = tokLambdaIdent
		case tokRBrace:
			if brace := back(2); brace.Type == tokLBrace {
				brace.Type = tokFormals
			}
		}
	case tokComma, tokQuestion, tokRBrace:
		if back(1).Type == tokIdent {
			if brace := back(2); brace.Type == tokLBrace {
				brace.Type = tokFormals
			}
		}
	case tokEllipsis:
		if brace := back(1); brace.Type == tokLBrace {
			brace.Type = tokFormals
		}
	case tokLBrace:
		if let := back(1); let.Type == tokLet {
			let.Type = tokLegacyLet
		}
	}
}

// windowSize is the number of tokens that are read ahead: 64 kB of them, so
// that they stay in the cache, and memory is bounded whatever the text. Reading
// the whole text ahead took 13 bytes of tokens for each of its bytes.
const windowSize = 1024

// A window is the part of the token stream that the parser sees. It lies in
// the storage of a participle PeekingLexer; refill reads more.
type window struct {
	toks  []lexer.Token // storage of the PeekingLexer, windowSize long
	ready int           // toks[ready] is More or EOF; beyond lie tokens that may yet be marked
	held  int           // how many
	stop  func() bool   // asked at each refill, and where what failed is skipped; true ends the text there
	ended bool          // stop did
	heldT lexer.TokenType
}

// newWindow returns a window and the PeekingLexer that shares its storage.
func newWindow() (*window, *lexer.PeekingLexer) {
	// Upgrading a stream of that many blank tokens is the one way to have a
	// PeekingLexer whose storage can be filled again.
	lex, err := lexer.Upgrade(&blankLexer{left: windowSize})
	if err != nil {
		panic(err) // blankLexer has no errors
	}
	return &window{toks: lex.Range(0, windowSize)}, lex
}

type blankLexer struct{ left int }

func (b *blankLexer) Next() (lexer.Token, error) {
	if b.left == 0 {
		return lexer.EOFToken(lexer.Position{}), nil
	}
	b.left--
	return lexer.Token{Type: tokMore}, nil
}

// reset forgets the tokens, for a new text or a new place in it.
func (w *window) reset() { w.ready, w.held = 0, 0 }

// refill drops the tokens up to ready and reads more from s.
func (w *window) refill(s *scanner) {
	n := 0
	if w.held > 0 {
		w.toks[w.ready].Type = w.heldT
		n = copy(w.toks, w.toks[w.ready:w.ready+w.held])
	}
	w.ended = w.ended || w.stop != nil && w.stop()
	for n < windowSize {
		if s.wrap != wrapNone {
			s.scanWrapped(&w.toks[n])
		} else {
			s.scan(&w.toks[n])
		}
		if w.ended {
			w.toks[n].Type = tokEOF
		}
		if w.toks[n].Type == tokEOF {
			w.ready, w.held = n, 0
			return
		}
		mark(w.toks, n)
		n++
	}
	w.ready, w.held = n-2, 2
	w.heldT = w.toks[w.ready].Type
	w.toks[w.ready].Type = tokMore
}

// definition is the lexer as participle knows it. It reads all tokens at once.
type definition struct {
	pipes bool
	doc   func(token, start, end int)
}

// Symbols returns the token types by name.
func (definition) Symbols() map[string]lexer.TokenType {
	names := map[string]lexer.TokenType{"EOF": tokEOF}
	for t := tokInvalid; t < tokCount; t++ {
		names[tokens[t].name] = t
	}
	return names
}

// Lex reads all of r.
func (d definition) Lex(filename string, r io.Reader) (lexer.Lexer, error) {
	src, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return d.LexString(filename, string(src))
}

// LexString returns the tokens of src, marked.
func (d definition) LexString(_ string, src string) (lexer.Lexer, error) {
	s := &scanner{src: src, pipes: d.pipes, doc: d.doc}
	if s.doc == nil {
		s.doc = func(int, int, int) {}
	}
	all := &tokenList{}
	for {
		all.toks = append(all.toks, lexer.Token{})
		n := len(all.toks) - 1
		s.scan(&all.toks[n])
		if all.toks[n].Type == tokEOF {
			return all, nil
		}
		mark(all.toks, n)
	}
}

// A tokenList is a lexer over tokens that have been read.
type tokenList struct {
	toks []lexer.Token
	next int
}

// Next returns the next token; EOF for ever at the end.
func (l *tokenList) Next() (lexer.Token, error) {
	t := l.toks[l.next]
	if l.next < len(l.toks)-1 {
		l.next++
	}
	return t, nil
}
