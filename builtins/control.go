package builtins

// This file defines the builtins about the order of evaluation, errors and
// messages.

import (
	"io"
	"strings"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// controlBuiltins returns the declarations of the builtins about the course of an
// evaluation, by name: what is forced, what fails, what is said meanwhile.
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
			Early: 1,
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

// abort is builtins.abort: an error that builtins.tryEval does not catch.
func abort(c *core.Call) (heap.Value, error) {
	text, _, err := c.Arg(0).Words("while evaluating the error message passed to builtins.abort").Coerce(core.CopyToStore | core.Canonicalize)
	if err != nil {
		return 0, err
	}
	return 0, c.Errorf(core.CodeAborted, "evaluation aborted with the following error message: '%s'", shown(text))
}

// throw is builtins.throw: an error that builtins.tryEval catches.
//
// Quirk: the frame says builtin.throw, without an s, as the reference does.
func throw(c *core.Call) (heap.Value, error) {
	text, _, err := c.Arg(0).Words("while evaluating the error message passed to builtin.throw").Coerce(core.CopyToStore | core.Canonicalize)
	if err != nil {
		return 0, err
	}
	return 0, c.Errorf(core.CodeThrown, "%s", shown(text))
}

// addErrorContext is builtins.addErrorContext. The text is evaluated only if the value fails.
// If the text fails too, that error takes the place of the other one. An evaluation
// that is to stop asks for no text.
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

// seq is builtins.seq.
func seq(c *core.Call) (heap.Value, error) {
	if _, err := c.Arg(0).Value(); err != nil {
		return 0, err
	}
	return c.Arg(1).Value()
}

// deepSeq is builtins.deepSeq. A value that contains itself is walked once.
func deepSeq(c *core.Call) (heap.Value, error) {
	if err := c.DeepForce(c.Arg(0).Lazy()); err != nil {
		return 0, err
	}
	return c.Arg(1).Value()
}

// tryEval is builtins.tryEval. It catches what throw, assert and a search path without the
// file raise, and only while its argument is brought to weak head normal form.
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

// trace is builtins.trace. It prints a string as it is, and other values as messages show
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

// warn is builtins.warn. Unlike trace, it takes only strings.
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

const (
	warningLabel  = "evaluation warning: "
	warningMargin = "                    " // as wide
)

// warning returns a warning as the reference prints it: its lines below each
// other, without space at their ends, and nothing at all for no text.
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

// writeWarning writes a warning for the user.
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

// writeLine writes parts as a line for the user, at once: evaluations that run side by side
// write to the same place. A write that fails is not an error of the evaluation.
func writeLine(c *core.Call, parts ...string) error {
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
