package eval

// This file defines the errors of evaluations.

import (
	"strconv"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/report"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// An Error is the reason why an evaluation failed. Use errors.As to find it. Its method
// Render prints it as Nix does, with excerpts and a trace; Evaluator.Explain explains it.
//
// A Function may return an Error of its own: the evaluation then fails with that kind and
// message, as if one of the builtins had failed.
type Error struct {
	// Code names what is wrong, such as "missing-attribute", for tools; it does not change
	// its name, and firn explain describes it. Default, in an Error that a Function makes:
	// that of Kind.
	Code        string
	Kind        ErrorKind
	Msg         string   // in the words of Nix, without the position
	Limit       Limit    // that was exceeded, for ErrLimit and ErrStackOverflow; else ""
	Suggestions []string // names near to one that does not exist, nearest first
	Cause       error    // of a Host, a Function, the parser (a lang.ErrorList) or a context; nil if there is none

	core *core.Error // with positions and trace; nil in errors that a Function makes
}

// public returns an error of package core, also within errors of this package, as an
// Error. Others are returned as they are. Every error that leaves an evaluation passes
// through it; inward is the opposite.
func public(err error) error {
	switch e := err.(type) {
	case *core.Error:
		return newError(e)
	case *core.Panic:
		return &PanicError{e.Value, e.Stack}
	case *DecodeError:
		e.Err = public(e.Err)
	case *format.Error:
		e.Err = public(e.Err)
	}
	return err
}

func newError(e *core.Error) *Error {
	out := &Error{Code: string(e.Code), Kind: ErrorKind(e.Kind), Msg: e.Msg, Limit: Limit(e.Limit), Suggestions: e.Suggestions, core: e}
	if e.Cause != nil {
		out.Cause = public(e.Cause)
	}
	return out
}

// inward returns an Error as package core has it; others are returned as they are. Every
// error that Go code of an embedder returns into an evaluation passes through it.
func inward(c *core.Call, err error) error {
	e, ok := err.(*Error)
	switch {
	case !ok || e == nil:
		return err
	case e.core != nil:
		return e.core
	}
	out := c.Errorf(core.CodeHost, "%s", e.Msg).(*core.Error)
	e.fill(out)
	return out
}

// inner returns the error of package core that e stands for.
func (e *Error) inner() *core.Error {
	if e.core != nil {
		return e.core
	}
	out := &core.Error{Code: core.Code(e.Code), Msg: e.Msg}
	e.fill(out)
	return out
}

// fill gives an error of package core what a Function said of e.
func (e *Error) fill(out *core.Error) {
	out.Code, out.Kind = core.Code(e.Code), core.ErrorKind(e.Kind)
	out.Limit, out.Suggestions, out.Cause = core.Limit(e.Limit), e.Suggestions, e.Cause
	if out.Code == "" {
		out.Code = codeOf(e.Kind)
	}
}

// codeOf returns the code of an error of which only the kind is known.
func codeOf(k ErrorKind) core.Code {
	for _, code := range []core.Code{
		core.CodeThrown, core.CodeAssertionFailed, core.CodeAborted, core.CodeWrongType, core.CodeUndefinedVariable,
		core.CodeInfiniteRecursion, core.CodeStackOverflow, core.CodeSyntax, core.CodeLimit, core.CodeInterrupted,
	} {
		if code.Kind() == core.ErrorKind(k) {
			return code
		}
	}
	return core.CodeHost
}

// Error returns the message on one line, behind its position if it has one.
func (e *Error) Error() string { return e.inner().Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// As makes errors.As find the error of package core, for package report.
func (e *Error) As(target any) bool {
	t, ok := target.(**core.Error)
	if ok {
		*t = e.inner()
	}
	return ok
}

// Describe returns the parts of the error that package format writes.
func (e *Error) Describe() format.Description { return e.inner().Describe() }

// Position returns the place of the error; the zero Position if it has none.
func (e *Error) Position() lang.Position { return e.inner().Position() }

// Frames returns the steps that led to the error, innermost first.
func (e *Error) Frames() []Frame {
	inner := e.inner()
	out := make([]Frame, len(inner.Frames))
	for i, f := range inner.Frames {
		out[i] = Frame{Text: f.Text(), Colored: f.ColoredText(), Position: inner.PositionOf(f.Pos), Detail: f.Detail}
	}
	return out
}

// InFrame returns a copy of e with one more frame, around the others: what a program was doing,
// as in "while querying the derivation named 'x'".
func (e *Error) InFrame(text string) *Error { return newError(e.inner().InFrame(text)) }

// InAttr returns a copy of e with one more step, around the others: the attribute of that
// name was evaluated. It is for programs that walk through values as Format does.
func (e *Error) InAttr(name string) *Error { return newError(e.inner().InAttr(name)) }

// ColoredMsg returns Msg with the colours that Nix gives its parts on a terminal. It may
// have escape sequences of the program; see ansi.OnlyColors.
func (e *Error) ColoredMsg() string { return e.inner().ColoredMsg() }

// Render returns the error as Nix prints it: text of several lines, ending in a newline.
func (e *Error) Render(opt RenderOptions) string {
	return e.inner().Render(core.RenderOptions{ShowTrace: opt.ShowTrace, Color: opt.Color})
}

// A Frame is a step of the trace of an Error.
type Frame struct {
	Text     string        // what was being done, as in "while evaluating the file 'a.nix'"
	Colored  string        // Text with the colours that Nix gives its parts on a terminal
	Position lang.Position // the zero Position if it has none
	Detail   bool          // Render leaves it out without ShowTrace
}

// RenderOptions say how Render prints an Error.
type RenderOptions struct {
	ShowTrace bool // print all frames; default: the outermost few
	// Color marks the parts as Nix does on a terminal. The text may be written to a
	// terminal as it is: it has no escape sequences but those of colours. Without Color
	// it has those of the program.
	Color bool
}

// An ErrorKind says what sort of error it is.
type ErrorKind uint8

// Kinds of errors. builtins.tryEval catches ErrThrow and ErrAssertion.
const (
	ErrEval              ErrorKind = iota // any other
	ErrThrow                              // builtins.throw
	ErrAssertion                          // an assertion does not hold
	ErrAbort                              // builtins.abort
	ErrType                               // a value has the wrong type
	ErrUndefined                          // a variable
	ErrMissingArgument                    // of a function
	ErrInfiniteRecursion                  // a value needs itself
	ErrStackOverflow                      // calls or values are nested too deeply
	ErrParse                              // a text is no program
	ErrHost                               // a file, or a Function: see its Cause
	ErrLimit                              // see its Limit
	ErrInterrupted                        // a context was done, which is its Cause
)

var kindNames = [...]string{
	"error", "throw", "assertion", "abort", "type", "undefined", "missing argument", "infinite recursion", "stack overflow",
	"parse", "host", "limit", "interrupted",
}

// String returns the kind in one or two words, such as "infinite recursion".
func (k ErrorKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "ErrorKind(" + strconv.Itoa(int(k)) + ")"
}

// A Limit says which limit an evaluation exceeded.
type Limit string

// Limits that an evaluation can exceed.
const (
	LimitSteps  Limit = "steps"      // Limits.Steps
	LimitMemory Limit = "memory"     // Limits.Memory
	LimitTime   Limit = "time"       // Limits.Time
	LimitDepth  Limit = "call depth" // Limits.CallDepth
	LimitStack  Limit = "stack"      // values or expressions within each other
	LimitHeap   Limit = "heap"       // Options.Heap
)

// Near returns names that are near to name, as the messages of errors suggest
// them: five at most, nearest first.
func Near(name string, names []string) []string { return lang.Near(name, names) }

// A Report is an error with what helps to understand it: a stable code, the place in
// the user's own files, the value that was found, names that may be meant, the cycle
// of an infinite recursion. Its methods Text and JSON print it.
type Report = report.Report

// ReportText says how Report.Text prints a report.
type ReportText = report.TextOptions

// Explain returns a report on an error of the evaluator. main are the files that the
// user wrote, or folders: what is found by the search path is a library, unless it
// is one of these. It returns nil if err is nil.
func (ev *Evaluator) Explain(err error, main ...string) *Report {
	if err == nil {
		return nil
	}
	return report.New(err, ev.ReportOptions(main...))
}

// ReportOptions returns what the evaluator knows that helps to explain its errors, for
// report.New. Files are looked for where programs see them; a program that has more files,
// of which its users may know, may put another Host there.
func (ev *Evaluator) ReportOptions(main ...string) report.Options {
	host := world.WithScope(ev.core.Options().Host, ev.mounts.All())
	return report.For(ev.core, host, main...)
}
