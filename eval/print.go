package eval

// This file defines how values are written as nix-instantiate --eval and builtins.toJSON
// write them. Format has the forms for people and other programs.

import (
	"context"
	"encoding/json"
	"io"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// PrintOptions say how Print writes a value.
type PrintOptions struct {
	// Form is FormNix, the default, or FormRaw, FormXML or FormJSON: --raw, --xml and
	// --json.
	Form Form
	// Strict evaluates all of the value first. Default: parts that are not evaluated are
	// <CODE> or <unevaluated />; in JSON they are an error.
	Strict bool
	// Locations says where attributes and functions were defined, in XML.
	Locations bool
}

// Print writes v as nix-instantiate --eval does, with a newline at the end, but for
// FormRaw. In XML, what was written before an error is written.
func (v Value) Print(ctx context.Context, w io.Writer, opt PrintOptions) error {
	return v.within(ctx, func(c *core.Call, l heap.Lazy) error {
		var text []byte
		var err error
		switch opt.Form {
		case FormNix, "":
			return printNix(c, w, l, opt.Strict)
		case FormRaw:
			var s string
			s, _, err = c.Need(l, "while generating the nix-instantiate output").Coerce(core.CopyToStore | core.Canonicalize)
			text = []byte(s)
		case FormXML:
			text, err = xmlText(c, l, opt)
		case FormJSON:
			if !opt.Strict {
				err = checkEvaluated(c, l, 0)
			}
			if err == nil {
				text, err = jsonText(c, l, false)
				text = append(text, '\n')
			}
			if err != nil {
				text = nil
			}
		default:
			return c.Errorf(core.CodeOutputForm, "nix-instantiate has no form %q", string(opt.Form))
		}
		if len(text) > 0 {
			if _, failed := w.Write(text); err == nil {
				err = failed
			}
		}
		return err
	})
}

// printNix writes l as an expression. Nothing is evaluated unless strict says so.
func printNix(c *core.Call, w io.Writer, l heap.Lazy, strict bool) error {
	if strict {
		if err := c.DeepForce(l); err != nil {
			return err
		}
	}
	x := c.Known(l)
	if x == 0 {
		_, err := io.WriteString(w, "<CODE>\n")
		return err
	}
	if err := c.Print(w, x); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// jsonText returns l as JSON, as builtins.toJSON writes it. With keepPaths, paths are not
// copied to the store.
func jsonText(c *core.Call, l heap.Lazy, keepPaths bool) ([]byte, error) {
	doc, err := format.ToJSON(c.Source(), l, format.Options{KeepPaths: keepPaths})
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}

// xmlText returns l as an XML document. After an error of the evaluation, the text has the
// document up to there, with the end tags of open elements.
func xmlText(c *core.Call, l heap.Lazy, opt PrintOptions) ([]byte, error) {
	doc, failed := format.ToXML(c.Source(), l, format.Options{Lazy: !opt.Strict, Locations: opt.Locations})
	text, err := doc.Bytes()
	if failed != nil {
		err = failed
	}
	return text, err
}

// checkEvaluated returns an error if something in l, which is at pos, is not evaluated.
func checkEvaluated(c *core.Call, l heap.Lazy, pos lang.Pos) error {
	h := c.Heap()
	if err := c.EnterAt(pos); err != nil {
		return err
	}
	defer c.Leave()
	if c.Known(l) == 0 {
		return c.ErrorfAt(core.CodeWrongType, pos, "cannot convert %s to JSON", "a thunk")
	}
	v, err := c.Force(l)
	if err != nil {
		return err
	}
	switch k := h.KindOf(v); {
	case k == heap.List:
		for i, x := range h.Elems(v) {
			if err := checkEvaluated(c, x, 0); err != nil {
				return c.Frame(err, "while evaluating list element at index %d", i)
			}
		}
	case k.IsAttrs() && h.Find(v, c.Intern("__toString")) == 0 && h.Find(v, c.Intern("outPath")) == 0:
		for _, e := range c.SortedAttrs(v) {
			at := c.AttrPos(v, e.Name)
			if err := checkEvaluated(c, e.Value, at); err != nil {
				return c.FrameAt(err, at, "while evaluating attribute '%s'", c.Name(e.Name))
			}
		}
	}
	return nil
}

// JSON evaluates all of v, and returns what Format writes with FormJSON and KeepPaths: a
// path is its own text, since a Go program wants its files, and may have no store. With
// KeepPaths false, Format copies paths to the store, as builtins.toJSON does.
func (v Value) JSON(ctx context.Context) (text []byte, err error) {
	err = v.within(ctx, func(c *core.Call, l heap.Lazy) error {
		text, err = jsonText(c, l, true)
		return err
	})
	return text, err
}

// MarshalJSON implements json.Marshaler. It evaluates all of v, with the limits
// of its evaluator. JSON is the form with a context, which a Function needs.
func (v Value) MarshalJSON() ([]byte, error) { return v.JSON(context.Background()) }

var _ json.Marshaler = Value{}
