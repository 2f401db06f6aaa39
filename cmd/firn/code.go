package main

// This file defines the codes of errors that are not of an evaluation.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/firn-lang/firn/eval/report"
	"github.com/firn-lang/firn/eval/world"
)

// A codedError is an error with the code that firn explain knows it by.
type codedError struct {
	error
	code string
}

// ErrorCode returns the code.
func (e *codedError) ErrorCode() string { return e.code }

// Unwrap returns the error.
func (e *codedError) Unwrap() error { return e.error }

// fileError returns an error about a file that cannot be used.
func fileError(format string, args ...any) error {
	return &codedError{fmt.Errorf(format, args...), "file"}
}

// coded gives an error about a file a code, if it has none, and the words of plainError.
func coded(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case code(err) != "":
		return err
	case !errors.As(err, &path) && !errors.As(err, &link) && !errors.Is(err, world.ErrNotRegular):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return &codedError{errors.New(plainError(err)), "missing-file"}
	}
	return &codedError{errors.New(plainError(err)), "file"}
}

// code returns the code of err; "" if firn explain knows none.
func code(err error) string {
	var coded interface{ ErrorCode() string }
	if !errors.As(err, &coded) {
		return ""
	}
	if known, _ := report.Lookup(coded.ErrorCode()); known == nil {
		return ""
	}
	return coded.ErrorCode()
}
