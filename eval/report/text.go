package report

// This file defines reports as text for people.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// TextOptions say how a report is written.
type TextOptions struct {
	Color     bool   // for a terminal
	Width     int    // columns; 0: lines are not wrapped
	ShowTrace bool   // all frames, in their order
	Dir       string // paths below it are shown relative to it; "" for none
	Attribute string // which part of the value was evaluated, as a.b.0; or ""
	NoExplain bool   // without the last line, which names firn explain
}

// Text returns the report as lines of text, ending in a newline.
func (r *Report) Text(opt TextOptions) string {
	t := text{opt: opt}
	t.report(r)
	for _, more := range r.More {
		t.out.WriteByte('\n')
		t.report(more)
	}
	// What stopped the evaluation from outside, or failed there, is as clear as it gets.
	outside := r.is(core.CodeInterrupted) || r.is(core.CodeHost)
	if !opt.NoExplain && !outside {
		t.line("\n" + t.style(dim, "firn explain "+r.Code.Name+" tells more."))
	}
	return t.out.String()
}

// A style is the escape sequence that starts it on a terminal. "" is the plain style.
type style string

const (
	bold   style = "\x1b[1m"
	redly  style = "\x1b[1;31m"
	bluely style = "\x1b[1;34m"
	dim    style = "\x1b[2m"
)

// A text is a report while it is written.
type text struct {
	opt    TextOptions     // as the caller gave it
	out    strings.Builder // what is written so far
	margin int             // digits of the longest line number, so that all excerpts are in one column

	// shownFile and shownLine are the line that was shown last: a step of the trace that
	// stands there shows no line again.
	shownFile string
	shownLine int
}

// style returns text in a style; as it is without colours, or if there is nothing to colour.
func (t *text) style(s style, text string) string {
	if !t.opt.Color || text == "" || s == "" {
		return text
	}
	return string(s) + text + "\x1b[0m"
}

// line writes one line. Blanks at its end would show in what users copy.
func (t *text) line(text string) {
	t.out.WriteString(strings.TrimRight(text, " "))
	t.out.WriteByte('\n')
}

// clean returns text of a program without control characters and escape sequences: a message
// must not move the cursor or change the title of a terminal.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, ansi.Plain(text))
}

// width returns how many columns there are behind n.
func (t *text) width(n int) int {
	if t.opt.Width == 0 {
		return 1 << 20
	}
	return max(t.opt.Width-n, 20)
}

// wrap breaks text into lines of a width, between words.
func wrap(text string, width int) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		cur := ""
		for _, word := range strings.Fields(line) {
			if cur != "" && utf8.RuneCountInString(indent+cur)+1+utf8.RuneCountInString(word) > width {
				out = append(out, indent+cur)
				cur = ""
			}
			if cur != "" {
				cur += " "
			}
			cur += word
		}
		out = append(out, indent+cur)
	}
	return out
}

// paragraph writes text behind a label that has a style already.
func (t *text) paragraph(label string, labelWidth int, s style, text string) {
	blank := strings.Repeat(" ", labelWidth)
	for i, line := range wrap(strings.TrimSpace(clean(text)), t.width(labelWidth)) {
		if i == 0 {
			t.line(label + t.style(s, line))
		} else {
			t.line(blank + t.style(s, line))
		}
	}
}

// report writes one report: message, excerpts, what was found, notes, then the trace.
func (t *text) report(r *Report) {
	label := "error[" + r.Code.Name + "]:"
	blank := strings.Repeat(" ", len("error: "))
	for i, line := range wrap(strings.TrimSpace(clean(r.Message)), t.width(len(label)+1)) {
		if i == 0 {
			t.line(t.style(redly, label) + " " + t.style(bold, line))
		} else {
			t.line(blank + t.style(bold, line))
		}
	}
	if r.is(core.CodeInterrupted) && !t.opt.ShowTrace {
		return // whatever was being evaluated
	}
	t.margin = 1
	for _, p := range t.places(r) {
		t.margin = max(t.margin, len(strconv.Itoa(p.EndLine)))
	}
	if r.Place != nil {
		t.excerpt("-->", r.Place)
	}
	if r.Source != nil && r.Source.Origin == User {
		t.excerpt(":::", r.Source)
	}
	for _, found := range r.Found {
		if !strings.Contains(r.Message, "'"+found+"'") {
			t.item("found", short(found))
		}
	}
	if len(r.Suggestions) > 0 {
		t.item("", "did you mean "+quoteList(r.Suggestions, "or")+"?")
	}
	if words := t.part(r); words != "" {
		t.item("", words)
	}
	t.option(r)
	for _, note := range r.Notes {
		t.item("", note)
	}
	if r.Source != nil && r.Source.Origin != User {
		t.item("", "raised at "+t.at(r.Source))
	}
	t.cycle(r)
	t.trace(r)
}

// short returns a value, without its end if it is long.
func short(text string) string {
	const most = 240
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + " " + ellipsis
	}
	return text
}

// part says which part of the value was evaluated; "" if it is all of it, or if the message
// names it. That is no frame of the evaluator's: the command walks into a value while it prints.
func (t *text) part(r *Report) string {
	if t.opt.Attribute == "" || strings.Contains(r.Message, "selection path '"+t.opt.Attribute+"'") {
		return ""
	}
	return "while evaluating ." + t.opt.Attribute + " of the value"
}

// places returns the places whose lines are shown, for the width of the margin.
func (t *text) places(r *Report) []*Place {
	var out []*Place
	for _, p := range []*Place{r.Place, r.Source} {
		if p != nil {
			out = append(out, p)
		}
	}
	if r.Option != nil {
		for _, d := range r.Option.Definitions {
			if d.Place != nil {
				out = append(out, d.Place)
			}
		}
	}
	return out
}

// gutter returns what stands left of a line of source text: its number, or blanks.
func (t *text) gutter(n string) string {
	return t.style(bluely, fmt.Sprintf(" %*s |", t.margin, n))
}

// item writes a line below an excerpt.
func (t *text) item(label, text string) {
	head := fmt.Sprintf(" %*s = ", t.margin, "")
	if label != "" {
		label += ": "
	}
	t.paragraph(t.style(bluely, head)+t.style(bold, label), len(head)+len(label), "", text)
}

// at returns a place as file:line:column.
func (t *text) at(p *Place) string {
	return fmt.Sprintf("%s:%d:%d", t.file(p.File), p.Line, p.Column)
}

// file returns a file's name, relative to Dir if it lies below. File names are the program's
// too, and may hold what controls a terminal.
func (t *text) file(name string) string {
	if rest, ok := strings.CutPrefix(name, strings.TrimSuffix(t.opt.Dir, "/")+"/"); ok && t.opt.Dir != "" {
		return "./" + rest
	}
	return clean(world.Shown(name))
}

// ellipsis stands for what is not shown. All that reports add to texts is ASCII.
const ellipsis = "..."

// maxLines is how many lines of a text are shown: more push the message off the screen.
const maxLines = 6

// excerpt shows the text of a place, and marks it.
func (t *text) excerpt(arrow string, p *Place) {
	t.fresh(p)
	t.line(t.style(bluely, fmt.Sprintf(" %*s%s ", t.margin, "", arrow)) + t.at(p))
	t.line(t.gutter(""))
	for i, line := range p.Lines {
		n := p.Line + i
		if i == maxLines && len(p.Lines) > maxLines+1 {
			t.line(t.gutter("") + t.style(dim, fmt.Sprintf("   "+ellipsis+" %d more lines", len(p.Lines)-maxLines)))
			break
		}
		if len(p.Lines) > 1 {
			shown, _ := t.cut(line, 0, 0)
			t.line(t.gutter(strconv.Itoa(n)) + t.style(redly, ">") + shown)
			continue
		}
		from, to := min(p.Column-1, len(line)), min(p.EndColumn-1, len(line))
		before := utf8.RuneCountInString(line[:from])
		marked := max(utf8.RuneCountInString(line[from:max(to, from)]), 1)
		shown, skipped := t.cut(line, before, marked)
		before -= skipped
		if skipped > 0 {
			before += len(ellipsis)
		}
		t.line(t.gutter(strconv.Itoa(n)) + " " + shown)
		marked = min(marked, max(utf8.RuneCountInString(shown)-before, 1))
		t.line(t.gutter("") + " " + strings.Repeat(" ", before) + t.style(redly, strings.Repeat("^", marked)))
	}
}

// cut returns what is shown of a line, around the marked part, and how many
// characters at its start are not.
func (t *text) cut(line string, before, marked int) (string, int) {
	runes := []rune(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ' || r == 0x7f || r == utf8.RuneError:
			return '?'
		}
		return r
	}, line))
	width := min(t.width(t.margin+5), 200)
	if len(runes) <= width {
		return string(runes), 0
	}
	skip := 0
	if before+marked > width {
		skip = max(before-width/3, 0)
	}
	out := string(runes[skip:])
	if room := width - 2*len(ellipsis); len(runes)-skip > room {
		out = string(runes[skip:skip+room]) + ellipsis
	}
	if skip > 0 {
		out = ellipsis + out
	}
	return out, skip
}

// option shows where an option is defined. A single definition whose excerpt is shown already
// is left out.
func (t *text) option(r *Report) {
	if r.Option == nil {
		return
	}
	if moduleCode(r.Nix) == nil {
		t.item("", "while evaluating the option '"+r.Option.Path+"'")
	}
	for _, d := range r.Option.Definitions {
		if len(r.Option.Definitions) == 1 && d.Place == r.Place && d.Place != nil {
			continue
		}
		where := d.File
		if d.Place != nil {
			where = t.at(d.Place)
		}
		if d.Value != "" {
			where += ": " + d.Value
		}
		t.item("defined in", where)
	}
}

// cycle shows the values of an infinite recursion.
func (t *text) cycle(r *Report) {
	if len(r.Cycle) == 0 {
		return
	}
	t.line("")
	t.shownFile = ""
	t.line(t.style(bold, "the cycle:"))
	own := slices.ContainsFunc(r.Cycle, func(s Step) bool { return s.Place != nil && s.Place.Origin == User })
	skipped := map[string]int{}
	var order []string
	flush := func() {
		if len(order) > 0 {
			t.line(t.style(dim, "    ... "+counts(order, skipped, "step", "steps")))
		}
		skipped, order = map[string]int{}, nil
	}
	for i, s := range r.Cycle {
		foreign := s.Place == nil || s.Place.Origin != User
		if !t.opt.ShowTrace && foreign && (own || i >= maxCycle) {
			name := "files"
			if s.Place != nil {
				name = s.Place.library
			}
			if skipped[name]++; skipped[name] == 1 {
				order = append(order, name)
			}
			continue
		}
		flush()
		verb := "needs "
		if i == 0 {
			verb = ""
		}
		head := "  " + verb + t.style(bold, clean(quoteName(s.Name)))
		if s.Place == nil {
			t.line(head)
			continue
		}
		t.line(head + "  " + t.at(s.Place))
		if t.fresh(s.Place) {
			shown, _ := t.cut(strings.TrimSpace(s.Place.Lines[0]), 0, 0)
			t.line(t.style(bluely, "      | ") + shown)
		}
	}
	flush()
	t.line("  needs " + t.style(bold, clean(quoteName(r.Cycle[0].Name))) + " again")
}

// maxCycle is how many steps are shown of a cycle in which nothing is the user's.
const maxCycle = 8

// shortTrace is how many frames of the user's own are shown without --show-trace.
const shortTrace = 5

// trace shows the frames.
func (t *text) trace(r *Report) {
	if len(r.Frames) == 0 {
		return
	}
	if t.opt.ShowTrace {
		t.line("")
		t.line(t.style(bold, "trace, from the error outwards:"))
		t.frames(r.Frames, "  ")
		return
	}
	var own []Frame
	hidden := map[string]int{}
	var order []string
	hide := func(name string, n int) {
		if hidden[name] == 0 {
			order = append(order, name)
		}
		hidden[name] += n
	}
	contexts := 0
	for _, f := range r.Frames[r.inner:] {
		switch {
		case f.Group != nil:
			inner := 0
			eachFrame(f.Group, func(f *Frame) bool {
				if f.Origin == User {
					inner++
				}
				return true
			})
			if inner > 0 && len(own) < shortTrace {
				own = append(own, f)
				continue
			}
			eachFrame(f.Group, func(g *Frame) bool {
				if g.Place != nil && g.Origin != Builtin {
					hide(t.library(g), f.Repeat)
				}
				return true
			})
		case f.Context && !ofModules(f.Text) && contexts < 3:
			contexts++
			own = append(own, f)
		case f.Place == nil, f.Origin == Builtin, f.kind == core.StepPart && t.opt.Attribute != "":
		case f.Origin == User && sameStart(f.Place, r.Place):
			// It is what was shown.
		case f.Origin == User && len(own) < shortTrace:
			own = append(own, f)
		default:
			hide(t.library(&f), f.Repeat)
		}
	}
	if len(own)+len(order) == 0 {
		return
	}
	t.line("")
	t.line(t.style(bold, "trace, from the error outwards:"))
	t.frames(own, "  ")
	if len(order) > 0 {
		t.line(t.style(dim, "  ... "+counts(order, hidden, "frame", "frames")+" (--show-trace shows them)"))
	}
}

// library returns what the files of a frame's library are called together.
func (t *text) library(f *Frame) string {
	if f.Origin == User {
		return "files of your own"
	}
	return f.Place.library
}

// counts returns how many there are of each, as a sentence.
func counts(order []string, n map[string]int, one, many string) string {
	var parts []string
	for i, name := range order {
		word := many
		if n[name] == 1 {
			word = one
		}
		switch {
		case i >= 4:
			rest := 0
			for _, name := range order[i:] {
				rest += n[name]
			}
			return strings.Join(parts, ", ") + fmt.Sprintf(", %d elsewhere", rest)
		case i == 0:
			parts = append(parts, fmt.Sprintf("%d %s in %s", n[name], word, name))
		default:
			parts = append(parts, fmt.Sprintf("%d in %s", n[name], name))
		}
	}
	return strings.Join(parts, ", ")
}

// frames writes each frame with its place, and the frames of a group once, further in. A repeated
// group says how often, so that a trace of 10,000 calls stays a page.
func (t *text) frames(list []Frame, indent string) {
	for _, f := range list {
		if f.Group != nil {
			t.line(indent + t.style(dim, fmt.Sprintf("the following %d frames repeat %d times:", len(f.Group), f.Repeat)))
			t.frames(f.Group, indent+"  ")
			continue
		}
		words := f.Text
		if f.Repeat > 1 {
			words += fmt.Sprintf(" (%d times)", f.Repeat)
		}
		if f.Definition != nil && f.Definition.Origin != User && f.Origin == User {
			words += " of " + f.Definition.library
		}
		t.paragraph(indent, len(indent), "", words)
		if f.Place == nil {
			continue
		}
		t.line(indent + "    " + t.style(bluely, "at ") + t.at(f.Place))
		if f.Origin == User && t.fresh(f.Place) {
			shown, _ := t.cut(strings.TrimSpace(f.Place.Lines[0]), 0, 0)
			t.line(indent + "    " + t.style(bluely, "| ") + shown)
		}
	}
}

// fresh reports whether the line that a place starts on is another one than that
// which was shown last.
func (t *text) fresh(p *Place) bool {
	if len(p.Lines) == 0 || p.File == t.shownFile && p.Line == t.shownLine {
		return false
	}
	t.shownFile, t.shownLine = p.File, p.Line
	return true
}

// sameStart reports whether two places start at the same byte; the ends may differ.
func sameStart(a, b *Place) bool {
	return a != nil && b != nil && a.File == b.File && a.Line == b.Line && a.Column == b.Column
}

// ofModules reports whether a frame is one of those that module systems add.
func ofModules(text string) bool {
	return whileOption.MatchString(text) || whileDefinitions.MatchString(text) || whileArgument.MatchString(text)
}

// Wrap returns text, whose line ends mean nothing, in lines of a width.
func Wrap(text string, width int) string {
	return strings.Join(wrap(strings.Join(strings.Fields(text), " "), width), "\n")
}
