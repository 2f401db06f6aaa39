package repl

// This file defines the colours of what is typed.

import (
	"strings"

	"github.com/firn-lang/firn/lang"
)

// colours are the escape sequences of classes of tokens. Names, operators and brackets have none.
var colours = map[lang.Class]string{
	lang.ClassComment: "\x1b[2m",
	lang.ClassKeyword: "\x1b[1;34m",
	lang.ClassNumber:  "\x1b[36m",
	lang.ClassString:  "\x1b[35m",
	lang.ClassPath:    "\x1b[32m",
	lang.ClassInvalid: "\x1b[31m",
}

// Highlight returns an input in colours.
func Highlight(text string) string { return highlightAfter("", text) }

// highlightAfter returns text in colours, as the end of an input that begins with
// before: text may stand within a string or a comment that began there.
func highlightAfter(before, text string) string {
	var b strings.Builder
	whole, done := before+text, 0
	if trimmed := strings.TrimLeft(whole, " \t"); strings.HasPrefix(trimmed, ":") {
		done = len(whole) - len(trimmed)
		for done < len(whole) && whole[done] != ' ' {
			done++
		}
		if done > len(before) {
			b.WriteString("\x1b[1m" + whole[len(before):done] + "\x1b[0m")
		}
	}
	for _, p := range lang.Pieces(whole[done:]) {
		start, end := max(done+p.Start, len(before)), done+p.End
		if start >= end {
			continue
		}
		piece := whole[start:end]
		if c := colours[p.Class]; c != "" {
			piece = c + piece + "\x1b[0m"
		}
		b.WriteString(piece)
	}
	return b.String()
}
