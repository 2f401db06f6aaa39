package gen

// This file defines the layout: what stands between tokens, or that nothing does.

import (
	"math/rand/v2"
	"strings"
)

// A layout writes tokens with random space between them. Where it leaves no
// space, the lexer still reads the same tokens: f./a may not stand for f ./a.
type layout struct {
	*rand.Rand
	buf      []byte
	run      []string // tokens since the last place where no two can merge
	forbid   string   // bytes that the next token must not start with, unless there is space
	newline  string
	tight    float64 // how often no space is written
	comments float64 // how often comments are
}

func newLayout(r *rand.Rand) *layout {
	l := &layout{Rand: r, newline: pick(r, "\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r")}
	l.tight = pick(r, 0, 0.3, 0.7, 1)
	l.comments = pick(r, 0, 0, 0.03, 0.15)
	return l
}

// chance reports true with probability p.
func (l *layout) chance(p float64) bool { return l.Float64() < p }

// pick returns one of xs.
func pick[T any](r *rand.Rand, xs ...T) T { return xs[r.IntN(len(xs))] }

// tok writes a token, after space or not.
func (l *layout) tok(s string) {
	switch {
	case l.chance(l.comments):
		l.trivia()
	case !l.chance(l.tight):
		l.space()
	}
	l.glue(s)
}

func (l *layout) toks(tokens ...string) {
	for _, s := range tokens {
		l.tok(s)
	}
}

// raw writes what belongs to the token before it: text in strings and paths.
func (l *layout) raw(s string) {
	l.buf = append(l.buf, s...)
	l.run, l.forbid = l.run[:0], ""
}

// end ends the program, sometimes with a comment that no newline ends.
func (l *layout) end() {
	switch {
	case l.chance(0.5):
		l.raw(l.newline)
	case l.chance(l.comments):
		l.trivia()
		l.glue(l.lineComment())
	}
}

// glue writes a token or comment right after what stands before it, or after
// a space if the two would be read as something else.
func (l *layout) glue(s string) {
	if !l.apart(s) {
		l.raw(" ")
	}
	l.buf = append(l.buf, s...)
	l.forbid = ""
	if strings.Contains(`()[]{};,"`, s[len(s)-1:]) {
		l.run = l.run[:0]
	} else {
		l.run = append(l.run, s)
	}
}

// apart reports whether s can follow without space. A token can change the
// reading of several before it: a.b / c without space is one path.
func (l *layout) apart(s string) bool {
	if l.forbid != "" && strings.Contains(l.forbid, s[:1]) {
		return false
	}
	if len(l.run) == 0 {
		return true
	}
	if len(l.run) > 12 { // seldom, and checking again and again is quadratic
		return false
	}
	text := strings.Join(l.run, "") + s
	for _, want := range append(l.run, s) {
		if tokenPattern.FindString(text) != want {
			return false
		}
		text = text[len(want):]
	}
	return true
}

// space writes white space.
func (l *layout) space() {
	switch {
	case l.chance(0.75):
		l.raw(" ")
	case l.chance(0.7):
		l.raw(l.newline + strings.Repeat(pick(l.Rand, " ", "  ", "\t"), l.IntN(4)))
	default:
		l.raw(pick(l.Rand, "  ", "\t", " \t ", l.newline+l.newline, " "+l.newline, "\r", "\n\r"))
	}
}

// trivia writes comments and white space.
func (l *layout) trivia() {
	for again := true; again; again = l.chance(0.3) {
		if l.chance(0.5) {
			l.space()
		}
		switch l.IntN(3) {
		case 0:
			l.glue(l.lineComment())
			l.raw(l.newline)
		case 1:
			l.glue(l.blockComment("/*"))
		case 2:
			l.glue(l.blockComment("/** "))
		}
	}
	if l.chance(0.5) {
		l.space()
	}
}

// commentTexts hold what a lexer could mistake for the start or end of
// something.
var commentTexts = []string{
	"", "x", " a comment", " TODO: ", "# ", "/*", "//", "*", "**", "''", "\"", "${", "}", ";", " in ", "\\", "\t", "/", "é", "日本", "🎉", "\xff", "''${",
}

func (l *layout) commentText() string {
	var b strings.Builder
	for again := true; again; again = l.chance(0.5) {
		b.WriteString(pick(l.Rand, commentTexts...))
	}
	return b.String()
}

func (l *layout) lineComment() string { return "#" + l.commentText() }

func (l *layout) blockComment(open string) string {
	text := l.commentText()
	for l.chance(0.3) {
		text += l.newline + l.commentText()
	}
	return open + strings.ReplaceAll(text, "*/", "* /") + "*/"
}
