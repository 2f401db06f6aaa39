package core

// This file defines frames: the steps of how evaluation came to an error.

import (
	"fmt"
	"slices"

	"github.com/firn-lang/firn/lang"
)

// A StepKind says what a frame is about. Reports go by it, and not by the text.
type StepKind uint8

// Kinds of steps.
const (
	StepNote      StepKind = iota // none of those below
	StepFunction                  // a call of a function: Pos is the function's, Name its name
	StepCallSite                  // where the call of the frame before stands
	StepBuiltin                   // a call of a builtin, which Name names
	StepAttribute                 // the value of an attribute
	StepCondition                 // the condition of an assertion
	StepSelection                 // the set that an attribute is selected from
	StepPart                      // a part of the value that is printed
	StepContext                   // words of the program itself, from addErrorContext
)

// A Frame is one step of how evaluation came to where it failed.
type Frame struct {
	Pos    lang.Pos // 0 if there is none
	Kind   StepKind
	Detail bool // the reference shows the frame with --show-trace only
	Always bool // shown however long the trace is
	format string
	args   []any
}

// Text returns what was being done, as in "while evaluating the file 'a.nix'".
func (f Frame) Text() string {
	if len(f.args) == 0 {
		return f.format
	}
	return fmt.Sprintf(f.format, f.args...)
}

// Name returns the name of the function or builtin that was called; "" if it has none, or
// the frame is about something else.
func (f Frame) Name() string {
	for _, arg := range f.args {
		switch arg := arg.(type) {
		case Name:
			return string(arg)
		case callee:
			return arg.name
		}
	}
	return ""
}

// Located returns the place that the text of the frame has in it; 0 if it has none.
func (f Frame) Located() lang.Pos {
	for _, arg := range f.args {
		if at, ok := arg.(Located); ok {
			return at.Pos
		}
	}
	return 0
}

// A Located is an argument of a message: a place, as Call.Locate makes it.
type Located struct {
	Pos  lang.Pos
	text string
}

func (l Located) String() string { return l.text }

// callee is an argument of a frame: the function that was called.
type callee struct {
	name  string // may be "", which is the name of an attribute
	named bool
}

// String returns the function as frames name it: quoted, unless it has no name.
func (c callee) String() string {
	if !c.named {
		return "anonymous lambda"
	}
	return "'" + c.name + "'"
}

const (
	callingFunction = "while calling %s"
	callingBuiltin  = "while calling the '%s' builtin"
	fromCallSite    = "from call site"
)

// frame adds a note to the error under way, if it is one of evaluation.
func (e *Error) frame(pos lang.Pos, format string, args ...any) {
	e.step(StepNote, pos, format, args...)
}

// step adds a frame of a kind to the error under way.
func (e *Error) step(kind StepKind, pos lang.Pos, format string, args ...any) {
	e.Frames = append(e.Frames, Frame{Pos: pos, Kind: kind, format: format, args: args})
}

// detail is step, for a frame that the reference shows with --show-trace only.
func (e *Error) detail(kind StepKind, pos lang.Pos, format string, args ...any) {
	e.Frames = append(e.Frames, Frame{Pos: pos, Kind: kind, Detail: true, format: format, args: args})
}

// InFrame returns a copy of e with one more frame, around the others, that has no position.
func (e *Error) InFrame(text string) *Error {
	out := *e
	out.Frames = slices.Clone(e.Frames)
	out.frame(0, "%s", text)
	return &out
}

// InAttr returns a copy of e with one more step, around the others: the attribute of that
// name was evaluated.
func (e *Error) InAttr(name string) *Error {
	out := *e
	out.Frames = slices.Clone(e.Frames)
	out.step(StepPart, 0, "while evaluating the attribute '%s'", Name(lang.QuoteName(name)))
	return &out
}
