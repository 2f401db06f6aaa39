package tomltext

// This file defines Error.

import (
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
type Error struct {
	Msg string

	Line    int    // of the text, from 1; 0 if the mistake is in none
	Problem string // the first line of Msg, without its label
}

func (e *Error) Error() string { return "while parsing TOML: " + e.Msg }

// ErrorCode is what evaluators call the error.
func (e *Error) ErrorCode() string { return "invalid-toml" }

// TextPosition returns what reports show: the place of the mistake, and its words.
func (e *Error) TextPosition() (line, column int, problem string) { return e.Line, 0, e.Problem }

// meaningError returns an Error about a value that Nix does not have.
func meaningError(msg string) error { return &Error{Msg: msg, Problem: msg} }

// lines returns how many newlines there are in front of the offset, and where the
// last of these lines starts.
func (p *parser) lines(offset int) (n, start int) {
	for from := 0; from < offset; from += window {
		part := p.src[from:min(offset, from+window)]
		if k := strings.Count(part, "\n"); k > 0 {
			n, start = n+k, from+strings.LastIndexByte(part, '\n')+1
		}
		if len(part) == window && !p.tick(offset) {
			break
		}
	}
	return n, start
}

// errorAt returns an Error about the byte at offset. hints are lines below the
// excerpt, without the newline at the end; "" for none.
func (p *parser) errorAt(offset int, msg, note, hints string) error {
	offset = min(max(offset, 0), len(p.src))
	n, start := p.lines(offset)
	if p.err != nil {
		return p.err // of the budget
	}
	before := p.src[start:offset]
	cut := ""
	if len(before) > maxExcerpt {
		before, cut = before[len(before)-maxExcerpt:], "... "
	}
	after, _, _ := strings.Cut(p.src[offset:min(len(p.src), offset+2*maxExcerpt)], "\n")
	after = strings.TrimSuffix(after, "\r")
	more := ""
	if len(after) > maxExcerpt {
		after, more = after[:maxExcerpt], " ..."
	}
	line := cut + excerpt(before)
	digits := fmt.Sprint(n + 1)
	margin := strings.Repeat(" ", len(digits))
	blank := strings.Repeat(" ", len(line))
	if hints != "" {
		hints += "\n"
	}
	return &Error{Line: n + 1, Problem: msg, Msg: fmt.Sprintf("[error] %s\n%s--> fromTOML\n%s  |\n %s | %s%s%s\n%s  | %s^-- %s\n%s",
		msg, margin, margin, digits, line, excerpt(after), more, margin, blank, note, hints)}
}

// failEscape makes it the error that the escape at an offset, with n digits, is no
// character. The reference takes escapes out of a string that it has read, and
// shows what is left of that, to the end.
func (p *parser) failEscape(offset, end, n int, msg, note string) {
	line, _ := p.lines(offset)
	if p.err != nil {
		return // of the budget
	}
	rest, _, _ := strings.Cut(p.src[offset:min(end, offset+2*maxExcerpt)], "\n")
	more := ""
	const shown = 29 // behind the escape
	if long := len(`\u`) + n + shown; len(rest) > long {
		rest, more = rest[:long], " ..."
	}
	p.err = &Error{Line: line + 1, Problem: msg, Msg: fmt.Sprintf("[error] %s\n --> internal temporary\n   |\n 1 | %s%s\n   |  %s-- %s\n",
		msg, excerpt(rest), more, strings.Repeat("^", n+1), note)}
}

// maxExcerpt is how many bytes of a line are shown on each side of a mistake.
const maxExcerpt = 60

// excerpt returns a part of a line as it is shown.
func excerpt(line string) string {
	var b strings.Builder
	for i := range len(line) {
		switch c := line[i]; {
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
func (p *parser) errorUnfinished(offset int, msg, note string) error {
	n, start := p.lines(offset)
	text := strings.TrimSuffix(p.src, "\n")
	m, lastStart := p.lines(len(text))
	if p.err != nil {
		return p.err // of the budget
	}
	first, _, _ := strings.Cut(shown(p.src[start:]), "\n")
	last := shown(text[lastStart:])
	digits, digits2 := fmt.Sprint(n+1), fmt.Sprint(max(n+2, m+1))
	margin := strings.Repeat(" ", len(digits2))
	return &Error{Line: n + 1, Problem: msg, Msg: fmt.Sprintf("[error] %[1]s\n%[2]s--> fromTOML\n%[2]s  |\n %[3]*[4]s | %[5]s\n%[2]s  | %[6]s--\n %[7]s | %[8]s\n%[2]s  | %[9]s-- %[10]s\n",
		msg, margin, len(digits2), digits, excerpt(first), strings.Repeat(" ", len(first)),
		digits2, excerpt(last), strings.Repeat("^", len(last)+1), note)}
}

// maxShown is how much of a text messages show.
const maxShown = 1 << 16

func shown(text string) string {
	if len(text) <= maxShown {
		return text
	}
	return text[:maxShown] + "…"
}
