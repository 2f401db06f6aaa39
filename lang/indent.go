package lang

// This file defines the value of ''…'' strings: escapes, and the removal of
// common indentation. Indentation is spaces; a tab is text.

import "strings"

// An indPiece is text of an indented string up to the next escape, an escape,
// or an interpolation. Pieces stay apart in the tree, as in the reference.
type indPiece struct {
	span Span
	text string
	raw  bool // text as written, in which line starts count
	expr Expr // an interpolation
}

func (x *plainIndString) lower(p *parser) Expr {
	text := x.Tok.Value
	open := indOpen(text)
	at := p.pos(&x.Tok) + Pos(open)
	p.pieces = splitIndented(p.pieces[:0], at, text[open:len(text)-2])
	return p.indented(p.tokenSpan(&x.Tok), p.pieces)
}

func (x *indString) lower(p *parser) Expr {
	if reflective { // the pieces of strings inside come first
		for i := range x.Parts {
			x.Parts[i].X = p.tree(x.Parts[i].X)
		}
	}
	pieces := p.pieces[:0]
	for i := range x.Parts {
		if part := &x.Parts[i]; part.X != nil {
			pieces = append(pieces, indPiece{expr: part.X})
		} else {
			pieces = splitIndented(pieces, p.pos(&part.Text), part.Text.Value)
		}
	}
	p.pieces = pieces
	return p.indented(Span{p.file.Pos(x.Pos.Offset), p.end(&x.End)}, pieces)
}

// splitIndented appends the pieces of text, which starts at at.
func splitIndented(pieces []indPiece, at Pos, text string) []indPiece {
	add := func(n int, value string, raw bool) {
		pieces = append(pieces, indPiece{span: Span{at, at + Pos(n)}, text: value, raw: raw})
		at += Pos(n)
		text = text[n:]
	}
	for text != "" {
		switch n := indRaw(text); {
		case n > 0:
			add(n, text[:n], true)
		case indEscape(text) > 0:
			switch n := indEscape(text); text[2] {
			case '$':
				add(n, "$", false)
			case '\'':
				add(n, "''", false)
			default:
				add(n, string([]byte{escaped(text[3])}), false)
			}
		default: // a lone quote or dollar sign
			add(1, text[:1], false)
		}
	}
	return pieces
}

// indRaw returns how much of text is neither escape nor lone quote or dollar
// sign: ( [^$'] | "$" [^{'] | "'" [^'$] )*
func indRaw(text string) int {
	i := 0
	for i < len(text) {
		switch text[i] {
		case '$':
			if i+1 == len(text) || text[i+1] == '{' || text[i+1] == '\'' {
				return i
			}
			i += 2
		case '\'':
			if i+1 == len(text) || text[i+1] == '\'' || text[i+1] == '$' {
				return i
			}
			i += 2
		default:
			i++
		}
	}
	return i
}

// indented makes the string of pieces, without the indentation that all lines share.
func (p *parser) indented(span Span, pieces []indPiece) Expr {
	strip := stripper{min: minIndent(pieces), lineStart: true}
	exprs := make([]Expr, 0, len(pieces))
	for i, piece := range pieces {
		if piece.expr != nil {
			strip.lineStart, strip.dropped = false, 0
			exprs = append(exprs, piece.expr)
			continue
		}
		piece.text = strip.strip(piece.text)
		if i == len(pieces)-1 {
			piece.text = trimLastLine(piece.text)
		}
		if piece.text != "" {
			exprs = append(exprs, p.str(piece.span, piece.text))
		}
	}
	if len(exprs) == 0 {
		return p.str(span, "")
	}
	if s, ok := exprs[0].(*String); ok && len(exprs) == 1 {
		s.At, s.End = span.Start, span.End
		return s
	}
	return &Interp{At: span.Start, End: span.End, Indent: true, Parts: exprs}
}

// minIndent returns the least number of spaces that a line starts with. Lines
// of spaces alone do not count, and the last line counts if it has anything.
func minIndent(pieces []indPiece) int {
	const none = 1_000_000 // the reference's idea of no indentation
	least, current := none, 0
	lineStart := true
	for _, piece := range pieces {
		if !piece.raw {
			if lineStart {
				lineStart = false
				least = min(least, current)
			}
			continue
		}
		for i := 0; i < len(piece.text); i++ {
			switch c := piece.text[i]; {
			case c == '\n':
				lineStart, current = true, 0
			case !lineStart:
				if n := strings.IndexByte(piece.text[i:], '\n'); n > 0 {
					i += n - 1
				} else {
					i = len(piece.text)
				}
			case c == ' ':
				current++
			default:
				lineStart = false
				least = min(least, current)
			}
		}
	}
	return least
}

// A stripper removes up to min spaces at the start of each line.
type stripper struct {
	min, dropped int
	lineStart    bool
}

func (s *stripper) strip(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for text != "" {
		if s.lineStart {
			n := 0
			for n < len(text) && text[n] == ' ' {
				n++
			}
			drop := min(n, max(s.min-s.dropped, 0))
			s.dropped += n
			b.WriteString(text[drop:n])
			text = text[n:]
			if text == "" {
				break
			}
			s.dropped = 0
			s.lineStart = text[0] == '\n'
			if s.lineStart {
				b.WriteByte('\n')
				text = text[1:]
				continue
			}
		}
		n := strings.IndexByte(text, '\n') + 1
		if n == 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:n])
		text = text[n:]
		s.lineStart = true
	}
	return b.String()
}

// trimLastLine removes a last line of nothing but spaces.
func trimLastLine(text string) string {
	if i := strings.LastIndexByte(text, '\n'); i >= 0 && strings.Trim(text[i+1:], " ") == "" {
		return text[:i+1]
	}
	return text
}
