package core

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// raised is why an evaluation fails.
type raised struct {
	// err is the error under way after a failure; no meaning otherwise.
	err *Error
	// early is the error of an argument that was evaluated before the call; nil if there is
	// none. The callee raises it when it looks at the argument, which it does first.
	early *Error
	// spares are errors that were caught and that nothing refers to, whose memory the next
	// errors take, as long as there is room for no more than maxCaught frames in them.
	spares []*Error
	spare  int // frames that spares have room for, and one for each
}

// reuse makes e, to which nothing refers any more, the memory of another error.
func (w *worker) reuse(e *Error) {
	if size := cap(e.Frames) + 1; w.spare+size <= maxCaught {
		w.spares, w.spare = append(w.spares, e), w.spare+size
	}
}

// This file defines how errors are raised, get their frames, and leave an evaluation.

// fail makes a new error the one under way, and returns the failure.
func (w *worker) fail(code Code, pos lang.Pos, format string, args ...any) heap.Value {
	w.err = w.errorf(code, pos, format, args...)
	return 0
}

// errorf returns a new error. Strings among args may lie in the heap: they are copied.
func (w *worker) errorf(code Code, pos lang.Pos, format string, args ...any) *Error {
	for i, arg := range args {
		switch text := arg.(type) { // which may be the heap's; errors outlive it
		case string:
			args[i] = strings.Clone(text)
		case Name:
			args[i] = Name(strings.Clone(string(text)))
		case Path:
			args[i] = Path(strings.Clone(string(text)))
		}
	}
	msg := format
	if text, ok := onlyText(format, args); ok {
		msg = text
	} else if len(args) > 0 {
		msg = fmt.Sprintf(format, args...)
	}
	var e *Error
	if n := len(w.spares); n > 0 {
		e, w.spares = w.spares[n-1], w.spares[:n-1]
		w.spare -= cap(e.Frames) + 1
	} else {
		e = new(Error)
	}
	*e = Error{Code: code, Kind: code.Kind(), Msg: msg, Pos: pos, format: format, args: args, files: w.ev.config.Files, Frames: e.Frames[:0]}
	return e
}

// onlyText returns the text that args put into format, if it is one of them.
func onlyText(format string, args []any) (text string, ok bool) {
	if format != "%s" || len(args) != 1 {
		return "", false
	}
	text, ok = args[0].(string)
	return text, ok
}

// asError returns err as an error of evaluation.
func (w *worker) asError(err error) *Error {
	e, ok := err.(*Error)
	switch {
	case !ok && w.ctx.Err() != nil:
		// The host noticed first that the evaluation is to stop, by whatever error.
		if !w.check(0) {
			return w.err
		}
		e := interrupted(err)
		e.files = w.ev.config.Files
		return e
	case !ok:
		return w.wrap(w.codeOf(err), err, err.Error())
	case e.run == w.serial:
		// It left this evaluation and comes back: its positions are still good.
		back := *e
		back.run, back.files = 0, w.ev.config.Files
		return &back
	case e.run != 0:
		// Of another evaluation, whose positions mean nothing here.
		return &Error{Code: e.Code, Kind: e.Kind, Msg: e.Error(), Limit: e.Limit, Cause: err, files: w.ev.config.Files}
	}
	return e
}

// codeOf returns the code of an error of a layer that knows no evaluator. The types of
// errors there have a method ErrorCode.
func (w *worker) codeOf(err error) Code {
	var coded interface{ ErrorCode() string }
	var forbidden *world.ForbiddenError
	var path *fs.PathError
	switch {
	case errors.As(err, &coded):
		return Code(coded.ErrorCode())
	case errors.As(err, &forbidden):
		return w.forbidden()
	case errors.Is(err, fs.ErrNotExist):
		return CodeMissingFile
	case errors.As(err, &path):
		return CodeFile
	}
	return CodeHost
}

// take returns the error under way, which is no more.
func (w *worker) take() error {
	err := w.err
	w.err = nil
	if err == nil {
		return w.errorf(CodeInternal, 0, "internal error: failure without an error")
	}
	return err
}

// result returns v, or the error under way if it is a failure.
func (w *worker) result(v heap.Value) (heap.Value, error) {
	if v == 0 {
		return 0, w.take()
	}
	return v, nil
}

// Errorf returns an error with that code, without a position.
func (c *Call) Errorf(code Code, format string, args ...any) error {
	return c.w.errorf(code, 0, format, args...)
}

// ErrorfAt is like Errorf; the error is at pos.
func (c *Call) ErrorfAt(code Code, pos lang.Pos, format string, args ...any) error {
	return c.w.errorf(code, pos, format, args...)
}

// Frame adds a step to err, which may be any error, and returns it.
func (c *Call) Frame(err error, format string, args ...any) error {
	return c.FrameAt(err, 0, format, args...)
}

// FrameAt is like Frame; the step is at pos.
func (c *Call) FrameAt(err error, pos lang.Pos, format string, args ...any) error {
	e := c.w.asError(err)
	if format != "" {
		for i, arg := range args {
			if text, ok := arg.(string); ok {
				args[i] = strings.Clone(text) // which may be the heap's; errors outlive it
			}
		}
		e.frame(pos, format, args...)
	}
	return e
}

// FramePart is like FrameAt, for a part of the value that is printed: an attribute or
// element.
func (c *Call) FramePart(err error, pos lang.Pos, format string, args ...any) error {
	e := c.w.asError(err)
	e.step(StepPart, pos, format, args...)
	return e
}

// FrameAlways adds a step with a text to err that is shown however long the
// trace is, and returns it.
func (c *Call) FrameAlways(err error, text string) error {
	e := c.w.asError(err)
	e.Frames = append(e.Frames, Frame{Kind: StepContext, Always: true, format: "%s", args: []any{strings.Clone(text)}})
	return e
}

// Detached returns err, which is under way, as it can be kept after the evaluation.
func (c *Call) Detached(err *Error) error { return c.w.detach(err) }

// detach returns err as it can be kept after the evaluation, without w.
func (w *worker) detach(err error) error {
	e, ok := err.(*Error)
	if !ok {
		return err
	}
	out := *e
	if e.Kind == ErrLimit || e.Kind == ErrInterrupted {
		// It may have been met where no place is known; then the innermost step
		// says where.
		for i := 0; out.Pos == 0 && i < len(e.Frames); i++ {
			if pos := e.Frames[i].Pos; pos != latePos {
				out.Pos = pos
			}
		}
	}
	positions := []lang.Pos{out.Pos, out.At}
	for _, f := range e.Frames {
		positions = append(positions, f.Pos, f.Located())
	}
	for _, l := range e.Cycle {
		positions = append(positions, l.Span.Start)
	}
	out.Frames = append([]Frame(nil), e.Frames...)
	out.Cycle = append([]Link(nil), e.Cycle...)
	if out.again != 0 {
		out.again, out.Cycle = 0, nil // it was not closed
	}
	if e.files != nil {
		out.files = e.files.Subset(positions)
	}
	out.number, out.run = 0, w.serial
	return &out
}

// interrupted returns the error of an evaluation that its context ended.
func interrupted(cause error) *Error {
	msg := "interrupted by the user"
	if errors.Is(cause, context.DeadlineExceeded) {
		msg = "the evaluation took longer than its context allows"
	}
	return &Error{Code: CodeInterrupted, Kind: ErrInterrupted, Msg: msg, Cause: cause}
}

// causeOf returns why ctx is done: its error, and the cause that it was given.
func causeOf(ctx context.Context) error {
	err := ctx.Err()
	if cause := context.Cause(ctx); cause != err {
		return fmt.Errorf("%w: %w", err, cause)
	}
	return err
}

// hostError returns what a host said about path as an error of evaluation.
func (w *worker) hostError(path string, err error) *Error {
	if e, ok := err.(*Error); ok {
		return e
	}
	if w.ctx.Err() != nil {
		return w.asError(err)
	}
	var forbidden *world.ForbiddenError
	if errors.As(err, &forbidden) {
		return w.wrap(w.forbidden(), err, forbidden.Error())
	}
	var hidden *world.HiddenError
	if errors.As(err, &hidden) {
		return w.wrap(CodeMissingFile, err, hidden.Error())
	}
	if errors.Is(err, fs.ErrNotExist) {
		shown, format := world.Shown(w.shown(path)), "path '%s' does not exist"
		if strings.HasPrefix(shown, "«") { // of a tree that is no folder, the reference has other words
			format = "'%s' does not exist"
		}
		e := w.errorf(CodeMissingFile, 0, format, Path(shown))
		e.Cause = err
		return e
	}
	return w.wrap(CodeFile, err, fmt.Sprintf("reading '%s': %s", world.Shown(w.shown(path)), cause(err)))
}

// wrap returns an error of evaluation with a text of its own, which cause led to.
func (w *worker) wrap(code Code, cause error, msg string) *Error {
	e := w.errorf(code, 0, "%s", msg)
	e.Cause = cause
	return e
}

// forbidden returns the code of errors about what a host does not show.
func (w *worker) forbidden() Code {
	if w.ev.opt.Pure {
		return CodePureEvaluation
	}
	return CodeRestricted
}

// cause returns what went wrong, without the path.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
