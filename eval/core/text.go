package core

import (
	"cmp"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// This file defines how texts become code and values: parsed, resolved in global names,
// evaluated.

// A Text is a program, and what it needs to know of where it stands.
type Text struct {
	Name     string // what messages call it
	Path     string // of a file that messages call otherwise; or ""
	Source   string
	Dir      string // what relative paths are relative to
	Bindings bool   // it is bindings, as between the braces of a set
	// Scope returns what a variable that the text does not bind is, 0 if it does not
	// know: it is a global name then. nil knows none.
	Scope func(name string) heap.Lazy
}

// parse parses and resolves a text. dir is what relative paths in it are
// relative to. inputs, if any, are arguments: the text is the body of a function
// of a set.
func (w *worker) parse(name, source, dir string, g *globals, inputs ...string) (*unit, error) {
	return w.parseText(Text{Name: name, Source: source, Dir: dir}, func(tree *lang.Tree) *globals {
		if inputs != nil {
			tree.Bind(inputs)
		}
		return g
	})
}

// parseFrame is how many bytes of stack a level of nesting in a text takes, with
// what Go adds when a stack grows.
const parseFrame = 2400

// parseText parses a text, and resolves it in the names that globalsOf returns.
func (w *worker) parseText(t Text, globalsOf func(*lang.Tree) *globals) (*unit, error) {
	source := t.Source
	var g *globals
	var tree *lang.Tree
	var err error
	// A tree takes more memory than its text, about as much as this. It counts as
	// memory of the evaluation that parses it.
	if len(source) > largeText && !w.checkSize(2*uint64(len(source))) {
		return nil, w.take()
	}
	w.Charge(2 * uint64(len(source)))
	stop := func() bool { // asked every thousand tokens, and nodes
		w.Charge(16 << 10)
		return !w.tick(quantum / 4)
	}
	deepest := 0
	stopParsing := func(depth int) bool {
		if depth > deepest {
			w.Charge(uint64(depth-deepest) * parseFrame)
			deepest = depth
		}
		return stop()
	}
	switch {
	case t.Bindings:
		tree, err = w.ev.config.ParseBindings(t.Name, source, stopParsing)
	default:
		tree, err = w.ev.config.ParseFile(t.Name, cmp.Or(t.Path, t.Name), source, stopParsing)
	}
	if err == nil {
		g = globalsOf(tree)
		err = tree.ResolveUntil(g.scope, stop)
	}
	if err == lang.ErrStopped {
		return nil, w.take()
	}
	if tree != nil && len(tree.Warnings) > 0 {
		if err := w.own.Effect(); err != nil {
			return nil, err
		}
		for _, warning := range tree.Warnings {
			io.WriteString(w.ev.opt.Stderr, renderWarning(w.ev.config.Files, warning))
		}
	}
	if err != nil {
		return nil, w.parseError(err)
	}
	if w.ev.opt.CountExpressions {
		lang.Walk(tree.Root, func(lang.Expr) bool { w.stats.Expressions++; return true })
	}
	return &unit{tree: tree, dir: t.Dir, globals: g}, nil
}

// parseError returns an error of the parser as one of evaluation: the first of
// several, as the reference reports it; the others are its cause.
func (w *worker) parseError(err error) *Error {
	var list lang.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return w.asError(err)
	}
	code := Code(list[0].Code)
	kind := ErrParse
	if code == CodeUndefinedVariable {
		kind = ErrUndefined
	}
	pos := list[0].Span.Start
	if code == CodePureEvaluation {
		pos = 0 // as in the reference
	}
	return &Error{Code: code, Kind: kind, Msg: list[0].Msg, Pos: pos, Near: list[0].Near, Cause: list, files: w.ev.config.Files}
}

// readText reads and parses the file at p; nil is a failure.
func (w *worker) readText(p string, g *globals) *unit {
	real, err := w.realPath(p)
	if err == nil {
		if info, err2 := w.world().Lstat(real); err2 == nil && info.Type == world.Symlink {
			real, err = w.resolveLinks(real)
		}
	}
	if err != nil {
		w.err = w.asError(err)
		return nil
	}
	source, err := w.world().ReadFile(real)
	if err != nil {
		w.err = w.hostError(real, err)
		return nil
	}
	w.stats.Files++
	text := Text{Name: w.shown(p), Path: p, Source: heap.Frozen(source), Dir: path.Dir(p)}
	u, err := w.parseText(text, func(*lang.Tree) *globals { return g })
	if err != nil {
		w.err = w.asError(err)
		return nil
	}
	return u
}

// shown returns what messages call the file at p.
func (w *worker) shown(p string) string {
	if copier := w.ev.opt.Copier; copier != nil && !IsInternal(p) {
		return copier.Shown(p)
	}
	return p
}

// settled returns a path as programs may see it.
func (w *worker) settled(p string) (string, bool) {
	if prefix := w.ev.pending; prefix == "" || !strings.HasPrefix(p, prefix) {
		return p, true
	}
	out, err := w.ev.opt.Copier.Settle(w.ctx, strings.Clone(p))
	if err != nil {
		w.err = w.asError(err)
		return "", false
	}
	return out, true
}

// Settled returns a path, of a value or of a file, as programs may see it.
func (c *Call) Settled(path string) (string, error) {
	out, ok := c.w.settled(path)
	if !ok {
		return "", c.w.take()
	}
	return out, nil
}

// evalText reads and evaluates the file at p.
func (w *worker) evalText(p string, g *globals) heap.Value {
	defer w.inFile(p)()
	u := w.readText(p, g)
	if u == nil {
		return 0
	}
	return w.evalUnit(u)
}

// evalSource evaluates a text; see EvalString.
func (w *worker) evalSource(name, source, dir string) heap.Value {
	u, err := w.parse(name, source, dir, w.ev.globals)
	if err != nil {
		w.err = w.asError(err)
		return 0
	}
	return w.evalUnit(u)
}

// evalUnit evaluates the text of a unit.
func (w *worker) evalUnit(u *unit) heap.Value {
	b := w.compileBody(u, u.tree.Root)
	if !w.enter(b.cost) {
		return 0
	}
	defer w.leave(b.cost)
	return b.node.eval(w, 0)
}

// extendGlobals returns the global names with the attributes of a set in front.
func (w *worker) extendGlobals(set heap.Value) *globals { return w.moreGlobals(w.All(set)) }

// moreGlobals returns the global names with more of them in front.
func (w *worker) moreGlobals(entries []heap.Entry) *globals {
	g := &globals{}
	var names []string
	own := map[lang.Symbol]bool{}
	for _, e := range entries {
		own[e.Name] = true
		names = append(names, w.name(e.Name))
		w.Pin(e.Value)
		g.values = append(g.values, e.Value)
		g.native = append(g.native, "")
	}
	base := w.ev.globals
	for i, sym := range base.scope.Names() {
		if own[sym] {
			continue
		}
		names = append(names, w.name(sym))
		g.values = append(g.values, base.values[i])
		g.native = append(g.native, base.native[i])
	}
	g.scope = lang.NewScope(w.ev.config.Symbols, names...)
	return g
}
