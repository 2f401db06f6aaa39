package core

// This file defines what commands ask of the evaluator beside values: texts as
// trees, and messages in parts.

import (
	"path"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// ParseText parses a text, as EvalText does before it evaluates.
func (c *Call) ParseText(name, source, dir string) (*lang.Tree, error) {
	u, err := c.w.parse(name, source, dir, c.w.ev.globals)
	if err != nil {
		return nil, err
	}
	return u.tree, nil
}

// ParseMain parses the file that importing path means, as EvalMain does before it
// evaluates. It returns also what relative paths in it are relative to.
func (c *Call) ParseMain(p string) (tree *lang.Tree, dir string, err error) {
	w := c.w
	if p, err = w.resolveImport(p); err != nil {
		return nil, "", err
	}
	u := w.readText(p, w.ev.globals)
	if u == nil {
		return nil, "", w.take()
	}
	return u.tree, path.Dir(p), nil
}

// IsDerivation reports whether v, which is a set, is a derivation.
func (c *Call) IsDerivation(v heap.Value) (bool, error) {
	is, ok := c.w.isDerivation(v)
	if !ok {
		return false, c.w.take()
	}
	return is, nil
}

// ColoredMsg returns Msg in the colours of the reference.
func (e *Error) ColoredMsg() string {
	r := renderer{opt: RenderOptions{Color: true}}
	return r.message(e)
}

// ColoredText returns Text in the colours of the reference.
func (f Frame) ColoredText() string { return colorText(f.format, f.args) }

// PositionOf returns what a position in the error or its frames means.
func (e *Error) PositionOf(pos lang.Pos) lang.Position {
	if e.files == nil || pos == 0 {
		return lang.Position{}
	}
	return e.files.Position(pos)
}
