package format

// This file defines the writer: what the forms have in common. It knows where in
// the value it is, evaluates its parts, and says what went wrong where.

import (
	"errors"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
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
	// Err is why: a *core.Error.
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
func (e *Error) Message() string {
	var ce *core.Error
	if errors.As(e.Err, &ce) {
		return ce.Msg
	}
	return e.Err.Error()
}

// Position returns where the reason is; "" if that is not known.
func (e *Error) Position() string {
	var ce *core.Error
	if errors.As(e.Err, &ce) {
		if pos := ce.Position(); pos.Line > 0 {
			return pos.String()
		}
	}
	return ""
}

// A writer writes one value.
type writer struct {
	*stream
	c    *core.Call
	h    *heap.Space
	opt  Options
	path []step
}

// A step is a Step under way.
type step struct {
	of    heap.Value
	name  lang.Symbol // of an attribute; or 0
	index int
}

// into is called before a part of a value is written, and out after that.
func (w *writer) intoAttr(of heap.Value, name lang.Symbol) {
	w.path = append(w.path, step{of: of, name: name})
}
func (w *writer) intoElem(of heap.Value, i int) { w.path = append(w.path, step{of: of, index: i}) }
func (w *writer) out()                          { w.path = w.path[:len(w.path)-1] }

// at returns where the writer is.
func (w *writer) at() Path {
	path := make(Path, len(w.path))
	for i, s := range w.path {
		if s.name != 0 {
			path[i] = Step{strings.Clone(w.c.Name(s.name)), -1}
		} else {
			path[i] = Step{"", s.index}
		}
	}
	return path
}

// pos returns where the attribute is defined that the writer is at, or that the
// list is in whose element it is at.
func (w *writer) pos() lang.Pos {
	for i := len(w.path) - 1; i >= 0; i-- {
		if s := w.path[i]; s.name != 0 {
			return w.c.AttrPos(s.of, s.name)
		}
	}
	return 0
}

// cycleEvery is how many levels there are between two looks for a value that
// contains itself.
const cycleEvery = 64

// enter counts a level of nesting, as a call within a call. The caller calls
// c.Leave afterwards.
func (w *writer) enter() error {
	if err := w.c.Enter(); err != nil {
		return w.fail(err)
	}
	if n := len(w.path); n > 0 && n%cycleEvery == 0 {
		if err := w.checkCycle(); err != nil {
			w.c.Leave()
			return err
		}
	}
	return nil
}

// checkCycle fails if the innermost value is one of those around it.
func (w *writer) checkCycle() error {
	last := len(w.path) - 1
	for i := last - 1; i >= 0; i-- {
		if w.path[i].of == w.path[last].of {
			path := w.at()
			what, again := path[:i], path[:last]
			where := "itself"
			if len(what) > 0 {
				where = "at " + what.String()
			}
			w.path = w.path[:last]
			err := w.failf(core.CodeStackOverflow, "the value contains itself without end: what is at %s is the value %s again", again, where)
			w.path = w.path[:last+1]
			return err
		}
	}
	return nil
}

// force evaluates l, which is where the writer is.
func (w *writer) force(l heap.Lazy) (heap.Value, error) {
	if w.h.IsValue(l) {
		return heap.Value(l), nil
	}
	if v := w.h.Known(l); v != 0 {
		return v, nil
	}
	if err := w.handOver(); err != nil {
		return 0, err
	}
	v, err := w.c.Need(l, "").At(w.pos()).Value()
	if err != nil {
		return 0, w.fail(err)
	}
	return v, nil
}

// fail returns err as an Error where the writer is.
func (w *writer) fail(err error) error {
	if _, ok := err.(*Error); ok {
		return err
	}
	path := w.at()
	if len(path) > 0 {
		err = w.c.FrameAt(err, w.pos(), "while evaluating %s of the value", path.String())
	}
	return &Error{Path: path, Err: w.c.Detach(err)}
}

// failf returns an error where the writer is.
func (w *writer) failf(code core.Code, format string, args ...any) error {
	return w.fail(w.c.Errorf(code, format, args...))
}

// nested is how deep in a value errors for the lack of stack end everything: there
// would be too many of them.
const nested = 1000

// absorb tells OnError about err. It returns the Error to mark, or why the text has
// to end.
func (w *writer) absorb(err error) (*Error, error) {
	e, ok := err.(*Error)
	if !ok || w.opt.OnError == nil || e.final {
		return nil, err
	}
	e.final = true
	var ce *core.Error
	if errors.As(err, &ce) {
		switch ce.Kind {
		case core.ErrInterrupted, core.ErrLimit:
			return nil, err
		case core.ErrStackOverflow:
			if len(w.path) > nested {
				return nil, err
			}
		}
	}
	if err := w.opt.OnError(e); err != nil {
		return nil, final(err)
	}
	return e, nil
}

// beyond reports whether what is in a set or list here is too deep to be looked
// into.
func (w *writer) beyond() bool { return w.opt.Depth > 0 && len(w.path) >= w.opt.Depth }

// thunk reports whether l is not evaluated, and is to stay so.
func (w *writer) thunk(l heap.Lazy) bool {
	return w.opt.Lazy && w.h.Known(l) == 0 && w.h.Kind(l) != heap.LambdaThunk
}

// A datum is a value as forms of data have it: a path is the text of its copy in the
// store, and a set that stands for a string is that.
type datum struct {
	v      heap.Value
	text   string
	isText bool
}

// datum evaluates l. What is a thunk, and is to stay one, is the zero datum.
func (w *writer) datum(l heap.Lazy) (datum, error) {
	levels := 0
	defer func() {
		for range levels {
			w.c.Leave()
		}
	}()
	for {
		if w.thunk(l) {
			return datum{}, nil
		}
		v, err := w.force(l)
		if err != nil {
			return datum{}, err
		}
		k := w.h.KindOf(v)
		switch {
		case k == heap.String:
			return datum{text: w.h.Text(v), isText: true}, nil
		case k == heap.Path && w.opt.KeepPaths:
			return datum{text: w.h.Text(v), isText: true}, nil
		case k == heap.Path:
			return w.coerced(heap.Lazy(v), core.CopyToStore, "")
		case !k.IsAttrs():
			return datum{v: v}, nil
		}
		if at := w.find(v, "__toString"); at != 0 {
			fn, err := w.force(w.h.Load(at))
			if err != nil {
				return datum{}, err
			}
			text, err := w.c.Apply1(fn, heap.Lazy(v))
			if err != nil {
				return datum{}, w.fail(err)
			}
			return w.coerced(heap.Lazy(text), 0, "while evaluating the result of the `__toString` attribute")
		}
		at := w.find(v, "outPath")
		if at == 0 {
			return datum{v: v}, nil
		}
		if err := w.enter(); err != nil {
			return datum{}, err
		}
		levels++
		l = w.h.Load(at)
	}
}

func (w *writer) coerced(l heap.Lazy, flags core.Coercion, words string) (datum, error) {
	if err := w.handOver(); err != nil {
		return datum{}, err
	}
	text, _, err := w.c.Need(l, words).Coerce(flags)
	if err != nil {
		return datum{}, w.fail(err)
	}
	return datum{text: text, isText: true}, nil
}

// find returns where attribute name of the set v is, or 0 if it has none.
func (w *writer) find(v heap.Value, name string) heap.Slot {
	sym := w.c.Lookup(name)
	if sym == 0 {
		return 0
	}
	return w.h.Find(v, sym)
}

// raw writes the text of a string.
func (w *writer) raw(l heap.Lazy) error {
	v, err := w.force(l)
	if err != nil {
		return err
	}
	flags := core.CopyToStore | core.Canonicalize
	if w.opt.KeepPaths {
		flags = core.Canonicalize
	}
	text, _, err := w.c.Need(heap.Lazy(v), "").Coerce(flags)
	if err != nil {
		return w.fail(err)
	}
	return w.text(text)
}

// text writes text, which may be long.
func (w *writer) text(s string) error {
	for len(s) > partLen {
		w.buf = append(w.buf, s[:partLen]...)
		s = s[partLen:]
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, s...)
	return w.flush()
}
