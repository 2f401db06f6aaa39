package core

// This file defines how errors are printed: message, excerpts and trace, as the
// reference prints them.

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/world"
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
	label := r.color(ansi.Red, "error:") + " "
	if e.Kind == ErrInterrupted { // whatever was being evaluated
		return r.finish(label, e.Msg+"\n")
	}
	for i := len(e.Frames) - 1; i >= 0; i-- {
		r.frame(e.Frames[i])
	}
	r.flush()
	if r.truncated {
		r.out.WriteString("\n" + r.color(ansi.Magenta, "(stack trace truncated; use '--show-trace' to show the full, detailed trace)") + "\n")
	}
	if r.any {
		r.out.WriteString("\n" + label)
	}
	r.out.WriteString(r.message(e))
	r.out.WriteByte('\n')
	r.place("", e.Pos)
	if hint := didYouMean(e.Suggestions, func(name string) string { return r.color(ansi.Magenta, name) }); hint != "" {
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
		return ansi.OnlyColors(text)
	}
	return text
}

// indentText puts prefix in front of the first line of text, and as much space
// in front of the others.
func indentText(prefix, text string) string {
	var b strings.Builder
	blank := strings.Repeat(" ", len(ansi.Plain(prefix)))
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

// A renderer writes the trace of one error.
type renderer struct {
	files     *lang.FileSet // nil if no places are to be shown
	opt       RenderOptions
	out       strings.Builder
	count     int             // frames printed so far; one with a place counts twice
	any       bool            // there was a frame to print
	truncated bool            // frames were left out, since the trace is to be short
	seen      map[string]bool // position and text of frames printed so far
	skipped   []Frame         // seen before, not printed yet
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
		fmt.Fprintf(&r.out, "\n%s\n", r.color(ansi.Magenta, fmt.Sprintf("(%d duplicate frames omitted)", len(r.skipped))))
	}
	r.skipped = nil
}

// print writes a step of the trace: its text, then its place, with the lines around it if the
// source is known.
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
	p.File = world.Shown(p.File)
	fmt.Fprintf(&r.out, "%s%s%s:", indent, r.color(ansi.Blue, "at "), r.color(ansi.Magenta, p.String()))
	if f.Source != "" {
		r.line(f, p.Line-1, p.Column)
		mark := r.line(f, p.Line, p.Column)
		fmt.Fprintf(&r.out, "\n      |%s%s", strings.Repeat(" ", mark), r.color(ansi.Red, "^"))
		r.line(f, p.Line+1, p.Column)
	}
	r.out.WriteByte('\n')
	return true
}

// line prints line n of f, if there is one, and returns the column, from 1, at which
// column of the line is on the screen. Only what is near the column is printed of a
// very long line.
func (r *renderer) line(f *lang.File, n, column int) int {
	if n < 1 || n > f.Lines() {
		return column
	}
	text, before := excerpt(f.Line(n), column-1)
	fmt.Fprintf(&r.out, "\n %5d| %s", n, text)
	return before + 1
}

const (
	longLine = 2000 // bytes; longer lines are generated, not meant to be read
	nearMark = 200  // bytes that are kept of a long line on each side of the mark
	cutMark  = "…"  // in place of the others
)

// excerpt returns line, or what is around byte at of a long one, and how many columns
// come before the byte then.
func excerpt(line string, at int) (text string, before int) {
	if len(line) <= longLine {
		return line, at
	}
	at = min(max(at, 0), len(line))
	from, to := max(0, at-nearMark), min(len(line), at+nearMark)
	for from > 0 && !utf8.RuneStart(line[from]) {
		from--
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	text, before = line[from:to], at-from
	if from > 0 {
		text, before = cutMark+text, before+1
	}
	if to < len(line) {
		text += cutMark
	}
	return text, before
}
