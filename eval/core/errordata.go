package core

// This file defines the parts of messages that have a meaning. Reports take them from
// here: a message is for people alone.

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/firn-lang/firn/eval/world"
)

// Types of arguments of messages. Those of other types are as good for a message, but
// no report looks for them.
type (
	Shown    string // the text of a value, as Call.Show makes it
	Plain    string // no value or name of the program, and without a colour
	Wanted   string // the type that was needed, as in "a set"; without a colour
	TypeName string // the type that was found, as in "null"
	Name     string // of an attribute, argument, feature or file in angle brackets
	Path     string // of a file
)

// WithFound returns err with values that its message does not show.
func WithFound(err error, values ...string) error {
	if e, ok := err.(*Error); ok {
		e.found = append(e.found, values...)
	}
	return err
}

// Found returns the values that the message is about: those that it shows, in its
// order, behind those of WithFound.
func (e *Error) Found() []string {
	out := slices.Clone(e.found)
	for _, arg := range e.args {
		if s, ok := arg.(Shown); ok {
			out = append(out, string(s))
		}
	}
	return out
}

// part returns the last argument of the message that has the type T; "" if none has.
func part[T ~string](e *Error) string {
	for i := len(e.args) - 1; i >= 0; i-- {
		if x, ok := e.args[i].(T); ok {
			return string(x)
		}
	}
	return ""
}

// Name returns the name that the message is about: that of the missing attribute or
// argument, of the disabled feature, or what <NAME> has between its brackets. It is
// quoted as in the message if it is no identifier. "" if there is none.
func (e *Error) Name() string { return part[Name](e) }

// Types returns the type that was needed and the one that was found, as the message has
// them; "" for what it does not have.
func (e *Error) Types() (wanted, found string) { return part[Wanted](e), part[TypeName](e) }

// File returns the path that the error is about, as the program sees it; "" if it is
// about none.
func (e *Error) File() string {
	if p := part[Path](e); p != "" {
		return p
	}
	var hidden *world.HiddenError
	if errors.As(e.Cause, &hidden) && hidden.Repository != "" {
		return world.Join(hidden.Repository, hidden.Path)
	}
	var pe *fs.PathError
	if errors.As(e.Cause, &pe) {
		return pe.Path
	}
	return ""
}

// TextPosition returns where in a text that was decoded, as JSON or TOML, the mistake is,
// and what it is: the line and column count from 1, and are 0 if they are not known.
// problem is "" if the error is another one.
func (e *Error) TextPosition() (line, column int, problem string) {
	var at interface{ TextPosition() (int, int, string) }
	if errors.As(e.Cause, &at) {
		return at.TextPosition()
	}
	return 0, 0, ""
}
