package format

// This file defines errors and where in a value they are.

import (
	"errors"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// A Step leads from a set to an attribute, or from a list to an element.
type Step struct {
	Name  string // of the attribute
	Index int    // of the element, from 0; -1 for an attribute
}

// A Path leads from a value to a part of it.
type Path []Step

// shownSteps is how many steps of a path are shown at either end of a long one.
const shownSteps = 10

// String returns the path as in .services."a.b".ports.0, and "" for the value
// itself. Of one with very many steps it leaves out the middle.
func (p Path) String() string {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		if i == shownSteps && len(p) > 3*shownSteps {
			i = len(p) - shownSteps
			b.WriteString(".(" + strconv.Itoa(i-shownSteps) + " more)")
		}
		b.WriteByte('.')
		if p[i].Index >= 0 {
			b.WriteString(strconv.Itoa(p[i].Index))
		} else {
			b.WriteString(lang.QuoteName(p[i].Name))
		}
	}
	return b.String()
}

// An Error is why a value, or a part of it, could not be evaluated or written.
type Error struct {
	Path Path
	// Err is why: an error of the evaluation, of package core.
	Err error

	final bool // nothing can take its place any more
}

// final returns err as one that ends the text: there is something in its place already.
func final(err error) error {
	if e, ok := err.(*Error); ok {
		e.final = true
	}
	return err
}

// Error returns the reason, behind the path.
func (e *Error) Error() string {
	if len(e.Path) == 0 {
		return e.Err.Error()
	}
	return "at " + e.Path.String() + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// Message returns the reason without a position.
func (e *Error) Message() string { return describe(e.Err).Message }

// Position returns where the reason is; "" if that is not known.
func (e *Error) Position() string {
	if pos := describe(e.Err).Position; pos.Line > 0 {
		return pos.String()
	}
	return ""
}

// describe returns the Description of err.
func describe(err error) Description {
	var d interface{ Describe() Description }
	if errors.As(err, &d) {
		return d.Describe()
	}
	return Description{Message: err.Error()}
}
