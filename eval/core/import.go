package core

// This file defines import: which file a path means, and that each is evaluated once.

import (
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
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

// A ticker counts what package world does as work of an evaluation.
type ticker struct{ w *worker }

// Tick counts n steps. The error is the one that the worker has failed with.
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
		w.ev.opt.OnImport(world.Shown(w.shown(n.path)))
	}
	u := w.readText(n.path, w.ev.globals)
	if u == nil {
		return 0
	}
	v := w.evalUnit(u)
	if v == 0 {
		w.err.frame(0, "while evaluating the file '%s':", w.shown(n.path))
	}
	return v
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
			w.Pin(l)
			ev.files[p] = l
		}
		ev.mu.Unlock()
	}
	v := w.force(l, 0)
	if v != 0 && w.lasting(l) {
		ev.mu.Lock()
		if ev.files[p] == l {
			w.Pin(heap.Lazy(v))
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
