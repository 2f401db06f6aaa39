package eval

// This file defines how programs are parsed without being evaluated.

import (
	"context"
	"path"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/lang"
)

// Parse returns the syntax tree of a text, with the names in it resolved as Eval does.
// The text is not evaluated. Its Scope and Bindings are not used. The error is one of
// kind ErrParse or ErrUndefined, whose Cause is a lang.ErrorList.
func (ev *Evaluator) Parse(ctx context.Context, t Text) (*lang.Tree, error) {
	t.setDefaults()
	var tree *lang.Tree
	err := ev.run(ctx, func(c *core.Call) (err error) {
		tree, err = c.ParseText(t.Name, t.Source, t.Dir)
		return err
	})
	return tree, err
}

// ParseFile returns the syntax tree of a file, or of default.nix in a folder. The file
// is read through the Host of the evaluator; symbolic links are followed. dir is the folder
// where relative paths in the tree start.
func (ev *Evaluator) ParseFile(ctx context.Context, name string) (tree *lang.Tree, dir string, err error) {
	err = ev.run(ctx, func(c *core.Call) (err error) {
		tree, dir, err = c.ParseMain(path.Join("/", name))
		return err
	})
	return tree, dir, err
}
