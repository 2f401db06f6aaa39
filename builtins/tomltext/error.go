package tomltext

// This file defines Error.

import (
	"bytes"
	"fmt"
	"strings"
)

// An Error says why a text has no value. Its text begins with
// "while parsing TOML: ", as the reference's does.
//
// Mistakes in the text are shown in the layout of the reference, with the line
// and a mark. Where the mistake is one of meaning, the first line is the same,
// too; the words about syntax are those of our parser. The reference goes on
// after the first mistake and shows others below, we do not.
type Error struct{ Msg string }

func (e *Error) Error() string { return "while parsing TOML: " + e.Msg }

// errorAt returns an Error about the byte of src at offset. hints are lines
// below the excerpt, without the newline at the end; "" for none.
func errorAt(src []byte, offset int, msg, note, hints string) error {
	offset = min(max(offset, 0), len(src))
	number := 1 + bytes.Count(src[:offset], []byte{'\n'})
	start := 1 + bytes.LastIndexByte(src[:offset], '\n')
	before := src[start:offset]
	cut := ""
	if len(before) > maxExcerpt {
		before, cut = before[len(before)-maxExcerpt:], "... "
	}
	after, _, _ := bytes.Cut(src[offset:], []byte{'\n'})
	after = bytes.TrimSuffix(after, []byte{'\r'})
	more := ""
	if len(after) > maxExcerpt {
		after, more = after[:maxExcerpt], " ..."
	}
	line := cut + excerpt(before)
	digits := fmt.Sprint(number)
	margin := strings.Repeat(" ", len(digits))
	blank := strings.Repeat(" ", len(line))
	if hints != "" {
		hints += "\n"
	}
	return &Error{fmt.Sprintf("[error] %s\n%s--> fromTOML\n%s  |\n %s | %s%s%s\n%s  | %s^-- %s\n%s",
		msg, margin, margin, digits, line, excerpt(after), more, margin, blank, note, hints)}
}

// maxExcerpt is how many bytes of a line are shown on each side of a mistake.
const maxExcerpt = 60

// excerpt returns a part of a line as it is shown.
func excerpt(line []byte) string {
	var b strings.Builder
	for _, c := range line {
		switch {
		case c == '\r':
			b.WriteString("0x0d(CARRIAGE RETURN)")
		case c < ' ' && c != '\t' || c >= 0x7f:
			fmt.Fprintf(&b, "0x%02x", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// errorUnfinished returns an Error about what starts at the offset and has no
// end. The reference then shows the last line twice.
func errorUnfinished(src []byte, offset int, msg, note string) error {
	text := bytes.TrimSuffix(src, []byte{'\n'})
	last := text[1+bytes.LastIndexByte(text, '\n'):]
	first, _, _ := bytes.Cut(src[offset:], []byte{'\n'})
	start := 1 + bytes.LastIndexByte(src[:offset], '\n')
	number := 1 + bytes.Count(src[:offset], []byte{'\n'})
	digits, digits2 := fmt.Sprint(number), fmt.Sprint(max(number+1, 1+bytes.Count(text, []byte{'\n'})))
	margin := strings.Repeat(" ", len(digits2))
	return &Error{fmt.Sprintf("[error] %[1]s\n%[2]s--> fromTOML\n%[2]s  |\n %[3]*[4]s | %[5]s\n%[2]s  | %[6]s--\n %[7]s | %[8]s\n%[2]s  | %[9]s-- %[10]s\n",
		msg, margin, len(digits2), digits, excerpt(src[start:offset+len(first)]), strings.Repeat(" ", offset-start+len(first)),
		digits2, excerpt(last), strings.Repeat("^", len(last)+1), note)}
}
