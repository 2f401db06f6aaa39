package lang

// This file defines errors: data until they are printed.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Code names what is wrong with a source text. It does not change, as the words of
// messages may.
type Code string

// Codes of errors.
const (
	CodeSyntax             Code = "syntax"
	CodeUndefinedVariable  Code = "undefined-variable"
	CodeDuplicateAttribute Code = "duplicate-attribute" // or argument
	CodeIntegerOverflow    Code = "integer-overflow"    // a number that no value can hold
	CodeExperimental       Code = "experimental"        // see Error.Feature
	CodePureEvaluation     Code = "pure-evaluation"     // a path that begins with ~
	CodeDisallowedLiteral  Code = "disallowed-literal"  // see Lints
	CodeInternal           Code = "internal"
)

// An Error is something wrong with a source text.
type Error struct {
	File *File
	Span Span     // in File; empty at the end of the text
	Code Code     // "" of a warning
	Msg  string   // the reference's words, one line, no position
	More string   // of a warning that begins with its place: further lines
	Near []string // of an undefined variable: variables with similar names, nearest first

	// Token is what cannot stand at the place, as the message shows it: '=' with its
	// quotes, or end of file. "" if no token is wrong. Want is what could stand there;
	// nil if there is too much of it.
	Token   string
	Want    []string
	Feature string // the experimental feature that the text needs; or ""

	// met is how much of the text the reference has read when it finds the error.
	met Pos
}

// Position returns where the error is.
func (e *Error) Position() Position { return e.File.Position(e.Span.Start) }

// Error returns one line, file:line:column: message.
func (e *Error) Error() string { return e.Position().String() + ": " + e.Msg }

// Excerpt returns the line that the error is on, with its neighbours and a
// marker under the span, as the reference prints it but for the marker's width.
// Of a long line it shows the part around the error.
func (e *Error) Excerpt() string {
	const around = 100 // bytes of a line before the error, and after its start
	pos := e.Position()
	var b strings.Builder
	line := func(n int, text string) {
		text = fmt.Sprintf("       %6d| %s", n, printable(text))
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(text, " "))
	}
	text := e.File.Line(pos.Line)
	column := min(pos.Column-1, len(text))
	from, to := max(column-around, 0), min(column+around, len(text))
	before, rest := text[from:column], text[column:to]
	if from > 0 {
		before = "… " + before
	}
	width := 1
	if n := min(int(e.Span.End-e.Span.Start), len(rest)); n > 0 {
		width = utf8.RuneCountInString(rest[:n])
	}
	if to < len(text) {
		rest += " …"
	}
	neighbour := func(n int) {
		if text := e.File.Line(n); len(text) > 2*around {
			line(n, text[:2*around]+" …")
		} else {
			line(n, text)
		}
	}
	if pos.Line > 1 {
		neighbour(pos.Line - 1)
	}
	line(pos.Line, before+rest)
	fmt.Fprintf(&b, "             | %s%s\n", blank(before), strings.Repeat("^", width))
	if pos.Line < len(e.File.lines) {
		neighbour(pos.Line + 1)
	}
	return b.String()
}

// printable replaces what a terminal would not show, each by one character.
func printable(text string) string {
	const controlPictures = 0x2400
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' {
			return controlPictures + r
		}
		return r
	}, text) // which replaces bytes that are no UTF-8
}

// blank returns white space as wide as text: tabs stay, others become spaces.
func blank(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, text)
}

// An ErrorList is what is wrong with one source text. The first one is the
// one that the reference reports; it stops there.
type ErrorList []*Error

// Error returns one line for each error, in the order of the text.
func (l ErrorList) Error() string {
	var lines []string
	for _, e := range l.Sorted() {
		lines = append(lines, e.Error())
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the errors, for errors.As.
func (l ErrorList) Unwrap() []error {
	out := make([]error, len(l))
	for i, e := range l {
		out[i] = e
	}
	return out
}

// Sorted returns the errors in the order of the text.
func (l ErrorList) Sorted() ErrorList {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b *Error) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return out
}

// err returns l as an error: nil if it is empty.
func (l ErrorList) err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}
