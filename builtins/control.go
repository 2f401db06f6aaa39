package builtins

// This file defines the builtins about the order of evaluation, errors and
// messages.
// Messages go to Options.Stderr while the evaluation runs, in the order in which it comes to
// them; a value that is evaluated once says its message once. Evaluations that run side by
// side share the stream, so a message is a single write, but for a very long warning. Texts of
// errors are cut when they are very long (shown); messages are written whole, but counted.

import (
	"io"
	"strings"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// controlBuiltins returns the declarations of the builtins about the course of an
// evaluation, by name: the order of forcing, errors, and messages.
func controlBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:   "abort",
			Order:  260,
			Early:  1,
			Args:   []string{"s"},
			Global: "abort",
			Doc: `
Ends the evaluation with the message s. Unlike an error of throw, builtins.tryEval does not catch it.

	abort "no way out"
	=> error: evaluation aborted with the following error message: 'no way out'
`,
			Impl: abort,
		},
		{
			Name:  "addErrorContext",
			Order: 280,
			Args:  []string{"s", "v"},
			Doc: `
The value v. If its evaluation fails, the trace of the error tells s, too.

	builtins.addErrorContext "while looking for the answer" 42
	=> 42
`,
			NoTrace: true,
			Impl:    addErrorContext,
		},
		{
			Name:   "break",
			Order:  250,
			Args:   []string{"v"},
			Global: "break",
			Doc: `
The value v. In a debugger, this is where evaluation stops.

	break 1
	=> 1
`,
			NoTrace: true,
			Impl: func(c *core.Call) (heap.Value, error) {
				if err := c.Breakpoint(core.StopBreak); err != nil {
					return 0, err
				}
				return c.Arg(0).Value()
			},
		},
		{
			Name:  "deepSeq",
			Order: 340,
			Args:  []string{"e1", "e2"},
			Doc: `
Evaluates e1 with all its attributes and elements, then returns e2.

	builtins.deepSeq { a = [ 1 2 ]; } "done"
	=> "done"

	builtins.deepSeq { a = throw "found"; } "done"
	=> error: found
`,
			Impl: deepSeq,
		},
		{
			Name:  "seq",
			Order: 330,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
Evaluates e1, but not its attributes or elements, then returns e2.

	builtins.seq { a = throw "not needed"; } "done"
	=> "done"
`,
			Impl: seq,
		},
		{
			Name:   "throw",
			Order:  270,
			Early:  1,
			Args:   []string{"s"},
			Global: "throw",
			Doc: `
Fails with the message s. This error can be caught by builtins.tryEval.

	throw "too bad"
	=> error: too bad

	builtins.tryEval (throw "too bad")
	=> { success = false; value = false; }
`,
			Impl: throw,
		},
		{
			Name:  "trace",
			Order: 350,
			Args:  []string{"e1", "e2"},
			Doc: `
Writes e1 to standard error, as far as it is evaluated, and returns e2.

	builtins.trace "so far so good" 1
	=> 1
`,
			Impl: trace,
		},
		{
			Name:  "traceVerbose",
			Order: 120,
			Args:  []string{"e1", "e2"},
			Doc: `
Like builtins.trace if the setting trace-verbose is on; otherwise e1 is not evaluated. Returns e2.

	builtins.traceVerbose (throw "not needed") 1
	=> 1
`,
			Impl: func(c *core.Call) (heap.Value, error) {
				if c.Evaluator().Options().TraceVerbose {
					return trace(c)
				}
				return c.Arg(1).Value()
			},
		},
		{
			Name:  "tryEval",
			Order: 310,
			Args:  []string{"e"},
			Doc: `
Evaluates e, but not its attributes or elements. The result has two attributes: success, and value, which is e, or
false if that failed. Errors of throw and of failed assertions are caught, others are not.

	builtins.tryEval (1 + 1)
	=> { success = true; value = 2; }

	(builtins.tryEval (assert 1 > 2; "x")).success
	=> false

	builtins.tryEval (1 + "a")
	=> error: cannot add a string to an integer
`,
			Impl: tryEval,
		},
		{
			Name:  "warn",
			Order: 360,
			Args:  []string{"e1", "e2"},
			Doc: `
Writes the string e1 to standard error as a warning, and returns e2. With the setting abort-on-warn it is an error.

	builtins.warn "this is old" 1
	=> 1
`,
			Impl: warn,
		},
	}
}

// abort is builtins.abort: an error that builtins.tryEval does not catch. The message is
// coerced: a path is copied to the store, and if that fails, that is the error.
func abort(c *core.Call) (heap.Value, error) {
	text, _, err := c.Arg(0).Words("while evaluating the error message passed to builtins.abort").Coerce(core.CopyToStore | core.Canonicalize)
	if err != nil {
		return 0, err
	}
	return 0, c.Errorf(core.CodeAborted, "evaluation aborted with the following error message: '%s'", shown(text))
}

// throw is builtins.throw: an error that builtins.tryEval catches. An error in the message
// replaces the throw, and is caught only if its own kind is one that tryEval catches: that of
// a throw within, but not that of a number, which cannot be coerced.
//
// Quirk: the frame says builtin.throw, without an s, as the reference does
// (eval-fail-throw-type).
func throw(c *core.Call) (heap.Value, error) {
	text, _, err := c.Arg(0).Words("while evaluating the error message passed to builtin.throw").Coerce(core.CopyToStore | core.Canonicalize)
	if err != nil {
		return 0, err
	}
	return 0, c.Errorf(core.CodeThrown, "%s", shown(text))
}

// addErrorContext is builtins.addErrorContext. The text is evaluated only if the value fails.
// If the text fails too, that error takes the place of the other one, for tryEval as well: a
// throw in the text makes an abort one that can be caught. An evaluation that is to stop asks
// for no text: evaluating it could take as long as the limit was to prevent.
func addErrorContext(c *core.Call) (heap.Value, error) {
	v, err := c.Arg(1).Value()
	if err == nil || isStop(err) {
		return v, err
	}
	text, _, bad := c.Arg(0).Words("while evaluating the error message passed to builtins.addErrorContext").Coerce(core.Canonicalize)
	if bad != nil {
		return 0, bad
	}
	return 0, c.FrameAlways(err, shown(text))
}

// seq is builtins.seq: it forces the first argument to weak head normal form, and drops it.
func seq(c *core.Call) (heap.Value, error) {
	if _, err := c.Arg(0).Value(); err != nil {
		return 0, err
	}
	return c.Arg(1).Value()
}

// deepSeq is builtins.deepSeq. A value that contains itself is walked once. Attributes are
// forced in the order of symbols, not of names, which shows when several fail
// (eval-fail-deepSeq-order). Functions have no parts.
func deepSeq(c *core.Call) (heap.Value, error) {
	if err := c.DeepForce(c.Arg(0).Lazy()); err != nil {
		return 0, err
	}
	return c.Arg(1).Value()
}

// tryEval is builtins.tryEval. Errors of throw, of assert, and of a lookup in the search path
// that finds nothing are caught, and only while the argument is brought to weak head normal
// form: a failing attribute of the result fails later. A missing attribute, a wrong type, and
// abort are not caught, nor are limits and interrupts.
func tryEval(c *core.Call) (heap.Value, error) {
	v, caught, err := c.Try(0)
	switch {
	case err != nil:
		return 0, err
	case caught:
		v = heap.False // the value of a failure, as in the reference
	}
	return c.Heap().AttrsOf([]heap.Entry{
		{Name: c.Intern("value"), Value: heap.Lazy(v)},
		{Name: c.Intern("success"), Value: heap.Lazy(heap.NewBool(!caught))},
	}), nil
}

// trace is builtins.trace. The message is forced and printed before the value is forced. A
// string is printed as it is, with its control characters, other values as messages show
// them, but whole; nothing in them is forced.
func trace(c *core.Call) (heap.Value, error) {
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	text := ""
	if h.KindOf(v) == heap.String {
		text = h.Text(v)
	} else if text, err = c.ShowAll(v); err != nil {
		return 0, err
	}
	if err := writeLine(c, "trace: ", text); err != nil {
		return 0, err
	}
	if err := c.Breakpoint(core.StopTrace); err != nil {
		return 0, err
	}
	return c.Arg(1).Value()
}

// warn is builtins.warn. Unlike trace, warn takes only strings. The context of the message is
// dropped. With abort-on-warn the warning is written first, then the evaluation fails; the
// value is not forced then.
func warn(c *core.Call) (heap.Value, error) {
	text, _, err := c.Arg(0).Words("while evaluating the first argument; the message passed to builtins.warn").String()
	if err != nil {
		return 0, err
	}
	if err := writeWarning(c, text); err != nil {
		return 0, err
	}
	if err := c.Breakpoint(core.StopWarn); err != nil {
		return 0, err
	}
	if c.Evaluator().Options().AbortOnWarn {
		return 0, c.Errorf(core.CodeAborted, "aborting to reveal stack trace of warning, as abort-on-warn is set")
	}
	return c.Arg(1).Value()
}

// Texts before the lines of a warning.
const (
	warningLabel  = "evaluation warning: " // the first line
	warningMargin = "                    " // the others; as wide as the label
)

// warning returns a warning as the reference prints it: its lines below each
// other, without space at their ends (eval-fail-warn-lines).
//
// Quirk: no text, or one of nothing but space, is an empty line without the label.
func warning(text string) string {
	const space = " \t\r\n"
	text = strings.TrimRight(text, space)
	if text == "" {
		return ""
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		margin := warningLabel
		if i > 0 {
			margin = warningMargin
		}
		lines[i] = strings.TrimRight(margin+line, space)
	}
	return strings.Join(lines, "\n")
}

// writeWarning writes text as a warning. A long text is written line by line, as it is: the
// copies of lines that warning makes could take more memory than there is, and its spaces at
// the ends of lines are kept.
func writeWarning(c *core.Call, text string) error {
	if len(text) <= budget.PartBytes {
		return writeLine(c, warning(text))
	}
	for margin := warningLabel; text != ""; margin = warningMargin {
		line := text
		i, err := budget.IndexByte(c, text, '\n')
		if err != nil {
			return err
		}
		if text = ""; i >= 0 {
			line, text = line[:i], line[i+1:]
		}
		if err := writeLine(c, margin, line); err != nil {
			return err
		}
	}
	return nil
}

// writeLine writes parts as a line to Options.Stderr, in one call of Write: evaluations that
// run side by side write to the same place. Room and steps are asked for first. A write that
// fails is not an error of the evaluation.
func writeLine(c *core.Call, parts ...string) error {
	if err := c.Effect(); err != nil {
		return err
	}
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	if err := c.Room(uint64(size)); err != nil {
		return err
	}
	if err := c.Tick(size>>8 + 1); err != nil {
		return err
	}
	_, _ = io.WriteString(c.Evaluator().Options().Stderr, strings.Join(append(parts, "\n"), ""))
	return nil
}
