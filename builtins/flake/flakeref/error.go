package flakeref

// This file defines the errors of the package.

import (
	"errors"
	"fmt"
)

// An Error says why a reference to a tree is not valid.
type Error struct{ text error }

func (e *Error) Error() string { return e.text.Error() }

// Unwrap returns the cause; nil if there is none.
func (e *Error) Unwrap() error { return errors.Unwrap(e.text) }

// ErrorCode returns the code that evaluators give the error.
func (e *Error) ErrorCode() string { return "flake-reference" }

// errorf returns an Error. The verb %w makes its argument the cause.
func errorf(format string, args ...any) error { return &Error{fmt.Errorf(format, args...)} }
