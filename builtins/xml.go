package builtins

// This file defines builtins.toXML, and AppendXML for commands that print values as XML.
// Package format writes both, so that they agree; they differ in the options.

import (
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
)

// xmlBuiltins returns the declaration of toXML.
func xmlBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:  "toXML",
			Order: 500,
			Args:  []string{"e"},
			Doc: `
The value e as an XML document. Every value has one: of a function it tells the arguments. A
derivation is written once; where it comes again, an element says so.

	builtins.toXML { a = [ 1 "x" ]; f = { y, ... }: y; }
	=> "<?xml version='1.0' encoding='utf-8'?>\n<expr>\n  <attrs>\n    <attr name=\"a\">\n      <list>\n        <int value=\"1\" />\n        <string value=\"x\" />\n      </list>\n    </attr>\n    <attr name=\"f\">\n      <function>\n        <attrspat ellipsis=\"1\">\n          <attr name=\"y\" />\n        </attrspat>\n      </function>\n    </attr>\n  </attrs>\n</expr>\n"
`,
			Impl: toXML,
		},
	}
}

// toXML is builtins.toXML. Everything is forced in the order of the document, attributes by
// name; a derivation that was written before is not walked again. The result has the contexts
// of all strings in it, and tells no positions.
func toXML(c *core.Call) (heap.Value, error) {
	doc, err := format.ToXML(c.Source(), c.Arg(0).Lazy(), format.Options{})
	if err != nil {
		return 0, err
	}
	return documentValue(c, doc)
}

// XMLOptions say what AppendXML writes. The zero value forces nothing and tells no positions.
type XMLOptions struct {
	Strict    bool // force all parts; if false, a thunk is written as <unevaluated />
	Locations bool // write where attributes and functions are defined: path, line and column
}

// AppendXML appends l as an XML document, and returns the contexts of the strings in it. After
// an error the result has the document up to there, with the end tags of open elements.
func AppendXML(c *core.Call, dst []byte, l heap.Lazy, opts XMLOptions) ([]byte, core.Context, error) {
	doc, failed := format.ToXML(c.Source(), l, format.Options{Lazy: !opts.Strict, Locations: opts.Locations})
	text, err := doc.Bytes()
	if failed != nil {
		err = failed
	}
	return append(dst, text...), c.DocumentContext(doc), err
}
