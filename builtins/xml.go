package builtins

// This file defines builtins.toXML. Package eval prints XML with the same writer, so that
// both agree; they differ in the options.

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
