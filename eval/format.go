package eval

// This file defines how values are written in the forms that people and other
// programs read.

import (
	"context"
	"io"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
)

// A Form is how Format writes a value.
type Form = format.Form

// Forms of values. In JSON, YAML, TOML and Env a set with __toString or outPath, such
// as a derivation, becomes that as a string.
const (
	FormNix  = format.Nix // an expression, as nix eval prints it
	FormJSON = format.JSON
	FormYAML = format.YAML // 1.2
	FormTOML = format.TOML // 1.0; of a set in which nothing is null
	FormXML  = format.XML  // as builtins.toXML has it
	FormEnv  = format.Env  // NAME='value' lines; of a set of strings and numbers
	FormRaw  = format.Raw  // the text of a string
)

// FormatOptions say how Format writes a value. The zero FormatOptions writes an
// expression on one line.
type FormatOptions = format.Options

// A FormatError says which part of a value Format could not evaluate or write.
type FormatError = format.Error

// A PathStep is a step of the path of a FormatError.
type PathStep = format.Step

// A ValuePath leads from a value to a part of it: see FormatError.
type ValuePath = format.Path

// Format evaluates all of v, piece by piece, and writes it. What it wrote can be read
// while the rest is being evaluated. If something cannot be evaluated or written,
// it returns a FormatError, or goes on after telling opt.OnError.
//
// It may write from another goroutine, but not after it returned.
func (v Value) Format(ctx context.Context, w io.Writer, opt FormatOptions) error {
	opt.OnError = tellPublic(opt.OnError)
	return v.within(ctx, func(c *core.Call, l heap.Lazy) error { return format.Write(c.Source(), w, l, opt) })
}

// Snapshot evaluates all of v, as Format does, and returns it as it is, independent of
// the evaluator. Two of them can be compared: see format.Diff.
func (v Value) Snapshot(ctx context.Context, opt FormatOptions) (n *format.Node, err error) {
	opt.OnError = tellPublic(opt.OnError)
	err = v.within(ctx, func(c *core.Call, l heap.Lazy) (err error) {
		n, err = format.Snapshot(c.Source(), l, opt)
		return err
	})
	return n, err
}

// tellPublic returns fn for errors of package core.
func tellPublic(fn func(*FormatError) error) func(*FormatError) error {
	if fn == nil {
		return nil
	}
	return func(e *FormatError) error {
		_ = public(e) // which changes e
		return fn(e)
	}
}
