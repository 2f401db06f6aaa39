package lang

// This file defines which ordinary comment belongs to a token: as opposed to
// documentation comments, they are not kept when a text is parsed.

import "strings"

// CommentBefore returns the comment right before the token at p, with its delimiters;
// "" if there is none. If p is where the value of a binding begins, the comment may
// stand before the binding. Lines that begin with # are one comment if no line is
// between them; what stands behind something else in a line belongs to that.
func (f *File) CommentBefore(p Pos) string {
	pieces := Pieces(f.Source)
	at, off := len(pieces), f.Offset(p)
	for i, piece := range pieces {
		if piece.Start >= off {
			at = i
			break
		}
	}
	if text := commentBefore(f.Source, pieces[:at]); text != "" {
		return text
	}
	text := func(i int) string { return f.Source[pieces[i].Start:pieces[i].End] }
	before := func(i int) int { // the token before pieces[i]; -1 if there is none
		for i--; i >= 0 && isBlank(pieces[i], f.Source); i-- {
		}
		return i
	}
	equals := before(at)
	if equals < 0 || text(equals) != "=" {
		return ""
	}
	// A name of several parts begins where a semicolon, a brace or a let is before it.
	start := equals
	for i := before(start); i >= 0; i = before(i) {
		if s := text(i); s == ";" || s == "{" || s == "let" || pieces[i].Class == ClassComment {
			break
		}
		start = i
	}
	return commentBefore(f.Source, pieces[:start])
}

// isBlank reports whether a piece is white space.
func isBlank(p Piece, src string) bool { return strings.TrimSpace(src[p.Start:p.End]) == "" }

// commentBefore returns the comment that pieces end with, apart from white space.
func commentBefore(src string, pieces []Piece) string {
	start, end := 0, 0
	for i := len(pieces) - 1; i >= 0; i-- {
		p := pieces[i]
		text := src[p.Start:p.End]
		switch {
		case isBlank(p, src):
			if strings.Count(text, "\n") > 1 {
				return src[start:end]
			}
			continue
		case p.Class != ClassComment, end > 0 && text[0] != '#':
			return src[start:end]
		}
		line := src[strings.LastIndexByte(src[:p.Start], '\n')+1 : p.Start]
		if strings.TrimSpace(line) != "" && text[0] == '#' {
			return src[start:end]
		}
		if end == 0 {
			end = p.End
		}
		start = p.Start
		if text[0] != '#' {
			return src[start:end]
		}
	}
	return src[start:end]
}
