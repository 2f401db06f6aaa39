package core

// This file defines the debugger: breakpoints, steps, watched thunks, and when an
// evaluation stops. It costs nothing where there is none: with one, expressions are
// prepared as nodes that keep a stack of frames (debug_node.go).

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A Resume is how an evaluation goes on after a stop.
type Resume uint8

// Ways to go on.
const (
	Continue Resume = iota // until something else stops it
	StepInto               // to the next expression
	StepOver               // to the next expression in the same frame, or one around it
	StepOut                // until the frame has its value
	Quit                   // not at all: it ends with an error of kind ErrInterrupted
)

// A StopReason is why an evaluation stopped.
type StopReason uint8

// Reasons to stop.
const (
	StopBreak  StopReason = iota // builtins.break
	StopError                    // something failed: Stop.Err
	StopPoint                    // a breakpoint: Stop.Point
	StopStep                     // a step has ended
	StopReturn                   // the frame has its value, after StepOut: Stop.Value
	StopWatch                    // a watched thunk is about to be evaluated
	StopTrace                    // builtins.trace, with Debugger.OnTrace
	StopWarn                     // builtins.warn, with Debugger.OnWarn
)

// A Breakpoint is a line before whose expressions evaluation stops.
type Breakpoint struct {
	ID        int    // counted from 1
	File      string // a path; or the end of one, from a slash on
	Line      int
	Condition string // an expression of the variables there, or "" for always
}

// A Debugger stops evaluations. It is that of one Evaluator: Options.Debugger. While
// one evaluation is stopped, others that get to a stop wait. An evaluation that
// fails again, since what it needs failed before, fails as it did the first time:
// thunks do not keep failures.
type Debugger struct {
	// Stopped is called where an evaluation stops, by its goroutine. What it
	// evaluates with c is part of that evaluation, and does not stop.
	Stopped func(c *Call, s *Stop) Resume

	IgnoreTry bool // errors do not stop in builtins.tryEval
	OnTrace   bool // builtins.trace stops
	OnWarn    bool // builtins.warn stops

	turn    sync.Mutex // held by the evaluation that is stopped
	mu      sync.Mutex // of what follows
	points  []Breakpoint
	last    int
	lines   atomic.Pointer[map[int][]Breakpoint]
	watches atomic.Pointer[map[watchKey]bool]
	first   atomic.Bool
	scopes  map[lang.Expr]*place
}

// A watchKey is a watched thunk as the evaluation of its body knows it: by expression and
// environment. The reference to the thunk itself is not at hand there.
type watchKey struct {
	expr lang.Expr
	env  heap.Env
}

// StepFirst makes the next evaluation stop at its first expression.
func (d *Debugger) StepFirst() { d.first.Store(true) }

// Break adds a breakpoint, whose ID it sets and returns. Evaluation stops before an
// expression that begins in the line, but not again at those in it, unless they are
// evaluated later.
func (d *Debugger) Break(p Breakpoint) (int, error) {
	if p.Condition != "" {
		if _, err := lang.NewConfig().Parse("condition", p.Condition); err != nil {
			return 0, err
		}
	}
	if p.File == "" || p.Line < 1 {
		return 0, fmt.Errorf("a breakpoint is FILE:LINE")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last++
	p.ID = d.last
	d.points = append(d.points, p)
	d.index()
	return p.ID, nil
}

// Clear removes a breakpoint, and reports whether there was one of that number.
func (d *Debugger) Clear(id int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, p := range d.points {
		if p.ID == id {
			d.points = append(d.points[:i:i], d.points[i+1:]...)
			d.index()
			return true
		}
	}
	return false
}

// Breakpoints returns those there are, in the order in which they were added.
func (d *Debugger) Breakpoints() []Breakpoint {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Breakpoint(nil), d.points...)
}

// index makes the table by line. d.mu is held.
func (d *Debugger) index() {
	if len(d.points) == 0 {
		d.lines.Store(nil)
		return
	}
	lines := map[int][]Breakpoint{}
	for _, p := range d.points {
		lines[p.Line] = append(lines[p.Line], p)
	}
	d.lines.Store(&lines)
}

// matches reports whether p is in the file of that name.
func (p *Breakpoint) matches(file string) bool {
	return file == p.File || strings.HasSuffix(file, "/"+strings.TrimPrefix(p.File, "./"))
}

// Watch makes evaluation stop when l is about to be evaluated. What is known
// already, and what only a builtin knows how to evaluate, cannot be watched. The
// caller keeps l alive meanwhile.
func (c *Call) Watch(l heap.Lazy) error {
	w := c.w
	d := w.ev.opt.Debugger
	if d == nil {
		return fmt.Errorf("there is no debugger")
	}
	if w.Known(l) != 0 {
		return fmt.Errorf("it is evaluated already")
	}
	was := w.Peek(l)
	var code *code
	if was.Kind() == heap.Thunk {
		code = w.ev.codes.code(was.Code())
	}
	if code == nil || code.expr == nil {
		return fmt.Errorf("it is being evaluated, or has no expression of its own")
	}
	d.changeWatches(func(m map[watchKey]bool) { m[watchKey{code.expr, was.Env()}] = true })
	return nil
}

// changeWatches calls change with a copy of the watches, and then puts that in their place:
// evaluations read the map without a lock. No watches are a nil map, so that a body without
// any costs one load.
func (d *Debugger) changeWatches(change func(map[watchKey]bool)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	next := map[watchKey]bool{}
	if old := d.watches.Load(); old != nil {
		for k := range *old {
			next[k] = true
		}
	}
	change(next)
	if len(next) == 0 {
		d.watches.Store(nil)
		return
	}
	d.watches.Store(&next)
}

// Breakpoint stops in the debugger, if there is one. The error ends the evaluation.
// Builtins call it: break, and trace and warn where the debugger asks for that.
func (c *Call) Breakpoint(reason StopReason) error {
	w := c.w
	t := w.debug
	if t == nil || t.quiet > 0 ||
		reason == StopTrace && !t.d.OnTrace || reason == StopWarn && !t.d.OnWarn {
		return nil
	}
	if !t.stop(w, &Stop{Reason: reason}) {
		return w.err
	}
	return nil
}

// A Stop is an evaluation that stopped. It is valid until Debugger.Stopped returns.
type Stop struct {
	Reason StopReason
	Err    *Error      // StopError; or why a condition could not be evaluated
	Point  *Breakpoint // StopPoint
	Caught bool        // StopError, which builtins.tryEval catches
	Value  heap.Value  // StopReturn
	frames []*StackFrame
	w      *worker
	depth  int // how many frames there are
}

// Frames returns what is under way, innermost first.
func (s *Stop) Frames() []*StackFrame {
	for i := s.depth - 1 - len(s.frames); i >= 0; i-- {
		s.frames = append(s.frames, s.w.debug.frame(s.w, i))
	}
	return s.frames
}
