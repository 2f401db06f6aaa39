package eval

// This file defines the debugger for Go programs.

import (
	"context"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A Resume says how an evaluation goes on after a stop.
type Resume uint8

// Ways to go on.
const (
	Continue Resume = iota // until something else stops it
	StepInto               // to the next expression
	StepOver               // to the next expression in the same frame, or one around it
	StepOut                // until the frame has its value
	Quit                   // not at all: it ends with an Error of kind ErrInterrupted
)

// A StopReason says why an evaluation stopped.
type StopReason uint8

// Reasons to stop.
const (
	StopBreak  StopReason = iota // builtins.break
	StopError                    // something failed: Stop.Err
	StopPoint                    // a breakpoint: Stop.Point
	StopStep                     // a step has ended
	StopReturn                   // the frame has its value, after StepOut: Stop.Value
	StopWatch                    // a watched value is about to be evaluated
	StopTrace                    // builtins.trace, with DebuggerOptions.OnTrace
	StopWarn                     // builtins.warn, with DebuggerOptions.OnWarn
)

// A Breakpoint is a line. Evaluation stops before its expressions.
type Breakpoint struct {
	ID        int    // counted from 1; Debugger.Break sets it
	File      string // a path; or the end of one, from a slash on
	Line      int    // counted from 1
	Condition string // an expression of the variables there; "" stands for true
}

// A Debugger stops evaluations of an Evaluator: at errors, where they begin and
// before anything is given up, at builtins.break, at breakpoints, after steps. It makes
// evaluations slower, but their results are the same.
type Debugger struct {
	core core.Debugger
	opt  DebuggerOptions
}

// DebuggerOptions are what a Debugger is made with.
type DebuggerOptions struct {
	// Stopped is called where an evaluation stops, by its goroutine. With ctx it can
	// evaluate more, as part of that evaluation, which does not stop: with any other
	// context it must not, since it might wait for itself.
	Stopped   func(ctx context.Context, s *Stop) Resume
	IgnoreTry bool // errors do not stop in builtins.tryEval
	OnTrace   bool // builtins.trace stops
	OnWarn    bool // builtins.warn stops
}

// NewDebugger returns a debugger, for one evaluator.
func NewDebugger(opt DebuggerOptions) *Debugger {
	d := &Debugger{opt: opt}
	d.core.Stopped = func(c *core.Call, s *core.Stop) core.Resume {
		ev := evaluatorOf(c)
		stop := &Stop{Reason: StopReason(s.Reason), Caught: s.Caught}
		if s.Point != nil {
			p := Breakpoint(*s.Point)
			stop.Point = &p
		}
		if s.Err != nil {
			stop.Err = public(c.Detached(s.Err))
		}
		if s.Value != 0 {
			stop.Value = ev.keep(c, heap.Lazy(s.Value))
		}
		for _, f := range s.Frames() {
			stop.Frames = append(stop.Frames, &StackFrame{ev, f, c})
		}
		var how Resume
		c.Guest(func(ctx context.Context) {
			defer blame()
			how = d.opt.Stopped(ctx, stop)
		})
		return core.Resume(how)
	}
	return d
}

// Options returns what d was made with. It may be changed until an evaluator is made with
// d.
func (d *Debugger) Options() *DebuggerOptions { return &d.opt }

// prepared returns d for an evaluator; nil for nil.
func (d *Debugger) prepared() *core.Debugger {
	if d == nil {
		return nil
	}
	d.core.IgnoreTry, d.core.OnTrace, d.core.OnWarn = d.opt.IgnoreTry, d.opt.OnTrace, d.opt.OnWarn
	return &d.core
}

// Break adds a breakpoint, and returns its ID. Evaluation stops before an expression
// that begins in the line, but not again at those in it, unless they are evaluated
// later.
func (d *Debugger) Break(p Breakpoint) (int, error) { return d.core.Break(core.Breakpoint(p)) }

// Clear removes a breakpoint, and reports whether there was one.
func (d *Debugger) Clear(id int) bool { return d.core.Clear(id) }

// Breakpoints returns the breakpoints, in the order in which they were added.
func (d *Debugger) Breakpoints() []Breakpoint {
	var out []Breakpoint
	for _, p := range d.core.Breakpoints() {
		out = append(out, Breakpoint(p))
	}
	return out
}

// StepFirst makes the next evaluation stop at its first expression.
func (d *Debugger) StepFirst() { d.core.StepFirst() }

// Watch makes evaluation stop when v, a thunk, is about to be evaluated: an attribute,
// an element or a variable. The error says why it cannot be.
func (v Value) Watch(ctx context.Context) error {
	return v.within(ctx, func(c *core.Call, l heap.Lazy) error { return c.Watch(l) })
}

// A Stop is an evaluation that stopped. It is valid until Stopped returns.
type Stop struct {
	Reason StopReason
	Err    error         // StopError; or why a condition could not be evaluated
	Point  *Breakpoint   // StopPoint
	Caught bool          // StopError, which builtins.tryEval catches
	Value  Value         // StopReturn
	Frames []*StackFrame // what is under way, innermost first
}

// A FrameKind says what a StackFrame evaluates.
type FrameKind uint8

// Kinds of frames.
const (
	FrameText     FrameKind = iota // a file, or another text
	FrameFunction                  // a call
	FrameThunk                     // an expression that was delayed
)

// A StackFrame is a function, a text or a delayed expression that is being evaluated.
// It is valid as long as its Stop is.
type StackFrame struct {
	ev *Evaluator
	f  *core.StackFrame
	c  *core.Call // that stopped
}

// Kind returns what is evaluated.
func (f *StackFrame) Kind() FrameKind { return FrameKind(f.f.Kind) }

// Name returns the name of the function, of the attribute or variable, or of the
// text; "" if it has none.
func (f *StackFrame) Name() string { return f.f.Name }

// Position returns where the expression begins that is being evaluated.
func (f *StackFrame) Position() lang.Position { return f.f.Pos }

// End returns where it ends.
func (f *StackFrame) End() lang.Position { return f.f.End }

// Line returns a line of the frame's text; "" if there is none.
func (f *StackFrame) Line(n int) string { return f.f.Source(n) }

// A FrameScope is one level of variables.
type FrameScope struct {
	Kind string // function, let, rec or with
	Vars []FrameVar
}

// A FrameVar is a variable. Its Value is often a thunk.
type FrameVar struct {
	Name  string
	Value Value // the zero Value if it has none yet
}

// Scopes returns the variables of the frame, of the innermost scope first. Those of a
// with are there if its set is evaluated already. Nothing is evaluated.
func (f *StackFrame) Scopes() []FrameScope {
	var out []FrameScope
	for _, s := range f.f.Scopes() {
		scope := FrameScope{Kind: s.Kind.String()}
		for _, v := range s.Vars {
			one := FrameVar{Name: v.Name}
			if v.Value != 0 {
				one.Value = f.ev.keep(f.c, v.Value)
			}
			scope.Vars = append(scope.Vars, one)
		}
		out = append(out, scope)
	}
	return out
}

// Lookup returns what a variable is in the frame, for Text.Scope. Sets of with are
// evaluated.
func (f *StackFrame) Lookup(name string) (Value, bool) {
	l := f.f.Lookup(name)
	if l == 0 {
		return Value{}, false
	}
	return f.ev.keep(f.c, l), true
}
