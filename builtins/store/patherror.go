package store

// This file defines the reference's words for errors of a world.

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval/world"
)

// PathError returns the error of a world about path in the reference's words. Other
// errors are returned as they are.
func PathError(err error, path string) error {
	var pe *fs.PathError
	var forbidden *world.ForbiddenError
	if errors.As(err, &forbidden) {
		return forbidden
	}
	var hidden *world.HiddenError
	if errors.As(err, &hidden) {
		return hidden
	}
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &pe):
		if err == fs.ErrNotExist {
			return &hostError{fmt.Sprintf("path '%s' does not exist", path), err}
		}
		return err
	case errors.Is(err, fs.ErrNotExist):
		what, shown := "path", world.Shown(path)
		if shown != path && pe.Op != "lstat" {
			what = "file"
		}
		if what == "path" && strings.HasPrefix(shown, "«") { // of a tree that is no folder
			return &hostError{fmt.Sprintf("'%s' does not exist", shown), err}
		}
		return &hostError{fmt.Sprintf("%s '%s' does not exist", what, shown), err}
	}
	reason := pe.Err.Error()
	if r, n := utf8.DecodeRuneInString(reason); n > 0 {
		reason = string(unicode.ToUpper(r)) + reason[n:]
	}
	switch {
	case reason == "Is a directory":
		return &hostError{"read of 4096 bytes: Is a directory", err}
	case strings.HasPrefix(pe.Op, "read") && reason == "Not a directory", pe.Op == "readdir", pe.Op == "fdopendir":
		return &hostError{fmt.Sprintf(`cannot read directory "%s": %s`, path, reason), err}
	}
	return &hostError{fmt.Sprintf(`opening file "%s": %s`, path, reason), err}
}

// A hostError is an error of a world in other words.
type hostError struct {
	msg   string
	cause error
}

func (e *hostError) Error() string { return e.msg }
func (e *hostError) Unwrap() error { return e.cause }
