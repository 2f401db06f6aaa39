package core

// This file defines how files become values: import, the search path, and the
// texts of builtins.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// IsInternal reports whether a text is part of the program: one of the builtins that are
// written in Nix, or one that <nix/…> means.
func IsInternal(file string) bool {
	return strings.HasPrefix(file, world.InternalDir) || strings.HasPrefix(file, "<"+internalFiles)
}

// derivationText is the path of the text of builtins.derivation.
const derivationText = world.InternalDir + "derivation-internal.nix"

// rootPath returns a path as a string: internal texts are then at the root.
func rootPath(p string) string {
	if rest, ok := strings.CutPrefix(p, world.InternalDir); ok {
		return "/" + rest
	}
	return p
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

// A Text is a program, and what it needs to know of where it stands.
type Text struct {
	Name     string // what messages call it
	Source   string
	Dir      string // what relative paths are relative to
	Bindings bool   // it is bindings, as between the braces of a set
	// Scope returns what a variable that the text does not bind is, 0 if it does not
	// know: it is a global name then. nil knows none.
	Scope func(name string) heap.Lazy
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
	w.apart(func() {
		if t.Bindings {
			tree, err = w.ev.config.ParseBindings(t.Name, source, stopParsing)
		} else {
			tree, err = w.ev.config.ParseUntil(t.Name, source, stopParsing)
		}
		if err == nil {
			g = globalsOf(tree)
			err = tree.ResolveUntil(g.scope, stop)
		}
	})
	if err == lang.ErrStopped {
		return nil, w.take()
	}
	if tree != nil {
		for _, warning := range tree.Warnings {
			io.WriteString(w.ev.opt.Stderr, renderWarning(w.ev.config.Files, warning))
		}
	}
	if err != nil {
		return nil, w.parseError(err)
	}
	if w.ev.opt.CountExpressions {
		w.apart(func() { lang.Walk(tree.Root, func(lang.Expr) bool { w.stats.Expressions++; return true }) })
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
	if errors.Is(err, fs.ErrNotExist) {
		e := w.errorf(CodeMissingFile, 0, "path '%s' does not exist", Path(world.Shown(path)))
		e.Cause = err
		return e
	}
	return w.wrap(CodeFile, err, fmt.Sprintf("reading '%s': %s", world.Shown(path), cause(err)))
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

// A ticker counts what package world does as work of an evaluation.
type ticker struct{ w *worker }

func (t ticker) Tick(n int) error {
	if t.w.tick(n) {
		return nil
	}
	return t.w.take()
}

// linkError returns the error of following links as one of evaluation.
func (w *worker) linkError(err error) error {
	if e, ok := err.(*world.LinkError); ok {
		return w.hostError(e.Path, e.Err)
	}
	return w.asError(err)
}

// resolveLinks returns p, which is clean, without symbolic links, but for the
// parts that do not exist.
func (w *worker) resolveLinks(p string) (string, error) {
	real, err := w.ev.links.Resolve(w.ctx, ticker{w}, p, false)
	if err != nil {
		return "", w.linkError(err)
	}
	return real, nil
}

// realPath returns p, which is clean, without symbolic links but for its last
// part. Hosts that restrict what may be looked at see only such paths: what a
// link in the middle leads to may be forbidden.
func (w *worker) realPath(p string) (string, error) {
	real, err := w.ev.links.Parent(w.ctx, ticker{w}, p)
	if err != nil {
		return "", w.linkError(err)
	}
	return real, nil
}

// ResolveLinks returns p, which is clean, without symbolic links, but for the parts
// that do not exist; with keepLast, the last part may be a link. The errors are those of
// world.Links.
func (c *Call) ResolveLinks(p string, keepLast bool) (string, error) {
	return c.w.ev.links.Resolve(c.w.ctx, c, p, keepLast)
}

// resolveImport returns the file that importing path means: of a directory it
// is default.nix. A link at the end is followed, so that paths in the file are
// relative to where it is; a default.nix that is one stays where it is, as in
// the reference.
func (w *worker) resolveImport(p string) (string, error) {
	if r, ok := w.ev.recall(w.ev.paths, p); ok && w.ev.opt.Mounts.Visible(w.ctx, p) && w.ev.opt.Mounts.Visible(w.ctx, r) {
		return r, nil
	}
	p = strings.Clone(p) // the name of a file outlives the heap
	r := p
	if r != "/" {
		at, info, err := w.ev.links.Follow(w.ctx, ticker{w}, p)
		if err != nil {
			return "", w.linkError(err)
		}
		if r = at; info.Type == world.Directory {
			r = world.Join(at, "default.nix")
		}
	} else {
		r = "/default.nix"
	}
	w.ev.remember(w.ev.paths, p, r)
	return r, nil
}

// fileNode is a file that is imported.
type fileNode struct{ path string }

// eval evaluates the text of the file, in the global names.
func (n *fileNode) eval(w *worker, _ heap.Env) heap.Value {
	defer w.inFile(n.path)()
	if w.ev.opt.OnImport != nil {
		w.ev.opt.OnImport(world.Shown(n.path))
	}
	u := w.readText(n.path, w.ev.globals)
	if u == nil {
		return 0
	}
	v := w.evalUnit(u)
	if v == 0 {
		w.err.frame(0, "while evaluating the file '%s':", n.path)
	}
	return v
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
	u, err := w.parse(p, heap.Frozen(source), path.Dir(p), g)
	if err != nil {
		w.err = w.asError(err)
		return nil
	}
	return u
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

// evalFile evaluates the file that importing path means, once.
func (w *worker) evalFile(p string) heap.Value {
	p, err := w.resolveImport(p)
	if err != nil {
		w.err = w.asError(err)
		return 0
	}
	ev := w.ev
	ev.mu.RLock()
	l, ok := ev.files[p]
	ev.mu.RUnlock()
	if ok && w.IsValue(l) {
		return heap.Value(l)
	}
	if !ok {
		made := w.NewThunk(ev.codes.addNode(&unit{}, &fileNode{p}), 0)
		ev.mu.Lock()
		if l, ok = ev.files[p]; !ok {
			l = made
			ev.files[p] = l
		}
		ev.mu.Unlock()
	}
	v := w.force(l, 0)
	if v != 0 {
		ev.mu.Lock()
		if ev.files[p] == l {
			ev.files[p] = heap.Lazy(v)
		}
		ev.mu.Unlock()
	}
	return v
}

// recall returns what a cache of the evaluator has.
func (ev *Evaluator) recall(cache map[string]string, key string) (string, bool) {
	ev.mu.RLock()
	defer ev.mu.RUnlock()
	value, ok := cache[key]
	return value, ok
}

// remember adds to a cache of the evaluator. Neither may be the heap's.
func (ev *Evaluator) remember(cache map[string]string, key, value string) {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	cache[key] = value
}

// scopedImport evaluates the file that importing path means, where the
// attributes of scope are global names.
func (w *worker) scopedImport(p string, scope heap.Value) heap.Value {
	p, err := w.resolveImport(p)
	if err != nil {
		w.err = w.asError(err)
		return 0
	}
	return w.evalText(p, w.extendGlobals(scope))
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

// lookupPath looks up <name>.
func (w *worker) lookupPath(name string) (string, error) {
	if p, ok := w.ev.recall(w.ev.lookups, name); ok {
		return p, nil
	}
	p, err := w.findFile(w.ev.opt.SearchPath, name)
	if err == nil {
		w.ev.remember(w.ev.lookups, strings.Clone(name), p)
	}
	return p, err
}

// entryPath returns where an entry of the search path is.
func (w *worker) entryPath(p string) string {
	if dir := w.ev.opt.Dir; dir != "" && !strings.HasPrefix(p, "/") {
		p = dir + "/" + p
	}
	return world.Clean(p)
}

func (w *worker) entryExists(p string) (bool, error) {
	w.ev.mu.RLock()
	exists, ok := w.ev.entries[p]
	w.ev.mu.RUnlock()
	if ok && !strings.HasPrefix(p, world.MountDir) { // which others may see
		return exists, nil
	}
	real, err := w.resolveLinks(w.entryPath(p))
	if err == nil {
		_, err = w.world().Lstat(real)
		var forbidden *world.ForbiddenError
		if errors.As(err, &forbidden) {
			return false, w.hostError(real, err)
		}
	}
	exists = err == nil
	w.ev.mu.Lock()
	_, known := w.ev.entries[p]
	w.ev.entries[strings.Clone(p)] = exists
	w.ev.mu.Unlock()
	if !exists && !known {
		fmt.Fprintf(w.ev.opt.Stderr, "warning: Nix search path entry '%s' does not exist, ignoring\n", p)
	}
	return exists, nil
}

// internalFiles is the folder of files that <nix/…> finds without an entry.
const internalFiles = "nix/"

func (w *worker) findFile(entries []SearchPathEntry, name string) (string, error) {
	for _, e := range entries {
		rest := name
		if e.Prefix != "" {
			var ok bool
			if rest, ok = strings.CutPrefix(name, e.Prefix); !ok || rest != "" && rest[0] != '/' {
				continue
			}
		}
		if ok, err := w.entryExists(e.Path); err != nil {
			return "", err
		} else if !ok {
			continue
		}
		real, err := w.resolveLinks(world.Clean(w.entryPath(e.Path) + world.Clean(rest)))
		if err == nil {
			if _, err = w.world().Lstat(real); err == nil {
				return real, nil
			}
		}
		var forbidden *world.ForbiddenError
		if errors.As(err, &forbidden) {
			return "", w.hostError(forbidden.Path, err)
		}
	}
	if file, ok := strings.CutPrefix(name, internalFiles); ok {
		return world.InternalDir + file, nil
	}
	if w.ev.opt.Pure {
		e := w.errorf(CodePureEvaluation, 0, "cannot look up '<%s>' in pure evaluation mode (use '--impure' to override)", Name(name))
		e.Kind = ErrThrow // as a lookup that finds nothing
		return "", e
	}
	return "", w.errorf(CodeSearchPath, 0, "file '%s' was not found in the Nix search path (add it using $NIX_PATH or -I)", Name(name))
}
