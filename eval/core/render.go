package core

// This file defines how errors are printed: message, excerpts and trace, as the
// reference prints them.

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firn-lang/firn/lang"
)

// RenderOptions say how an error is printed.
type RenderOptions struct {
	ShowTrace bool // all frames; default: the outermost few
	// Color marks the parts as the reference does on a terminal. The text may then
	// be written as it is: it has no other escape sequences than those for colours.
	Color bool
}

// shortTrace is how many frames, and places of frames, are printed of a trace.
const shortTrace = 3

// Render returns the error as text of several lines, ending in a newline.
func (e *Error) Render(opt RenderOptions) string {
	r := renderer{files: e.files, opt: opt, seen: map[string]bool{}}
	label := r.color(red, "error:") + " "
	for i := len(e.Frames) - 1; i >= 0; i-- {
		r.frame(e.Frames[i])
	}
	r.flush()
	if r.truncated {
		r.out.WriteString("\n" + r.color(magenta, "(stack trace truncated; use '--show-trace' to show the full, detailed trace)") + "\n")
	}
	if r.any {
		r.out.WriteString("\n" + label)
	}
	r.out.WriteString(r.message(e))
	r.out.WriteByte('\n')
	r.place("", e.Pos)
	if hint := didYouMean(e.Suggestions, func(name string) string { return r.color(magenta, name) }); hint != "" {
		r.out.WriteString(hint + "\n")
	}
	return r.finish(label, r.out.String())
}

// renderWarning returns a warning of the parser as text.
func renderWarning(files *lang.FileSet, e *lang.Error) string {
	if e.More != "" {
		return fmt.Sprintf("warning: at %s: %s\n%s\n", e.Position(), e.Msg, e.More)
	}
	r := renderer{files: files}
	r.out.WriteString(e.Msg + "\n")
	r.place("", e.Span.Start)
	return indentText("warning: ", r.out.String())
}

// finish returns text behind its label.
func (r *renderer) finish(label, text string) string {
	text = indentText(label, text)
	if r.opt.Color {
		return TerminalText(text)
	}
	return text
}

// PlainText returns text as the reference writes it where there is no terminal:
// without escape sequences and the like, and with spaces for tabs.
//
// Quirk: tabs are counted from the start of the text, not of the line.
func PlainText(text string) string { return filterText(text, false) }

// TerminalText returns text as the reference writes it on a terminal: as
// PlainText, but with colours.
func TerminalText(text string) string { return filterText(text, true) }

func filterText(text string, colors bool) string {
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

// runeWidth returns how many columns r takes on a terminal, nearly.
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

// indentText puts prefix in front of the first line of text, and as much space
// in front of the others.
func indentText(prefix, text string) string {
	var b strings.Builder
	blank := strings.Repeat(" ", len(PlainText(prefix)))
	for i, line := range strings.Split(strings.TrimRight(text, " \n\r\t"), "\n") {
		if i > 0 {
			prefix = blank
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(prefix+line, " \n\r\t"))
	}
	b.WriteByte('\n')
	return b.String()
}

type renderer struct {
	files     *lang.FileSet
	opt       RenderOptions
	out       strings.Builder
	count     int
	any       bool
	truncated bool
	seen      map[string]bool
	skipped   []Frame // seen before, not printed yet
}

// frame prints a frame, unless it is one that was printed before.
func (r *renderer) frame(f Frame) {
	text := f.Text()
	if text == "" || f.Detail && !r.opt.ShowTrace {
		return
	}
	r.any = true
	if !r.opt.ShowTrace && r.count > shortTrace {
		r.truncated = true
		if !f.Always {
			return
		}
	}
	key := fmt.Sprint(f.Pos, " ", text)
	if r.seen[key] {
		r.skipped = append(r.skipped, f)
		return
	}
	r.seen[key] = true
	r.flush()
	r.count++
	r.print(f)
}

// flush prints the frames that were skipped if they are few, or how many.
func (r *renderer) flush() {
	if len(r.skipped) <= 5 {
		for _, f := range r.skipped {
			r.print(f)
		}
	} else {
		fmt.Fprintf(&r.out, "\n%s\n", r.color(magenta, fmt.Sprintf("(%d duplicate frames omitted)", len(r.skipped))))
	}
	r.skipped = nil
}

func (r *renderer) print(f Frame) {
	text := f.Text()
	if r.opt.Color {
		text = colorText(f.format, f.args)
	}
	fmt.Fprintf(&r.out, "\n… %s\n", text)
	if r.place("  ", f.Pos) {
		r.count++
	}
}

// place prints where pos is, with the line and its neighbours.
func (r *renderer) place(indent string, pos lang.Pos) bool {
	if r.files == nil || pos == 0 {
		return false
	}
	f := r.files.File(pos)
	if f == nil {
		return false
	}
	p := f.Position(pos)
	p.File = showPath(p.File)
	fmt.Fprintf(&r.out, "%s%s%s:", indent, r.color(blue, "at "), r.color(magenta, p.String()))
	if f.Name != derivationText && f.Source != "" {
		r.line(f, p.Line-1)
		r.line(f, p.Line)
		fmt.Fprintf(&r.out, "\n      |%s%s", strings.Repeat(" ", p.Column), r.color(red, "^"))
		r.line(f, p.Line+1)
	}
	r.out.WriteByte('\n')
	return true
}

func (r *renderer) line(f *lang.File, n int) {
	if n < 1 || n > f.Lines() {
		return
	}
	fmt.Fprintf(&r.out, "\n %5d| %s", n, f.Line(n))
}
