package main

// This file defines how a command line that is being typed is split into words.

import "strings"

// A typedLine is a command line up to the cursor.
type typedLine struct {
	words []string // without quotes; the last one is being typed, and may be empty
	tail  int      // where in the last word the part begins that bash replaces, in bytes
}

// splitLine splits a line as a shell does, as far as that is known before it is run: at
// blanks that are not quoted. A quote that is not closed is open at the cursor. Bash replaces
// what is behind the last = or : of a word that is not quoted.
func splitLine(line string) typedLine {
	var out typedLine
	var word strings.Builder
	begun := false
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote == 0 && (c == ' ' || c == '\t' || c == '\n'):
			if begun {
				out.words = append(out.words, word.String())
				word.Reset()
				begun, out.tail = false, 0
			}
			continue
		case c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == '\\' && quote != '\'' && i+1 < len(line):
			i++
			word.WriteByte(line[i])
		default:
			word.WriteByte(c)
			if quote == 0 && (c == '=' || c == ':') {
				out.tail = word.Len()
			}
		}
		begun = true
	}
	out.words = append(out.words, word.String())
	return out
}
