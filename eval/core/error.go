package core

// This file defines errors: data until they are printed.

import (
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// An ErrorKind says what sort of error it is. It is the only part of an error
// that steers what happens: tryEval catches a throw and a failed assertion.
type ErrorKind uint8

// Kinds of errors.
const (
	ErrEval ErrorKind = iota
	ErrThrow
	ErrAssertion
	ErrAbort
	ErrType
	ErrUndefined         // a variable
	ErrMissingArgument   // of a function that is called without arguments
	ErrInfiniteRecursion // a value needs itself
	ErrStackOverflow     // calls or values are nested too deeply
	ErrParse
	ErrHost // a file, or what else is outside
	ErrLimit
	ErrInterrupted
)

// Catchable reports whether tryEval catches errors of kind k.
func (k ErrorKind) Catchable() bool { return k == ErrThrow || k == ErrAssertion }

// kept reports whether a thunk keeps an error of kind k. Another time there may
// be more room, or no interruption.
func (k ErrorKind) kept() bool {
	return k != ErrInterrupted && k != ErrLimit && k != ErrStackOverflow
}

// A Limit says which limit an evaluation met.
type Limit string

// Limits that an evaluation can meet.
const (
	NoLimit     Limit = ""
	LimitDepth  Limit = "call depth" // calls within calls
	LimitStack  Limit = "stack"      // values or expressions within each other
	LimitSteps  Limit = "steps"
	LimitTime   Limit = "time"
	LimitMemory Limit = "memory" // of this evaluation
	LimitHeap   Limit = "heap"   // memory of all evaluations, or what can be numbered
)

// An Error is why an evaluation failed. It is not to be modified.
type Error struct {
	Code        Code         // what is wrong; never ""
	Kind        ErrorKind    // what follows from it
	Msg         string       // the reference's words; no position
	Pos         lang.Pos     // 0 if there is none
	Frames      []Frame      // innermost first
	Suggestions []string     // names that are near a missing one, nearest first
	Near        []string     // those that are likely to be meant, as lang.Similar finds them; for variables, too
	Known       []string     // the attributes there are, sorted, where one is missing; nil if they are many
	Values      []NamedValue // of variables in a condition that does not hold
	At          lang.Pos     // where it is, if that is known and Pos is 0 as in the reference
	Step        int          // how many steps of the attribute path were found before one was missing
	Outer       bool         // the set around the one where an attribute is missing has it
	Unused      int          // how many arguments a call still had when it met what is not a function
	Cycle       []Link       // of an infinite recursion, from what is needed again to what needs it
	Limit       Limit        // of ErrLimit and ErrStackOverflow
	Cause       error        // of the host, the parser or a context; or nil

	found  []string  // values that the message does not show
	again  heap.Lazy // the thunk that needs itself, until Cycle is complete
	inside int       // how many of Frames are inside of Cycle

	format string // Msg, before args were put into it; "" if it is no format
	args   []any

	files  *lang.FileSet
	number uint32 // in the failures of the evaluator; or 0
	run    uint64 // the evaluation that returned it; 0 while that is under way
}

// Position returns where the error is; the zero Position if that is nowhere.
func (e *Error) Position() lang.Position {
	if e.files == nil || e.Pos == 0 {
		return lang.Position{}
	}
	return e.files.Position(e.Pos)
}

// Error returns the message on one line, behind its position if it has one.
func (e *Error) Error() string {
	if pos := e.Position(); pos.Line > 0 {
		return pos.String() + ": " + e.Msg
	}
	return e.Msg
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// latePos is the position of something that is being forced, until it is known:
// a caller that passes latePos calls settle if forcing fails. Looking a position up takes
// time that evaluation has not.
const latePos = ^lang.Pos(0)

// settled is how many frames a call adds at most, and so how many have latePos.
const settled = 3

// settle puts pos in for latePos, in e and the frames that were added last.
func (e *Error) settle(pos lang.Pos) {
	if e.Pos == latePos {
		e.Pos = pos
	}
	for i := len(e.Frames) - 1; i >= max(0, len(e.Frames)-settled); i-- {
		f := &e.Frames[i]
		if f.Pos != latePos {
			continue
		}
		f.Pos = pos
		if pos == 0 && f.Kind == StepCallSite && f.Detail {
			e.Frames = append(e.Frames[:i], e.Frames[i+1:]...)
		}
	}
}

// A NamedValue is a variable and its value, as messages show it.
type NamedValue struct{ Name, Value string }

// Files returns the texts that the positions of e lie in.
func (e *Error) Files() *lang.FileSet { return e.files }

// ErrorIn returns an error at a position in files, for what is found outside of an evaluation.
// files may be nil if pos is 0.
func ErrorIn(files *lang.FileSet, code Code, pos lang.Pos, msg string) *Error {
	return &Error{Code: code, Kind: code.Kind(), Msg: msg, Pos: pos, files: files}
}

// Near returns names that are near to name, as messages suggest them: five at
// most, nearest first.
func Near(name string, names []string) []string { return lang.Near(name, names) }

// didYouMean returns the hint made of suggestions; "" if there are none.
func didYouMean(names []string, mark func(string) string) string {
	shown := make([]string, len(names))
	for i, name := range names {
		shown[i] = mark(name)
	}
	switch last := len(shown) - 1; last {
	case -1:
		return ""
	case 0:
		return "Did you mean " + shown[0] + "?"
	default:
		return "Did you mean one of " + strings.Join(shown[:last], ", ") + " or " + shown[last] + "?"
	}
}

// PositionOf returns what a position in the error or its frames means.
func (e *Error) PositionOf(pos lang.Pos) lang.Position {
	if e.files == nil || pos == 0 {
		return lang.Position{}
	}
	return e.files.Position(pos)
}
