package core

// This file defines errors: data until somebody prints them.

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// An ErrorKind says what sort of error it is. It is the only part of an error
// that steers what happens: tryEval catches a throw and a failed assertion.
type ErrorKind uint8

// Kinds of errors.
const (
	ErrEval ErrorKind = iota
	ErrThrow
	ErrAssertion
	ErrAbort
	ErrType
	ErrUndefined         // a variable
	ErrMissingArgument   // of a function that is called without arguments
	ErrInfiniteRecursion // a value needs itself
	ErrStackOverflow     // calls or values are nested too deeply
	ErrParse
	ErrHost // a file, or what else is outside
	ErrLimit
	ErrInterrupted
)

// Catchable reports whether tryEval catches errors of kind k.
func (k ErrorKind) Catchable() bool { return k == ErrThrow || k == ErrAssertion }

// kept reports whether a thunk keeps an error of kind k. Another time there may
// be more room, or no interruption.
func (k ErrorKind) kept() bool {
	return k != ErrInterrupted && k != ErrLimit && k != ErrStackOverflow
}

// A Limit says which limit an evaluation met.
type Limit string

// Limits that an evaluation can meet.
const (
	NoLimit     Limit = ""
	LimitDepth  Limit = "call depth" // calls within calls
	LimitStack  Limit = "stack"      // values or expressions within each other
	LimitSteps  Limit = "steps"
	LimitTime   Limit = "time"
	LimitMemory Limit = "memory" // of this evaluation
	LimitHeap   Limit = "heap"   // memory of all evaluations, or what can be numbered
)

// A Frame is one step of how evaluation came to where it failed.
type Frame struct {
	Pos    lang.Pos // 0 if there is none
	Detail bool     // of a kind that the reference shows with --show-trace only
	Always bool     // shown however long the trace is
	format string
	args   []any
}

// Text returns what was being done, as in "while evaluating the file 'a.nix'".
func (f Frame) Text() string {
	if len(f.args) == 0 {
		return f.format
	}
	return fmt.Sprintf(f.format, f.args...)
}

// An Error is why an evaluation failed. It is not to be modified.
type Error struct {
	Code        Code         // what is wrong; never ""
	Kind        ErrorKind    // what follows from it
	Msg         string       // the reference's words; no position
	Pos         lang.Pos     // 0 if there is none
	Frames      []Frame      // innermost first
	Suggestions []string     // names that are near a missing one, nearest first
	Near        []string     // those that are likely to be meant, as lang.Similar finds them; for variables, too
	Known       []string     // the attributes there are, sorted, where one is missing; nil if they are many
	Values      []NamedValue // of variables in a condition that does not hold
	At          lang.Pos     // where it is, if that is known and Pos is 0 as in the reference
	Step        int          // how many steps of the attribute path were found before one was missing
	Outer       bool         // the set around the one where an attribute is missing has it
	Cycle       []Link       // of an infinite recursion, from what is needed again to what needs it
	Limit       Limit        // of ErrLimit and ErrStackOverflow
	Cause       error        // of the host, the parser or a context; or nil

	found  []string  // values that the message does not show
	again  heap.Lazy // the thunk that needs itself, until Cycle is complete
	inside int       // how many of Frames are inside of Cycle

	format string // Msg, before args were put into it; "" if it is no format
	args   []any

	files  *lang.FileSet
	number uint32 // in the failures of the evaluator; or 0
	run    uint64 // the evaluation that returned it; 0 while that is under way
}

// Position returns where the error is; the zero Position if that is nowhere.
func (e *Error) Position() lang.Position {
	if e.files == nil || e.Pos == 0 {
		return lang.Position{}
	}
	return e.files.Position(e.Pos)
}

// Error returns the message on one line, behind its position if it has one.
func (e *Error) Error() string {
	if pos := e.Position(); pos.Line > 0 {
		return pos.String() + ": " + e.Msg
	}
	return e.Msg
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// frame adds a step to the error under way, if it is one of evaluation.
func (e *Error) frame(pos lang.Pos, format string, args ...any) {
	e.Frames = append(e.Frames, Frame{Pos: pos, format: format, args: args})
}

func (e *Error) detail(pos lang.Pos, format string, args ...any) {
	e.Frames = append(e.Frames, Frame{Pos: pos, Detail: true, format: format, args: args})
}

// latePos is the position of something that is being forced, until it is known:
// whoever passes it calls settle if that fails. Looking a position up takes
// time that evaluation has not.
const latePos = ^lang.Pos(0)

// settle puts pos in for latePos, in e and the frames that were added last.
func (e *Error) settle(pos lang.Pos) {
	if e.Pos == latePos {
		e.Pos = pos
	}
	// A call adds no more than these.
	for i := len(e.Frames) - 1; i >= max(0, len(e.Frames)-3); i-- {
		f := &e.Frames[i]
		if f.Pos != latePos {
			continue
		}
		f.Pos = pos
		if pos == 0 && f.format == fromCallSite {
			e.Frames = append(e.Frames[:i], e.Frames[i+1:]...)
		}
	}
}

const fromCallSite = "from call site"

// failures are the errors that failed thunks stand for. A thunk keeps its error
// as the reference has it: with the frames that were added until somebody
// caught it, or the evaluation ended. Other evaluations see those that it had at
// first until then.
type failures struct {
	mu     sync.Mutex
	list   []failure
	free   []uint32 // numbers, from 1
	count  int      // of those in the list that are there
	frames int      // of them, as far as evaluations have ended
	bytes  int      // of their texts, nearly
}

type failure struct {
	err    *Error
	first  *Error // what it was at first; nil once nobody adds to it
	serial uint64 // of the evaluation under way that adds to it; or 0
}

// Bounds of what failures keep. A thunk whose error is not kept is evaluated
// again, which shows in nothing but its frames and the time it takes.
const (
	maxFailures      = 1 << 17
	maxFailureFrames = 1 << 20
)

// keep returns the number of e among the failures; 0 if it is not kept.
func (w *worker) keep(e *Error) uint32 {
	if e.number != 0 || !e.Kind.kept() || w.debug != nil {
		return e.number
	}
	f := &w.ev.failures
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.count >= maxFailures || f.frames >= maxFailureFrames {
		return 0
	}
	bytes := len(e.Msg)
	for _, frame := range e.Frames {
		bytes += 64
		for _, arg := range frame.args {
			if text, ok := arg.(string); ok {
				bytes += len(text)
			}
		}
	}
	f.bytes += bytes
	w.Charge(uint64(bytes))
	first := *e
	first.Frames = slices.Clone(e.Frames)
	entry := failure{err: e, first: &first, serial: w.serial}
	if n := len(f.free); n > 0 {
		e.number = f.free[n-1]
		f.free = f.free[:n-1]
		f.list[e.number-1] = entry
	} else {
		f.list = append(f.list, entry)
		e.number = uint32(len(f.list))
	}
	f.count++
	f.frames += len(e.Frames)
	w.failed = append(w.failed, e.number)
	return e.number
}

// settle says that nothing will be added to the errors of those numbers any more.
func (f *failures) settle(numbers []uint32) {
	if len(numbers) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range numbers {
		f.frames += len(f.list[n-1].err.Frames) - len(f.list[n-1].first.Frames)
		f.list[n-1].serial, f.list[n-1].first = 0, nil
	}
}

// get returns a copy of error n, to which frames can be added.
func (f *failures) get(n uint32, serial uint64) *Error {
	f.mu.Lock()
	defer f.mu.Unlock()
	entry := &f.list[n-1]
	from := entry.err
	if entry.serial != 0 && entry.serial != serial {
		from = entry.first
	}
	e := *from
	e.Frames = slices.Clone(e.Frames) // they may be settled
	e.Cycle = slices.Clone(e.Cycle)
	e.number = 0
	return &e
}

// len returns how many there are; a long text counts as many.
func (f *failures) len() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count + f.bytes>>12
}

// retain forgets all failures but those of which alive says that they are.
func (f *failures) retain(alive func(n uint32) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.frames, f.bytes = 0, 0
	for i := range f.list {
		e := f.list[i].err
		if e == nil {
			continue
		}
		if n := uint32(i + 1); !alive(n) {
			f.list[i] = failure{}
			f.free = append(f.free, n)
			f.count--
			continue
		}
		f.frames += len(e.Frames)
	}
}

// A NamedValue is a variable and its value, as messages show it.
type NamedValue struct{ Name, Value string }

// A Link is a thunk that was being forced when an infinite recursion was met.
type Link struct {
	Span lang.Span // of its expression; empty if it is inherited
	Name string    // of the attribute, if it is inherited
	File string    // of a file that was being evaluated
	// Frames is how many of the error's frames are inside of it.
	Frames int
}

// maxCycle bounds how many links are kept.
const maxCycle = 1 << 12

// link adds the thunk l to the cycle under way, until it is closed.
func (w *worker) link(l heap.Lazy, was heap.Claim) {
	e := w.err
	if e.again == 0 {
		return
	}
	link := Link{Frames: len(e.Frames)}
	switch was.Kind() {
	case heap.Thunk:
		c := w.ev.codes.code(was.Code())
		if c.expr != nil {
			link.Span = c.expr.Span()
		} else if n, ok := c.body.node.(*fileNode); ok {
			link.File = n.path
		}
	case heap.Field:
		n := w.body(was.Code()).node.(*fieldNode)
		link.Name, link.Span = w.name(n.name), lang.Span{Start: n.pos, End: n.pos}
	}
	if (link.Span.Start != 0 || link.File != "") && len(e.Cycle) < maxCycle {
		e.Cycle = append(e.Cycle, link)
	}
	if l == e.again {
		e.again, e.inside = 0, len(e.Frames)
		slices.Reverse(e.Cycle)
	}
}

// CycleFrames returns the frames inside of the cycle of an infinite recursion,
// innermost first.
func (e *Error) CycleFrames() []Frame { return e.Frames[:min(e.inside, len(e.Frames))] }

// Files returns the texts that the positions of e lie in.
func (e *Error) Files() *lang.FileSet { return e.files }

// Near returns names that are near to name, as messages suggest them: five at
// most, nearest first.
func Near(name string, names []string) []string { return lang.Near(name, names) }

// didYouMean returns the hint made of suggestions; "" if there are none.
func didYouMean(names []string, mark func(string) string) string {
	shown := make([]string, len(names))
	for i, name := range names {
		shown[i] = mark(name)
	}
	switch last := len(shown) - 1; last {
	case -1:
		return ""
	case 0:
		return "Did you mean " + shown[0] + "?"
	default:
		return "Did you mean one of " + strings.Join(shown[:last], ", ") + " or " + shown[last] + "?"
	}
}

// PositionOf returns what a position in the error or its frames means.
func (e *Error) PositionOf(pos lang.Pos) lang.Position {
	if e.files == nil || pos == 0 {
		return lang.Position{}
	}
	return e.files.Position(pos)
}
