package odb

// This file defines errors.

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// ErrNotFound is the error of an object that a database lacks. It is a *NotFoundError.
var ErrNotFound = errors.New("object not found")

// A NotFoundError says which object a database lacks. For errors.Is it is an ErrNotFound.
type NotFoundError struct {
	ID  ID
	Dir string // of the database
}

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("object %s is not in '%s'", e.ID, e.Dir)
}

// Is implements what errors.Is asks.
func (e *NotFoundError) Is(target error) bool { return target == ErrNotFound }

// A FileError says that a file of a repository is not as it should be.
type FileError struct {
	File string
	ID   ID // of the object that was read; zero if it is not about one
	Err  error
}

func (e *FileError) Error() string {
	if e.ID.IsZero() {
		return fmt.Sprintf("Git file '%s': %v", e.File, e.Err)
	}
	return fmt.Sprintf("Git object %s in '%s': %v", e.ID, e.File, e.Err)
}

func (e *FileError) Unwrap() error { return e.Err }

// fileErrorf returns a FileError about a whole file.
func fileErrorf(file, format string, args ...any) error {
	return &FileError{File: file, Err: fmt.Errorf(format, args...)}
}

// errShort is the error of a file that ends within what it should hold.
var errShort = errors.New("the file is too short")

// caughtFault turns the fault of reading a mapped file that became shorter into an error. A function
// that reads mapped files begins with
//
//	defer caughtFault(&err, debug.SetPanicOnFault(true))
func caughtFault(err *error, old bool) {
	debug.SetPanicOnFault(old)
	switch r := recover().(type) {
	case nil:
	case interface {
		runtime.Error
		Addr() uintptr
	}:
		*err = fmt.Errorf("a file of the repository changed while it was read: %w", errShort)
	default:
		panic(r)
	}
}
