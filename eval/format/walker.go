package format

// This file defines the walker: what all printers have in common. It knows where in the
// value it is, evaluates the parts, says what went wrong where, and takes the text.

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A walker goes through one value for a printer, which has it embedded.
type walker struct {
	src Source
	h   *heap.Space // of src
	opt Options

	// buf is the text that was not handed over to out. Printers append to it, and call
	// flush after each part.
	buf []byte
	out sink // nil if all of the text stays in buf

	path   []step // from the value to where the walker is
	inside int    // steps of path that are outPath attributes, each of which was entered
	style  errorStyle
	root   lang.Pos // where the value is needed
	asIs   bool     // with opt.Lazy nothing at all is evaluated: not even a lambda that stands there
	plain  bool     // __toString and outPath mean nothing
	ahead  bool     // all of the value is written, so that helpers can evaluate it
	json   bool     // sets that are strings to JSON are written as such

	// contexts are those of the strings that were written, if keepContexts is true.
	contexts     []uint32
	keepContexts bool
}

// An errorStyle says how errors tell where in the value they are.
type errorStyle uint8

const (
	errorPath   errorStyle = iota // an Error, which has the path, and a frame for each step
	errorFrames                   // a frame for each step, as in builtins.toJSON
	errorPlain                    // nothing, as in builtins.toXML
)

// newWalker returns a walker for a printer that hands its text over to out.
func newWalker(src Source, out sink, opt Options) walker {
	return walker{src: src, h: src.Heap(), opt: opt, out: out}
}

// A visitor is a printer as the walker sees it.
type visitor interface {
	// visit writes l. If it returns an error that is not final, it has written nothing.
	visit(l heap.Lazy) error
	// mark writes what takes the place of a part that failed.
	mark(e *Error) error
	// attr writes attribute i of a set, and elem element i of a list.
	attr(i int, e heap.Entry) error
	elem(i int, l heap.Lazy) error
}

// shareAttrs lets helpers evaluate attributes that the caller writes in turn. It must call Come for each,
// and Close.
func (w *walker) shareAttrs(all []heap.Entry) Sharing {
	if !w.ahead || len(all) < 2 {
		return alone{}
	}
	values := make([]heap.Lazy, len(all))
	for i, e := range all {
		values[i] = e.Value
	}
	return w.share(values)
}

// shareElems is shareAttrs, for the elements of a list.
func (w *walker) shareElems(v heap.Value) Sharing {
	if !w.ahead {
		return alone{}
	}
	return w.share(w.h.Elems(v))
}

func (w *walker) share(values []heap.Lazy) Sharing {
	if s := w.src.Share(values, w.json); s != nil {
		return s
	}
	return alone{}
}

// alone is a Sharing with nobody.
type alone struct{}

func (alone) Come(int) {}
func (alone) Close()   {}

// value writes l by way of p, or a mark if it fails. A value is a level of nesting.
func (w *walker) value(l heap.Lazy, p visitor) error {
	at, err := w.enter()
	if err == nil {
		err = p.visit(l)
		w.leave(at)
	}
	if err != nil {
		return w.marked(err, p)
	}
	return w.flush()
}

// marked writes a mark in place of a part that failed, or returns why the text has to end.
func (w *walker) marked(err error, p visitor) error {
	e, err := w.absorb(err)
	if err != nil {
		return err
	}
	if err := p.mark(e); err != nil {
		return err
	}
	return w.flush()
}

// attrs writes the attributes all of the set v.
func (w *walker) attrs(v heap.Value, all []heap.Entry, p visitor) error {
	shared := w.shareAttrs(all)
	defer shared.Close()
	for i, e := range all {
		shared.Come(i)
		w.intoAttr(v, e.Name)
		if err := p.attr(i, e); err != nil {
			return final(err)
		}
		w.leavePart()
	}
	return nil
}

// elems writes the elements of the list v.
func (w *walker) elems(v heap.Value, p visitor) error {
	shared := w.shareElems(v)
	defer shared.Close()
	for i, l := range w.h.Elems(v) {
		shared.Come(i)
		w.intoElem(v, i)
		if err := p.elem(i, l); err != nil {
			return final(err)
		}
		w.leavePart()
	}
	return nil
}

// flush hands the text over if there is much of it.
func (w *walker) flush() error {
	if len(w.buf) < partLen || w.out == nil {
		return nil
	}
	if err := w.src.Tick(len(w.buf) >> 9); err != nil {
		return err
	}
	return w.handOver()
}

// handOver hands the text over. It must be called before something is evaluated that may
// take long.
func (w *walker) handOver() (err error) {
	if len(w.buf) > 0 && w.out != nil {
		w.buf, err = w.out.take(w.buf)
	}
	return err
}

// text writes s, which may be long.
func (w *walker) text(s string) error {
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

// A step is a Step under way.
type step struct {
	of    heap.Value
	name  lang.Symbol // of an attribute; 0 for an element
	index int32       // of an element; of an attribute hidden, or 0
	named int32       // how many steps there are up to the last attribute; 0 if there is none
}

// hidden is the index of a step that Paths do not show: to outPath, which stands for the
// set that it is in.
const hidden = -1

// intoAttr and intoElem must be called before a part is written, and leavePart after that.
func (w *walker) intoAttr(of heap.Value, name lang.Symbol) { w.into(step{of: of, name: name}) }

func (w *walker) intoElem(of heap.Value, i int) { w.into(step{of: of, index: int32(i)}) }

// into adds s to the path.
func (w *walker) into(s step) {
	if s.name != 0 {
		s.named = int32(len(w.path)) + 1
	} else if n := len(w.path); n > 0 {
		s.named = w.path[n-1].named
	}
	w.path = append(w.path, s)
}

func (w *walker) leavePart() { w.path = w.path[:len(w.path)-1] }

// at returns where the walker is.
func (w *walker) at() Path { return w.pathOf(len(w.path)) }

// pathOf returns where the walker was after the first n steps.
func (w *walker) pathOf(n int) Path {
	path := make(Path, 0, n)
	for _, s := range w.path[:n] {
		switch {
		case s.name == 0:
			path = append(path, Step{"", int(s.index)})
		case s.index != hidden:
			path = append(path, Step{strings.Clone(w.src.Name(s.name)), -1})
		}
	}
	return path
}

// pos returns where the attribute is defined that the walker is at, or that the list is
// in whose element it is at.
func (w *walker) pos() lang.Pos {
	if w.style == errorPlain {
		return w.root
	}
	return w.posOf(len(w.path))
}

// posOf is pos after the first n steps of the path.
func (w *walker) posOf(n int) lang.Pos {
	if n == 0 || w.path[n-1].named == 0 {
		return w.root
	}
	s := w.path[w.path[n-1].named-1]
	return w.src.AttrPos(s.of, s.name)
}

// cycleEvery is how many levels there are between two looks for a value that contains
// itself.
const cycleEvery = 64

// A level is where the walker was when it entered a value.
type level struct{ depth, inside int }

// enter counts a level of nesting, as a call within a call. If it returns no error, the
// caller must call leave with the level.
func (w *walker) enter() (level, error) {
	at := level{len(w.path), w.inside}
	if err := w.count(); err != nil {
		return at, err
	}
	if n := len(w.path); n > 0 && n%cycleEvery == 0 && w.style == errorPath {
		if err := w.checkCycle(); err != nil {
			w.src.Leave()
			return at, err
		}
	}
	return at, nil
}

// count is enter for a caller that knows when to call src.Leave.
func (w *walker) count() error {
	err := w.src.Enter(0)
	if err == nil {
		return nil
	}
	if w.style == errorFrames {
		err = w.src.At(err, w.pos())
	}
	return w.fail(err)
}

// leave leaves a level, and those of outPath attributes in it.
func (w *walker) leave(at level) {
	w.leaveInside(at)
	w.src.Leave()
}

// leaveInside leaves the levels of outPath attributes in a level.
func (w *walker) leaveInside(at level) {
	for ; w.inside > at.inside; w.inside-- {
		w.src.Leave()
	}
	w.path = w.path[:at.depth]
}

// checkCycle fails if the innermost value is one of those around it.
func (w *walker) checkCycle() error {
	last := len(w.path) - 1
	for i := last - 1; i >= 0; i-- {
		if w.path[i].of == w.path[last].of {
			where, again := "itself", w.pathOf(last)
			if what := w.pathOf(i); len(what) > 0 {
				where = "at " + what.String()
			}
			w.path = w.path[:last]
			err := w.failf(Endless, "the value contains itself without end: what is at %s is the value %s again", again, where)
			w.path = w.path[:last+1]
			return err
		}
	}
	return nil
}

// force evaluates l, which is where the walker is.
func (w *walker) force(l heap.Lazy) (heap.Value, error) {
	if w.h.IsValue(l) {
		return heap.Value(l), nil
	}
	if v := w.src.Known(l); v != 0 {
		return v, nil
	}
	if err := w.handOver(); err != nil {
		return 0, err
	}
	v, err := w.src.Force(l, w.pos())
	if err != nil {
		return 0, w.fail(err)
	}
	return v, nil
}

// fail returns err as an error where the walker is.
func (w *walker) fail(err error) error {
	switch w.style {
	case errorFrames:
		return w.frames(err)
	case errorPlain:
		return err
	}
	if _, ok := err.(*Error); ok {
		return err
	}
	return &Error{Path: w.at(), Err: w.src.Keep(w.parts(err))}
}

// parts adds a frame to err for each step to where the walker is, in the words of the
// reference: it prints JSON as builtins.toJSON does, XML without frames, and forces other values
// first.
func (w *walker) parts(err error) error {
	if w.opt.Form == XML {
		return err
	}
	attribute := "while evaluating attribute '%s'"
	if w.opt.Form == Nix {
		attribute = "while evaluating the attribute '%s'"
	}
	for n := len(w.path); n > 0; n-- {
		switch s := w.path[n-1]; {
		case s.name != 0 && s.index != hidden:
			err = w.src.Part(err, w.posOf(n), attribute, lang.QuoteName(w.src.Name(s.name)))
		case s.name != 0: // outPath, which stands for the set
		case w.opt.Form == Nix:
			err = w.src.Part(err, 0, "while evaluating list element at index %d", int(s.index))
		default:
			err = w.src.Part(err, w.posOf(n), "while evaluating list element at index %d", int(s.index))
		}
	}
	return err
}

// frames adds a frame to err for each step to where the walker is.
func (w *walker) frames(err error) error {
	for n := len(w.path); n > 0; n-- {
		switch s := w.path[n-1]; {
		case s.name == 0:
			err = w.src.Frame(err, w.posOf(n), "while evaluating list element at index %d", int(s.index))
		case s.index != hidden:
			err = w.src.Frame(err, w.posOf(n), "while evaluating attribute '%s'", lang.QuoteName(w.src.Name(s.name)))
		}
	}
	return err
}

// failf returns an error where the walker is.
func (w *walker) failf(p Problem, format string, args ...any) error {
	return w.fail(w.src.Errorf(p, 0, format, args...))
}

// nested is how deep in a value errors for the lack of stack end everything: there
// would be too many of them.
const nested = 1000

// absorb tells OnError about err. It returns the Error to mark, or why the text has
// to end.
func (w *walker) absorb(err error) (*Error, error) {
	e, ok := err.(*Error)
	if !ok || w.opt.OnError == nil || e.final {
		return nil, err
	}
	e.final = true
	if d := describe(err); d.Ends || d.TooDeep && len(w.path) > nested {
		return nil, err
	}
	if err := w.opt.OnError(e); err != nil {
		return nil, final(err)
	}
	return e, nil
}

// beyond reports whether what is in a set or list here is too deep to be looked
// into.
func (w *walker) beyond() bool { return w.opt.Depth > 0 && len(w.path) >= w.opt.Depth }

// thunk reports whether l is not evaluated, and is to stay so.
func (w *walker) thunk(l heap.Lazy) bool {
	return w.opt.Lazy && w.src.Known(l) == 0 && (w.asIs || w.h.Kind(l) != heap.LambdaThunk)
}

// A datum is a value as forms of data have it: a path is the text of its copy in the
// store, and a set that stands for a string is that.
type datum struct {
	v      heap.Value
	text   string
	isText bool
}

// datum evaluates l. A thunk that is to stay one is the zero datum. Of a set that outPath
// stands for, the walker is at that attribute afterwards, as far as value is concerned.
func (w *walker) datum(l heap.Lazy) (datum, error) {
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
			w.addContext(w.h.Context(v))
			return datum{text: w.h.Text(v), isText: true}, nil
		case k == heap.Path && w.opt.KeepPaths:
			text, err := w.src.SettledPath(w.h.Text(v))
			return datum{text: text, isText: true}, err
		case k == heap.Path:
			return w.coerced(heap.Lazy(v), 0, CopyPaths, "")
		case !k.IsAttrs() || w.plain:
			return datum{v: v}, nil
		}
		if at := w.find(v, "__toString"); at != 0 {
			fn, err := w.force(w.h.Load(at))
			if err != nil {
				return datum{}, err
			}
			if err := w.handOver(); err != nil {
				return datum{}, err
			}
			pos := w.pos()
			text, err := w.src.Apply(fn, heap.Lazy(v), pos)
			if err != nil {
				return datum{}, w.fail(err)
			}
			return w.coerced(heap.Lazy(text), pos, 0, "while evaluating the result of the `__toString` attribute")
		}
		name := w.src.Lookup("outPath")
		if name == 0 {
			return datum{v: v}, nil
		}
		at := w.h.Find(v, name)
		if at == 0 {
			return datum{v: v}, nil
		}
		w.into(step{of: v, name: name, index: hidden})
		if err := w.count(); err != nil {
			return datum{}, err
		}
		w.inside++
		l = w.h.Load(at)
	}
}

// peek is datum for a caller that only looks, and stays where it is.
func (w *walker) peek(l heap.Lazy) (datum, error) {
	at := level{len(w.path), w.inside}
	d, err := w.datum(l)
	w.leaveInside(at)
	return d, err
}

// coerced returns l as a string, which is needed at pos.
func (w *walker) coerced(l heap.Lazy, pos lang.Pos, how Coercion, words string) (datum, error) {
	if err := w.handOver(); err != nil {
		return datum{}, err
	}
	text, ctx, err := w.src.Coerce(l, pos, how, words)
	if err != nil {
		return datum{}, w.fail(err)
	}
	w.addContext(ctx)
	return datum{text: text, isText: true}, nil
}

// addContext adds the context of a string that is written, unless it is empty or was
// added last.
func (w *walker) addContext(ctx uint32) {
	if l := w.contexts; ctx == 0 || !w.keepContexts || len(l) > 0 && l[len(l)-1] == ctx {
		return
	}
	// A few contexts can come again and again.
	const many = 1 << 12
	if n := len(w.contexts); n >= many && n&(n-1) == 0 {
		slices.Sort(w.contexts)
		w.contexts = slices.Compact(w.contexts)
	}
	w.contexts = append(w.contexts, ctx)
}

// find returns where attribute name of the set v is, or 0 if it has none.
func (w *walker) find(v heap.Value, name string) heap.Slot {
	sym := w.src.Lookup(name)
	if sym == 0 {
		return 0
	}
	return w.h.Find(v, sym)
}

// isDerivation reports whether v is a set that says it is a derivation.
func (w *walker) isDerivation(v heap.Value) (bool, error) {
	at := w.find(v, "type")
	if at == 0 || !w.asIs && w.thunk(w.h.Load(at)) {
		return false, nil
	}
	t, err := w.force(w.h.Load(at))
	if err != nil {
		return false, err
	}
	return w.h.KindOf(t) == heap.String && w.h.Text(t) == "derivation", nil
}

// raw writes the text of a string.
func (w *walker) raw(l heap.Lazy) error {
	v, err := w.force(l)
	if err != nil {
		return err
	}
	how := CopyPaths | CleanPaths
	if w.opt.KeepPaths {
		how = CleanPaths
	}
	d, err := w.coerced(heap.Lazy(v), 0, how, "")
	if err != nil {
		return err
	}
	return w.text(d.text)
}
