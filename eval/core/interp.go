package core

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines the nodes of strings and paths with parts to fill in, and of <search
// paths>.

// interpNode is a string or path with interpolation.
type interpNode struct {
	isPath bool
	parts  []interpPart
	expr   *lang.Interp
}

// An interpPart is a text or an interpolated expression.
type interpPart struct {
	text string
	node node      // nil for text
	expr lang.Expr // nil for text
}

const pathSegment = "while evaluating a path segment"

// eval coerces the parts from the left, and joins them at the end. If the first part is a
// path, the result is a path, and parts that refer to store paths are errors.
func (n *interpNode) eval(w *worker, env heap.Env) heap.Value {
	var buf [12]string
	texts := buf[:0]
	size := 0
	ctx := Context(0)
	flags := Canonicalize
	if !n.isPath {
		flags |= CopyToStore
	}
	for i := range n.parts {
		p := &n.parts[i]
		text := p.text
		if p.node != nil {
			v := p.node.eval(w, env)
			if v == 0 {
				return 0
			}
			if w.KindOf(v) == heap.String {
				text = w.Text(v)
				ctx = w.ev.contexts.union(&w.Space, ctx, Context(w.Context(v)))
			} else {
				var c Context
				var ok bool
				text, c, ok = w.coerceToString(heap.Lazy(v), latePos, flags, pathSegment)
				if !ok {
					w.err.settle(w.partPos(n.expr, p.expr))
					return 0
				}
				ctx = w.ev.contexts.union(&w.Space, ctx, c)
			}
		}
		texts = append(texts, text)
		size += len(text)
	}
	if n.isPath {
		if ctx != 0 {
			return w.fail(CodeStringContext, n.expr.At, "a string that refers to a store path cannot be appended to a path")
		}
		return w.newPath(strings.Join(texts, ""))
	}
	return w.joinStrings(texts, size, ctx)
}

// partPos returns where part stands in x; for what is interpolated, its ${.
func (w *worker) partPos(x *lang.Interp, part lang.Expr) lang.Pos {
	if f := w.ev.config.Files.File(x.At); f != nil {
		return x.PartPos(f, slices.Index(x.Parts, part))
	}
	return 0
}

// searchPathNode is <name>.
type searchPathNode struct {
	name string
	pos  lang.Pos
}

// eval does what a call of findFile would do, and counts as one. A text that defines
// __findFile or __nixPath itself does not come here.
func (n *searchPathNode) eval(w *worker, _ heap.Env) heap.Value {
	w.stats.BuiltinCalls++
	path, err := w.lookupPath(n.name)
	if err != nil {
		e := w.asError(err)
		e.step(StepBuiltin, n.pos, callingBuiltin, Name("findFile"))
		w.err = e
		return 0
	}
	return w.NewPath(path)
}
