package lang

// This file defines the classes of the pieces of a text, for colours and for
// completion.

import "github.com/alecthomas/participle/v2/lexer"

// A Class is what a piece of source text is.
type Class uint8

// Classes of pieces.
const (
	ClassSpace Class = iota
	ClassComment
	ClassKeyword
	ClassName
	ClassNumber
	ClassString // with its quotes; what is interpolated is not part of it
	ClassPath   // also search paths and URIs
	ClassOperator
	ClassBracket // also of interpolations
	ClassInvalid
)

// A Piece is a part of a source text. Start and End are byte offsets.
type Piece struct {
	Class      Class
	Start, End int
}

// Pieces returns the pieces of a text, which need not be complete or right:
// adjacent, in order, and all of it.
func Pieces(src string) []Piece {
	s := scanner{src: src, pipes: true, doc: func(int, int, int) {}}
	var out []Piece
	last := 0
	for {
		var tok lexer.Token
		s.scan(&tok)
		start := tok.Pos.Offset
		if tok.Type == tokEOF {
			start = len(src)
		}
		if start > last {
			out = appendSpace(out, src, last, start)
		}
		if tok.Type == tokEOF {
			return out
		}
		// What is wrong with a path is said of all of it, after its parts.
		end := start + len(tok.Value)
		start = max(start, last)
		if end > start {
			out = append(out, Piece{classOf(tok.Type), start, end})
		}
		last = max(last, end)
	}
}

// appendSpace appends what is between tokens: space, and comments.
func appendSpace(out []Piece, src string, start, end int) []Piece {
	for i := start; i < end; {
		j := i
		for j < end && is(src[j], charSpace) {
			j++
		}
		if j > i {
			out = append(out, Piece{ClassSpace, i, j})
			i = j
			continue
		}
		if src[i] == '#' {
			for j < end && src[j] != '\n' {
				j++
			}
		} else {
			j = end
			for k := i + 2; k+1 < end; k++ {
				if src[k] == '*' && src[k+1] == '/' {
					j = k + 2
					break
				}
			}
		}
		out = append(out, Piece{ClassComment, i, j})
		i = j
	}
	return out
}

func classOf(t lexer.TokenType) Class {
	switch t {
	case tokInvalid:
		return ClassInvalid
	case tokIdent, tokLambdaIdent:
		return ClassName
	case tokInt, tokFloat:
		return ClassNumber
	case tokStringPart, tokIndPart, tokIndOpen, tokIndClose, tokQuote, tokString, tokIndString:
		return ClassString
	case tokPath, tokPathStart, tokHomePath, tokHomeStart, tokSearchPath, tokPathPart, tokPathEnd, tokURI:
		return ClassPath
	case tokIf, tokThen, tokElse, tokAssert, tokWith, tokLet, tokLegacyLet, tokIn, tokRec, tokInherit, tokOr:
		return ClassKeyword
	case tokLParen, tokRParen, tokLBrace, tokRBrace, tokLBracket, tokRBracket, tokFormals, tokDollarBrace:
		return ClassBracket
	}
	return ClassOperator
}
