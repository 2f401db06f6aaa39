// Package ansi has the colours of messages, in the escape sequences of terminals, and
// takes such sequences out of texts.
//
//	Paint       puts a text into a colour
//	Plain       removes all escape sequences, for files
//	OnlyColors  removes all but colours, for terminals
//
// Texts of programs may contain escape sequences that move the cursor or change the title
// of a window; no message may reach a terminal without OnlyColors or Plain.
package ansi

// This file defines the colours and the filters.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape sequences that begin a colour, those of the reference. Normal ends it.
const (
	Red     = "\x1b[31;1m"
	Green   = "\x1b[32;1m"
	Yellow  = "\x1b[33;1m"
	Blue    = "\x1b[34;1m"
	Magenta = "\x1b[35;1m"
	Bold    = "\x1b[1m"
	Cyan    = "\x1b[36;1m"
	Faint   = "\x1b[2m"
	Normal  = "\x1b[0m"
)

// Paint returns text in a color, one of the escape sequences above.
func Paint(color, text string) string { return color + text + Normal }

// Plain returns text as the reference writes it to a file: without escape sequences,
// carriage returns and bells, and with spaces for tabs.
//
// Quirk: columns of tabs are counted from the start of the text, not of the line.
func Plain(text string) string { return filter(text, false) }

// OnlyColors returns text as the reference writes it to a terminal: as Plain does, but
// with the escape sequences for colours.
func OnlyColors(text string) string { return filter(text, true) }

// filter removes escape sequences from text, with colors all but those.
func filter(text string, colors bool) string {
	if !strings.ContainsAny(text, "\t\r\a\x1b") {
		return text
	}
	const tab = 8
	out := make([]byte, 0, len(text)+tab)
	width := 0
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '\x1b':
			n := escapeLen(text[i:])
			if colors && text[i+n-1] == 'm' {
				out = append(out, text[i:i+n]...)
			}
			i += n
		case '\t':
			for n := tab - width%tab; n > 0; n-- {
				out = append(out, ' ')
				width++
			}
			i++
		case '\r', '\a':
			i++
		default:
			r, n := utf8.DecodeRuneInString(text[i:])
			width += runeWidth(r)
			out = append(out, text[i:i+n]...)
			i += n
		}
	}
	return string(out)
}

// escapeLen returns the length of the escape sequence that s starts with.
func escapeLen(s string) int {
	span := func(i int, from, to byte) int {
		for i < len(s) && from <= s[i] && s[i] <= to {
			i++
		}
		return i
	}
	if len(s) == 1 {
		return 1
	}
	switch {
	case s[1] == '[':
		i := span(span(2, 0x30, 0x3f), 0x20, 0x2f)
		if i < len(s) && 0x40 <= s[i] && s[i] <= 0x7e {
			i++
		}
		return i
	case s[1] == ']': // up to BEL, or ESC and a backslash
		i := strings.IndexAny(s[2:], "\x1b\a")
		if i < 0 {
			return len(s)
		}
		i += 3
		if s[i-1] == '\x1b' && i < len(s) && s[i] == '\\' {
			i++
		}
		return i
	case 0x40 <= s[1] && s[1] <= 0x5f:
		return 2
	}
	return 1
}

// runeWidth returns the number of columns that r takes on a terminal. It is exact for
// what names and messages consist of; sequences that a terminal joins, as of emoji, are not.
func runeWidth(r rune) int {
	switch {
	case unicode.IsControl(r), unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x1100:
		return 1
	case r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf && r != 0x303f, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff,
		r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6,
		r >= 0x1f300 && r <= 0x1f64f, r >= 0x1f900 && r <= 0x1f9ff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}
