package flakecmd

// This file defines the errors of commands about flakes.

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
)

// A failure is an error of a command, which no evaluation has.
type failure struct {
	code  string   // one of those that firn explain knows
	msg   string   // in the reference's words, without near
	plain string   // in better words, for reports; "" for msg
	near  []string // what may have been meant
}

// failf returns a failure.
func failf(code, format string, args ...any) error {
	return &failure{code: code, msg: fmt.Sprintf(format, args...)}
}

// Error returns the message in the reference's words, with what may have been meant on a line of
// its own.
func (f *failure) Error() string {
	if f.plain != "" { // which the reference has no suggestions for
		return f.msg
	}
	switch last := len(f.near) - 1; last {
	case -1:
		return f.msg
	case 0:
		return f.msg + "\n       Did you mean " + f.near[0] + "?"
	default:
		return f.msg + "\n       Did you mean one of " + strings.Join(f.near[:last], ", ") + " or " + f.near[last] + "?"
	}
}

// Unwrap returns the message as the programs print it that stand in for those of the reference.
func (f *failure) Unwrap() error {
	return &settings.Message{Format: "%s", Args: []any{f.Error()}}
}

// ErrorCode returns the code for reports.
func (f *failure) ErrorCode() string { return f.code }

// PlainMessage and Suggestions return the parts of the message, for reports.
func (f *failure) PlainMessage() string  { return cmp.Or(f.plain, f.msg) }
func (f *failure) Suggestions() []string { return f.near }
