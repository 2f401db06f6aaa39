package tomltext

// This file defines Error.

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
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

// errorAt returns an Error about the byte of src at offset.
func errorAt(src []byte, offset int, msg, note string) error {
	offset = min(max(offset, 0), len(src))
	number := 1 + bytes.Count(src[:offset], []byte{'\n'})
	start := 1 + bytes.LastIndexByte(src[:offset], '\n')
	before := excerptEnd(src[start:offset])
	after, _, _ := bytes.Cut(src[offset:], []byte{'\n'})
	after = bytes.TrimSuffix(after, []byte{'\r'})
	if len(after) > maxExcerpt {
		after = append(after[:maxExcerpt:maxExcerpt], " ..."...)
	}

	digits := fmt.Sprint(number)
	margin := strings.Repeat(" ", len(digits))
	blank := strings.Repeat(" ", utf8.RuneCountInString(before))
	return &Error{fmt.Sprintf("[error] %s\n%s--> fromTOML\n%s  |\n %s | %s%s\n%s  | %s^-- %s",
		msg, margin, margin, digits, before, bytes.ToValidUTF8(after, []byte("�")), margin, blank, note)}
}

// maxExcerpt is how many bytes of a line are shown on each side of a mistake.
const maxExcerpt = 60

func excerptEnd(line []byte) string {
	text := strings.ToValidUTF8(string(line[max(0, len(line)-maxExcerpt):]), "�")
	if len(line) > maxExcerpt {
		return "... " + text
	}
	return text
}
