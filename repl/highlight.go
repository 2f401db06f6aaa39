package repl

// This file defines the colours of what is typed.

import (
	"strings"

	"github.com/firn-lang/firn/lang"
)

// colours are the escape sequences of classes; none is plain.
var colours = map[lang.Class]string{
	lang.ClassComment: "\x1b[2m",
	lang.ClassKeyword: "\x1b[1;34m",
	lang.ClassNumber:  "\x1b[36m",
	lang.ClassString:  "\x1b[35m",
	lang.ClassPath:    "\x1b[32m",
	lang.ClassInvalid: "\x1b[31m",
}

// Highlight returns an input in colours.
func Highlight(text string) string {
	var b strings.Builder
	rest := text
	if trimmed := strings.TrimLeft(text, " \t"); strings.HasPrefix(trimmed, ":") {
		n := len(text) - len(trimmed)
		for n < len(text) && text[n] != ' ' {
			n++
		}
		b.WriteString("\x1b[1m" + text[:n] + "\x1b[0m")
		rest = text[n:]
	}
	for _, p := range lang.Pieces(rest) {
		piece := rest[p.Start:p.End]
		if c := colours[p.Class]; c != "" {
			piece = c + piece + "\x1b[0m"
		}
		b.WriteString(piece)
	}
	return b.String()
}
