package eval

// This file defines what Decode reports: errors with a code, a path and a position.

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A DecodeError says what could not be decoded, or evaluated on the way.
type DecodeError struct {
	// Code names what is wrong, as that of an Error does. It begins with "decode-", unless the
	// value could not be evaluated.
	Code        string
	Path        string        // of attributes and list elements, such as services.0.port; "" for the value itself
	Pos         lang.Position // where it is defined; the zero Position if that is not known
	Suggestions []string      // names near to one that does not exist, nearest first
	Err         error         // an *Error if it could not be evaluated

	at    lang.Pos // Pos, in files
	files *lang.FileSet
}

// newDecodeError returns err as one of the value itself.
func newDecodeError(err error) *DecodeError {
	e := &DecodeError{Code: string(core.CodeDecodeRefused), Err: err}
	var failed *decodeFailure
	var inner *core.Error
	var panicked *PanicError
	switch {
	case errors.As(err, &panicked):
		e.Code = string(core.CodePanic)
	case errors.As(err, &failed):
		e.Code, e.Suggestions = string(failed.code), failed.near
	case errors.As(err, &inner):
		e.Code, e.Suggestions = string(inner.Code), inner.Suggestions
	}
	return e
}

// Error returns the message behind the path, with the position if that is known.
func (e *DecodeError) Error() string {
	text := e.Err.Error()
	if e.Path != "" {
		text = e.Path + ": " + text
	}
	if inner := (*Error)(nil); e.Pos.Line > 0 && !(errors.As(e.Err, &inner) && inner.Position().Line > 0) {
		text += " (" + e.Pos.String() + ")"
	}
	return text
}

// Unwrap returns Err.
func (e *DecodeError) Unwrap() error { return e.Err }

// As makes errors.As find an error of package core, for package report, that says what Error
// does. If evaluation failed, it is that of Err.
func (e *DecodeError) As(target any) bool {
	t, ok := target.(**core.Error)
	if !ok || errors.As(e.Err, t) {
		return ok
	}
	msg := e.Err.Error()
	if failed, ok := e.Err.(*decodeFailure); ok {
		msg = failed.msg
	}
	if e.Path != "" {
		msg = e.Path + ": " + msg
	}
	*t = core.ErrorIn(e.files, core.Code(e.Code), e.at, msg)
	(*t).Near, (*t).Suggestions, (*t).Cause = e.Suggestions, e.Suggestions, e.Err
	return true
}

// within adds step to the front of the path, which is at pos unless a part of it has a position.
func (e *DecodeError) within(d *decoding, step string, pos lang.Pos) {
	if e.Path != "" {
		step += "."
	}
	e.Path = step + e.Path
	if e.Pos.Line == 0 && pos != 0 {
		files := d.ev.core.Files()
		e.Pos, e.at, e.files = files.Position(pos), pos, files.Subset([]lang.Pos{pos})
	}
}

// DecodeErrors are the errors of a Decoder with All, in the order in which they were met. There
// is at least one.
type DecodeErrors []*DecodeError

// Error returns all of them, a line each.
func (e DecodeErrors) Error() string {
	lines := make([]string, len(e))
	for i := range e {
		lines[i] = e[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the errors, as that of errors.Join does.
func (e DecodeErrors) Unwrap() []error {
	out := make([]error, len(e))
	for i := range e {
		out[i] = e[i]
	}
	return out
}

// decodeErrors returns err as a list.
func decodeErrors(err error) DecodeErrors {
	switch e := err.(type) {
	case DecodeErrors:
		return e
	case *DecodeError:
		return DecodeErrors{e}
	}
	return DecodeErrors{newDecodeError(err)}
}

// A decodeFailure is what Decode itself finds wrong.
type decodeFailure struct {
	code core.Code
	msg  string
	near []string // names that may be meant
	err  error    // of a Go type that refuses a text; or nil
}

// cannotDecode returns a decodeFailure without suggestions.
func cannotDecode(code core.Code, format string, args ...any) error {
	return &decodeFailure{code: code, msg: fmt.Sprintf(format, args...)}
}

// Error returns the message, with the names that may be meant.
func (e *decodeFailure) Error() string {
	if len(e.near) == 0 {
		return e.msg
	}
	return e.msg + "; did you mean '" + e.near[0] + "'?"
}

// Unwrap returns the error of a Go type.
func (e *decodeFailure) Unwrap() error { return e.err }

// ErrorCode returns the code, for errors of calls of Functions.
func (e *decodeFailure) ErrorCode() string { return string(e.code) }

// at returns err as one of the part of v that step leads to.
func (d *decoding) at(err error, step string, pos lang.Pos) error {
	list, ok := err.(DecodeErrors)
	if !ok {
		e, ok := err.(*DecodeError)
		if !ok {
			e = newDecodeError(err)
		}
		e.within(d, step, pos)
		return e
	}
	for _, e := range list {
		e.within(d, step, pos)
	}
	return list
}

// maxDecodeErrors is how many errors a Decoder with All returns at most.
const maxDecodeErrors = 100

// note adds err, which may be nil, to the errors of a part that is being decoded. It returns what
// ends decoding that part at once: nil if the Decoder looks for all errors and there may be more.
func (d *decoding) note(part *DecodeErrors, err error) error {
	if err == nil || !d.All {
		return err
	}
	list := decodeErrors(err)
	*part = append(*part, list...)
	if _, counted := err.(DecodeErrors); !counted {
		d.failed++
	}
	var e *core.Error
	final := errors.As(list[len(list)-1].Err, &e) && (e.Kind == core.ErrLimit || e.Kind == core.ErrInterrupted)
	if final || d.failed >= maxDecodeErrors {
		return *part
	}
	return nil
}

// err returns the errors of a part that was decoded; nil if there are none.
func (e DecodeErrors) err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// refusedText returns err, of UnmarshalText, with a code.
func refusedText(err error) error {
	if err == nil {
		return nil
	}
	return &decodeFailure{code: core.CodeDecodeText, msg: err.Error(), err: err}
}

// unknown notes the errors about attributes of x that have no field, in the order of their
// names. Suggested are the names of fields that x does not have.
func (d *decoding) unknown(failed *DecodeErrors, x heap.Value, plan *structPlan, symbols []lang.Symbol, t reflect.Type) error {
	var free []string
	for i, sym := range symbols {
		if d.c.Heap().Find(x, sym) == 0 {
			free = append(free, plan.fields[i].name)
		}
	}
	for _, e := range d.c.SortedAttrs(x) {
		if slices.Contains(symbols, e.Name) {
			continue
		}
		name := d.c.Name(e.Name)
		err := &decodeFailure{
			code: core.CodeDecodeUnknown, msg: fmt.Sprintf("there is no field for it in the Go type %s", t), near: lang.Similar(name, free),
		}
		if err := d.note(failed, d.at(err, d.c.AttrName(name), d.c.AttrPos(x, e.Name))); err != nil {
			return err
		}
	}
	return nil
}

// missing returns the error that x lacks an attribute. Suggested are those that no field is for,
// unless the set is very large.
func (d *decoding) missing(x heap.Value, symbols []lang.Symbol, name string) error {
	err := &decodeFailure{code: core.CodeDecodeMissing, msg: fmt.Sprintf("the attribute '%s' is missing", d.c.AttrName(name))}
	if all := d.c.Heap().All(x); len(all) <= 1<<10 {
		var free []string
		for _, e := range all {
			if !slices.Contains(symbols, e.Name) {
				free = append(free, d.c.Name(e.Name))
			}
		}
		err.near = lang.Similar(name, free)
	}
	return err
}
