package lang

// This file defines places in the source that nodes do not keep, since only
// errors need them.

import "strings"

// RightPos returns where the right operand starts; its parentheses count. f is
// the file that x is in.
func (x *Binary) RightPos(f *File) Pos {
	return f.Pos(skipTrivia(f.Source, f.Offset(x.OpPos)+len(operators[x.Op].symbol)))
}

// PartPos returns where the ${ of part i is, which is not text. f is the file that
// x is in.
func (x *Interp) PartPos(f *File, i int) Pos {
	at := f.Offset(x.At)
	if i > 0 {
		at = f.Offset(x.Parts[i-1].Span().End)
		if _, ok := x.Parts[i-1].(*String); !ok && !(x.IsPath && i == 1) {
			// Behind the expression, and what closes it.
			for at = skipTrivia(f.Source, at); at < len(f.Source) && f.Source[at] == ')'; {
				at = skipTrivia(f.Source, at+1)
			}
		}
	}
	// Text without a node, which was indentation, has no ${ in it.
	if n := strings.Index(f.Source[min(at, len(f.Source)):], "${"); n >= 0 {
		return f.Pos(at + n)
	}
	return x.Parts[i].Span().Start
}

// skipTrivia returns where space and comments end that are at i.
func skipTrivia(src string, i int) int {
	for i < len(src) {
		switch rest := src[i:]; {
		case strings.IndexByte(" \t\r\n", src[i]) >= 0:
			i++
		case src[i] == '#':
			n := strings.IndexAny(rest, "\r\n")
			if n < 0 {
				return len(src)
			}
			i += n
		case strings.HasPrefix(rest, "/*"):
			n := strings.Index(rest[2:], "*/")
			if n < 0 {
				return len(src)
			}
			i += n + 4
		default:
			return i
		}
	}
	return i
}
