package dropin

// This file defines Logger: messages on standard error.

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/lang"
)

// How much a message matters: those above the level of the logger are not said.
const (
	Error = iota
	Warning
	Notice
	Info
	Talkative
	Chatty
	Debug
	Vomit
)

// A Logger writes messages.
type Logger struct {
	*setup.Streams
	program   string // the name in hints
	Level     int    // how much is said: one of the constants, from Error to Vomit
	json      bool   // one JSON value on a line
	color     bool   // there is a terminal, and it shows colours
	systemd   bool   // each message has its importance before it
	showTrace bool
	BuildLogs bool // lines of the logs of builds are shown as they come
}

// open prepares the logger of the program of that name.
func (l *Logger) open(program string, s *setup.Streams) {
	l.program = program
	l.Streams = s
	l.Level = Info
	isTerminal := terminal.Of(s.Err, s.Getenv).Is
	l.BuildLogs = program != "nix" && (program != "firn" || !isTerminal) // there, the last lines are shown
	has := func(name string) bool { _, ok := s.LookupEnv(name); return ok }
	l.color = isTerminal && has("TERM") && s.Getenv("TERM") != "dumb" && !has("NO_COLOR") && !has("NOCOLOR")
	l.systemd = s.Getenv("IN_SYSTEMD") == "1"
}

// setFormat is --log-format.
func (l *Logger) setFormat(name string) error {
	switch name {
	case "raw", "raw-with-logs", "bar", "bar-with-logs":
		l.json = false
	case "internal-json":
		l.json = true
	default:
		return &settings.Message{Format: "option 'log-format' has an invalid value '%s'", Args: []any{name}}
	}
	l.BuildLogs = strings.HasSuffix(name, "-with-logs")
	return nil
}

// Say writes a message, which may have colours.
func (l *Logger) Say(level int, text string) {
	switch {
	case l.json:
		l.writeJSON(map[string]any{"action": "msg", "level": level, "msg": text})
		return
	case level > l.Level:
		return
	case l.color:
		text = ansi.OnlyColors(text)
	default:
		text = ansi.Plain(text)
	}
	if l.systemd {
		text = fmt.Sprintf("<%c>", "34555677"[level]) + text
	}
	fmt.Fprintln(l.Err, text)
}

func (l *Logger) writeJSON(fields map[string]any) {
	var out strings.Builder
	out.WriteString("@nix ")
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(fields); err == nil {
		fmt.Fprint(l.Err, out.String())
	}
}

// Warn says something that is no error.
func (l *Logger) Warn(text string) { l.Say(Warning, markWarning("warning: "+text)) }

// warnOf says that a mistake does not matter.
func (l *Logger) warnOf(err *settings.UsageError) {
	msg := colored(&err.Message)
	l.writeParts(Warning, markWarning("warning: "+msg), msg, nil)
}

// Write takes a message of the evaluator: a trace or a warning.
func (l *Logger) Write(text []byte) (int, error) {
	whole := strings.TrimSuffix(string(text), "\n")
	msg, isWarning := strings.CutPrefix(whole, "evaluation warning: ")
	switch {
	case isWarning && l.json: // it has a position, which is nowhere
		l.writeJSON(map[string]any{"action": "msg", "level": Warning, "msg": markWarning(whole), "raw_msg": msg, "file": "«none»:0", "line": 0, "column": 0})
	case isWarning, strings.HasPrefix(whole, "warning:"):
		l.Say(Warning, markWarning(whole))
	default:
		l.Say(Error, whole)
	}
	return len(text), nil
}

// Error says what ended the program.
func (l *Logger) Error(err error) {
	var e *eval.Error
	var u *settings.UsageError
	text, msg := l.describe(err)
	errors.As(err, &e)
	l.writeParts(Error, text, msg, e)
	if e == nil && errors.As(err, &u) {
		l.Say(Error, "Try '"+l.program+" --help' for more information.")
	}
}

// Ignored says an error that ends nothing.
func (l *Logger) Ignored(err error) {
	text, _ := l.describe(err)
	l.Say(Error, ansi.Paint(ansi.Red, "error (ignored):")+" "+text)
}

// indent is what stands before the lines of an error that has frames.
const indent = "\n       "

// describe returns the text of an error with its label, and without.
func (l *Logger) describe(err error) (text, msg string) {
	var e *eval.Error
	var u *settings.UsageError
	var m *settings.Message
	t, _ := err.(*Traced)
	if b, ok := errors.AsType[*build.Error](err); ok && t == nil && b.Frame != "" {
		t = &Traced{Frame: b.Frame, Err: errors.New(b.Msg)}
	}
	switch {
	case t != nil:
		text, msg = l.describe(t.Err)
		frame := "… " + t.Frame
		if t.Position.Line > 0 {
			frame += indent + "  at " + t.Position.String() + ":"
		}
		label := ansi.Paint(ansi.Red, "error:")
		if rest, ok := strings.CutPrefix(text, label+indent); ok { // which has frames
			return label + indent + frame + "\n" + indent + rest, msg
		}
		return label + indent + frame + "\n" + indent + strings.ReplaceAll(text, "\n", indent), msg
	case errors.As(err, &e):
		// Colours keep what the reference removes without them, as the end of a line.
		text := e.Render(eval.RenderOptions{ShowTrace: l.showTrace, Color: true})
		return strings.TrimSuffix(text, "\n"), e.ColoredMsg()
	case errors.As(err, &u):
		text := colored(&u.Message)
		return markError(text), text
	case errors.As(err, &t):
		return l.describe(t)
	case errors.As(err, &m):
		text := colored(m)
		return markError(text), text
	}
	// Lines behind the first one are below the message, as in the reference.
	text = strings.ReplaceAll(err.Error(), "\n", indent)
	return markError(strings.ReplaceAll(text, indent+"\n", "\n\n")), err.Error()
}

// writeParts writes a message, and as JSON also what it consists of. e is the error
// that it is about, if it is one of evaluation.
func (l *Logger) writeParts(level int, text, msg string, e *eval.Error) {
	if !l.json {
		l.Say(level, text)
		return
	}
	fields := map[string]any{"action": "msg", "level": level, "msg": text, "raw_msg": msg}
	if e == nil {
		place(fields, lang.Position{})
	} else {
		place(fields, e.Position())
	}
	if e != nil && l.showTrace {
		var trace []map[string]any
		for _, f := range e.Frames() {
			frame := map[string]any{"raw_msg": f.Colored}
			place(frame, f.Position)
			trace = append(trace, frame)
		}
		if len(trace) > 0 {
			fields["trace"] = trace
		}
	}
	l.writeJSON(fields)
}

// place adds a position to fields.
func place(fields map[string]any, pos lang.Position) {
	fields["file"], fields["line"], fields["column"] = nil, nil, nil
	if pos.Line > 0 {
		fields["file"], fields["line"], fields["column"] = pos.String(), pos.Line, pos.Column
	}
}

// colored returns a message in which the parts that are filled in have the colour that
// the reference gives them.
func colored(m *settings.Message) string {
	if len(m.Args) == 0 || m.Format == "%s" {
		return m.Error()
	}
	args := make([]any, len(m.Args))
	for i, arg := range m.Args {
		args[i] = ansi.Paint(ansi.Magenta, fmt.Sprint(arg))
	}
	return fmt.Sprintf(strings.ReplaceAll(m.Format, "%d", "%s"), args...)
}

// markError returns a message behind the coloured label of errors.
func markError(text string) string { return ansi.Paint(ansi.Red, "error:") + " " + text }

// markWarning returns a message in which the label that says that it is a warning, if it
// has one, is coloured.
func markWarning(text string) string {
	text = ansi.OnlyColors(text)
	for _, label := range []string{"warning:", "evaluation warning:"} {
		if rest, ok := strings.CutPrefix(text, label); ok {
			return ansi.Paint(ansi.Magenta, label) + rest
		}
	}
	return text
}

// Color reports whether there is a terminal that shows colours.
func (l *Logger) Color() bool { return l.color }
