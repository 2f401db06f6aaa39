package build

// This file defines Error, Status, and the exit status that follows from them.

import "errors"

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

// ExitStatus returns the exit status of a command that ends with the error alone.
func (e *Error) ExitStatus() int {
	var f exitFlags
	f.add(e.Status)
	return f.status()
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
