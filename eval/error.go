package eval

// This file defines the errors of evaluations.

import (
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/report"
)

// An Error is why an evaluation failed: use errors.As to get at it. Its method
// Render prints it as Nix does, with excerpts and a trace.
type Error = core.Error

// A Frame is a step of the trace of an Error.
type Frame = core.Frame

// RenderOptions say how Render prints an Error.
type RenderOptions = core.RenderOptions

// An ErrorKind says what sort of error it is.
type ErrorKind = core.ErrorKind

// Kinds of errors. builtins.tryEval catches ErrThrow and ErrAssertion.
const (
	ErrEval              = core.ErrEval
	ErrThrow             = core.ErrThrow
	ErrAssertion         = core.ErrAssertion
	ErrAbort             = core.ErrAbort
	ErrType              = core.ErrType
	ErrUndefined         = core.ErrUndefined         // a variable
	ErrMissingArgument   = core.ErrMissingArgument   // of a function
	ErrInfiniteRecursion = core.ErrInfiniteRecursion // a value needs itself
	ErrStackOverflow     = core.ErrStackOverflow     // calls or values are nested too deeply
	ErrParse             = core.ErrParse
	ErrHost              = core.ErrHost        // a file, or a Function: see its Cause
	ErrLimit             = core.ErrLimit       // see its Limit
	ErrInterrupted       = core.ErrInterrupted // a context was done, which is its Cause
)

// A Limit says which limit an evaluation met.
type Limit = core.Limit

// Limits that an evaluation can meet.
const (
	LimitSteps  = core.LimitSteps
	LimitMemory = core.LimitMemory
	LimitTime   = core.LimitTime
	LimitDepth  = core.LimitDepth // Limits.CallDepth
	LimitStack  = core.LimitStack // values or expressions within each other
	LimitHeap   = core.LimitHeap  // Options.Heap
)

// Near returns names that are near to name, as the messages of errors suggest
// them: five at most, nearest first.
func Near(name string, names []string) []string { return core.Near(name, names) }

// A Report is an error with what helps to understand it: a stable code, the place in
// the user's own files, the value that was found, names that may be meant, the cycle
// of an infinite recursion. Its methods Text and JSON print it.
type Report = report.Report

// ReportText says how Report.Text prints a report.
type ReportText = report.TextOptions

// Explain returns a report on an error of the evaluator. main are the files that the
// user wrote, or folders: what is found by the search path is a library, unless it
// is one of these.
func (ev *Evaluator) Explain(err error, main ...string) *Report {
	return report.New(err, report.For(ev.core, nil, main...))
}
