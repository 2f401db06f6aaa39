package build

// This file defines Error, Status, and the exit status that follows from them.

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Status says how a build ended. The numbers are those of the protocol of daemons.
type Status uint8

// The statuses.
const (
	Built Status = iota
	Substituted
	AlreadyValid
	PermanentFailure
	InputRejected
	OutputRejected
	TransientFailure
	CachedFailure
	TimedOut
	MiscFailure
	DependencyFailed
	LogLimitExceeded
	NotDeterministic
	ResolvesToAlreadyValid
	NoSubstituters
	HashMismatch Status = 255 // OutputRejected to a daemon's client, which does not know it
)

// An Error says why something could not be built.
type Error struct {
	Status Status
	Drv    string // "" if it is about none
	Msg    string
	Frame  string // what was done meanwhile, as "while setting up the build environment"; ""
	cause  error
}

func (e *Error) Error() string { return e.Msg }

// Unwrap returns the cause; nil if there is none.
func (e *Error) Unwrap() error { return e.cause }

// A FailedError says that targets could not be made valid.
type FailedError struct {
	Reason *Error // of the one that failed; nil if there are several
	Msg    string
	Status int // exit status of a command that ends with the error
}

func (e *FailedError) Error() string { return e.Msg }

// Unwrap returns the reason; nil if there are several.
func (e *FailedError) Unwrap() error {
	if e.Reason == nil {
		return nil
	}
	return e.Reason
}

// ExitStatus returns the exit status of a command that ends with the error.
func (e *FailedError) ExitStatus() int { return e.Status }

// Err returns the error of a report, a *FailedError; nil if all targets are valid. Of
// several errors, each is told as an Event first.
func (r *Report) Err() error {
	failed := r.Failed()
	if len(failed) == 0 {
		return nil
	}
	slices.SortStableFunc(failed, func(a, b *Result) int { return strings.Compare(orderOf(a.Target.Path), orderOf(b.Target.Path)) })
	names := map[string]bool{}
	for i, f := range failed {
		names["'"+f.Target.Path+"'"] = true
		if i > 0 {
			r.tellFailure(f)
		}
	}
	if first := failed[0].Err; len(names) == 1 && first != nil {
		return &FailedError{Reason: first, Msg: first.Msg, Status: r.flags.status()}
	}
	r.tellFailure(failed[0])
	return &FailedError{Msg: fmt.Sprintf("build of %s failed", strings.Join(sorted(names), ", ")), Status: r.flags.status()}
}

// tellFailure tells why a target is not valid.
// Quirk: of one that was not done when another one failed, it is nothing, on a line.
func (r *Report) tellFailure(f *Result) {
	if f.Err == nil {
		r.tell(Event{Kind: Note})
		return
	}
	r.tell(Event{Kind: Failed, Drv: f.Err.Drv, Err: f.Err})
}

// asError returns an error as an Error.
func asError(err error, drvPath string) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Status: MiscFailure, Drv: drvPath, Msg: err.Error(), cause: err}
}

// exitFlags are kinds of failures that an exit status tells apart.
type exitFlags struct{ failed, timedOut, mismatch, differs bool }

// add notes a failure.
func (f *exitFlags) add(s Status) {
	switch s {
	case TimedOut:
		f.timedOut = true
	case HashMismatch:
		f.mismatch = true
	case NotDeterministic:
		f.differs = true
	case PermanentFailure, InputRejected:
		f.failed = true
	}
}

// status returns the exit status: 1 if no kind is known.
func (f *exitFlags) status() int {
	status := 0
	if f.failed || f.timedOut || f.mismatch {
		status |= 4
	}
	if f.timedOut {
		status |= 1
	}
	if f.mismatch {
		status |= 2
	}
	if f.differs {
		status |= 8
	}
	if status == 0 {
		return 1
	}
	return 0x60 | status
}
