package dropin

// This file defines how errors of the operating system are said in the reference's words.

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"unicode"
	"unicode/utf8"
)

// deeds are what failed, by the names that package os has for it.
var deeds = map[string]string{
	"open": "opening file", "openat": "opening file", "lstat": "getting status of", "stat": "getting status of",
	"mkdir": "creating directory", "mkdirat": "creating directory", "readlink": "reading symbolic link", "read": "reading file", "write": "writing file",
	"chmod": "changing mode on", "remove": "cannot unlink", "unlinkat": "cannot unlink", "chdir": "cannot change directory to", "fsync": "fsyncing file",
}

// FileError returns an error of the operating system about a file in the reference's words.
func FileError(err error) error {
	var pe *fs.PathError
	if !errors.As(err, &pe) {
		return err
	}
	what := deeds[pe.Op]
	switch {
	case pe.Op == "read" && errors.Is(err, syscall.EISDIR):
		return Failure("read of %s bytes: Is a directory", "65536")
	case pe.Op == "write" && pe.Path == os.Stdout.Name():
		return Failure("writing to standard output: %s", Reason(pe.Err))
	case what == "":
		return err
	}
	return Failure("%s \"%s\": %s", what, pe.Path, Reason(pe.Err))
}

// bareError is FileError for an error that has no context, and keeps others. The end of an
// input that comes too early has the reference's words as well.
func bareError(err error) error {
	var pe *fs.PathError
	var le *os.LinkError
	text := err.Error()
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) && text == io.ErrUnexpectedEOF.Error():
		return Failure("unexpected end-of-file")
	case errors.As(err, &pe) && text == pe.Error():
		return FileError(pe)
	case errors.As(err, &le) && text == le.Error() && le.Op == "rename":
		return Failure("renaming \"%s\" to \"%s\": %s", le.Old, le.New, Reason(le.Err))
	case errors.As(err, &le) && text == le.Error() && le.Op == "symlink":
		return Failure("creating symlink \"%s\" -> \"%s\": %s", le.New, le.Old, Reason(le.Err))
	}
	return err
}

// Reason returns the text of an error of the operating system, as libraries of C have it.
func Reason(err error) string {
	text := err.Error()
	if r, n := utf8.DecodeRuneInString(text); n > 0 {
		text = string(unicode.ToUpper(r)) + text[n:]
	}
	return text
}
